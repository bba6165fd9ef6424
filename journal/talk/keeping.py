"""What somebody writes back while that has a rest: kept for them, and theirs alone."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from journal.facts import facts_of
from journal.reasons import beyond
from journal.records import Entry, KeptWords
from journal.refusals import Unseen
from journal.release import ACT
from journal.rows import changed
from journal.seeing import Viewer
from journal.visibility import may_see


def keep_for_later(session: Session, actor: Viewer, entry: UUID, fields: dict[str, list[str]]) -> None:
    """Keep what somebody wrote back while that has a rest, in place of what was kept there before.

    It is theirs alone: nobody is shown it, and it goes with the entry. Raises ``Unseen`` for what they do not see, or
    would not see if reading had no rest.
    """
    seen = session.scalars(select(Entry.id).where(Entry.id == entry, Entry.deleted_at.is_(None))).one_or_none()
    if seen is None and not rests_from_reading(session, actor, entry):
        raise Unseen
    mine = (KeptWords.membership_id == actor.membership, KeptWords.entry_id == entry)
    if not changed(session, update(KeptWords).where(*mine).values(fields=fields)):
        whose = {"school_id": actor.school, "membership_id": actor.membership, "entry_id": entry}
        session.add(KeptWords(**whose, fields=fields))
        session.flush()


def rests_from_reading(session: Session, actor: Viewer, entry: UUID) -> bool:
    """Tell whether somebody would see an entry, were it not that reading it has a rest."""
    with beyond(session, ACT):
        there = select(Entry).where(Entry.id == entry, Entry.school_id == actor.school, Entry.deleted_at.is_(None))
        found = session.scalars(there).one_or_none()
    about = facts_of(session, [found])[entry] if found is not None else None
    return about is not None and about.rests and may_see(actor, replace(about, rests=False))


def drop_words(session: Session, actor: Viewer, entry: UUID) -> None:
    """Forget what was kept: it was sent, or its writer does not want it any more."""
    session.execute(delete(KeptWords).where(KeptWords.membership_id == actor.membership, KeptWords.entry_id == entry))
