"""The classes that somebody belongs to, with those whose faces stand at the head of a class's page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import Session

from journal.circles import Kind, circle, kind_of, owner_of
from journal.records import Cover, Enrolment, Group, Membership
from journal.refusals import Unseen
from journal.school.family import Person
from journal.seeing import ME, NOW, Viewer
from journal.words import Role

CLASS_KINDS = (Kind.CLASS, Kind.CLASS_FAMILIES)


class Held(NamedTuple):
    """A group of which a viewer holds a circle."""

    id: UUID
    name: str
    label: str
    year: str
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class ClassPage:
    """A class, and the pupils of it whose faces the viewer may see there."""

    name: str
    label: str
    year: str
    closed_at: datetime | None
    pupils: list[Person]


_HEAD: Select[*tuple[Any, ...]] = (
    select(Group.name, Group.label, Group.year, Group.closed_at, Membership.id, Membership.name, Membership.face)
    .outerjoin(Enrolment, and_(Enrolment.group_id == Group.id, Enrolment.ended_at.is_(None)))
    .outerjoin(Membership, and_(Membership.id == Enrolment.pupil_id, Membership.ended_at.is_(None)))
    .where(Group.id == bindparam("group"))
    .order_by(Membership.name, Membership.id)
)

_GROUPS = select(Group.id, Group.name, Group.label, Group.year, Group.closed_at).where(
    Group.id.in_(bindparam("groups", expanding=True))
)


def class_circles(viewer: Viewer, group: UUID) -> list[str]:
    """Return the circles of a class that the viewer holds."""
    return [one for one in (circle(kind, group) for kind in CLASS_KINDS) if one in viewer.circles]


def groups_held(viewer: Viewer, *kinds: Kind) -> set[UUID]:
    """Return the groups of which the viewer holds a circle of some kinds."""
    return {owner_of(one) for one in viewer.circles if kind_of(one) in kinds}


def groups_of(session: Session, viewer: Viewer, *kinds: Kind) -> list[Held]:
    """Return the viewer's groups, this year's first, then by name."""
    held = groups_held(viewer, *kinds)
    if not held:
        return []
    rows = session.execute(_GROUPS, {"groups": list(held)}).all()
    return sorted((Held(*row) for row in rows), key=lambda one: (one.closed_at is not None, one.name, str(one.id)))


@dataclass(frozen=True, slots=True)
class Covered:
    """A group for which somebody decides on some days, in place of its teachers."""

    name: str
    starts_at: datetime
    ends_at: datetime
    """The moment at which the last day is over."""


_COVERED = (
    select(Group.name, Cover.starts_at, Cover.ends_at)
    .join(Group, Group.id == Cover.group_id)
    .where(Cover.teacher_id == ME, Cover.ends_at > NOW)
    .order_by(Cover.starts_at, Cover.id)
)


def covered(session: Session) -> list[Covered]:
    """Return for which groups the session's viewer covers, now or soon, the soonest first."""
    return [Covered(*row) for row in session.execute(_COVERED)]


def class_page(session: Session, viewer: Viewer, group: UUID) -> ClassPage:
    """Return the head of a class's page. Raises ``Unseen`` for who holds none of its circles.

    A relative meets the faces of their own children there, and of no other child.
    """
    if not class_circles(viewer, group):
        raise Unseen
    rows = session.execute(_HEAD, {"group": group}).all()
    if not rows:
        raise Unseen
    pupils = [
        Person(pupil, name, bool(face))
        for *_, pupil, name, face in rows
        if pupil is not None and (viewer.role is not Role.RELATIVE or pupil in viewer.kin)
    ]
    name, label, year, closed_at = rows[0][:4]
    return ClassPage(name, label, year, closed_at, pupils)
