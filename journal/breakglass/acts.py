"""Opening what was not shared, closing it, and deciding whether the child is told. All of it is on record."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session, aliased

from journal.clock import now, zone_of
from journal.jobs import Work, ask_for
from journal.opened import note_look, running
from journal.reasons import beyond
from journal.records import (
    Attachment,
    Concern,
    Enrolment,
    FamilyLink,
    Grant,
    GrantLook,
    GrantUntold,
    Item,
    Membership,
    School,
    Teaching,
)
from journal.refusals import Reason, Refusal, Unseen
from journal.release import ACT
from journal.rows import changed
from journal.seeing import Viewer
from journal.trail import record, sight
from journal.words import Role

MINUTES = (15, 30, 60, 240)
"""For how long something may be opened."""
SENTENCE_WORDS, SENTENCE_LETTERS = 5, 25
"""What is the least that counts as a full sentence."""
REASON = 2000
"""Letters of a reason, at most."""
AGAIN = timedelta(days=7)
"""When it is decided again whether a child is told, unless somebody says otherwise."""
LATEST = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class OpenInput:
    """What is to be opened, why, for how many minutes, and what the child is told."""

    pupil: UUID
    item: UUID | None
    reason: str
    minutes: int
    concern: UUID | None = None
    talks: UUID | None = None
    untold: str | None = None
    """Why the child is not told; None where they are."""
    decide_on: date | None = None


def open_it(session: Session, actor: Viewer, wanted: OpenInput) -> Grant:
    """Open one item, or all items of a pupil, for a time; the head gets a letter. The page asked for a second factor.

    Raises Refusal(SENTENCE_NEEDED), Refusal(NOT_AHEAD), Refusal(NOTHING_CHOSEN) for a time that is none of the
    choices and for somebody who cannot talk with the pupil; ``Unseen`` for who is no lead, for one's own kin, and for
    what is not there.
    """
    pupil = pupil_to_open(session, actor, wanted.pupil)
    if wanted.item is not None and whose(session, actor, wanted.item) != pupil.id:
        raise Unseen
    if wanted.concern is not None and not session.scalars(select(Concern.id).where(Concern.id == wanted.concern)).all():
        raise Unseen
    _sentence(wanted.reason, "reason")
    if wanted.minutes not in MINUTES:
        raise Refusal(Reason.NOTHING_CHOSEN, "minutes")
    if wanted.talks is not None and wanted.talks not in {one.id for one in who_may_talk(session, actor, pupil.id)}:
        raise Refusal(Reason.NOTHING_CHOSEN, "talks")
    until = now() + timedelta(minutes=wanted.minutes)
    tells = wanted.untold is None
    grant = Grant(
        school_id=actor.school,
        by_id=actor.membership,
        pupil_id=pupil.id,
        item_id=wanted.item,
        concern_id=wanted.concern,
        reason=wanted.reason,
        created_at=now(),
        until=until,
        talks_id=wanted.talks,
        told_at=until if tells else None,
    )
    session.add(grant)
    session.flush()
    if wanted.untold is not None:
        _leave_untold(session, actor, grant, wanted.untold, wanted.decide_on)
    record(session, actor, "open_unshared", grant.id, minutes=wanted.minutes, one=wanted.item is not None, told=tells)
    for head in _heads_to_tell(session, actor, pupil.id):
        ask_for(session, Work.OPENED_LETTER, head)
    return grant


def _heads_to_tell(session: Session, actor: Viewer, pupil: UUID) -> list[UUID]:
    """The heads who read of it. A letter about what they cannot find would tell a relative whose things they were."""
    relative = aliased(Membership)
    heads = select(Membership.id).where(Membership.school_id == actor.school, Membership.role == Role.HEAD)
    with beyond(session, ACT):
        kin = (
            select(relative.person_id)
            .join(FamilyLink, FamilyLink.relative_id == relative.id)
            .where(FamilyLink.pupil_id == pupil, FamilyLink.ended_at.is_(None))
        )
        return list(session.scalars(heads.where(Membership.ended_at.is_(None), Membership.person_id.not_in(kin))))


def pupil_to_open(session: Session, actor: Viewer, pupil: UUID) -> Membership:
    """Return a pupil whose things this lead may open. Raises ``Unseen``: for their own kin another lead does it."""
    found = session.scalars(select(Membership).where(Membership.id == pupil, Membership.role == Role.PUPIL)).first()
    if found is None or not actor.leads or pupil in actor.kin or found.person_id == actor.person:
        raise Unseen
    return found


def whose(session: Session, actor: Viewer, item: UUID) -> UUID:
    """Return in whose space something stands that was perhaps never shared. Raises ``Unseen``."""
    if not actor.leads:
        raise Unseen
    with beyond(session, ACT):
        found = session.scalar(select(Item.pupil_id).where(Item.id == item, Item.school_id == actor.school))
    if found is None or found in actor.kin:
        raise Unseen
    return found


def who_may_talk(session: Session, actor: Viewer, pupil: UUID) -> list[Membership]:
    """Return who may be named to talk with a pupil first: the teachers of their groups, and the lead, in one query."""
    groups = select(Enrolment.group_id).where(Enrolment.pupil_id == pupil, Enrolment.ended_at.is_(None))
    teach = select(Teaching.teacher_id).where(Teaching.group_id.in_(groups), Teaching.ended_at.is_(None))
    found = select(Membership).where(Membership.ended_at.is_(None))
    either = Membership.id.in_(teach) | (Membership.id == actor.membership)
    return list(session.scalars(found.where(either).order_by(Membership.name, Membership.id)))


def running_grant(session: Session, actor: Viewer, grant: UUID) -> Grant:
    """Return a grant under which this lead looks now. Raises ``Unseen`` when it is over.

    What is over stays over: it is written down, so that a clock that is put back opens nothing again.
    """
    found = session.scalars(select(Grant).where(Grant.id == grant, Grant.by_id == actor.membership)).one_or_none()
    if found is None:
        raise Unseen
    if found.ended_at is None and not running(found, now()):
        _end(session, found, found.until)
        session.commit()
    if found.ended_at is not None:
        raise Unseen
    return found


def look_under(session: Session, actor: Viewer, grant: Grant, item: UUID) -> None:
    """Note that something was looked at: on record each time, and once for the child."""
    note_look(session, grant, item)
    sight(session, actor, "look_unshared", item, grant=grant.id.hex)


def look_at_photo(session: Session, actor: Viewer, grant: Grant, photo: UUID) -> None:
    """Note that what a picture stands in was looked at, where no page of it was: one may know a picture's address."""
    with beyond(session, ACT):
        item, entry = session.execute(
            select(Item.id, Item.entry_id)
            .join(Attachment, Attachment.item_id == Item.id)
            .where(Attachment.id == photo, Attachment.school_id == actor.school)
        ).one()
        known = select(GrantLook.id).where(GrantLook.grant_id == grant.id, GrantLook.item_id.in_([item, entry or item]))
        looked = session.scalars(known.limit(1)).one_or_none() is not None
    if not looked:
        look_under(session, actor, grant, item)


def look_through(session: Session, actor: Viewer, grant: Grant) -> None:
    """Note that the list of all that a grant opens was looked through."""
    sight(session, actor, "list_unshared", grant.id)


def close_it(session: Session, actor: Viewer, grant: UUID) -> Grant:
    """Close what one opened, before its time. Who closes it again finds it closed. Raises ``Unseen``."""
    found = session.scalars(select(Grant).where(Grant.id == grant, Grant.by_id == actor.membership)).one_or_none()
    if found is None:
        raise Unseen
    if found.ended_at is None:
        _end(session, found, min(now(), found.until))
        record(session, actor, "close_unshared", found.id)
    return found


def _end(session: Session, grant: Grant, moment: datetime) -> None:
    told = {"told_at": min(grant.told_at, moment)} if grant.told_at is not None else {}
    moment = max(moment, grant.created_at)
    changed(
        session,
        update(Grant).where(Grant.id == grant.id, Grant.ended_at.is_(None)).values(ended_at=moment, **told),
    )


def tell_now(session: Session, actor: Viewer, grant: UUID) -> None:
    """Let a pupil be told after all. Raises Refusal(DECIDED_ALREADY) where they are told, ``Unseen``."""
    found = grant_to_decide(session, actor, grant)
    untold = update(Grant).where(Grant.id == found.id, Grant.told_at.is_(None))
    at = now() if found.ended_at is not None else max(now(), found.until)
    if not changed(session, untold.values(told_at=at, decide_on=None)):
        raise Refusal(Reason.DECIDED_ALREADY)
    record(session, actor, "tell_unshared", found.id)


def leave_untold(session: Session, actor: Viewer, grant: UUID, reason: str, decide_on: date | None) -> None:
    """Leave a pupil untold for longer, and write down why. Raises as ``open_it``, and as ``tell_now``."""
    found = grant_to_decide(session, actor, grant)
    if found.told_at is not None:
        raise Refusal(Reason.DECIDED_ALREADY)
    _leave_untold(session, actor, found, reason, decide_on)
    record(session, actor, "leave_untold", found.id)


def grant_to_decide(session: Session, actor: Viewer, grant: UUID) -> Grant:
    """Return a grant about which this lead decides; any lead does who may read of it. Raises ``Unseen``."""
    found = session.scalars(select(Grant).where(Grant.id == grant)).one_or_none()
    if found is None or not actor.leads:
        raise Unseen
    return found


def _leave_untold(session: Session, actor: Viewer, grant: Grant, reason: str, decide_on: date | None) -> None:
    _sentence(reason, "untold")
    today = now().astimezone(zone_of(session.scalars(select(School.time_zone)).first() or "")).date()
    day = decide_on or today + AGAIN
    if not today < day <= today + LATEST:
        raise Refusal(Reason.NOT_AHEAD, "decide_on", LATEST.days)
    session.add(
        GrantUntold(school_id=grant.school_id, grant_id=grant.id, by_id=actor.membership, reason=reason, decide_on=day)
    )
    grant.decide_on = day
    session.flush()


def _sentence(words: str, field: str) -> None:
    letters = sum(one.isalpha() for one in words)
    if len(words.split()) < SENTENCE_WORDS or letters < SENTENCE_LETTERS:
        raise Refusal(Reason.SENTENCE_NEEDED, field)


def has_read(session: Session, pupil: Viewer, grant: UUID) -> None:
    """Note that a pupil has read what they are told: their first page tells it no more. Raises ``Unseen``."""
    _answer(session, pupil, grant, "seen_at")
    record(session, pupil, "read_told", grant)


def ask_why(session: Session, pupil: Viewer, grant: UUID) -> None:
    """Note that a pupil asks why something of theirs was opened; the leads see it. Raises ``Unseen``."""
    _answer(session, pupil, grant, "asked_at")
    record(session, pupil, "ask_why", grant)


def _answer(session: Session, pupil: Viewer, grant: UUID, what: str) -> None:
    told = select(Grant).where(Grant.id == grant, Grant.pupil_id == pupil.membership, Grant.told_at <= now())
    found = session.scalars(told).one_or_none()
    if found is None:
        raise Unseen
    if getattr(found, what) is None:
        setattr(found, what, now())
        session.flush()
