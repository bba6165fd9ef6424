"""Dropping what is over: whole segments, the oldest first, as many years after as the school keeps its record.

This is the one way in which a line leaves the record. A row says which segment went and how it ended (``TrailDrop``):
the database lets no line go without one, and takes none for a segment that is younger than a year. That it was done
stands in the record too. Where the app's database user cannot delete lines (docs/record.md), it is done by
``journal drop-record``, as the owner of the tables.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from journal.clock import now
from journal.net import open_session
from journal.record.sealing import take_turns
from journal.records import School, Trail, TrailDrop, TrailLink, TrailSegment
from journal.trail import write


@dataclass(frozen=True, slots=True)
class Dropped:
    """A segment that was dropped: whose, of which month, which lines."""

    school: str
    month: str
    first: int
    last: int


def last_month_kept(moment: datetime, years: int) -> str:
    """Return the oldest month that is kept, as 2019-11, for a school that keeps its record so many years."""
    return f"{moment.year - years:04}-{moment.month:02}"


def drop_all(engine: Engine) -> Iterator[Dropped]:
    """Drop all segments that are over, of all schools, each by itself, and say which."""
    with open_session(engine, sees_all="doing the house's work") as session:
        schools = list(session.scalars(select(School.id).order_by(School.id)))
    for school in schools:
        while (found := drop_oldest(engine, school)) is not None:
            yield found


def drop_oldest(engine: Engine, school: UUID) -> Dropped | None:
    """Drop a school's oldest segment if it is over; None where it is not, or is the only one."""
    with open_session(engine, sees_all="doing the house's work") as session:
        take_turns(session, school)
        row = session.scalars(select(School).where(School.id == school)).one()
        found = _oldest(session, row)
        if found is None:
            return None
        segment, last = found
        done = Dropped(row.name, segment.month, segment.first, last.number)
        session.add(
            TrailDrop(
                school_id=school,
                segment_id=segment.id,
                month=segment.month,
                first=segment.first,
                last=last.number,
                hash=last.hash,
            )
        )
        write(session, school, None, "drop_record", None, first=segment.first, last=last.number)
        session.flush()
        mine = (TrailLink.school_id == school, TrailLink.number.between(segment.first, last.number))
        for statement in (
            delete(Trail).where(Trail.school_id == school, Trail.id.in_(select(TrailLink.id).where(*mine))),
            delete(TrailLink).where(*mine),
            delete(TrailSegment).where(TrailSegment.id == segment.id),
        ):
            session.execute(statement, execution_options={"synchronize_session": False})
        session.commit()
        return done


def _oldest(session: Session, school: School) -> tuple[TrailSegment, TrailLink] | None:
    """A school's oldest segment with its last link, if it is over and another one follows."""
    segments = select(TrailSegment).where(TrailSegment.school_id == school.id).order_by(TrailSegment.first).limit(2)
    found = session.scalars(segments).all()
    if len(found) < 2 or found[0].month >= last_month_kept(now(), max(1, school.record_years)):
        return None
    last = select(TrailLink).where(TrailLink.school_id == school.id, TrailLink.number == found[1].first - 1)
    return found[0], session.scalars(last).one()
