"""What the record's page shows: a page of lines, narrowed, and how the chain stands.

No query here counts lines or looks through them: every one follows an index, and stops when a page is full.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from journal.actkinds import Kind
from journal.jobs import Work, going_on
from journal.reasons import beyond
from journal.record import whose
from journal.records import Membership, School, Trail, TrailCheck, TrailLink
from journal.seeing import Viewer
from journal.words import PAGE, STAFF, Role

MOST_FOUND = 12
"""People of a name that are offered to choose from."""

AT_ONCE = 500
"""Lines of a download that are read at a time."""

Doer, About = aliased(Membership), aliased(Membership)


@dataclass(frozen=True, slots=True)
class Narrow:
    """What is asked for: who did it and about whom (memberships), what kind, from which day to which (the school's)."""

    who: UUID | None = None
    about: UUID | None = None
    kind: Kind | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the record, with names, and its number in the chain; None while it is not sealed."""

    line: Trail
    number: int | None
    hash: str | None
    doer: Membership | None
    about: str
    """Whom it is about, by name, or which class; empty where it is about neither."""


@dataclass(frozen=True, slots=True)
class Seal:
    """How the chain stands: the last check, if there was one, and whether one is being made."""

    check: TrailCheck | None
    checking: bool
    years: int


def lines(
    session: Session, narrow: Narrow, zone: ZoneInfo, after: UUID | None, most: int = PAGE
) -> tuple[list[Line], UUID | None]:
    """Return a page of the lines that the session's viewer reads, newest first, and the next place.

    In one query, and one more for lines that name nobody by themselves. About a pupil in up to three: what was opened,
    held or rested of them, the lines that name them, and the older ones that name those alone.
    """
    if narrow.about is None:
        rows = _rows(session, narrow, zone, after, most + 1)
        names = whose.names_of(session, [row[0].subject_id for row in rows if row[4] is None])
    else:
        rows = _rows(session, narrow, zone, after, most + 1, Trail.about_id == narrow.about)
        names = whose.kept_about(session, narrow.about)
        if names:
            # One after the other: each is a piece of an index, and one condition for both would be of neither.
            older = (Trail.about_id.is_(None), Trail.subject_id.in_(names))
            rows = [*rows, *_rows(session, narrow, zone, after, most + 1, *older)]
            rows = sorted(rows, key=lambda row: row[0].id, reverse=True)[: most + 1]
    found = [
        Line(line, number, sum_, doer, about.name if about else names.get(line.subject_id, ""))
        for line, number, sum_, doer, about in rows
    ]
    return found[:most], found[most - 1].line.id if len(found) > most else None


def _rows(
    session: Session, narrow: Narrow, zone: ZoneInfo, after: UUID | None, most: int, *more: ColumnElement[bool]
) -> list[tuple[Any, ...]]:
    """The newest lines that are like this, with what is known of each."""
    before = [Trail.id < after] if after is not None else []
    ids = select(Trail.id).where(*_like(narrow, zone), *before, *more).order_by(Trail.id.desc()).limit(most)
    statement = (
        select(Trail, TrailLink.number, TrailLink.hash, Doer, About)
        .outerjoin(TrailLink, TrailLink.id == Trail.id)
        .outerjoin(Doer, Doer.id == Trail.membership_id)
        .outerjoin(About, About.id == Trail.about_id)
        .where(Trail.id.in_(select(ids.subquery())))
        .order_by(Trail.id.desc())
    )
    return [tuple(row) for row in session.execute(statement)]


def all_lines(session: Session, narrow: Narrow, zone: ZoneInfo) -> Iterator[Line]:
    """Return all lines that the session's viewer reads, newest first, some at a time."""
    place: UUID | None = None
    while True:
        some, place = lines(session, narrow, zone, place, AT_ONCE)
        yield from some
        session.expunge_all()
        if place is None:
            return


def _like(narrow: Narrow, zone: ZoneInfo) -> Iterator[ColumnElement[bool]]:
    if narrow.kind is not None:
        yield Trail.kind == narrow.kind
    if narrow.who is not None:
        yield Trail.membership_id == narrow.who
    # An id begins with the moment at which it was made: so the days are a piece of every index, too.
    if narrow.first is not None:
        yield Trail.id >= _first_id(narrow.first, zone)
    if narrow.last is not None and narrow.last < date.max:
        yield Trail.id < _first_id(narrow.last + timedelta(days=1), zone)


def _first_id(day: date, zone: ZoneInfo) -> UUID:
    """The lowest id that could have been made on a day, by the school's clock."""
    moment = datetime.combine(day, time(), zone).astimezone(UTC) if day > date.min else datetime(1970, 1, 1, tzinfo=UTC)
    milliseconds = max(0, int(moment.timestamp() * 1000))
    return UUID(int=milliseconds << 80)


def seal(session: Session, viewer: Viewer) -> Seal:
    """Return how the chain of the viewer's school stands, in one query."""
    newest = (
        select(School.record_years, TrailCheck, going_on(Work.CHECK_RECORD, viewer.school))
        .outerjoin(TrailCheck, TrailCheck.school_id == School.id)
        .where(School.id == viewer.school)
        .order_by(TrailCheck.id.desc())
        .limit(1)
    )
    with beyond(session, "doing the house's work"):
        years, check, checking = session.execute(newest).one()
    return Seal(check, bool(checking), years)


def newest_check(session: Session) -> TrailCheck | None:
    """Return what the last check of the chain found. That it holds may be known by who reads no line of it."""
    return session.scalars(select(TrailCheck).order_by(TrailCheck.id.desc()).limit(1)).one_or_none()


def staff(session: Session) -> list[Membership]:
    """Return the staff, those who left too, by name."""
    rows = select(Membership).where(Membership.role.in_(STAFF)).order_by(Membership.name, Membership.id)
    return list(session.scalars(rows))


def pupils_like(session: Session, name: str) -> list[Membership]:
    """Return the pupils whose name has these letters in it, by name: a few."""
    like = func.lower(Membership.name).contains(name.strip().lower(), autoescape=True)
    rows = select(Membership).where(Membership.role == Role.PUPIL, like)
    return list(session.scalars(rows.order_by(Membership.name, Membership.id).limit(MOST_FOUND)))


def member(session: Session, wanted: UUID) -> Membership | None:
    """Return somebody of the viewer's school, or None."""
    return session.scalars(select(Membership).where(Membership.id == wanted)).one_or_none()
