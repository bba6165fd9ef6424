"""Checking a school's chain, line by line, and naming the first that is wrong.

What is checked: each line's sum is that of what stands in it; each hash is that of the line before, the number and
the sum; no number is missing; each segment begins with the hash that the one before ended with; what was dropped was
dropped whole and is written down; no line stands outside the chain; and the line that the last check ended with is
still there as it was, so that the end of the chain cannot be cut off unseen.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine, Select, and_, func, select
from sqlalchemy.orm import Session

from journal.net import open_session
from journal.reasons import GatedSession
from journal.record.chain import BEGINNING, Fault, hash_of, sum_of
from journal.records import Trail, TrailCheck, TrailDrop, TrailLink, TrailSegment, TrailUnsealed

WINDOW = 1000
"""Lines that are read at a time."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """The first line that is wrong: what is wrong with it, its number (0 for one outside the chain), its id."""

    fault: Fault
    number: int
    id: UUID | None = None


@dataclass(slots=True)
class Checked:
    """What a check found: up to which line it came, that line's hash, since when there are lines, what is wrong."""

    number: int = 0
    hash: str = BEGINNING
    lines: int = 0
    since: datetime | None = None
    wrong: Wrong | None = None


def steady(engine: Engine) -> Engine:
    """Return the engine with one view of the database for as long as a session looks; SQLite has that by itself."""
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ")


def verify_school(engine: Engine, school: UUID) -> Checked:
    """Check all of a school's chain. Lines that are not sealed yet are no fault."""
    while True:
        with open_session(steady(engine), sees_all="doing the house's work") as session:
            begins = _begins(session, school)
            found = Checked()
            found.wrong = _first_wrong(session, school, found)
        with open_session(engine, sees_all="doing the house's work") as session:
            if found.wrong is None or begins == _begins(session, school):
                return found  # else a segment was dropped meanwhile


def _begins(session: Session, school: UUID) -> int:
    return session.scalar(select(func.min(TrailSegment.first)).where(TrailSegment.school_id == school)) or 0


def _first_wrong(session: GatedSession, school: UUID, found: Checked) -> Wrong | None:
    last = last_check(session, school)
    segments = session.scalars(
        select(TrailSegment).where(TrailSegment.school_id == school).order_by(TrailSegment.first)
    ).all()
    heads = {one.first: one for one in segments}
    if segments:
        if (wrong := _wrong_beginning(session, school, segments[0])) is not None:
            return wrong
        found.number, found.hash = segments[0].first - 1, segments[0].before
    for link, line in _links(session, school, found.number):
        if (wrong := _wrong_link(found, link, line, heads.pop(link.number, None))) is not None:
            return wrong
        found.since = found.since or (line.created_at if line is not None else None)
        found.number, found.hash = link.number, link.hash
        found.lines += 1
    if heads:
        return Wrong(Fault.MISSING, min(heads))
    return _wrong_end(session, school, found, last) or _outside(session, school)


def _wrong_beginning(session: Session, school: UUID, head: TrailSegment) -> Wrong | None:
    """What is wrong with where the chain begins: with the first line there ever was, or where one was dropped."""
    if head.first == 1:
        return None if head.before == BEGINNING else Wrong(Fault.CHANGED, 1)
    dropped = select(TrailDrop.hash).where(TrailDrop.school_id == school, TrailDrop.last == head.first - 1)
    ended = session.scalars(dropped).one_or_none()
    return None if ended == head.before else Wrong(Fault.MISSING, head.first - 1)


def _wrong_link(found: Checked, link: TrailLink, line: Trail | None, head: TrailSegment | None) -> Wrong | None:
    number = found.number + 1
    if link.number != number:
        return Wrong(Fault.MISSING, number)
    if line is None:
        return Wrong(Fault.MISSING, number, link.id)
    if head is not None and head.before != found.hash:
        return Wrong(Fault.MOVED, number, link.id)
    own = sum_of(line)
    tied = hash_of(found.hash, number, link.sum) == link.hash
    if own != link.sum:
        return Wrong(Fault.CHANGED, number, link.id)
    return None if tied else Wrong(Fault.MOVED, number, link.id)


def last_check(session: Session, school: UUID) -> TrailCheck | None:
    """Return the last check of a school's chain that found nothing wrong."""
    good = select(TrailCheck).where(TrailCheck.school_id == school, TrailCheck.fault == "")
    return session.scalars(good.order_by(TrailCheck.id.desc()).limit(1)).one_or_none()


def _wrong_end(session: Session, school: UUID, found: Checked, last: TrailCheck | None) -> Wrong | None:
    """The line that an earlier check ended with has to be there, with the hash it had."""
    if last is None or last.number == 0:
        return None
    if last.number > found.number:
        return Wrong(Fault.CUT_OFF, found.number + 1)
    there = select(TrailLink.hash).where(TrailLink.school_id == school, TrailLink.number == last.number)
    kept = session.scalars(there).one_or_none()
    over = select(TrailDrop.id).where(TrailDrop.school_id == school, TrailDrop.last >= last.number).limit(1)
    if kept == last.hash or (kept is None and session.scalars(over).one_or_none() is not None):
        return None
    return Wrong(Fault.MOVED, last.number)


def _outside(session: Session, school: UUID) -> Wrong | None:
    """A line that is neither in the chain nor waits to be: it did not come the way all lines come."""
    linked = select(TrailLink.id).where(TrailLink.id == Trail.id, TrailLink.school_id == school)
    waits = select(TrailUnsealed.arrived).where(TrailUnsealed.trail_id == Trail.id, TrailUnsealed.school_id == school)
    lost = select(Trail.id).where(Trail.school_id == school, ~linked.exists(), ~waits.exists())
    found = session.scalars(lost.order_by(Trail.id).limit(1)).one_or_none()
    return Wrong(Fault.INSERTED, 0, found) if found is not None else None


def _links(session: GatedSession, school: UUID, after: int) -> Iterator[tuple[TrailLink, Trail | None]]:
    """All links of the chain behind a number, each with its line, a window at a time."""
    while True:
        rows = session.execute(_window(school, after)).all()
        yield from ((link, line) for link, line in rows)
        session.expunge_all()
        if len(rows) < WINDOW:
            return
        after = rows[-1][0].number


def _window(school: UUID, after: int) -> Select[TrailLink, Trail]:
    return (
        select(TrailLink, Trail)
        .outerjoin(Trail, and_(Trail.id == TrailLink.id, Trail.school_id == TrailLink.school_id))
        .where(TrailLink.school_id == school, TrailLink.number > after)
        .order_by(TrailLink.number)
        .limit(WINDOW)
    )
