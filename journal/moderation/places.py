"""The places of what waits for a moderator, found without reading all that waits: a window at each desk.

What waits at one desk stands in an index, oldest first, so each desk is read only as far as a page goes. The rule says
what is whose to decide (``mine_to_decide``); here is only said where to look for it, and never for less than the rule
allows: a test holds both together. A safeguarding lead decides at desks of others too, so for a lead

- a desk without any teacher is looked through like one's own;
- a desk whose teachers are there, only as far as what has waited too long goes, and only while nobody is named for
  that. What came in later is late later, so this is the beginning of the desk;
- what no teacher of a desk can decide, because it is their own child's, their own words or was asked of another,
  is found by these teachers: each row that waits names its writer and its pupil.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    BindParameter,
    ColumnElement,
    FromClause,
    Select,
    SelectBase,
    and_,
    bindparam,
    false,
    func,
    literal,
    or_,
    select,
    true,
    union,
)

from journal.conditions import covers_now, late, mine_to_decide, table, there_is
from journal.records import Cover, FamilyLink, Group, Item, Look, Membership, Revision, Second, Teaching, Waiting
from journal.records.base import Base, Id, UtcTime
from journal.seeing import ME, MY_GROUPS, MY_SCHOOL, MY_SECONDS
from journal.words import LookKind, Role

LOOKS = 100
"""What a moderator looked at lately is looked for among so many of their last looks."""

_ALL = literal(datetime(9999, 1, 1, tzinfo=UTC), UtcTime())


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
    """What the viewer has looked at lately, as it is now."""


@dataclass(frozen=True, slots=True)
class Only:
    """A part of what waits: all of it, or one group's."""

    part: Part = Part.ALL
    group: UUID | None = None


ALL = Only()


@dataclass(frozen=True, slots=True)
class Shape:
    """Of what shape the statement of a page is."""

    part: Part
    leading: bool
    """Whether a safeguarding lead looks."""
    seconding: bool
    """Whether the viewer is named for what waits too long somewhere."""
    lateral: bool
    """Whether the database looks up each desk by itself when asked to: PostgreSQL, and SQLite has no words for it."""
    further: bool
    """Whether it is a page behind a place (``at``, ``item``)."""


def of_part(part: Part, wait: FromClause) -> ColumnElement[bool]:
    """The condition of a part; of a group, ``group`` says which."""
    if part is Part.GROUP:
        return wait.c.group_id == bindparam("group", type_=Id())
    if part is Part.DESK:
        return wait.c.group_id.is_(None)
    return wait.c.group_id.is_not(None) if part is Part.INSTEAD else true()


def looked_at(wait: FromClause) -> ColumnElement[bool]:
    """The viewer has looked at this very revision."""
    look, revision = table(Look), table(Revision)
    seen = and_(look.c.item_id == wait.c.item_id, look.c.membership_id == ME, look.c.kind == LookKind.MODERATED)
    this = and_(revision.c.id == wait.c.revision_id, look.c.number == revision.c.number)
    return there_is(look, revision, where=and_(seen, this))


class Places:
    """The ways to the places of one part of what waits, as (since, item_id)."""

    def __init__(self, shape: Shape) -> None:
        self.part, self.leading, self.lateral = shape.part, shape.leading, shape.lateral
        self.whole: CTE | None = None
        self.late: CTE | None = None
        if shape.part not in (Part.DESK, Part.LOOKED):
            self.whole = _whole_desks(shape).cte("whole_desks")
            self.late = _late_desks(shape).cte("late_desks") if shape.leading or shape.seconding else None

    def first(self, most: int, *, behind: bool = False) -> Select[Any]:
        """The first of them, in order; ``behind`` a place. What waits since two moments may stand twice."""
        ways = [one.subquery() for one in self._ways(most, behind)]
        every = union(*(select(one.c.since, one.c.item_id) for one in ways)).subquery()
        return select(every).order_by(every.c.since, every.c.item_id).limit(_as_number(most))

    def _ways(self, most: int, behind: bool) -> list[SelectBase]:
        if self.part is Part.LOOKED:
            return [self._looked(most, behind)]
        if self.part is Part.DESK and not self.leading:
            return [_window(table(Waiting), false(), most, behind)]
        found: list[SelectBase] = [self._at(one, most, behind) for one in (self.whole, self.late) if one is not None]
        if self.leading and self.part in (Part.ALL, Part.DESK):
            wait = table(Waiting)
            own = and_(wait.c.school_id == MY_SCHOOL, wait.c.group_id.is_(None))
            found.append(_window(wait, own, most, behind))
        if self.leading and self.part is not Part.DESK:
            found += [self._odd(one, most, behind) for one in _ODD]
        return found

    def _at(self, desks: CTE, most: int, behind: bool) -> Select[Any]:
        return (_each_desk if self.lateral else _at_desks)(desks, most, behind)

    def _odd(self, column: str, most: int, behind: bool) -> Select[Any]:
        """What some teacher may not decide about: looked up by these, for there are few."""
        wait, (group, here) = table(Waiting), _groups(self.part)
        # The school by its groups: by its own column all that waits in the school would be looked through.
        at_a_desk = wait.c.group_id.in_(select(group.c.id).where(here))
        return _window(wait, and_(at_a_desk, wait.c[column].in_(_ODD[column])), most, behind)

    def _looked(self, most: int, behind: bool) -> Select[Any]:
        wait, look = table(Waiting), table(Look)
        lately = (
            select(look.c.item_id)
            .where(look.c.membership_id == ME, look.c.kind == LookKind.MODERATED, look.c.number.is_not(None))
            .order_by(look.c.last_at.desc())
            .limit(LOOKS)
        )
        return _window(wait, and_(wait.c.item_id.in_(lately), looked_at(wait)), most, behind)


def _as_number(most: int) -> BindParameter[int]:
    """A limit that stands in the SQL as a number: PostgreSQL plans once, and has to know that it is small."""
    return bindparam(None, most, literal_execute=True)


def _window(wait: FromClause, where: ColumnElement[bool], most: int, behind: bool) -> Select[Any]:
    """The first places of rows that wait for me."""
    return _places(wait, where, behind).limit(_as_number(most))


def _places(wait: FromClause, where: ColumnElement[bool], behind: bool) -> Select[Any]:
    item = table(Item)
    found = select(wait.c.since, wait.c.item_id).select_from(wait.join(item, item.c.id == wait.c.item_id))
    found = found.where(where, mine_to_decide(wait, item))
    if behind:
        at, place = bindparam("at", type_=UtcTime()), bindparam("item", type_=Id())
        found = found.where(wait.c.since >= at, or_(wait.c.since > at, wait.c.item_id > place))
    return found.group_by(wait.c.since, wait.c.item_id).order_by(wait.c.since, wait.c.item_id)


def _each_desk(desks: CTE, most: int, behind: bool) -> Select[Any]:
    """The first ``most`` places of each desk, one desk after the other."""
    wait = table(Waiting)
    here: ColumnElement[bool] = and_(wait.c.school_id == MY_SCHOOL, wait.c.group_id == desks.c.group_id)
    if "upto" in desks.c:
        here = and_(here, wait.c.since <= desks.c.upto)
    first = _window(wait, here, most, behind).lateral("first")
    return select(first.c.since, first.c.item_id).select_from(desks.join(first, true()))


def _at_desks(desks: CTE, most: int, behind: bool) -> Select[Any]:
    """Each desk from its beginning as far as ``most`` places go."""
    wait = table(Waiting)
    here: ColumnElement[bool] = and_(wait.c.school_id == MY_SCHOOL, wait.c.group_id == desks.c.group_id)
    last: ColumnElement[Any] = _ALL
    if "upto" in desks.c:
        here, last = and_(here, wait.c.since <= desks.c.upto), desks.c.upto
    reached = _places(wait, here, behind).with_only_columns(wait.c.since).offset(most - 1).limit(1)
    ends = select(
        desks.c.school_id,
        desks.c.group_id,
        func.coalesce(reached.correlate(desks).scalar_subquery(), last).label("last"),
    )
    # Found once for each desk and not for each row: neither database looks through what has an offset.
    end = ends.offset(0).subquery("ends")
    wait = table(Waiting)
    # By the desk's own school: by the viewer's, all of the school would be read, and held against the desks.
    near = and_(wait.c.school_id == end.c.school_id, wait.c.group_id == end.c.group_id, wait.c.since <= end.c.last)
    return _places(wait, near, behind).join(end, true()).order_by(None)


def _whole_desks(shape: Shape) -> Select[Any]:
    """The desks of groups at which anything may wait for me."""
    group, here = _groups(shape.part)
    mine: ColumnElement[bool] = group.c.id.in_(MY_GROUPS)
    if shape.leading:
        mine = and_(~_anybody(Teaching, group), ~_anybody(Cover, group))
    return select(group.c.school_id, group.c.id.label("group_id")).where(here, mine)


def _late_desks(shape: Shape) -> Select[Any]:
    """The desks at which only what has waited too long is for me, and when the last of that came in."""
    group, here = _groups(shape.part)
    mine: ColumnElement[bool] = group.c.id.in_(MY_SECONDS)
    if shape.leading:
        mine = and_(or_(_anybody(Teaching, group), _anybody(Cover, group)), ~_anybody(Second, group))
    return select(group.c.school_id, group.c.id.label("group_id"), _late_until(group).label("upto")).where(here, mine)


def _groups(part: Part) -> tuple[FromClause, ColumnElement[bool]]:
    group = table(Group)
    here = group.c.school_id == MY_SCHOOL
    one = group.c.id == bindparam("group", type_=Id())
    return group, and_(here, one) if part is Part.GROUP else here


def _anybody(tie: type[Base], group: FromClause) -> ColumnElement[bool]:
    """Some teacher is so tied to the group."""
    tied, teacher = table(tie), table(Membership)
    now = {Teaching: lambda: tied.c.ended_at.is_(None), Cover: lambda: covers_now(tied.c), Second: true}[tie]
    there = and_(teacher.c.id == tied.c.teacher_id, teacher.c.role == Role.TEACHER, teacher.c.ended_at.is_(None))
    return there_is(tied, teacher, where=and_(tied.c.group_id == group.c.id, now(), there))


def _late_until(group: FromClause) -> ColumnElement[Any]:
    """When the last of what has waited too long at a desk came in; nothing where nothing has."""
    wait = table(Waiting)
    here = and_(wait.c.school_id == MY_SCHOOL, wait.c.group_id == group.c.id, late(wait))
    newest = select(wait.c.since).where(here).order_by(wait.c.late_at.desc(), wait.c.since.desc()).limit(1)
    return newest.correlate(group).scalar_subquery()


def _teachers() -> tuple[FromClause, ColumnElement[bool]]:
    teacher = table(Membership)
    here = and_(teacher.c.school_id == MY_SCHOOL, teacher.c.role == Role.TEACHER, teacher.c.ended_at.is_(None))
    return teacher, here


def _odd() -> dict[str, Select[Any]]:
    """By column of what waits: the teachers' children, themselves as writers in any hat, and as those asked before."""
    teacher, here = _teachers()
    link, relative = table(FamilyLink), table(Membership)
    kin = select(link.c.pupil_id).select_from(
        teacher.join(relative, relative.c.person_id == teacher.c.person_id).join(
            link, and_(link.c.relative_id == relative.c.id, link.c.ended_at.is_(None))
        )
    )
    found = {"pupil_id": kin.where(here)}
    teacher, here = _teachers()
    author = table(Membership)
    writers = select(author.c.id).select_from(teacher.join(author, author.c.person_id == teacher.c.person_id))
    found["author_id"] = writers.where(here)
    teacher, here = _teachers()
    found["past_id"] = select(teacher.c.person_id).where(here)
    return found


_ODD = _odd()
