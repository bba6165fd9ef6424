"""What the page of pausing shows: classes, people by name, who will notice, what is paused now."""

from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row, and_, distinct, func, select
from sqlalchemy.orm import Session, aliased

from journal.clock import now
from journal.pauses import on
from journal.reasons import beyond
from journal.records import Enrolment, FamilyLink, Group, Membership, Pause, Teaching
from journal.words import STAFF, Role

MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Noticers:
    """Who will notice a pause: how many children and family members, and the staff by name."""

    children: int = 0
    families: int = 0
    staff: tuple[str, ...] = ()


class PauseLine(NamedTuple):
    """A pause that is on: in which class or whose, and who put it on."""

    pause: Pause
    group: str
    person: str
    by: str


def classes(session: Session) -> list[Group]:
    """Return the groups that still take things in, by name."""
    return list(session.scalars(select(Group).where(Group.closed_at.is_(None)).order_by(Group.name, Group.id)))


def people(session: Session, words: str) -> tuple[list[Membership], bool]:
    """Return people of the school whose name holds some words, and whether there are more."""
    named = Membership.name.icontains(words, autoescape=True)
    found = select(Membership).where(Membership.ended_at.is_(None), named)
    rows = list(session.scalars(found.order_by(Membership.name, Membership.id).limit(MOST_FOUND + 1)))
    return rows[:MOST_FOUND], len(rows) > MOST_FOUND


def member(session: Session, one: UUID) -> Membership | None:
    """Return somebody of the school, or None."""
    return session.scalars(select(Membership).where(Membership.id == one)).one_or_none()


def noticers(session: Session, school: UUID, group: UUID | None) -> Noticers:
    """Return who will notice a pause of a class, or of the whole school, in two queries."""
    hat = aliased(Membership)
    pupils = and_(Enrolment.ended_at.is_(None), Enrolment.school_id == school)
    teachers = and_(Teaching.ended_at.is_(None), Teaching.school_id == school)
    if group is not None:
        pupils, teachers = and_(pupils, Enrolment.group_id == group), and_(teachers, Teaching.group_id == group)
    link = and_(FamilyLink.pupil_id == Enrolment.pupil_id, FamilyLink.ended_at.is_(None))
    with beyond(session, "names under what is shown"):
        children, families = session.execute(
            select(func.count(distinct(Enrolment.pupil_id)), func.count(distinct(FamilyLink.relative_id)))
            .select_from(Enrolment)
            .outerjoin(FamilyLink, link)
            .where(pupils)
        ).one()
        named = session.scalars(
            select(hat.name)
            .join(Teaching, Teaching.teacher_id == hat.id)
            .where(teachers, hat.ended_at.is_(None))
            .distinct()
            .order_by(hat.name)
        )
        return Noticers(children, families, tuple(named))


def paused_now(session: Session) -> list[PauseLine]:
    """Return the pauses that are on, the oldest first, to whoever may put one on."""
    group, whose, by = aliased(Group), aliased(Membership), aliased(Membership)
    asked = (
        select(Pause, group.name, whose.name, by.name)
        .outerjoin(group, group.id == Pause.group_id)
        .outerjoin(whose, whose.id == Pause.member_id)
        .outerjoin(by, by.id == Pause.by_id)
        .where(on(Pause, now()))
        .order_by(Pause.id)
    )
    return [_line(row) for row in session.execute(asked).all()]


def _line(row: Row[*tuple[Any, ...]]) -> PauseLine:
    pause, group, person, by = row
    return PauseLine(pause, group or "", person or "", by or "")


def counts_as(one: Membership) -> Noticers:
    """Return who will notice the pause of one person: they."""
    if one.role is Role.PUPIL:
        return Noticers(children=1)
    return Noticers(staff=(one.name,)) if one.role in STAFF else Noticers(families=1)
