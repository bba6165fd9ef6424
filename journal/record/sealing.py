"""Putting lines into the chain of their school, in the order in which they came.

This is done beside the requests, within a minute. A request that had to take the next place in the chain itself would
make every other of its school wait until it has ended. Lines that wait are in a table that the database fills itself;
whoever is killed while sealing leaves them there, and the next one goes on.
"""

from uuid import UUID

from sqlalchemy import Engine, delete, insert, select, update
from sqlalchemy.orm import Session

from journal.clock import now
from journal.net import open_session
from journal.record.chain import BEGINNING, MOST_IN_SEGMENT, hash_of, sum_of
from journal.records import School, Trail, TrailLink, TrailSegment, TrailUnsealed

AT_ONCE = 500
"""Lines that are sealed in one go; on SQLite nobody else writes meanwhile."""


def seal_all(engine: Engine, most: int | None = None) -> int:
    """Seal the lines that wait, of all schools, of each at most so many; return how many those were."""
    with open_session(engine, sees_all="doing the house's work") as session:
        schools = list(session.scalars(select(TrailUnsealed.school_id).distinct()))
    return sum(seal_school(engine, one, most) for one in schools)


def seal_school(engine: Engine, school: UUID, most: int | None = None) -> int:
    """Seal the lines of a school that wait, all or so many; return how many those were."""
    done = 0
    while True:
        with open_session(engine, sees_all="doing the house's work") as session:
            some = _seal_some(session, school)
            session.commit()
        done += some
        if some < AT_ONCE or (most is not None and done >= most):
            return done


def take_turns(session: Session, school: UUID) -> None:
    """Let whoever seals or drops lines of a school right now finish first; no request waits for it."""
    session.execute(update(School).where(School.id == school).values(record_years=School.record_years))


def _seal_some(session: Session, school: UUID) -> int:
    take_turns(session, school)
    waiting = session.execute(
        select(TrailUnsealed.arrived, Trail)
        .join(Trail, Trail.id == TrailUnsealed.trail_id)
        .where(TrailUnsealed.school_id == school, Trail.school_id == school)
        .order_by(TrailUnsealed.arrived)
        .limit(AT_ONCE)
    ).all()
    if not waiting:
        return 0
    last = session.execute(
        select(TrailLink.number, TrailLink.hash)
        .where(TrailLink.school_id == school)
        .order_by(TrailLink.number.desc())
        .limit(1)
    ).one_or_none()
    number, before = (last.number, last.hash) if last else (0, BEGINNING)
    segment = session.scalars(
        select(TrailSegment).where(TrailSegment.school_id == school).order_by(TrailSegment.first.desc()).limit(1)
    ).one_or_none()
    links = []
    for _arrived, line in waiting:
        number += 1
        month = f"{line.created_at:%Y-%m}"
        # A clock that went back begins no segment of an older month.
        if segment is None or month > segment.month or number - segment.first >= MOST_IN_SEGMENT:
            later = max(month, segment.month) if segment is not None else month
            segment = TrailSegment(school_id=school, month=later, first=number, before=before)
            session.add(segment)
        own = sum_of(line)
        before = hash_of(before, number, own)
        made = {"id": line.id, "school_id": school, "created_at": now()}
        links.append({**made, "number": number, "sum": own, "hash": before})
    session.flush()
    session.execute(insert(TrailLink), links)
    arrived = [one.arrived for one in waiting]
    session.execute(delete(TrailUnsealed).where(TrailUnsealed.arrived.in_(arrived)))
    return len(links)
