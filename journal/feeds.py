"""Lists of what was shown to circles, newest first, a page at a time.

One index range for each circle, merged; the cost does not grow with history. (One ``IN`` over all circles would sort
everything that they ever saw.) These statements pass by the net, so the rows that they name are read again through it.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from struct import error, pack, unpack
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, literal, not_, or_, select, union_all
from sqlalchemy.orm import Session

from journal.clock import now
from journal.conditions import READ_BY_ME, rests, table, there_is
from journal.reasons import BY_THE_RULE, GatedSession, NoSight
from journal.records import Item, LeftOut, Revision, Shown
from journal.records.base import Id, UtcTime
from journal.seeing import Viewer
from journal.store.seeking import unsought

CHUNK = 200
"""Circles in one statement; SQLite allows 500 parts of a compound select."""

REACH = 100
"""Among so many of the newest that a circle was shown something is looked for that others were not shown too, for all
of a past may be. What was shown at the same moment as the last of them belongs to it."""

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
"""Whole numbers of these: a fraction of seconds would round, and a place that moved loses what stands beside it."""


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in a list: a moment, and the item that stands there."""

    at: datetime
    item: UUID

    def __str__(self) -> str:
        micros = (self.at - _BEGINNING) // _MICROSECOND
        return urlsafe_b64encode(pack(">q", micros) + self.item.bytes).decode().rstrip("=")


class Shape(NamedTuple):
    """Of what shape the statement of a list is."""

    circles: int
    """How many ranges it merges."""
    besides: bool
    """Whether what is shown to some other circles too is passed over."""
    ends: bool
    """Whether each range ends by itself, after as many as are wanted. PostgreSQL needs it, or it reads and sorts all
    ranges; SQLite reads them side by side in the order of the list, each only as far as the page goes.
    """


END_OF_TIME = Mark(datetime(9999, 1, 1, tzinfo=UTC), UUID(int=(1 << 128) - 1))


def read_mark(raw: str | None) -> Mark | None:
    """Return the place that an address names, or None for none and for what is no place."""
    if not raw or len(raw) > 64:
        return None
    try:
        value = urlsafe_b64decode(raw + "=" * (-len(raw) % 4))
        micros = unpack(">q", value[:8])[0]
        return Mark(_BEGINNING + micros * _MICROSECOND, UUID(bytes=value[8:]))
    except (ValueError, error, OverflowError):
        return None


def newest(session: Session, viewer: Viewer, circles: Sequence[str], before: Mark | None, limit: int) -> list[Mark]:
    """Return the places of the newest entries shown to some of the viewer's circles.

    An entry shown to several of them stands once, where the viewer first saw it. Raises ``NoSight`` for a circle that
    the viewer does not hold.
    """
    marks: set[Mark] = set()
    for shape, values in asked(session, viewer, circles, before, limit):
        rows = session.connection().execute(ranges(shape), values)
        marks |= {Mark(row.released_at, row.item_id) for row in rows}
    return sorted(marks, reverse=True)[:limit]


def asked(
    session: Session,
    viewer: Viewer,
    circles: Sequence[str],
    before: Mark | None,
    limit: int,
    besides: Sequence[str] = (),
) -> Iterator[tuple[Shape, dict[str, Any]]]:
    """Yield of which shape each statement of ``ranges`` is, and its values. Raises ``NoSight``.

    What is shown to some circles of ``besides`` too is passed over, and looked for no further than ``REACH``.
    """
    if not viewer.circles.issuperset([*circles, *besides]):
        raise NoSight("a list of somebody else's circle")
    if not isinstance(session, GatedSession) or session.viewer is not viewer:
        raise NoSight("a list for another viewer than the session's")
    mine, start = sorted(set(circles)), before or END_OF_TIME
    same = {
        "school": viewer.school,
        "person": viewer.person,
        "at": start.at,
        "item": start.item,
        "most": limit,
        "all_circles": mine,
        "now": now(),
    } | ({"besides": list(besides)} if besides else {})
    ends = has_lateral(session)
    for first in range(0, len(mine), CHUNK):
        part = mine[first : first + CHUNK]
        yield Shape(len(part), bool(besides), ends), same | {f"circle_{number}": one for number, one in enumerate(part)}


_NOW, _AT = bindparam("now", type_=UtcTime()), bindparam("at", type_=UtcTime())
_ENTRY = literal("entry", literal_execute=True)


def has_lateral(session: Session) -> bool:
    """Whether the database can look up rows for each row (LATERAL): PostgreSQL can, SQLite has no words for it."""
    return session.get_bind().dialect.name != "sqlite"


@lru_cache(maxsize=2 * CHUNK)
def ranges(shape: Shape) -> Select[datetime, UUID]:
    """The merged ranges, as (released_at, item_id). Built once, or building would cost more than running."""
    every = [_range(f"circle_{number}", besides=shape.besides) for number in range(shape.circles)]
    if shape.ends:
        every = [_window(one, number) for number, one in enumerate(every)]
    merged = union_all(*every).subquery("merged")
    return (
        select(merged.c.released_at, merged.c.item_id)
        .order_by(merged.c.released_at.desc(), merged.c.item_id.desc())
        .limit(bindparam("most"))
    )


def _elsewhere(item: ColumnElement[UUID]) -> ColumnElement[bool]:
    """The item is shown to some other circles, too."""
    twin = table(Shown)
    return there_is(twin, where=and_(twin.c.item_id == item, twin.c.circle.in_(bindparam("besides", expanding=True))))


def _as_far_back(circle: str) -> ColumnElement[datetime]:
    """When the last of as many as ``REACH`` was shown to a circle; the beginning where it was shown fewer.

    All count that the circle was shown, whatever became of them: to find the last is a step in the index.
    """
    shown = table(Shown)
    last = (
        select(shown.c.released_at)
        .where(shown.c.school_id == bindparam("school"), shown.c.circle == bindparam(circle), shown.c.kind == _ENTRY)
        .where(shown.c.released_at <= _AT)
        .order_by(shown.c.released_at.desc())
        .limit(1)
        .offset(REACH - 1)
    )
    return func.coalesce(last.scalar_subquery(), literal(_BEGINNING, UtcTime()))


def _window(one: Select[datetime, UUID], number: int) -> Select[datetime, UUID]:
    columns = one.selected_columns
    newest = one.order_by(columns.released_at.desc(), columns.item_id.desc()).limit(bindparam("most"))
    some = newest.subquery(f"range_{number}")
    return select(some.c.released_at, some.c.item_id)


def _range(circle: str, *, besides: bool) -> Select[datetime, UUID]:
    shown, earlier, item, left = table(Shown), table(Shown), table(Item), table(LeftOut)
    saw_before = there_is(
        earlier,
        where=and_(
            earlier.c.item_id == shown.c.item_id,
            unsought(earlier.c.circle).in_(bindparam("all_circles", expanding=True)),
            or_(
                earlier.c.released_at < shown.c.released_at,
                and_(earlier.c.released_at == shown.c.released_at, earlier.c.circle < shown.c.circle),
            ),
        ),
    )
    left_out = there_is(left, where=and_(left.c.item_id == shown.c.item_id, left.c.person_id == bindparam("person")))
    reads = and_(item.c.deleted_at.is_(None), not_(rests(item, bindparam("school", type_=Id()), _NOW)))
    there = there_is(item, where=and_(item.c.id == shown.c.item_id, reads))
    found = (
        select(shown.c.released_at, shown.c.item_id)
        .where(shown.c.school_id == bindparam("school"), shown.c.circle == bindparam(circle))
        .where(shown.c.kind == _ENTRY)
        .where(
            shown.c.released_at <= _AT,
            or_(shown.c.released_at < _AT, shown.c.item_id < bindparam("item", type_=Shown.item_id.type)),
        )
        .where(not_(saw_before), not_(left_out), there)
    )
    if besides:
        found = found.where(not_(_elsewhere(shown.c.item_id)), shown.c.released_at >= _as_far_back(circle))
    return found


def shown_revisions(session: Session, entries: Sequence[UUID]) -> dict[UUID, tuple[Item, Revision]]:
    """Return each item that the session's viewer reads as one of its readers, in the revision shown to them."""
    rows = session.execute(
        select(Item, Revision)
        .join(Revision, Revision.item_id == Item.id)
        .where(Item.id.in_(entries), READ_BY_ME)
        .execution_options(**BY_THE_RULE)
    )
    return {item.id: (item, revision) for item, revision in rows}
