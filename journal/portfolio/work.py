"""What the worker does with portfolios: make what was ordered, and remove what is over."""

import logging
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.clock import now
from journal.exported import NOTED, UNFINISHED, drop_file, expire, forget
from journal.house import House
from journal.jobs import MOST_TRIES, Work, after_commit, ask_for, still_at_it, tries_of
from journal.names import known
from journal.net import for_viewer
from journal.portfolio import inside
from journal.portfolio.archive import DiskFull
from journal.portfolio.book import Cover
from journal.portfolio.gather import entries_of
from journal.portfolio.make import Every, plan, write_one
from journal.portfolio.make_class import write_class
from journal.portfolio.orderers import wanted_by
from journal.portfolio.scope import read
from journal.portfolio.shapes import Wanted
from journal.reasons import GatedSession
from journal.records import Export, Membership, School
from journal.refusals import Unseen
from journal.rows import changed
from journal.seeing import Viewer
from journal.viewers import viewer_for
from journal.words import ExportState

log = logging.getLogger("journal.portfolio")

ROUNDS = 3
"""How often it is made anew in one go when something in it changes meanwhile."""

UNDER_WAY = (ExportState.WAITING, ExportState.MAKING)


class Stopped(Exception):
    """It is not wanted any more."""


class KeepsChanging(Exception):
    """Whenever it was finished, something in it had changed."""


def make(session: GatedSession, house: House, about: UUID) -> None:
    """Make a portfolio that was ordered, or go on with it. One that is done, or not wanted any more, is left alone.

    What stops it for good is said in its row: ``disk_full``, ``nothing`` (nothing is left to put in), ``changing``,
    ``broken``. Raises what may go better at another try.
    """
    export = _find(session, about)
    if export is None or export.state not in UNDER_WAY:
        return
    try:
        if export.pupil_id is None:
            _class(session, house, export)
        elif _one(session, house, export, export):
            _ready(session, house, export)
        else:
            _failed(session, house, about, "nothing")
    except (Unseen, Stopped):
        _stopped(session, house, about)
    except DiskFull:
        _failed(session, house, about, "disk_full")
    except KeepsChanging:
        _failed(session, house, about, "changing")
    except Exception as problem:
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


def _one(session: GatedSession, house: House, export: Export, whole: Export, before: int = 0) -> bool:
    """Make one pupil's portfolio; return False where there is nothing to put in. ``before``: pieces of others."""
    for _ in range(ROUNDS):
        actor, wanted = _wanted(session, export)
        if export.state is ExportState.WAITING:
            with for_viewer(session, wanted.viewer) as eyes:
                there = plan(session, eyes, wanted, export)
            session.commit()
            if not there:
                return False
        if _still(session, wanted, export):
            about, of_whole = export.id, whole.id

            def progress(done: int, about: UUID = about, of_whole: UUID = of_whole) -> None:
                _progress(session, about, of_whole, done, before)

            write_one(session, house, wanted, export, _cover(session, actor, wanted, export), Every(1, progress))
            if _still(session, _wanted(session, export)[1], export):
                return True
        forget(session, house.files, export)
        session.commit()
    raise KeepsChanging


def _class(session: GatedSession, house: House, whole: Export) -> None:
    children = list(session.scalars(select(Export).where(Export.batch_id == whole.id).order_by(Export.id)))
    for _ in range(ROUNDS):
        whole.state = ExportState.MAKING
        for child in children:
            if child.state is ExportState.WAITING:
                wanted = _wanted(session, child)[1]
                with for_viewer(session, wanted.viewer) as eyes:
                    plan(session, eyes, wanted, child)
                session.commit()
        whole.total = sum(child.total for child in children) + len(children)
        session.commit()
        before = 0
        for child in children:
            if child.state is not ExportState.READY:
                _one(session, house, child, whole, before)
                _ready(session, house, child, alone=False)
                session.commit()
            before += child.total
        if not any(child.bytes for child in children):
            _failed(session, house, whole.id, "nothing")
            return

        def progress(done: int, before: int = before) -> None:
            _progress(session, None, whole.id, done, before)

        write_class(session, house, whole, children, Every(1, progress))
        stale = [child for child in children if child.bytes and not _still_now(session, child)]
        if not stale:
            _ready(session, house, whole)
            for child in children:
                child.expires_at = whole.expires_at
            return
        for child in stale:
            forget(session, house.files, child)
        drop_file(session, house.files, whole)
        session.commit()
    raise KeepsChanging


def _still_now(session: GatedSession, export: Export) -> bool:
    return _still(session, _wanted(session, export)[1], export)


def _still(session: GatedSession, wanted: Wanted, export: Export) -> bool:
    with for_viewer(session, wanted.viewer) as eyes:
        return inside.still_so(eyes, wanted, export.id)


def _ready(session: Session, house: House, export: Export, *, alone: bool = True) -> None:
    """Say that a portfolio can be fetched, and until when."""
    still = update(Export).where(Export.id == export.id, Export.state == ExportState.MAKING)
    if not changed(session, still.values(state=ExportState.READY)):
        raise Stopped
    export.problem, export.made_anew = "", False
    export.done = export.total
    if export.bytes and export.file is not None:
        noted = export.file + NOTED
        after_commit(session, lambda: house.files.drop(noted))
    else:
        drop_file(session, house.files, export)
    export.ready_at = now()
    export.expires_at = export.ready_at + timedelta(seconds=house.settings.export_time)
    if alone:
        ask_for(session, Work.EXPIRE_EXPORT, export.id, export.expires_at)
    session.flush()


def _failed(session: Session, house: House, about: UUID, problem: str) -> None:
    """Say that a portfolio will not be made, and why; nothing of it is kept. It can be ordered again."""
    session.rollback()
    export = _find(session, about)
    if export is None or export.state not in UNDER_WAY:
        return
    expire(session, house.files, export)
    export.state, export.problem = ExportState.FAILED, problem
    session.flush()


def _progress(session: Session, about: UUID | None, whole: UUID, done: int, before: int) -> None:
    """Keep how far it has come, and that somebody is at it. Raises ``Stopped`` where it is not wanted any more."""
    still = update(Export).where(Export.id == whole, Export.state == ExportState.MAKING)
    if not changed(session, still.values(done=before + done)):
        raise Stopped
    if about is not None and about != whole:
        session.execute(update(Export).where(Export.id == about).values(done=done))
    still_at_it(session, Work.EXPORT, whole)
    session.commit()


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


def _wanted(session: Session, export: Export) -> tuple[Viewer, Wanted]:
    """Return who ordered it, as they are today, and what they want. Raises ``Unseen`` if they may not any more."""
    assert export.pupil_id is not None  # noqa: S101 - asked for one pupil's alone
    hat = session.scalars(select(Membership).where(Membership.id == export.ordered_by_id)).one()
    actor = viewer_for(session, hat)
    return actor, wanted_by(session, actor, export.pupil_id, read(export.scope))


def _cover(session: GatedSession, actor: Viewer, wanted: Wanted, export: Export) -> Cover:
    assert export.pupil_id is not None  # noqa: S101
    names = known(session, actor, {(export.ordered_by_id, export.pupil_id), (export.pupil_id, export.pupil_id)})
    school = session.scalars(select(School.name).where(School.id == export.school_id)).one()
    with for_viewer(session, wanted.viewer) as eyes:
        entries = entries_of(eyes, export.id)
    times = [one.at for one in entries] or [export.created_at]
    return Cover(
        name=names[export.pupil_id, export.pupil_id].name,
        school=school,
        stand=wanted.stand,
        reader=names[export.ordered_by_id, export.pupil_id].name,
        language=export.language,
        made=export.begun_at or export.created_at,
        first=min(times),
        last=max(times),
        zone=wanted.scope.here,
    )
