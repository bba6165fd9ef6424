"""Putting a hold on, looking at it again, taking it off. Each wants a reason, and is on record."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.clock import now
from journal.holds import in_turn, let_go
from journal.reasons import beyond
from journal.records import Concern, Hold, HoldReview, Item, Membership, School
from journal.refusals import Reason, Refusal, Unseen
from journal.release import ACT
from journal.rows import changed
from journal.safeguarding.course import note_down, readable, together
from journal.safeguarding.hours import hours_of
from journal.safeguarding.reading import reads_worries
from journal.seeing import Viewer
from journal.trail import record
from journal.words import NoteKind, Role

USUAL = timedelta(days=92)
"""When a hold is looked at again, unless somebody says otherwise: three months."""
LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class HoldInput:
    """What is to be kept: an item, a pupil's things, or what a worry is about; why; when to look again."""

    reason: str
    item: UUID | None = None
    pupil: UUID | None = None
    concern: UUID | None = None
    """Besides an item or a pupil: the worry for which they are kept."""
    review_on: date | None = None


def put_hold(session: Session, actor: Viewer, wanted: HoldInput) -> Hold:
    """Keep something from being deleted for good.

    Raises Refusal(REASON_NEEDED), Refusal(NOT_AHEAD) for a day that is past or more than a year ahead,
    Refusal(NOT_NOW) for what is gone already or held in the same way, and ``Unseen`` for what is not the actor's to
    hold.
    """
    concern = readable(session, wanted.concern) if wanted.concern else None
    if concern is None and not reads_worries(session, actor):
        raise Unseen
    if not wanted.reason:
        raise Refusal(Reason.REASON_NEEDED, "hold_reason")
    review_on = _review_day(session, actor, wanted.review_on)
    _check(session, actor, wanted, concern)
    in_turn(session, actor.school)
    if not _there(session, actor.school, wanted, concern):
        raise Refusal(Reason.NOT_NOW)
    hold = Hold(
        school_id=actor.school,
        item_id=wanted.item,
        pupil_id=wanted.pupil,
        concern_id=wanted.concern,
        by_id=actor.membership,
        reason=wanted.reason,
        review_on=review_on,
    )
    session.add(hold)
    session.flush()
    if concern is not None:
        note_down(session, actor, concern, NoteKind.HELD, wanted.reason, wanted.pupil or wanted.item)
    record(session, actor, "put_hold", hold.id)
    return hold


def review_hold(session: Session, actor: Viewer, hold_id: UUID, reason: str, review_on: date | None = None) -> None:
    """Leave a hold on, having looked at it again. Raises as ``put_hold``, and ``Unseen`` for one that is off."""
    hold = _mine(session, hold_id)
    if not reason:
        raise Refusal(Reason.REASON_NEEDED, f"review-{hold.id}")
    day = _review_day(session, actor, review_on)
    if not changed(session, update(Hold).where(Hold.id == hold.id, Hold.ended_at.is_(None)).values(review_on=day)):
        raise Refusal(Reason.DECIDED_ALREADY)
    session.add(
        HoldReview(school_id=hold.school_id, hold_id=hold.id, by_id=actor.membership, reason=reason, review_on=day)
    )
    _on_case(session, actor, hold, NoteKind.HOLD_REVIEWED, reason)
    record(session, actor, "review_hold", hold.id)


def take_off(session: Session, actor: Viewer, hold_id: UUID, reason: str) -> None:
    """Take a hold off. What its authors had deleted, and nothing else holds, goes for good now."""
    hold = _mine(session, hold_id)
    if not reason:
        raise Refusal(Reason.REASON_NEEDED, f"review-{hold.id}")
    in_turn(session, hold.school_id)
    off = update(Hold).where(Hold.id == hold.id, Hold.ended_at.is_(None))
    values = {"ended_at": now(), "ended_by_id": actor.membership, "ended_reason": reason}
    if not changed(session, off.values(values)):
        raise Refusal(Reason.DECIDED_ALREADY)
    _on_case(session, actor, hold, NoteKind.HOLD_OFF, reason)
    let_go(session, hold.school_id)
    record(session, actor, "take_hold_off", hold.id)


def _mine(session: Session, hold_id: UUID) -> Hold:
    hold = session.scalars(select(Hold).where(Hold.id == hold_id)).one_or_none()
    if hold is None:
        raise Unseen
    return hold


def _on_case(session: Session, actor: Viewer, hold: Hold, kind: NoteKind, reason: str) -> None:
    if hold.concern_id is not None:
        note_down(session, actor, readable(session, hold.concern_id), kind, reason)


def _check(session: Session, actor: Viewer, wanted: HoldInput, concern: Concern | None) -> None:
    """An item that the actor sees or reads a worry about; a pupil of the school who is not their own child."""
    if wanted.pupil is not None:
        there = select(Membership.id).where(Membership.id == wanted.pupil, Membership.role == Role.PUPIL)
        if wanted.pupil in actor.kin or session.scalars(there).one_or_none() is None:
            raise Unseen
    if wanted.item is not None and not (concern is not None and concern.item_id == wanted.item):
        seen = session.scalars(select(Item.pupil_id).where(Item.id == wanted.item)).one_or_none()
        if seen is None or seen in actor.kin:
            raise Unseen


def _there(session: Session, school: UUID, wanted: HoldInput, concern: Concern | None) -> bool:
    """Whether what is to be held is still there, and not held already in the same way."""
    items = [wanted.item] if wanted.item else []
    if concern is not None and not items and wanted.pupil is None:
        items = [one.item_id for one in together(session, concern) if one.item_id is not None]
    if not items and wanted.pupil is None:
        return False
    with beyond(session, ACT):
        same = select(Hold.id).where(
            Hold.school_id == school,
            Hold.ended_at.is_(None),
            Hold.item_id.is_not_distinct_from(wanted.item),
            Hold.pupil_id.is_not_distinct_from(wanted.pupil),
            Hold.concern_id.is_not_distinct_from(wanted.concern),
        )
        if session.scalars(same.limit(1)).one_or_none() is not None:
            return False
        there = session.scalars(select(Item.id).where(Item.id.in_(items)).limit(1)).one_or_none()
        return wanted.pupil is not None or there is not None


def _review_day(session: Session, actor: Viewer, wanted: date | None) -> date:
    school = session.scalars(select(School).where(School.id == actor.school)).one()
    today = hours_of(school).day_of(now())
    if wanted is None:
        return today + USUAL
    if not today < wanted <= today + LONGEST:
        raise Refusal(Reason.NOT_AHEAD, "review_on", LONGEST.days)
    return wanted
