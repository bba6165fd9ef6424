"""The people of some groups and families, with all that ties them together, read in one query."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, Row, Select, cast, false, literal, null, or_, select, union_all
from sqlalchemy.orm import Session

from journal.conditions import covers_now
from journal.reasons import beyond
from journal.records import Cover, Enrolment, FamilyLink, Group, Membership, School, Second, Teaching
from journal.words import Role


@dataclass(frozen=True, slots=True)
class Tie:
    """A pupil's relative, and what the pupil calls them."""

    link: UUID
    relative: UUID
    pupil: UUID
    known_as: str


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody's membership, as far as a page needs it."""

    id: UUID
    person_id: UUID
    role: Role
    name: str
    face: str | None
    ended: bool


@dataclass(frozen=True, slots=True)
class Roll:
    """Who is enrolled, teaching and leading, who is related to whom, and what everybody is called."""

    enrolled: dict[UUID, list[UUID]] = field(default_factory=lambda: defaultdict(list))
    teaching: dict[UUID, list[UUID]] = field(default_factory=lambda: defaultdict(list))
    covering: dict[UUID, list[UUID]] = field(default_factory=lambda: defaultdict(list))
    """Who decides for a group today while its teachers are away."""
    seconds: dict[UUID, UUID] = field(default_factory=dict)
    """Who decides for a group as well about what has waited too long."""
    leads: list[UUID] = field(default_factory=list)
    ties: dict[UUID, list[Tie]] = field(default_factory=lambda: defaultdict(list))
    """Relatives by pupil."""
    ever: dict[UUID, Member] = field(default_factory=dict)
    """Everybody named above, those too who left the school."""
    groups: dict[UUID, str] = field(default_factory=dict)
    """Names of the groups."""
    open_groups: set[UUID] = field(default_factory=set)
    """Groups whose year has not ended."""
    school: list[bool] = field(default_factory=list)
    """Whether the school reads first what is for the family alone."""
    too_long: list[bool] = field(default_factory=list)
    """Whether the school lets a second one read what has waited too long."""
    flags_hold: list[str] = field(default_factory=list)
    """Which flags keep back what would go straight to the family, as the school's row has it."""

    @property
    def family_first(self) -> bool:
        """Whether the school reads first what is for the family alone."""
        return any(self.school)


NO_ID = cast(null(), FamilyLink.id.type)
"""Where a row of the union has no id; typed, or the ids of others would come back as they are kept."""


def read_roll(session: Session, school: UUID, groups: Collection[UUID], pupils: Collection[UUID]) -> Roll:
    """Read the roll of some groups, their pupils' families and the families of ``pupils``."""
    roll = Roll()
    with beyond(session, "names under what is shown"):
        rows = session.execute(_all(school, groups, pupils)).all()
    for row in sorted(rows, key=lambda one: (str(one.words) if one.how == "group" else "", one.at)):
        _add(roll, row)
    return roll


def _all(school: UUID, groups: Collection[UUID], pupils: Collection[UUID]) -> CompoundSelect[Any]:
    who = (
        Membership.id.label("member"),
        Membership.person_id,
        Membership.role,
        Membership.name,
        Membership.face,
        Membership.ended_at.is_not(None).label("ended"),
    )
    nobody = (null(), null(), null(), null(), null(), null())

    def rows(how: str, one: Any, two: Any, at: Any, *rest: Any, **more: Any) -> Select[Any]:
        return select(
            literal(how).label("how"),
            one.label("one"),
            two.label("two"),
            more.get("link", NO_ID).label("link"),
            more.get("words", literal("")).label("words"),
            more.get("yes", false()).label("yes"),
            at.label("at"),
            *rest,
        )

    here = select(Enrolment.pupil_id).where(Enrolment.group_id.in_(groups), Enrolment.ended_at.is_(None))
    enrolled = (
        rows("pupil", Enrolment.group_id, Enrolment.pupil_id, Enrolment.id, *who)
        .join(Membership, Membership.id == Enrolment.pupil_id)
        .where(Enrolment.group_id.in_(groups), Enrolment.ended_at.is_(None))
    )
    teaching = (
        rows("teacher", Teaching.group_id, Teaching.teacher_id, Teaching.id, *who)
        .join(Membership, Membership.id == Teaching.teacher_id)
        .where(Teaching.group_id.in_(groups), Teaching.ended_at.is_(None))
    )

    def stand_ins() -> tuple[Select[Any], Select[Any]]:
        covering = rows("cover", Cover.group_id, Cover.teacher_id, Cover.id, *who)
        seconds = rows("second", Second.group_id, Second.teacher_id, Second.id, *who)
        return (
            covering.join(Membership, Membership.id == Cover.teacher_id).where(
                Cover.group_id.in_(groups), Membership.role == Role.TEACHER, covers_now(Cover)
            ),
            seconds.join(Membership, Membership.id == Second.teacher_id).where(
                Second.group_id.in_(groups), Membership.role == Role.TEACHER
            ),
        )

    leading = rows("lead", Membership.id, Membership.id, Membership.id, *who).where(
        Membership.school_id == school, Membership.role == Role.LEAD, Membership.ended_at.is_(None)
    )
    asked = rows("asked", Membership.id, Membership.id, Membership.id, *who).where(Membership.id.in_(pupils))
    related = (
        rows(
            "tie",
            FamilyLink.pupil_id,
            FamilyLink.relative_id,
            FamilyLink.id,
            *who,
            link=FamilyLink.id,
            words=FamilyLink.known_as,
        )
        .join(Membership, Membership.id == FamilyLink.relative_id)
        .where(FamilyLink.ended_at.is_(None))
        .where(or_(FamilyLink.pupil_id.in_(pupils), FamilyLink.pupil_id.in_(here)))
    )
    named = rows("group", Group.id, Group.id, Group.id, *nobody, words=Group.name, yes=Group.closed_at.is_(None)).where(
        Group.id.in_(groups)
    )
    chosen = rows(
        "school",
        School.id,
        School.id,
        School.id,
        *nobody,
        words=School.flags_hold,
        yes=School.family_checked_first,
    ).where(School.id == school)
    too_long = rows("late", School.id, School.id, School.id, *nobody, yes=School.late_after > 0).where(
        School.id == school
    )
    return union_all(enrolled, teaching, *stand_ins(), leading, asked, related, named, chosen, too_long)


def _add(roll: Roll, row: Row[Any]) -> None:
    if row.member is not None:
        roll.ever[row.member] = Member(row.member, row.person_id, Role(row.role), row.name, row.face, bool(row.ended))
    if row.how == "pupil":
        roll.enrolled[row.one].append(row.two)
    elif row.how == "teacher":
        roll.teaching[row.one].append(row.two)
    elif row.how == "cover":
        roll.covering[row.one].append(row.two)
    elif row.how == "second":
        roll.seconds[row.one] = row.two
    elif row.how == "lead":
        roll.leads.append(row.two)
    elif row.how == "tie":
        roll.ties[row.one].append(Tie(row.link, row.two, row.one, row.words))
    elif row.how == "group":
        roll.groups[row.one] = row.words
        if row.yes:
            roll.open_groups.add(row.one)
    elif row.how == "school":
        roll.school.append(bool(row.yes))
        roll.flags_hold.append(row.words)
    elif row.how == "late":
        roll.too_long.append(bool(row.yes))
