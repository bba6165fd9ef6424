"""What the worker does with portfolios: make what was ordered, and remove what is over."""

import logging
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.clock import now
from journal.exported import NOTED, UNFINISHED, expire
from journal.house import House
from journal.jobs import MOST_TRIES, Work, tries_of
from journal.portfolio.archive import DiskFull
from journal.portfolio.rounds import KeepsChanging, Stopped, make_class, make_one
from journal.reasons import GatedSession
from journal.records import Export
from journal.refusals import Unseen
from journal.words import ExportState

log = logging.getLogger("journal.portfolio")

UNDER_WAY = (ExportState.WAITING, ExportState.MAKING)


def make(session: GatedSession, house: House, about: UUID) -> None:
    """Make a portfolio that was ordered, or go on with it. One that is done, or not wanted any more, is left alone.

    What stops it for good is said in its row: ``disk_full``, ``nothing`` (nothing is left to put in), ``changing``,
    ``broken``. Raises what may go better at another try.
    """
    export = _find(session, about)
    if export is None or export.state not in UNDER_WAY:
        return
    try:
        made = make_class if export.pupil_id is None else make_one
        if not made(session, house, export):
            _failed(session, house, about, "nothing")
    except (Unseen, Stopped):
        _stopped(session, house, about)
    except DiskFull:
        _failed(session, house, about, "disk_full")
    except KeepsChanging:
        _failed(session, house, about, "changing")
    except Exception as problem:  # whatever it is: the last try must not leave somebody waiting who is told nothing
        session.rollback()  # whatever it was, what is left of its change would break the next question
        if tries_of(session, Work.EXPORT, about) < MOST_TRIES:
            raise
        log.error("a portfolio could not be made: %s", type(problem).__qualname__)
        _failed(session, house, about, "broken")


def remove_when_over(session: Session, house: House, about: UUID) -> None:
    """Remove a portfolio whose time is over, or that never came to anything. One that was made anew stays."""
    export = _find(session, about)
    if export is None:
        return
    over = export.expires_at is not None and export.expires_at <= now()
    given_up = export.state in UNDER_WAY and tries_of(session, Work.EXPORT, about) >= MOST_TRIES
    if over or given_up:
        expire(session, house.files, export)


def _failed(session: Session, house: House, about: UUID, problem: str) -> None:
    """Say that a portfolio will not be made, and why; nothing of it is kept. It can be ordered again."""
    session.rollback()
    export = _find(session, about)
    if export is None or export.state not in UNDER_WAY:
        return
    expire(session, house.files, export)
    export.state, export.problem = ExportState.FAILED, problem
    session.flush()


def _stopped(session: Session, house: House, about: UUID) -> None:
    """It may not be made any more, or is not wanted: nothing of it stays."""
    files = [row.file for row in session.identity_map.values() if isinstance(row, Export) and row.file]
    session.rollback()
    found = _find(session, about)
    if found is not None and found.state in UNDER_WAY:
        expire(session, house.files, found)
    for file in files:
        house.files.drop_all([file, file + UNFINISHED, file + NOTED])


def _find(session: Session, export: UUID) -> Export | None:
    return session.scalars(select(Export).where(Export.id == export)).one_or_none()
