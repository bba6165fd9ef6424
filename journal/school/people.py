"""Who is in the school, by name and role, for the head and the office. No contact details, nothing a child wrote."""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import CompoundSelect, and_, exists, func, literal, select, union_all
from sqlalchemy.orm import Session, aliased

from journal.reasons import beyond
from journal.records import Enrolment, FamilyLink, Group, Membership, Teaching
from journal.school.family import Person
from journal.seeing import Viewer
from journal.words import STAFF, Role


@dataclass(slots=True)
class Pupil:
    """A pupil, and their relatives: what the child calls each, and the name the school knows."""

    person: Person
    family: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class GroupPeople:
    """The people of one group."""

    teachers: list[Person] = field(default_factory=list)
    pupils: dict[UUID, Pupil] = field(default_factory=dict)


@dataclass(slots=True)
class Member:
    """Somebody outside the classes' lists: what they are, and which groups they teach."""

    person: Person
    role: Role
    groups: list[str] = field(default_factory=list)


def open_groups_of(session: Session) -> list[Group]:
    """Return the groups of this school year, by name."""
    return list(session.scalars(select(Group).where(Group.closed_at.is_(None)).order_by(Group.name, Group.id)))


def people_of(session: Session, viewer: Viewer, group: UUID) -> GroupPeople:
    """Return the teachers, pupils and relatives of a group who are there today, in one query."""
    found = GroupPeople()
    with beyond(session, "names under what is shown"):
        rows = session.execute(_in_group(viewer, group)).all()
    for row in sorted(rows, key=lambda one: (one.rank, str(one.name), str(one.member))):
        person = Person(row.member, row.name, bool(row.face))
        if row.rank == 0:
            found.teachers.append(person)
        elif row.rank == 1:
            found.pupils[row.pupil] = Pupil(person)
        elif row.pupil in found.pupils:
            found.pupils[row.pupil].family.append((row.known_as, row.name))
    return found


def _in_group(viewer: Viewer, group: UUID) -> CompoundSelect:  # type: ignore[type-arg]
    def row(rank: int, pupil, known_as):  # type: ignore[no-untyped-def]
        return select(
            literal(rank).label("rank"),
            pupil.label("pupil"),
            Membership.id.label("member"),
            Membership.name.label("name"),
            func.coalesce(Membership.face, "").label("face"),
            known_as.label("known_as"),
        ).where(Membership.school_id == viewer.school, Membership.ended_at.is_(None))

    enrolled = and_(Enrolment.group_id == group, Enrolment.ended_at.is_(None))
    teachers = (
        row(0, Membership.id, literal(""))
        .join(Teaching, Teaching.teacher_id == Membership.id)
        .where(Teaching.group_id == group, Teaching.ended_at.is_(None))
    )
    pupils = row(1, Membership.id, literal("")).join(Enrolment, Enrolment.pupil_id == Membership.id).where(enrolled)
    relatives = (
        row(2, FamilyLink.pupil_id, FamilyLink.known_as)
        .join(FamilyLink, FamilyLink.relative_id == Membership.id)
        .join(Enrolment, Enrolment.pupil_id == FamilyLink.pupil_id)
        .where(enrolled, FamilyLink.ended_at.is_(None))
    )
    return union_all(teachers, pupils, relatives)


def staff_of(session: Session) -> list[Member]:
    """Return the grown-ups who work at the school, with the groups that they teach."""
    rows = session.execute(
        select(Membership, Group.name)
        .outerjoin(Teaching, and_(Teaching.teacher_id == Membership.id, Teaching.ended_at.is_(None)))
        .outerjoin(Group, and_(Group.id == Teaching.group_id, Group.closed_at.is_(None)))
        .where(Membership.role.in_(STAFF), Membership.ended_at.is_(None))
        .order_by(Membership.name, Membership.id, Group.name)
    )
    found: dict[UUID, Member] = {}
    for one, group in rows:
        member = found.setdefault(one.id, Member(Person(one.id, one.name, bool(one.face)), one.role))
        if group:
            member.groups.append(group)
    return list(found.values())


def without_class(session: Session, viewer: Viewer) -> list[Member]:
    """Return pupils who are in no group of this year, and relatives of no child."""
    group = aliased(Group)
    enrolled = exists().where(
        Enrolment.pupil_id == Membership.id,
        Enrolment.ended_at.is_(None),
        group.id == Enrolment.group_id,
        group.closed_at.is_(None),
    )
    related = exists().where(FamilyLink.relative_id == Membership.id, FamilyLink.ended_at.is_(None))
    with beyond(session, "names under what is shown"):
        rows = session.scalars(
            select(Membership)
            .where(Membership.school_id == viewer.school, Membership.ended_at.is_(None))
            .where(
                and_(Membership.role == Role.PUPIL, ~enrolled) | and_(Membership.role == Role.RELATIVE, ~related),
            )
            .order_by(Membership.name, Membership.id)
        )
        return [Member(Person(one.id, one.name, bool(one.face)), one.role) for one in rows]
