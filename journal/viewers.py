"""The viewer: one person, in one hat, in one school, with the circles that follow from it now."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    FromClause,
    Select,
    and_,
    bindparam,
    literal,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from journal.circles import Kind, circle
from journal.conditions import covers_now, table
from journal.opened import running
from journal.reasons import beyond
from journal.records import Cover, Enrolment, FamilyLink, Grant, Group, Membership, Second, Teaching
from journal.refusals import Unseen
from journal.seeing import NOBODY, Viewer
from journal.words import Role

__all__ = [
    "Tie",
    "Viewer",
    "in_teachers_stead",
    "open_groups",
    "ties_of",
    "under_grant",
    "viewer_beside",
    "viewer_for",
    "viewer_with",
]

Tie = tuple[str, UUID, UUID]
"""How a membership is tied, and to what: see ``ties_of``."""


class Hat(Protocol):
    """A membership, as far as what one sees with it goes."""

    @property
    def id(self) -> UUID:
        """The membership."""

    @property
    def person_id(self) -> UUID:
        """Whose it is."""

    @property
    def school_id(self) -> UUID:
        """Where."""

    @property
    def role(self) -> Role:
        """As what."""

    @property
    def ended_at(self) -> datetime | None:
        """When it ended, if it did."""


@dataclass(slots=True)
class _Found:
    circles: set[str] = field(default_factory=set)
    decides_for: set[UUID] = field(default_factory=set)
    seconds_for: set[UUID] = field(default_factory=set)
    kin: set[UUID] = field(default_factory=set)


def viewer_for(session: Session, hat: Hat) -> Viewer:
    """Return the viewer for a membership, from who is related to whom at this moment, in one query.

    A membership that has ended holds no circle. End a family link or a teaching and the circle is gone from the
    next call on; nothing else has to be changed.
    """
    if hat.ended_at is not None:
        return viewer_with(hat, [])
    with beyond(session, "who is in which circle"):
        return viewer_with(hat, session.execute(_TIES, {"hat": hat.id}).all())


def viewer_with(hat: Hat, ties: Iterable[Tie]) -> Viewer:
    """Return the viewer for a membership, from what ties it now to pupils and groups (``ties_of``)."""
    found = _Found()
    if hat.ended_at is None:
        for tie in ties:
            _add(found, hat, *tie)
        _add_own(found, hat)
    return Viewer(
        person=hat.person_id,
        membership=hat.id,
        school=hat.school_id,
        role=hat.role,
        circles=frozenset(found.circles),
        decides_for=frozenset(found.decides_for),
        seconds_for=frozenset(found.seconds_for),
        kin=frozenset(found.kin),
    )


def ties_of(hat: FromClause, which: ColumnElement[bool]) -> CompoundSelect[str, UUID, UUID]:
    """All that ties a membership to pupils and groups: (how, first id, second id), and the person's own kin.

    ``hat`` is the table of memberships, and ``which`` says of which one. Both come to be a part of a statement.
    """
    enrolment, teaching, link, mine = (table(one) for one in (Enrolment, Teaching, FamilyLink, Membership))
    enrolled = select(literal("pupil of").label("how"), enrolment.c.group_id.label("first"), hat.c.id.label("second"))
    enrolled = enrolled.where(which, enrolment.c.pupil_id == hat.c.id, enrolment.c.ended_at.is_(None))
    teaches = select(literal("teacher of"), teaching.c.group_id, hat.c.id).where(
        which, teaching.c.teacher_id == hat.c.id, teaching.c.ended_at.is_(None)
    )
    related = select(literal("relative of"), link.c.pupil_id, link.c.id).where(
        which, link.c.relative_id == hat.c.id, link.c.ended_at.is_(None)
    )
    families = (
        select(literal("family in"), enrolment.c.group_id, enrolment.c.pupil_id)
        .join(link, link.c.pupil_id == enrolment.c.pupil_id)
        .where(which, link.c.relative_id == hat.c.id, link.c.ended_at.is_(None), enrolment.c.ended_at.is_(None))
    )
    kin = (
        select(literal("kin of"), link.c.pupil_id, link.c.id)
        .join(mine, mine.c.id == link.c.relative_id)
        .where(which, mine.c.person_id == hat.c.person_id, link.c.school_id == hat.c.school_id)
        .where(link.c.ended_at.is_(None))
    )
    return union_all(enrolled, teaches, related, families, kin, *_stand_ins(hat, which))


def _stand_ins(hat: FromClause, which: ColumnElement[bool]) -> tuple[Select[str, UUID, UUID], ...]:
    """The groups for which a membership decides without teaching them: today, and what waits too long."""
    cover, second = table(Cover), table(Second)
    covers = select(literal("covers"), cover.c.group_id, hat.c.id)
    seconds = select(literal("second of"), second.c.group_id, hat.c.id)
    return (
        covers.where(which, cover.c.teacher_id == hat.c.id, covers_now(cover.c)),
        seconds.where(which, second.c.teacher_id == hat.c.id),
    )


_HAT = table(Membership)
_TIES = ties_of(_HAT, _HAT.c.id == bindparam("hat", type_=Membership.id.type))
"""Built once, as all statements that every page asks: building one takes ten times as long as running it."""

_TIED = _TIES.subquery("ties")
_BESIDE = (
    select(_TIED.c.how, _TIED.c.first, _TIED.c.second)
    .add_columns(Membership.id, Membership.person_id, Membership.school_id, Membership.role, Membership.ended_at)
    .select_from(Membership)
    .outerjoin(_TIED, true())
    .where(Membership.id == bindparam("hat"), Membership.school_id == bindparam("school"))
)
"""A membership of a school, once beside each of its ties."""


class _Worn(NamedTuple):
    """A membership, as far as a viewer is made of it."""

    id: UUID
    person_id: UUID
    school_id: UUID
    role: Role
    ended_at: datetime | None


def viewer_beside(session: Session, who: Viewer, membership: UUID) -> Viewer | None:
    """Return the viewer for another membership of the same school, or None where it has none such, in one query.

    It is what ``viewer_for`` gives for their own pages: what a grant opens to somebody is not in it.
    """
    with beyond(session, "who is in which circle"):
        rows = session.execute(_BESIDE, {"hat": membership, "school": who.school}).all()
    return viewer_with(_Worn(*rows[0][3:]), (row[:3] for row in rows if row[0])) if rows else None


def _add(found: _Found, hat: Hat, how: str, first: UUID, second: UUID) -> None:
    if how == "kin of":
        found.kin.add(first)
    elif how == "pupil of" and hat.role is Role.PUPIL:
        found.circles.add(circle(Kind.CLASS, first))
    elif how == "teacher of" and hat.role is Role.TEACHER:
        found.circles |= {circle(kind, first) for kind in (Kind.TEACHERS, Kind.CLASS, Kind.CLASS_FAMILIES)}
        found.decides_for.add(first)
    elif how == "covers" and hat.role is Role.TEACHER:
        found.decides_for.add(first)
    elif how == "second of" and hat.role is Role.TEACHER:
        found.seconds_for.add(first)
    elif how == "relative of" and hat.role is Role.RELATIVE:
        found.circles |= {circle(Kind.FAMILY, first), circle(Kind.RELATIVE, second)}
    elif how == "family in" and hat.role is Role.RELATIVE:
        found.circles.add(circle(Kind.CLASS_FAMILIES, first))


def _add_own(found: _Found, hat: Hat) -> None:
    if hat.role is Role.PUPIL:
        found.circles.add(circle(Kind.SELF, hat.id))
    if hat.role is Role.LEAD:
        found.circles.add(circle(Kind.SAFEGUARDING, hat.school_id))


def in_teachers_stead(session: Session, who: Viewer, pupils: Collection[UUID]) -> dict[UUID, Viewer]:
    """Return, for each pupil, the viewer as whom the school takes that pupil's portfolio home, in one query.

    They hold the circles that the teachers of the pupil's groups hold for these groups, those of years that have
    ended too, and nothing of their own: they wrote nothing, decide nothing and belong to no family. What leaves out
    ``who``, or one of those teachers, they do not see. A pupil in no group has nobody's circles.
    """
    teacher = aliased(Membership)
    working = and_(Teaching.group_id == Enrolment.group_id, Teaching.ended_at.is_(None))
    there = and_(teacher.id == Teaching.teacher_id, teacher.ended_at.is_(None))
    groups: dict[UUID, set[UUID]] = {one: set() for one in pupils}
    teachers: dict[UUID, set[UUID]] = {one: set() for one in pupils}
    with beyond(session, "who is in which circle"):
        for pupil, group, person in session.execute(
            select(Enrolment.pupil_id, Enrolment.group_id, teacher.person_id)
            .outerjoin(Teaching, working)
            .outerjoin(teacher, there)
            .where(Enrolment.pupil_id.in_(groups), Enrolment.school_id == who.school, Enrolment.ended_at.is_(None))
        ):
            groups[pupil].add(group)
            teachers[pupil] |= {person} - {None}
    return {one: _instead(who, groups[one], teachers[one]) for one in groups}


def _instead(who: Viewer, groups: Collection[UUID], teachers: Collection[UUID]) -> Viewer:
    kinds = (Kind.TEACHERS, Kind.CLASS, Kind.CLASS_FAMILIES)
    return Viewer(
        person=who.person,
        membership=NOBODY,
        school=who.school,
        role=who.role,
        circles=frozenset(circle(kind, group) for group in groups for kind in kinds),
        decides_for=frozenset(),
        kin=frozenset(),
        beside=frozenset(teachers),
    )


def under_grant(who: Viewer, grant: Grant, moment: datetime) -> Viewer:
    """Return the viewer as whom a lead looks under a grant of theirs at this moment.

    They see what the grant opens and nothing else: they hold no circle, wrote nothing and decide nothing. Raises
    ``Unseen`` when it is over or somebody else's, and for one who is no lead any more or became the pupil's relative.
    """
    theirs = who.membership == grant.by_id and who.school == grant.school_id and who.leads
    if not theirs or grant.pupil_id in who.kin or not running(grant, moment):
        raise Unseen
    return Viewer(
        person=who.person,
        membership=NOBODY,
        school=who.school,
        role=who.role,
        circles=frozenset(),
        decides_for=frozenset(),
        kin=frozenset(),
        opened_items=frozenset({grant.item_id} if grant.item_id else ()),
        opened_pupils=frozenset(() if grant.item_id else {grant.pupil_id}),
    )


def open_groups(session: Session, pupil: UUID) -> list[Group]:
    """Return a pupil's current groups that still take things in, by name."""
    return list(
        session.scalars(
            select(Group)
            .join(Enrolment, Enrolment.group_id == Group.id)
            .where(Enrolment.pupil_id == pupil, Enrolment.ended_at.is_(None), Group.closed_at.is_(None))
            .order_by(Group.name, Group.id)
        )
    )
