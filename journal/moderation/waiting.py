"""The list of what waits for a moderator, oldest first, a page at a time."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, ColumnElement, FromClause, Select, and_, bindparam, case, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from journal.clock import now
from journal.conditions import mine_to_decide, table, there_is
from journal.feeds import Mark
from journal.reasons import BY_THE_RULE
from journal.records import Decision, Item, Look, Membership, Placement, Revision, Shown, Waiting
from journal.records.base import Id, UtcTime
from journal.seeing import AM_LEAD, ME, MY_GROUPS, MY_SCHOOL, MY_SECONDS
from journal.words import PAGE, LookKind, Role

MOST_COUNTED = 50
Child = aliased(Membership)


class Part(StrEnum):
    """Which part of what waits is listed."""

    ALL = "all"
    GROUP = "group"
    """At the desk of one group's teachers."""
    DESK = "desk"
    """At the safeguarding lead's own desk: passed on, or checked first."""
    INSTEAD = "instead"
    """At a group's desk, where nobody nearer can decide."""
    LOOKED = "looked"
    """What the viewer has looked at, as it is now."""


@dataclass(frozen=True, slots=True)
class Only:
    """A part of what waits: all of it, or one group's."""

    part: Part = Part.ALL
    group: UUID | None = None


ALL = Only()


@dataclass(frozen=True, slots=True)
class Waits:
    """One thing that waits for the viewer."""

    item: Item
    revision: Revision
    author: Membership
    child: Membership
    """In whose space it stands."""
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
    """Return a page of what waits for the session's viewer, in one query; ``chosen`` comes along wherever it stands."""
    values = {"chosen": chosen} | ({"at": after.at, "item": after.item} if after else {})
    values |= {"group": only.group} if only.part is Part.GROUP else {}
    rows = session.execute(_page(after is not None, only.part), values).all()
    found = [_waits(row) for row in rows]
    asked = next((one for one in found if one.item.id == chosen), None)
    here = sorted((one for one in found if after is None or one.mark > after), key=lambda one: one.mark)
    more = len(here) > PAGE and here[PAGE - 1].mark
    return Queue(
        rows=tuple(here[:PAGE]),
        older=more or None,
        total=rows[0].total if rows else 0,
        oldest=rows[0].oldest if rows else None,
        lead=(rows[0].lead or "") if rows else "",
        chosen=asked,
    )


def _of(part: Part, wait: FromClause) -> ColumnElement[bool]:
    """The condition of a part; of a group, ``group`` says which."""
    return {
        Part.ALL: true(),
        Part.GROUP: wait.c.group_id == bindparam("group", type_=Id()),
        Part.DESK: wait.c.group_id.is_(None),
        Part.INSTEAD: wait.c.group_id.is_not(None),
        Part.LOOKED: _looked(wait),
    }[part]


def _looked(wait: FromClause) -> ColumnElement[bool]:
    """The viewer has looked at this very revision."""
    look, revision = table(Look), table(Revision)
    seen = and_(look.c.item_id == wait.c.item_id, look.c.membership_id == ME, look.c.kind == LookKind.MODERATED)
    this = and_(revision.c.id == wait.c.revision_id, look.c.number == revision.c.number)
    return there_is(look, revision, where=and_(seen, this))


def _mine(part: Part) -> Select[Any]:
    """What waits for the viewer, one row for each item."""
    wait, item = table(Waiting), table(Item)
    return (
        select(
            wait.c.item_id.label("item_id"),
            wait.c.revision_id.label("revision_id"),
            func.min(wait.c.since).label("since"),
            func.min(wait.c.late_at).label("late_at"),
            func.aggregate_strings(wait.c.circle, ",").label("circles"),
            func.count(wait.c.past_id).label("asked"),
        )
        .select_from(wait.join(item, item.c.id == wait.c.item_id))
        # Said again of the row alone, so that what waits at other desks is not looked up to be refused.
        .where(
            wait.c.school_id == MY_SCHOOL, or_(wait.c.group_id.in_(MY_GROUPS), wait.c.group_id.in_(MY_SECONDS), AM_LEAD)
        )
        .where(_of(part, wait), mine_to_decide(wait, item))
        .group_by(wait.c.item_id, wait.c.revision_id)
    )


@lru_cache(maxsize=2 * len(Part))
def _page(further: bool, part: Part) -> Select[*tuple[Any, ...]]:
    """A page of what waits, with ``chosen`` before all; ``further``: what waits behind a place (``at``, ``item``)."""
    # Found once, though it is asked for three times: for the page, the number and the oldest.
    waits = _mine(part).cte("waits")
    mine = _places(waits, further).subquery("mine")
    some = select(waits.c.item_id).limit(MOST_COUNTED + 1).subquery("some")
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
            Item,
            Revision,
            Membership,
            Child,
            mine.c.since,
            mine.c.circles,
            mine.c.asked,
            there_is(photo, where=photo.c.revision_id == mine.c.revision_id).label("photos"),
            there_is(decision, where=and_(decision.c.item_id == mine.c.item_id, decision.c.undone_at.is_(None))).label(
                "decided"
            ),
            _shown_there(mine).label("shown"),
            _looked(mine).label("looked"),
            mine.c.late_at,
            select(func.count()).select_from(some).scalar_subquery().label("total"),
            select(func.min(waits.c.since)).scalar_subquery().label("oldest"),
            leads.scalar_subquery().label("lead"),
        )
        .select_from(mine)
        .join(Item, Item.id == mine.c.item_id)
        .join(Revision, Revision.id == mine.c.revision_id)
        .join(Membership, Membership.id == Item.author_id)
        .join(Child, Child.id == Item.pupil_id)
        .execution_options(**BY_THE_RULE)
    )


def _places(waits: CTE, further: bool) -> Select[Any]:
    """The places of a page, before anything is read that stands there: else all that waits would be read for it."""
    places = waits.alias("places")
    chosen = bindparam("chosen", type_=Id())
    page = (
        select(places)
        .order_by(case((places.c.item_id == chosen, 0), else_=1), places.c.since, places.c.item_id)
        .limit(PAGE + 2)
    )
    if not further:
        return page
    at, item = bindparam("at", type_=UtcTime()), bindparam("item", type_=Id())
    past = or_(places.c.since > at, and_(places.c.since == at, places.c.item_id > item))
    return page.where(or_(past, places.c.item_id == chosen))


def _shown_there(mine: FromClause) -> ColumnElement[bool]:
    """An earlier revision is shown to a circle that waits for this one."""
    shown, wait = table(Shown), table(Waiting)
    same = and_(shown.c.item_id == mine.c.item_id, shown.c.circle == wait.c.circle)
    return there_is(shown, wait, where=and_(same, wait.c.revision_id == mine.c.revision_id))


def _waits(row: Any) -> Waits:
    return Waits(
        item=row[0],
        revision=row[1],
        author=row[2],
        child=row[3],
        since=row.since,
        circles=tuple(sorted(row.circles.split(","))),
        photos=row.photos,
        decided=row.decided,
        asked=row.asked > 0,
        shown=row.shown,
        looked=row.looked,
        late=row.late_at is not None and row.late_at <= now(),
    )
