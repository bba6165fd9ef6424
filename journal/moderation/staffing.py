"""Who reads what waits, and until when: the school's hours, cover on some days, a second one after too long."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session, aliased

from journal.clock import now, zone_of
from journal.hours import Hours
from journal.reasons import beyond
from journal.records import Cover, Group, Membership, School, Second, Waiting
from journal.records.base import Id, UtcTime
from journal.refusals import Reason, Refusal, Unseen
from journal.release import ACT
from journal.seeing import Viewer
from journal.trail import record
from journal.words import Role

FURTHEST = timedelta(days=731)
"""A day of a cover further away than this is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class ReadingInput:
    """When the school looks, and what it looks at first."""

    before: str
    """A time of day as "16:00"; empty for no promise."""
    late_after: int
    """Hours of school days after which a second one may read it too; 0 for never."""
    family_first: bool


@dataclass(frozen=True, slots=True)
class Covering:
    """A cover that lasts, or is to come."""

    id: UUID
    teacher: str
    group: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Staffing:
    """What the page shows."""

    school: School
    groups: Sequence[tuple[UUID, str]]
    teachers: Sequence[tuple[UUID, str]]
    covers: Sequence[Covering]
    seconds: dict[UUID, UUID]
    """The teacher named for each group."""


def staffing_of(session: Session, viewer: Viewer) -> Staffing:
    """Return who reads and when, in five queries."""
    groups = select(Group.id, Group.name).where(Group.closed_at.is_(None)).order_by(Group.name, Group.id)
    teachers = (
        select(Membership.id, Membership.name)
        .where(Membership.role == Role.TEACHER, Membership.ended_at.is_(None))
        .order_by(Membership.name, Membership.id)
    )
    teacher, group = aliased(Membership), aliased(Group)
    covers = (
        select(Cover.id, teacher.name, group.name, Cover.starts_at, Cover.ends_at)
        .join(teacher, teacher.id == Cover.teacher_id)
        .join(group, group.id == Cover.group_id)
        .where(Cover.ends_at > now())
        .order_by(Cover.starts_at, Cover.id)
    )
    return Staffing(
        school=session.scalars(select(School).where(School.id == viewer.school)).one(),
        groups=[(one, name) for one, name in session.execute(groups)],
        teachers=[(one, name) for one, name in session.execute(teachers)],
        covers=[Covering(*row) for row in session.execute(covers)],
        seconds={row.group_id: row.teacher_id for row in session.scalars(select(Second))},
    )


def set_reading(session: Session, actor: Viewer, typed: ReadingInput) -> None:
    """Set when the school looks. What waits already is late by the new hours as well."""
    school = session.scalars(select(School).where(School.id == actor.school)).one()
    school.reads_before, school.late_after = typed.before, typed.late_after
    school.family_checked_first = typed.family_first
    _late_anew(session, school)
    record(session, actor, "set_reading", late_after=typed.late_after, family_first=typed.family_first)


def set_school_days(session: Session, actor: Viewer, days: str, closed: str) -> None:
    """Set on which days there is school (see ``journal.hours``): for all that is counted in them or promised for them.

    What waits already is late by the new days as well.
    """
    school = session.scalars(select(School).where(School.id == actor.school)).one()
    school.school_days, school.closed_days = days, closed
    _late_anew(session, school)
    record(session, actor, "set_school_days", school.id)


def _late_anew(session: Session, school: School) -> None:
    session.flush()
    hours = Hours(days=school.school_days, closed=school.closed_days, zone=school.time_zone)
    with beyond(session, ACT):
        waits = session.execute(select(Waiting.id, Waiting.since).where(Waiting.school_id == school.id)).all()
        for one, since in waits:
            late = hours.late(since, school.late_after)
            session.execute(_LATE, {"one": one, "late": late})


def add_cover(session: Session, actor: Viewer, group: UUID, teacher: UUID, first: date, last: date) -> Cover:
    """Let a teacher decide for a group on these days, both included, by the school's clock.

    Raises Refusal(DATES_TURNED), Refusal(NOT_A_DAY) for one that is further away than ``FURTHEST``, Refusal(DAYS_OVER)
    for days that have passed, ``Unseen`` for whom the school has not.
    """
    if last < first:
        raise Refusal(Reason.DATES_TURNED, "last")
    zone = _zone(session, actor)
    today = now().astimezone(zone).date()
    for day, field in ((first, "first"), (last, "last")):
        if abs(day - today) > FURTHEST:
            raise Refusal(Reason.NOT_A_DAY, field)
    ends_at = datetime.combine(last + timedelta(days=1), time(), zone)
    if ends_at <= now():
        raise Refusal(Reason.DAYS_OVER, "last")
    cover = Cover(
        school_id=actor.school,
        group_id=_group(session, group),
        teacher_id=_teacher(session, teacher),
        starts_at=datetime.combine(first, time(), zone),
        ends_at=ends_at,
    )
    session.add(cover)
    session.flush()
    record(session, actor, "cover", teacher, group=str(group), first=first.isoformat(), last=last.isoformat())
    return cover


def end_cover(session: Session, actor: Viewer, cover: UUID) -> None:
    """End a cover at once. Raises ``Unseen``."""
    found = session.scalars(select(Cover).where(Cover.id == cover)).one_or_none()
    if found is None:
        raise Unseen
    found.ends_at = min(found.ends_at, now())
    found.starts_at = min(found.starts_at, found.ends_at)
    record(session, actor, "end_cover", found.teacher_id, group=str(found.group_id))


def set_second(session: Session, actor: Viewer, group: UUID, teacher: UUID | None) -> None:
    """Name who reads as well what has waited too long in a group; none for the safeguarding lead. Raises ``Unseen``."""
    found = session.scalars(select(Second).where(Second.group_id == _group(session, group))).one_or_none()
    if teacher is None:
        if found is not None:
            session.delete(found)
    elif found is not None:
        found.teacher_id = _teacher(session, teacher)
    else:
        chosen = {"group_id": group, "teacher_id": _teacher(session, teacher)}
        session.add(Second(school_id=actor.school, **chosen))
    session.flush()
    record(session, actor, "second", teacher, group=str(group))


_LATE = (
    update(Waiting)
    .where(Waiting.id == bindparam("one", type_=Id()))
    .values(late_at=bindparam("late", type_=UtcTime()))
    .execution_options(synchronize_session=False)
)


def _group(session: Session, group: UUID) -> UUID:
    found = session.scalar(select(Group.id).where(Group.id == group, Group.closed_at.is_(None)))
    if found is None:
        raise Unseen
    return found


def _teacher(session: Session, teacher: UUID) -> UUID:
    here = (Membership.id == teacher, Membership.role == Role.TEACHER, Membership.ended_at.is_(None))
    found = session.scalar(select(Membership.id).where(*here))
    if found is None:
        raise Unseen
    return found


def _zone(session: Session, actor: Viewer) -> ZoneInfo:
    return zone_of(session.scalars(select(School.time_zone).where(School.id == actor.school)).one())
