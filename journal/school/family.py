"""A relative's children: their classes and teachers, and who can come in at each child's family door."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import CompoundSelect, bindparam, false, func, literal, select, union_all
from sqlalchemy.orm import Session, aliased

from journal.circles import Kind, circle
from journal.reasons import beyond
from journal.records import Enrolment, FamilyLink, Group, Membership, Teaching
from journal.seeing import Viewer


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody by name."""

    membership: UUID
    name: str
    has_face: bool


@dataclass(slots=True)
class Class:
    """A group that a child is in, with its teachers."""

    group: UUID
    name: str
    open: bool
    teachers: list[Person] = field(default_factory=list)


@dataclass(slots=True)
class Child:
    """One of a relative's children."""

    pupil: Person
    link: UUID
    carer: bool
    """Whether the relative is a parent or carer of theirs."""
    classes: dict[UUID, Class] = field(default_factory=dict)
    circle: list[Person] = field(default_factory=list)
    """Who can come in when the child opens the family door, under the names that the child uses."""

    def doors(self, viewer: Viewer) -> list[str]:
        """Return the circles in which this child opens things to this relative."""
        mine = (circle(Kind.FAMILY, self.pupil.membership), circle(Kind.RELATIVE, self.link))
        return [one for one in mine if one in viewer.circles]

    def class_doors(self, viewer: Viewer) -> list[str]:
        """Return the circles of the families of this child's classes."""
        found = (circle(Kind.CLASS_FAMILIES, group) for group in self.classes)
        return [one for one in found if one in viewer.circles]


@dataclass(slots=True)
class Family:
    """All of a relative's children, and what they call their relatives (those whose link ended too)."""

    children: dict[UUID, Child] = field(default_factory=dict)
    calls: dict[tuple[UUID, UUID], str] = field(default_factory=dict)

    def doors(self, viewer: Viewer, children: Iterable[Child]) -> list[str]:
        """Return the circles in which some children open things to this relative."""
        return [one for child in children for one in child.doors(viewer)]

    def class_doors(self, viewer: Viewer, children: Iterable[Child]) -> list[str]:
        """Return the circles of the families of some children's classes, each once."""
        return list(dict.fromkeys(one for child in children for one in child.class_doors(viewer)))


def family_of(session: Session, viewer: Viewer) -> Family:
    """Return the family of a relative as it is today, in one query."""
    family = Family()
    with beyond(session, "names under what is shown"):
        rows = session.execute(_TIES, {"relative": viewer.membership}).all()
    for row in sorted(rows, key=lambda one: (one.rank, one.known_as or one.name, str(one.member))):
        _add(family, row.rank, row.pupil, row.owner, Person(row.member, row.name, bool(row.face)), row)
    return family


def _add(family: Family, rank: int, pupil: UUID, owner: UUID, person: Person, row) -> None:  # type: ignore[no-untyped-def]
    if rank == 0:
        family.children[pupil] = Child(person, owner, bool(row.carer))
        return
    child = family.children[pupil]
    if rank == 1:
        child.classes[owner] = Class(owner, person.name, open=row.ended_at is None)
    elif rank == 2:
        child.classes[owner].teachers.append(person)
    else:
        family.calls[person.membership, pupil] = row.known_as
        if row.ended_at is None:
            child.circle.append(Person(person.membership, row.known_as or person.name, person.has_face))


def _ties() -> CompoundSelect:  # type: ignore[type-arg]
    """All that ties a relative's children to people and classes, in rows of one shape: children first."""
    mine, person = aliased(FamilyLink), aliased(Membership)
    here = (mine.relative_id == bindparam("relative"), mine.ended_at.is_(None))
    face = func.coalesce(person.face, "").label("face")
    no_words, no = literal("").label("known_as"), false()

    def row(rank: int, owner, member, name, known_as, picture, ended_at, carer=no):  # type: ignore[no-untyped-def]
        return select(
            literal(rank).label("rank"),
            mine.pupil_id.label("pupil"),
            owner.label("owner"),
            member.label("member"),
            name.label("name"),
            known_as,
            picture,
            ended_at.label("ended_at"),
            carer.label("carer"),
        ).where(*here)

    children = row(0, mine.id, person.id, person.name, no_words, face, mine.ended_at, mine.carer).join(
        person, person.id == mine.pupil_id
    )
    classes = (
        row(1, Group.id, Group.id, Group.name, no_words, literal("").label("face"), Group.closed_at)
        .join(Enrolment, Enrolment.pupil_id == mine.pupil_id)
        .join(Group, Group.id == Enrolment.group_id)
        .where(Enrolment.ended_at.is_(None))
    )
    teachers = (
        row(2, Enrolment.group_id, person.id, person.name, no_words, face, person.ended_at)
        .join(Enrolment, Enrolment.pupil_id == mine.pupil_id)
        .join(Teaching, Teaching.group_id == Enrolment.group_id)
        .join(person, person.id == Teaching.teacher_id)
        .where(Enrolment.ended_at.is_(None), Teaching.ended_at.is_(None), person.ended_at.is_(None))
    )
    link = aliased(FamilyLink)
    gone = func.coalesce(link.ended_at, person.ended_at)
    relatives = (
        row(3, link.id, person.id, person.name, link.known_as.label("known_as"), face, gone)
        .join(link, link.pupil_id == mine.pupil_id)
        .join(person, person.id == link.relative_id)
    )
    return union_all(children, classes, teachers, relatives)


_TIES = _ties()
