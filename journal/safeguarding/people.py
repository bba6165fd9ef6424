"""Whom somebody can name when they are worried: those whom they know here by name anyway."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import CompoundSelect, Select, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from journal.names import NAMED
from journal.reasons import beyond
from journal.records import Enrolment, FamilyLink, Group, Membership, Teaching
from journal.seeing import Viewer
from journal.words import STAFF, Role

MOST_SHOWN = 90
"""Up to so many names stand on the page at once; where there are more, one looks for a name."""
MOST_FOUND = 24
ALL = 1000
MOST_NAMED = 8
"""How many people one worry can be about."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be named. ``of`` is the child whose relative they are, where that says who they are."""

    id: UUID
    name: str
    role: Role
    face: bool
    of: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Whom one can name: all of them, or where they are many those who were looked for."""

    people: tuple[Person, ...]
    many: bool = False
    more: bool = False
    """Whether there are more than were found."""


def pupils_like(session: Session, viewer: Viewer, find: str) -> Choice:
    """Return the pupils whom a viewer can name and whose name has these letters in it; of one letter none."""
    if len(find.strip()) < 2:
        return Choice((), many=True)
    rows = _all(viewer).subquery()
    like = func.lower(rows.c.name).contains(find.strip().lower(), autoescape=True)
    found, more = _people(session, select(rows).where(rows.c.role == Role.PUPIL, like), MOST_FOUND)
    return Choice(found, many=True, more=more)


def to_name(session: Session, viewer: Viewer, find: str, chosen: Collection[UUID] = ()) -> Choice:
    """Return whom a viewer can name, those already chosen among them, in at most two queries."""
    statement = _all(viewer)
    if viewer.role not in STAFF:
        return Choice(_people(session, statement)[0])
    rows = statement.subquery()
    wanted = select(rows)
    if len(find.strip()) > 1:
        like = func.lower(rows.c.name).contains(find.strip().lower(), autoescape=True)
        child = func.lower(rows.c.of).contains(find.strip().lower(), autoescape=True)
        found, _more = _people(session, wanted.where(or_(like, child, rows.c.id.in_(chosen))), MOST_FOUND + len(chosen))
        return Choice(found, many=True)
    found, more = _people(session, wanted, MOST_SHOWN)
    if not more:
        return Choice(found)
    return Choice(_people(session, wanted.where(rows.c.id.in_(chosen)))[0] if chosen else (), many=True)


def may_name(session: Session, viewer: Viewer, wanted: Collection[UUID]) -> list[Person]:
    """Return those of some members whom a viewer can name; the others are passed over."""
    if not wanted:
        return []
    rows = _all(viewer).subquery()
    return list(_people(session, select(rows).where(rows.c.id.in_(wanted)))[0])


def to_talk_to(session: Session, viewer: Viewer) -> list[Membership]:
    """Return whom a child can ask to talk with: the leads, and the teachers of their own groups."""
    taught = (
        select(Teaching.teacher_id)
        .join(Enrolment, Enrolment.group_id == Teaching.group_id)
        .where(Enrolment.pupil_id == viewer.membership, Enrolment.ended_at.is_(None), Teaching.ended_at.is_(None))
    )
    with beyond(session, "names under what is shown"):
        rows = session.scalars(
            select(Membership)
            .where(Membership.school_id == viewer.school, Membership.ended_at.is_(None))
            .where(or_(Membership.role == Role.LEAD, Membership.id.in_(taught)))
            .order_by(Membership.role, Membership.id)
        )
        return list(rows)


def _people(
    session: Session,
    statement: Select | CompoundSelect,  # type: ignore[type-arg]
    most: int = ALL,
) -> tuple[tuple[Person, ...], bool]:
    """Each once, children first, then the grown-ups of the school, then relatives; and whether that is not all.

    A relative of several children comes several times.
    """
    with beyond(session, "names under what is shown"):
        rows = session.execute(statement.order_by("name", "id").limit(most + 1)).all()
    found: dict[UUID, Person] = {}
    for one in rows[:most]:
        found.setdefault(one.id, Person(one.id, one.name, Role(one.role), bool(one.face), one.of))
    ordered = sorted(found.values(), key=lambda one: (_place(one.role), one.name.casefold(), str(one.id)))
    return tuple(ordered), len(rows) > most


def _place(role: Role) -> int:
    return 0 if role is Role.PUPIL else 2 if role is Role.RELATIVE else 1


def _all(viewer: Viewer) -> CompoundSelect:  # type: ignore[type-arg]
    here = (Membership.school_id == viewer.school, Membership.ended_at.is_(None), Membership.id != viewer.membership)
    staff = select(*NAMED, literal("").label("of")).where(*here, Membership.role.in_(STAFF))
    if viewer.role is Role.RELATIVE:
        children = select(*NAMED, literal("").label("of")).where(*here, Membership.id.in_(_my_children(viewer)))
        return union_all(staff, children)
    if viewer.role is Role.PUPIL:
        mine = select(*NAMED, literal("").label("of")).where(*here, Membership.id.in_(_classmates(viewer)))
        return union_all(staff, mine, _relatives(viewer, FamilyLink.pupil_id == viewer.membership))
    pupils = select(*NAMED, literal("").label("of")).where(*here, Membership.role == Role.PUPIL)
    if viewer.role is not Role.TEACHER:
        return union_all(staff, pupils, _relatives(viewer))
    taught = _taught(viewer)
    return union_all(
        staff, pupils.where(Membership.id.in_(taught)), _relatives(viewer, FamilyLink.pupil_id.in_(taught))
    )


def _relatives(viewer: Viewer, *where: object) -> Select:  # type: ignore[type-arg]
    child = aliased(Membership)
    return (
        select(*NAMED, child.name.label("of"))
        .join(FamilyLink, FamilyLink.relative_id == Membership.id)
        .join(child, child.id == FamilyLink.pupil_id)
        .where(Membership.school_id == viewer.school, Membership.ended_at.is_(None), FamilyLink.ended_at.is_(None))
        .where(Membership.id != viewer.membership, *where)  # type: ignore[arg-type]
    )


def _my_children(viewer: Viewer) -> Select[UUID]:
    return select(FamilyLink.pupil_id).where(FamilyLink.relative_id == viewer.membership, FamilyLink.ended_at.is_(None))


def _classmates(viewer: Viewer) -> Select[UUID]:
    mine = aliased(Enrolment)
    return (
        select(Enrolment.pupil_id)
        .join(mine, mine.group_id == Enrolment.group_id)
        .join(Group, and_(Group.id == Enrolment.group_id, Group.closed_at.is_(None)))
        .where(mine.pupil_id == viewer.membership, mine.ended_at.is_(None), Enrolment.ended_at.is_(None))
    )


def _taught(viewer: Viewer) -> Select[UUID]:
    return (
        select(Enrolment.pupil_id)
        .join(Teaching, Teaching.group_id == Enrolment.group_id)
        .where(Teaching.teacher_id == viewer.membership, Teaching.ended_at.is_(None), Enrolment.ended_at.is_(None))
    )
