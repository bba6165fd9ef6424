"""Beginning a draft, and whom it leaves out: what the verbs of this room are made of."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session

from journal.clock import now
from journal.jobs import index_later
from journal.photos import copy_photos
from journal.reasons import beyond
from journal.records import Decision, Entry, Item, LeftOut, Membership, Placement, Revision
from journal.refusals import Reason, Refusal
from journal.release import ACT, choose, chosen
from journal.seeing import Viewer
from journal.words import Verdict


def draft_begun_meanwhile(session: Session, entry: Entry) -> UUID | None:
    """Return the draft that another request (two pictures come at once) began since the entry was read.

    The update that changes nothing makes the others wait until this one is kept.
    """
    session.execute(update(Item).where(Item.id == entry.id).values(handed_in_at=Item.handed_in_at))
    return session.scalar(select(Item.draft_id).where(Item.id == entry.id))


def untouched(session: Session, actor: Viewer, starts: Collection[str]) -> tuple[Entry, Revision] | None:
    """Return something that the pupil began with one of these starts and left as it was, if there is any."""
    photos = exists().where(Placement.revision_id == Revision.id)
    found = session.execute(
        select(Entry, Revision)
        .join(Revision, Revision.id == Entry.draft_id)
        .where(Entry.author_id == actor.membership, Entry.draft_id.is_not(None))
        .where(Entry.revision_id.is_(None), Entry.deleted_at.is_(None))
        .where(Revision.version == 1, Revision.title == "", Revision.words.in_(starts), ~photos)
        .order_by(Entry.id.desc())
        .limit(1)
    ).one_or_none()
    return (found[0], found[1]) if found else None


def begin_draft(session: Session, entry: Entry) -> Revision:
    """Begin a draft from the newest revision. Its version goes on from there: a window left open is still told."""
    old = revision_of(session, entry.revision_id)
    draft = new_revision(session, entry, last_number(session, entry) + 1)
    draft.title, draft.words, draft.html, draft.learned = old.title, old.words, old.html, list(old.learned)
    draft.version = old.version + 1
    session.flush()
    choose(session, entry, draft, chosen(session, old.id))
    leave_out(session, entry, draft, left_out_of(session, old.id))
    copy_photos(session, entry, old, draft)
    session.flush()
    index_later(session, entry.school_id, entry.id, soon=False)
    return draft


def revision_of(session: Session, revision: UUID | None) -> Revision:
    """Return a revision by its id."""
    return session.scalars(select(Revision).where(Revision.id == revision)).one()


def new_revision(session: Session, entry: Item, number: int) -> Revision:
    """Add an empty revision to an item."""
    draft = Revision(school_id=entry.school_id, item_id=entry.id, number=number, saved_at=now(), learned=[])
    session.add(draft)
    session.flush()
    return draft


def last_number(session: Session, entry: Item) -> int:
    """Return the highest number that a revision of an item has."""
    with beyond(session, ACT):
        return max(session.scalars(select(Revision.number).where(Revision.item_id == entry.id)))


def persons_of(session: Session, actor: Viewer, memberships: frozenset[UUID]) -> frozenset[UUID]:
    """Return the persons behind memberships of the pupil's school; leaving out is by person, whatever their hat."""
    if not memberships:
        return frozenset()
    found = session.execute(select(Membership.id, Membership.person_id).where(Membership.id.in_(memberships)))
    persons = {row.id: row.person_id for row in found}
    if set(memberships) - persons.keys() or actor.person in persons.values():
        raise Refusal(Reason.NOT_YOUR_DOOR, "left_out")
    return frozenset(persons.values())


def left_out_of(session: Session, revision: UUID) -> frozenset[UUID]:
    """Return the persons whom a revision leaves out."""
    return frozenset(session.scalars(select(LeftOut.person_id).where(LeftOut.revision_id == revision)))


def leave_out(session: Session, entry: Item, revision: Revision, persons: frozenset[UUID]) -> None:
    """Write down the persons whom a revision leaves out, in place of those written before."""
    rows = list(session.scalars(select(LeftOut).where(LeftOut.revision_id == revision.id)))
    for row in rows:
        if row.person_id not in persons:
            session.delete(row)
    for person in sorted(persons - {row.person_id for row in rows}):
        session.add(LeftOut(school_id=entry.school_id, item_id=entry.id, revision_id=revision.id, person_id=person))
    session.flush()


def in_force_again(session: Session, entry: Item, newer: Revision, number: int) -> UUID:
    """Let an older revision be in force again. Doors that were shut since stay shut; who is left out stays out."""
    older = session.scalars(select(Revision).where(Revision.item_id == entry.id, Revision.number == number)).one()
    choose(session, entry, older, chosen(session, older.id) & chosen(session, newer.id))
    leave_out(session, entry, older, left_out_of(session, newer.id))
    back = select(func.max(Decision.created_at)).where(
        Decision.revision_id == older.id, Decision.verdict == Verdict.SENT_BACK, Decision.undone_at.is_(None)
    )
    entry.sent_back_at = session.scalar(back)
    return older.id
