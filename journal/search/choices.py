"""Among whose things, and in which classes, somebody may look: the choices that narrow a search."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, CompoundSelect, Row, Select, false, literal, null, select, union_all
from sqlalchemy.orm import Session

from journal.circles import Kind, kind_of, owner_of
from journal.records import Enrolment, Group, Membership
from journal.search.among import among
from journal.seeing import ME, Viewer
from journal.words import Role

GROUP_CIRCLES = frozenset({Kind.TEACHERS, Kind.CLASS, Kind.CLASS_FAMILIES})


@dataclass(frozen=True, slots=True)
class Child:
    """A pupil whose things the viewer may be shown."""

    id: UUID
    name: str
    me: bool


@dataclass(frozen=True, slots=True)
class Class:
    """A group whose things the viewer may be shown; ``closed_at`` when its school year ended."""

    id: UUID
    name: str
    label: str
    year: str
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Choices:
    """What a search can be narrowed to, each in the order in which a page lists it."""

    children: tuple[Child, ...] = ()
    classes: tuple[Class, ...] = ()

    def child(self, wanted: UUID | None) -> Child | None:
        """Return a child out of these, or None."""
        return next((one for one in self.children if one.id == wanted), None)

    def group(self, wanted: UUID | None) -> Class | None:
        """Return a class out of these, or None."""
        return next((one for one in self.classes if one.id == wanted), None)


def choices_of(session: Session, viewer: Viewer) -> Choices:
    """Return a relative's children, a pupil with their classmates, a teacher's pupils; and the classes. One query.

    Who holds no circle of a child or a class (the head, the office, a lead) has nothing to choose from.
    """
    groups = {owner_of(one) for one in viewer.circles if kind_of(one) in GROUP_CIRCLES}
    families = {owner_of(one) for one in viewer.circles if kind_of(one) is Kind.FAMILY}
    if not groups and not families and viewer.role is not Role.PUPIL:
        return Choices()
    rows: Sequence[Row[*tuple[Any, ...]]] = session.execute(
        _choices(viewer.role), {"groups": groups, "families": families}
    ).all()
    children = [Child(row.id, row.name, row.id == viewer.membership) for row in rows if row.child]
    classes = [Class(row.id, row.name, row.label, row.year, row.closed_at) for row in rows if not row.child]
    return Choices(
        children=tuple(sorted(children, key=lambda one: (not one.me, one.name, str(one.id)))),
        classes=tuple(sorted(classes, key=lambda one: (one.closed_at is not None, one.name, str(one.id)))),
    )


@lru_cache
def _choices(role: Role) -> CompoundSelect[*tuple[Any, ...]]:
    """The statement, made once for each role: it is the same for all who wear that hat."""
    return union_all(_classes(), _children(role))


def _children(role: Role) -> Select[int, UUID, str, str, str, None]:
    return select(
        literal(1).label("child"),
        Membership.id.label("id"),
        Membership.name.label("name"),
        literal("").label("label"),
        literal("").label("year"),
        null().label("closed_at"),
    ).where(Membership.ended_at.is_(None), _near(role))


def _near(role: Role) -> ColumnElement[bool]:
    if role is Role.RELATIVE:
        return among(Membership.id, "families")
    enrolled = select(Enrolment.pupil_id).where(among(Enrolment.group_id, "groups"), Enrolment.ended_at.is_(None))
    return Membership.id.in_(enrolled) | (Membership.id == ME if role is Role.PUPIL else false())


def _classes() -> Select[int, UUID, str, str, str, datetime | None]:
    return select(
        literal(0).label("child"),
        Group.id.label("id"),
        Group.name.label("name"),
        Group.label.label("label"),
        Group.year.label("year"),
        Group.closed_at.label("closed_at"),
    ).where(among(Group.id, "groups"))
