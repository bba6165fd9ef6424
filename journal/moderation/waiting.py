"""The list of what waits for a moderator, oldest first, a page at a time."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Select, and_, bindparam, distinct, func, literal, select, true, union
from sqlalchemy.orm import Session, aliased

from journal.clock import now
from journal.conditions import mine_to_decide, table, there_is
from journal.feeds import Mark, has_lateral
from journal.moderation.places import ALL, Only, Part, Places, Shape, looked_at, of_part
from journal.names import NAMED, Named
from journal.reasons import BY_THE_RULE, GatedSession, NoSight
from journal.records import Decision, Item, Membership, Placement, Revision, Shown, Waiting
from journal.records.base import Id
from journal.seeing import MY_SCHOOL
from journal.words import PAGE, Role

MOST_COUNTED = 50
Child = aliased(Membership)


class Thing(NamedTuple):
    """An entry or a comment, as far as its moderator's list needs it."""

    id: UUID
    school_id: UUID
    author_id: UUID
    entry_id: UUID | None
    parent_id: UUID | None


class Words(NamedTuple):
    """The revision that waits."""

    id: UUID
    number: int
    title: str
    words: str
    html: str


@dataclass(frozen=True, slots=True)
class Waits:
    """One thing that waits for the viewer."""

    item: Thing
    revision: Words
    author: Named
    child: str
    """The name of the pupil in whose space it stands."""
    since: datetime
    circles: tuple[str, ...]
    """The circles that wait for this viewer."""
    photos: bool
    decided: bool
    """Whether anybody decided about it before."""
    asked: bool
    """Whether another sent it back, and the writer asked for somebody else to look."""
    shown: bool
    """Whether an earlier revision is shown to a circle that waits."""
    looked: bool
    """Whether the viewer has looked at it, as it is now."""
    late: bool
    """Whether it has waited too long."""

    @property
    def mark(self) -> Mark:
        """Its place in the list."""
        return Mark(self.since, self.item.id)


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of what waits, oldest first."""

    rows: tuple[Waits, ...]
    older: Mark | None
    """Where the next page begins, if there is one."""
    total: int
    """All that waits, counted as far as ``MOST_COUNTED`` + 1."""
    oldest: datetime | None
    lead: str
    """The safeguarding lead's name; empty where the school has none."""
    chosen: Waits | None
    """The one that was asked for, if it waits for this viewer."""


def queue(session: Session, after: Mark | None = None, chosen: UUID | None = None, only: Only = ALL) -> Queue:
    """Return a page of what waits for the session's viewer, in one query; ``chosen`` comes along wherever it stands.

    What it costs does not grow with what waits, see ``journal.moderation.places``.
    """
    if not isinstance(session, GatedSession) or session.viewer is None:
        raise NoSight("what waits, for nobody")
    values = {"chosen": chosen} | ({"at": after.at, "item": after.item} if after else {})
    values |= {"group": only.group} if only.part is Part.GROUP else {}
    shape = Shape(
        only.part,
        session.viewer.leads,
        bool(session.viewer.seconds_for),
        has_lateral(session),
        after is not None,
    )
    rows = session.execute(_page(shape), values).all()
    found = [_waits(row) for row in rows]
    asked = next((one for one in found if one.item.id == chosen), None)
    # One may stand at two places, if a door was opened later: it is listed where it first stands.
    paged = (one for one, row in zip(found, rows, strict=True) if row.paged and (after is None or one.mark > after))
    here = sorted(paged, key=lambda one: one.mark)[:PAGE]
    return Queue(
        rows=tuple(here),
        older=here[-1].mark if here and rows[0].places > PAGE else None,
        total=rows[0].total if rows else 0,
        oldest=rows[0].oldest if rows else None,
        lead=(rows[0].lead or "") if rows else "",
        chosen=asked,
    )


def _mine(shape: Shape, places: FromClause) -> Select[Any]:
    """What waits for the viewer at some places, one row for each item."""
    wait, item = table(Waiting), table(Item)
    looked = looked_at(wait) if shape.part is Part.LOOKED else true()
    columns = (wait.c.item_id, wait.c.revision_id, wait.c.since, wait.c.late_at, wait.c.circle, wait.c.past_id)
    there = (
        select(*columns, places.c.paged)
        .select_from(places.join(wait, wait.c.item_id == places.c.item_id).join(item, item.c.id == wait.c.item_id))
        .where(of_part(shape.part, wait), looked, mine_to_decide(wait, item))
    )
    # Found before it is put together: else PostgreSQL reads all that waits, to have it in the order of the items.
    row = there.offset(0).subquery("there").c
    return select(
        row.item_id,
        row.revision_id,
        func.min(row.since).label("since"),
        func.min(row.late_at).label("late_at"),
        func.aggregate_strings(row.circle, ",").label("circles"),
        func.count(row.past_id).label("asked"),
        func.max(row.paged).label("paged"),
    ).group_by(row.item_id, row.revision_id)


@lru_cache(maxsize=8 * len(Part))
def _page(shape: Shape) -> Select[*tuple[Any, ...]]:
    """A page of what waits, and ``chosen``."""
    places = Places(shape)
    # Found once, though it is asked for three times: for the page, the number and the oldest.
    some = places.first(MOST_COUNTED + 1).cte("some")
    page = places.first(PAGE + 1, behind=True) if shape.further else select(some).order_by(*some.c).limit(PAGE + 1)
    here = page.cte("here")
    asked = select(bindparam("chosen", type_=Id()), literal(0))
    stand = union(select(here.c.item_id, literal(1).label("paged")), asked).subquery("stand")
    mine = _mine(shape, stand).subquery("mine")
    photo, decision = table(Placement), table(Decision)
    lead = table(Membership)
    leads = (
        select(lead.c.name)
        .where(lead.c.school_id == MY_SCHOOL, lead.c.role == Role.LEAD, lead.c.ended_at.is_(None))
        .order_by(lead.c.id)
        .limit(1)
    )
    return (
        select(
            *(getattr(Item, name) for name in Thing._fields),
            *(getattr(Revision, name) for name in Words._fields),
            *NAMED,
            Child.name.label("child"),
            mine.c.since,
            mine.c.circles,
            mine.c.asked,
            there_is(photo, where=photo.c.revision_id == mine.c.revision_id).label("photos"),
            there_is(decision, where=and_(decision.c.item_id == mine.c.item_id, decision.c.undone_at.is_(None))).label(
                "decided"
            ),
            _shown_there(mine).label("shown"),
            looked_at(mine).label("looked"),
            mine.c.late_at,
            mine.c.paged,
            select(func.count()).select_from(here).scalar_subquery().label("places"),
            select(func.count(distinct(some.c.item_id))).scalar_subquery().label("total"),
            select(func.min(some.c.since)).scalar_subquery().label("oldest"),
            leads.scalar_subquery().label("lead"),
        )
        .select_from(mine)
        .join(Item, Item.id == mine.c.item_id)
        .join(Revision, Revision.id == mine.c.revision_id)
        .join(Membership, Membership.id == Item.author_id)
        .join(Child, Child.id == Item.pupil_id)
        .where(Item.school_id == MY_SCHOOL)
        .execution_options(**BY_THE_RULE)
    )


def _shown_there(mine: FromClause) -> ColumnElement[bool]:
    """An earlier revision is shown to a circle that waits for this one."""
    shown, wait = table(Shown), table(Waiting)
    same = and_(shown.c.item_id == mine.c.item_id, shown.c.circle == wait.c.circle)
    return there_is(shown, wait, where=and_(same, wait.c.revision_id == mine.c.revision_id))


_OF_ITEM = len(Thing._fields)
_OF_REVISION = _OF_ITEM + len(Words._fields)
_OF_AUTHOR = _OF_REVISION + len(Named._fields)


def _waits(row: Any) -> Waits:
    return Waits(
        item=Thing(*row[:_OF_ITEM]),
        revision=Words(*row[_OF_ITEM:_OF_REVISION]),
        author=Named(*row[_OF_REVISION:_OF_AUTHOR]),
        child=row.child,
        since=row.since,
        circles=tuple(sorted(set(row.circles.split(",")))),
        photos=row.photos,
        decided=row.decided,
        asked=row.asked > 0,
        shown=row.shown,
        looked=row.looked,
        late=row.late_at is not None and row.late_at <= now(),
    )
