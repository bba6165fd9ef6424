"""Telling a worry, reading it, answering it. Who reads one is decided in ``journal.worries``."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import event, select, update
from sqlalchemy.orm import Session

from journal.clock import now
from journal.ids import new_id
from journal.reasons import GatedSession, beyond
from journal.records import Concern, ConcernCase, Membership, School, SnapshotPicture
from journal.refusals import Reason, Refusal, Unseen
from journal.release import ACT
from journal.rows import changed
from journal.safeguarding.about import about_of_item, named_in, write_about
from journal.safeguarding.caseload import case_for
from journal.safeguarding.course import note_down, readable, remind_later
from journal.safeguarding.hours import hours_of
from journal.safeguarding.sealing import seal_of, sealed
from journal.safeguarding.shapes import Case
from journal.safeguarding.snapshot import Snapshot, snapshot_of
from journal.seeing import Viewer
from journal.store.files import Files
from journal.trail import record, write
from journal.words import STAFF, CaseState, NoteKind

COPIES = "copies of photos for a worry"
"""Where a session remembers the files that go again if the worry is not kept after all."""


class Worry(StrEnum):
    """What kind of worry it is. None needs the right words."""

    SAW = "saw"
    UNKIND = "unkind"
    SECRET = "secret"  # noqa: S105 - a secret that a child does not like
    HURT = "hurt"
    HOME = "home"
    SCHOOL = "school"
    ONLINE = "online"
    SAD = "sad"
    FRIEND = "friend"
    UNSURE = "unsure"


class Contact(StrEnum):
    """How a grown-up who is worried may be reached."""

    UNASKED = ""
    RING = "ring"
    WRITE = "write"
    NO = "no"


@dataclass(frozen=True, slots=True)
class TellInput:
    """A worry, as it was told."""

    picks: tuple[Worry, ...] = ()
    words: str = ""
    item: UUID | None = None
    """What it is about."""
    people: tuple[UUID, ...] = ()
    """Whom it is about, as memberships; those whom the teller cannot name here are passed over."""
    name: str = ""
    """Who tells it, where nobody is signed in and they want to say."""
    talk_with: UUID | None = None
    """Whom a child would like to talk to."""
    contact: Contact = Contact.UNASKED
    once: UUID | None = None
    """The worry's id, chosen when the form was made: a second press finds it there."""


def tell_worry(session: Session, actor: Viewer | None, school: UUID, told: TellInput, files: Files) -> Concern:
    """Tell those who read the school's worries of one, with what it is about kept as the teller sees it.

    What the teller does not see is left out without a word. Raises Refusal(EMPTY_WORDS) for nothing at all.
    """
    mine = actor.membership if actor else None
    twice = _told_before(session, told.once)
    if twice is not None and twice.school_id == school and twice.by_id == mine and _says_the_same(twice, told):
        return twice
    seen = snapshot_of(session, actor, told.item) if actor and told.item else None
    named = named_in(session, actor, school, told.people)
    if not (told.picks or told.words or seen or named):
        raise Refusal(Reason.EMPTY_WORDS, "words")
    concern = Concern(
        id=told.once if told.once and twice is None else new_id(),
        school_id=school,
        by_id=mine,
        by_name=_name_of(session, actor) if actor else told.name,
        picks=list(told.picks),
        words=told.words,
        item_id=seen.item if seen else None,
        snapshot=seen.kept if seen else None,
        talk_with_id=_of_staff(session, school, told.talk_with),
        contact=told.contact,
    )
    session.add(concern)
    session.flush()
    write_about(session, concern, about_of_item(named, seen))
    _begin_case(session, concern)
    if seen:
        kept = _keep_pictures(session, concern, seen, files)
        concern.seal = seal_of(seen.kept, sealed(kept))
        session.flush()
    # Nobody may be signed in, so there may be no viewer to record it under.
    write(session, school, mine, "tell_worry", concern.id)
    return concern


def _says_the_same(concern: Concern, told: TellInput) -> bool:
    """Whether a form was sent twice. One that a browser brought back and that says something else is another worry."""
    return (concern.words, concern.picks, concern.contact) == (told.words, list(told.picks), told.contact)


def _begin_case(session: Session, concern: Concern) -> None:
    with beyond(session, ACT):
        hours = hours_of(session.scalars(select(School).where(School.id == concern.school_id)).one())
    by = hours.read_by(now())
    due = hours.day_of(by) if by else hours.day_of(now())
    session.add(ConcernCase(school_id=concern.school_id, concern_id=concern.id, due_on=due))
    session.flush()
    remind_later(session, concern.school_id, by)


def read_worry(session: Session, actor: Viewer, concern_id: UUID) -> Case:
    """Open a worry. The first reading is noted on it, every reading in the record. Raises ``Unseen``.

    One that was joined to another is not read by itself: its case says to which.
    """
    found = case_for(session, actor, concern_id)
    if found.case.joined_to_id is not None:
        return found
    for told in found.told:
        if told.concern.read_at is None:
            told.concern.read_at, told.concern.read_by_id = now(), actor.membership
    if found.case.state is CaseState.NEW:
        found.case.state = CaseState.READ
    record(session, actor, "read_worry", concern_id)
    session.flush()
    return found


def take_out(session: Session, actor: Viewer, concern_id: UUID, how: NoteKind) -> Case:
    """Take a worry out, on paper or into another system: that stands in its course, and in the record."""
    concern = readable(session, concern_id)
    note_down(session, actor, concern, how)
    record(session, actor, "print_worry" if how is NoteKind.PRINTED else "export_worry", concern.id)
    return case_for(session, actor, concern.id)


def answer_worry(session: Session, actor: Viewer, concern_id: UUID, words: str) -> None:
    """Write back to whoever told a worry, once.

    Raises ``Unseen``, Refusal(EMPTY_WORDS), and Refusal(DECIDED_ALREADY) when another lead was first.
    """
    concern = readable(session, concern_id)
    if concern.by_id is None or not _there_still(session, concern.by_id):
        raise Unseen
    if not words:
        raise Refusal(Reason.EMPTY_WORDS, "answer")
    first = update(Concern).where(Concern.id == concern.id, Concern.answered_at.is_(None))
    if not changed(session, first.values(answer=words, answered_at=now(), answered_by_id=actor.membership)):
        raise Refusal(Reason.DECIDED_ALREADY)
    note_down(session, actor, concern, NoteKind.ANSWERED)
    record(session, actor, "answer_worry", concern.id)


def see_answers(session: Session, actor: Viewer) -> None:
    """Note that whoever was worried has read their answers."""
    session.execute(
        update(Concern)
        .where(Concern.by_id == actor.membership, Concern.answered_at.is_not(None), Concern.answer_seen_at.is_(None))
        .values(answer_seen_at=now())
    )


def _told_before(session: Session, once: UUID | None) -> Concern | None:
    if once is None:
        return None
    with beyond(session, ACT):
        return session.scalars(select(Concern).where(Concern.id == once)).one_or_none()


def _name_of(session: Session, actor: Viewer) -> str:
    return session.scalars(select(Membership.name).where(Membership.id == actor.membership)).one()


def _there_still(session: Session, member: UUID) -> bool:
    there = select(Membership.id).where(Membership.id == member, Membership.ended_at.is_(None))
    return session.scalars(there).one_or_none() is not None


def _of_staff(session: Session, school: UUID, member: UUID | None) -> UUID | None:
    if member is None:
        return None
    with beyond(session, ACT):
        hat = select(Membership.id).where(Membership.id == member, Membership.school_id == school)
        return session.scalars(hat.where(Membership.role.in_(STAFF), Membership.ended_at.is_(None))).one_or_none()


def _keep_pictures(session: Session, concern: Concern, seen: Snapshot, files: Files) -> list[SnapshotPicture]:
    """Copy the photos, so that they stay when the item and its files are deleted."""
    copies: list[str] = session.info.setdefault(COPIES, (files, []))[1]
    kept = []
    for position, photo in enumerate(seen.photos, 1):
        try:
            copy = files.copy(photo.file, ".jpg")
        except FileNotFoundError:
            continue  # deleted this very moment; what was said about it is in the snapshot
        copies.append(copy)
        kept.append(
            SnapshotPicture(
                school_id=concern.school_id,
                concern_id=concern.id,
                position=position,
                file=copy,
                caption=photo.caption,
                description=photo.description,
                sha256=photo.sha256,
            )
        )
    session.add_all(kept)
    return kept


@event.listens_for(GatedSession, "after_commit")
def _kept(session: Session) -> None:
    session.info.pop(COPIES, None)


@event.listens_for(GatedSession, "after_rollback")
def _not_kept(session: Session) -> None:
    files, copies = session.info.pop(COPIES, (None, []))
    if files is not None:
        files.drop_all(copies)
