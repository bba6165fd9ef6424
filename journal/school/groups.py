"""The classes that somebody belongs to, with those whose faces stand at the head of a class's page."""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from journal.circles import Kind, circle, kind_of, owner_of
from journal.records import Enrolment, Group, Membership
from journal.refusals import Unseen
from journal.school.family import Person
from journal.seeing import Viewer
from journal.words import Role

CLASS_KINDS = (Kind.CLASS, Kind.CLASS_FAMILIES)


@dataclass(slots=True)
class ClassPage:
    """A class, and the pupils of it whose faces the viewer may see there."""

    group: Group
    pupils: list[Person] = field(default_factory=list)


def class_circles(viewer: Viewer, group: UUID) -> list[str]:
    """Return the circles of a class that the viewer holds."""
    return [one for one in (circle(kind, group) for kind in CLASS_KINDS) if one in viewer.circles]


def groups_held(viewer: Viewer, *kinds: Kind) -> set[UUID]:
    """Return the groups of which the viewer holds a circle of some kinds."""
    return {owner_of(one) for one in viewer.circles if kind_of(one) in kinds}


def groups_of(session: Session, viewer: Viewer, *kinds: Kind) -> list[Group]:
    """Return the viewer's groups, this year's first, then by name."""
    held = groups_held(viewer, *kinds)
    if not held:
        return []
    rows = session.scalars(select(Group).where(Group.id.in_(held)))
    return sorted(rows, key=lambda one: (one.closed_at is not None, one.name, str(one.id)))


def class_page(session: Session, viewer: Viewer, group: UUID) -> ClassPage:
    """Return the head of a class's page. Raises ``Unseen`` for who holds none of its circles.

    A relative meets the faces of their own children there, and of no other child.
    """
    if not class_circles(viewer, group):
        raise Unseen
    rows = session.execute(
        select(Group, Membership)
        .outerjoin(Enrolment, and_(Enrolment.group_id == Group.id, Enrolment.ended_at.is_(None)))
        .outerjoin(Membership, and_(Membership.id == Enrolment.pupil_id, Membership.ended_at.is_(None)))
        .where(Group.id == group)
        .order_by(Membership.name, Membership.id)
    ).all()
    if not rows:
        raise Unseen
    page = ClassPage(rows[0][0])
    people: list[Membership | None] = [one for _, one in rows]
    for one in people:
        if one is not None and (viewer.role is not Role.RELATIVE or one.id in viewer.kin):
            page.pupils.append(Person(one.id, one.name, bool(one.face)))
    return page
