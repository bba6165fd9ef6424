"""Making portfolios in rounds: planned, written, judged, and made anew where something in them changed meanwhile."""

from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.clock import now
from journal.exported import NOTED, drop_file, forget
from journal.house import House
from journal.jobs import Work, after_commit, ask_for, still_at_it
from journal.names import known
from journal.net import for_viewer
from journal.portfolio.book import Cover
from journal.portfolio.gather import entries_of
from journal.portfolio.judging import changed
from journal.portfolio.make import Every, plan, write_one
from journal.portfolio.make_class import PartGone, write_class
from journal.portfolio.orderers import wanted_by
from journal.portfolio.scope import read
from journal.portfolio.shapes import Wanted
from journal.reasons import GatedSession
from journal.records import Export, Membership, School
from journal.rows import changed as met
from journal.seeing import Viewer
from journal.viewers import viewer_for
from journal.words import ExportState

ROUNDS = 3
"""How often it is made anew in one go when something in it changes meanwhile."""


class Stopped(Exception):
    """It is not wanted any more."""


class KeepsChanging(Exception):
    """Whenever it was finished, something in it had changed."""


def make_one(session: GatedSession, house: House, export: Export) -> bool:
    """Make a pupil's portfolio; return False if there is nothing to put in. Raises ``KeepsChanging``, ``Stopped``."""
    if not _one(session, house, export, export):
        return False
    _ready(session, house, export)
    ask_for(session, Work.EXPIRE_EXPORT, export.id, export.expires_at)
    return True


def make_class(session: GatedSession, house: House, whole: Export) -> bool:
    """Make those of a class, and put them into one file; return False where there is nothing to put in.

    Each pupil's has a file of its own until the class's is whole: those that are done are not done again after an
    interruption. Then it goes: the class's file holds them. Raises ``KeepsChanging``, ``Stopped``.
    """
    for _ in range(ROUNDS):
        whole.state = ExportState.MAKING
        children = _children(session, house, whole)
        _plan(session, whole, children)
        before = 0
        for child in children:
            if child.state is not ExportState.READY:
                _one(session, house, child, whole, before)
                _ready(session, house, child)
                session.commit()
            before += child.total
        if not any(child.bytes for child in children):
            return False
        if _together(session, house, whole, children, before):
            return True
    raise KeepsChanging


def _children(session: Session, house: House, whole: Export) -> list[Export]:
    """The pupils' portfolios as they stand now. One whose file is gone, whatever took it, is to be made again.

    What an interruption left of the class's file goes where one of them is to be made: it may hold what that was.
    """
    asked = select(Export).where(Export.batch_id == whole.id).order_by(Export.id)
    children = list(session.scalars(asked.execution_options(populate_existing=True)))
    for child in children:
        there = child.file is not None and house.files.path(child.file).is_file()
        if child.state is ExportState.READY and child.bytes and not there:
            forget(session, house.files, child)
    if any(child.state is not ExportState.READY for child in children):
        drop_file(session, house.files, whole)
    session.commit()
    return children


def _plan(session: GatedSession, whole: Export, children: list[Export]) -> None:
    for child in children:
        if child.state is ExportState.WAITING:
            wanted = _wanted(session, child)[1]
            with for_viewer(session, wanted.viewer) as eyes:
                plan(session, eyes, wanted, child)
            session.commit()
    whole.total = sum(child.total for child in children) + len(children)
    session.commit()


def _together(session: GatedSession, house: House, whole: Export, children: list[Export], before: int) -> bool:
    """Put the pupils' portfolios into one file; return False where one of them has to be made again first."""
    progress = Every(1, lambda done: _progress(session, None, whole, done, before))
    try:
        write_class(session, house, whole, children, progress)
        full = [child for child in children if child.bytes]
        stale = changed(session, _orderer(session, whole), full)
    except PartGone:
        drop_file(session, house.files, whole)
        session.commit()
        return False
    for child in stale:
        forget(session, house.files, child)
    if stale:
        drop_file(session, house.files, whole)
        session.commit()
        return False
    _ready(session, house, whole)
    ask_for(session, Work.EXPIRE_EXPORT, whole.id, whole.expires_at)
    for child in children:
        child.expires_at = whole.expires_at
    # The rows keep the names: what a crash leaves behind goes when the time of all of them is over.
    files = [child.file for child in full if child.file]
    after_commit(session, lambda: house.files.drop_all(files))
    return True


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
        if not changed(session, actor, [export]):
            progress = Every(1, lambda done: _progress(session, export, whole, done, before))
            write_one(session, house, wanted, export, _cover(session, actor, wanted, export), progress)
            if not changed(session, _orderer(session, export), [export]):
                return True
        forget(session, house.files, export)
        session.commit()
    raise KeepsChanging


def _ready(session: Session, house: House, export: Export) -> None:
    """Say that a portfolio is whole, and until when it can be fetched."""
    still = update(Export).where(Export.id == export.id, Export.state == ExportState.MAKING)
    if not met(session, still.values(state=ExportState.READY)):
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
    session.flush()


def _progress(session: Session, export: Export | None, whole: Export, done: int, before: int) -> None:
    """Keep how far it has come, and that somebody is at it. Raises ``Stopped`` where it is not wanted any more."""
    still = update(Export).where(Export.id == whole.id, Export.state == ExportState.MAKING)
    if not met(session, still.values(done=before + done)):
        raise Stopped
    if export is not None and export is not whole:
        session.execute(update(Export).where(Export.id == export.id).values(done=done))
    still_at_it(session, Work.EXPORT, whole.id)
    session.commit()


def _orderer(session: Session, export: Export) -> Viewer:
    """Who ordered it, as they are today."""
    return viewer_for(session, session.scalars(select(Membership).where(Membership.id == export.ordered_by_id)).one())


def _wanted(session: Session, export: Export) -> tuple[Viewer, Wanted]:
    """Return who ordered it, and what they want. Raises ``Unseen`` if they may not have it any more."""
    assert export.pupil_id is not None  # noqa: S101 - asked for one pupil's alone
    actor = _orderer(session, export)
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
