"""The list of worries for those who read them: narrowed, in order, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from journal.clock import now
from journal.records import Concern, ConcernAbout, ConcernCase, ConcernStep, Enrolment, Group, Hold, Membership
from journal.safeguarding.hours import Hours
from journal.safeguarding.reading import Answerer, Reader
from journal.words import PAGE, STAFF, About, CaseState, Role

Owner, Doer = aliased(Membership), aliased(Membership)
NEVER = date(9999, 12, 31)
"""Where nothing is due: behind everything else."""


class Tab(StrEnum):
    """Which worries are listed."""

    OPEN = "open"
    WAITING = "waiting"
    CLOSED = "closed"


class Kin(StrEnum):
    """What people are, as the list is narrowed."""

    ANYONE = ""
    PUPIL = "pupil"
    FAMILY = "family"
    STAFF = "staff"
    STREET = "street"  # not signed in


class Order(StrEnum):
    """What comes first."""

    DUE = "due"
    NEWEST = "newest"
    OLDEST = "oldest"


STATES = {
    Tab.OPEN: (CaseState.NEW, CaseState.READ, CaseState.OPEN, CaseState.REOPENED),
    Tab.WAITING: (CaseState.WAITING,),
    Tab.CLOSED: (CaseState.CLOSED,),
}
ROLES = {
    Kin.PUPIL: (Role.PUPIL,),
    Kin.FAMILY: (Role.RELATIVE,),
    Kin.STAFF: tuple(sorted(STAFF)),
}


@dataclass(frozen=True, slots=True)
class Narrow:
    """What is asked for."""

    tab: Tab = Tab.OPEN
    about: Kin = Kin.ANYONE
    by: Kin = Kin.ANYONE
    group: UUID | None = None
    order: Order = Order.DUE


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ends."""

    due: date
    read: bool
    concern: UUID

    def __str__(self) -> str:
        return f"{self.due:%Y%m%d}{int(self.read)}{self.concern.hex}"


class Does(NamedTuple):
    """Who does a step."""

    id: UUID
    name: str
    face: str | None


@dataclass(slots=True)
class Line:
    """A worry in the list."""

    concern: Concern
    case: ConcernCase
    teller: Membership | None
    reader: str
    answerer: str
    owner: Membership | None
    about: list[Membership] = field(default_factory=list)
    step: str = ""
    step_due: date | None = None
    step_who: Does | None = None
    """Who does the next step; nobody yet, or there is none."""
    joined: int = 0
    held: bool = False


def read_mark(raw: str | None) -> Place | None:
    """Return the place that an address names, or None for none and for what is no place."""
    if not raw or len(raw) != 41 or not raw.isascii() or raw[8] not in "01":
        return None
    try:
        return Place(date.fromisoformat(f"{raw[:4]}-{raw[4:6]}-{raw[6:8]}"), raw[8] == "1", UUID(hex=raw[9:]))
    except ValueError:
        return None


def listed(session: Session, narrow: Narrow, after: Place | None) -> tuple[list[Line], Place | None]:
    """Return a page of the worries that the session's viewer reads, and the next place, in three queries."""
    statement = _narrowed(narrow)
    due, read = func.coalesce(ConcernCase.due_on, NEVER), case((ConcernCase.state == CaseState.NEW, 0), else_=1)
    if narrow.order is Order.DUE:
        statement = statement.order_by(due, read, Concern.id.desc())
    else:
        statement = statement.order_by(Concern.id.desc() if narrow.order is Order.NEWEST else Concern.id)
    if after is not None:
        statement = statement.where(_behind(narrow.order, after, due, read))
    lines = [Line(*row) for row in session.execute(statement.limit(PAGE + 1))]
    following = None
    if len(lines) > PAGE:
        last = lines[PAGE - 1]
        following = Place(last.case.due_on or NEVER, last.case.state is not CaseState.NEW, last.concern.id)
        lines = lines[:PAGE]
    _add_people(session, lines)
    _add_rest(session, lines)
    return lines, following


def _behind(order: Order, after: Place, due: ColumnElement[date], read: ColumnElement[int]) -> ColumnElement[bool]:
    if order is Order.NEWEST:
        return Concern.id < after.concern
    if order is Order.OLDEST:
        return Concern.id > after.concern
    flag = int(after.read)
    later = and_(due == after.due, or_(read > flag, and_(read == flag, Concern.id < after.concern)))
    return or_(due > after.due, later)


def _narrowed(narrow: Narrow) -> Select:  # type: ignore[type-arg]
    statement = (
        select(Concern, ConcernCase, Membership, Reader.name, Answerer.name, Owner)
        .join(ConcernCase, ConcernCase.concern_id == Concern.id)
        .outerjoin(Membership, Membership.id == Concern.by_id)
        .outerjoin(Reader, Reader.id == Concern.read_by_id)
        .outerjoin(Answerer, Answerer.id == Concern.answered_by_id)
        .outerjoin(Owner, Owner.id == ConcernCase.assigned_id)
        .where(ConcernCase.joined_to_id.is_(None), ConcernCase.state.in_(STATES[narrow.tab]))
    )
    if narrow.by is Kin.STREET:
        statement = statement.where(Concern.by_id.is_(None))
    elif narrow.by is not Kin.ANYONE:
        statement = statement.where(Membership.role.in_(ROLES[narrow.by]))
    if narrow.about in ROLES:
        who = aliased(Membership)
        rows = select(ConcernAbout.id).join(who, who.id == ConcernAbout.membership_id)
        met = rows.where(ConcernAbout.concern_id == Concern.id, _truly_about(), who.role.in_(ROLES[narrow.about]))
        statement = statement.where(met.exists())
    if narrow.group is not None:
        in_class = select(Enrolment.pupil_id).where(Enrolment.group_id == narrow.group, Enrolment.ended_at.is_(None))
        of_class = select(ConcernAbout.id).where(
            ConcernAbout.concern_id == Concern.id, _truly_about(), ConcernAbout.membership_id.in_(in_class)
        )
        statement = statement.where(or_(of_class.exists(), Concern.by_id.in_(in_class)))
    return statement


def _truly_about() -> ColumnElement[bool]:
    return ConcernAbout.how != About.NEAR


def _add_people(session: Session, lines: Sequence[Line]) -> None:
    """Add whom each worry is about, those first who were named or made what it is about."""
    by_id = {one.concern.id: one for one in lines}
    rows = session.execute(
        select(ConcernAbout.concern_id, Membership)
        .join(Membership, Membership.id == ConcernAbout.membership_id)
        .where(ConcernAbout.concern_id.in_(by_id), _truly_about())
        .order_by(case((ConcernAbout.how == About.SPACE, 1), else_=0), ConcernAbout.id)
    )
    for concern, who in rows:
        by_id[concern].about.append(who)


def _add_rest(session: Session, lines: Sequence[Line]) -> None:
    """Add the next step of each, how many were joined to it, and whether it is held, in one query."""
    by_id = {one.concern.id: one for one in lines}
    due = func.coalesce(ConcernStep.due_on, NEVER).label("due")
    who = ConcernStep.who_id.label("who"), func.coalesce(Doer.name, "").label("name"), Doer.face.label("face")
    steps = (
        select(literal("step").label("what"), ConcernStep.concern_id.label("concern"), ConcernStep.words, due, *who)
        .outerjoin(Doer, Doer.id == ConcernStep.who_id)
        .where(ConcernStep.concern_id.in_(by_id), ConcernStep.done_at.is_(None))
    )
    nobody = (cast(null(), Concern.id.type), literal(""), cast(null(), Doer.face.type))
    joined = select(literal("joined"), ConcernCase.joined_to_id, literal(""), literal(NEVER), *nobody)
    held = select(literal("held"), Hold.concern_id, literal(""), literal(NEVER), *nobody)
    rows: CompoundSelect[Any] = union_all(
        steps,
        joined.where(ConcernCase.joined_to_id.in_(by_id)),
        held.where(Hold.concern_id.in_(by_id), Hold.ended_at.is_(None)),
    )
    for what, concern, words, due, *doer in sorted(session.execute(rows).all(), key=lambda one: str(one[3])):
        line = by_id[concern]
        if what == "step":
            if not line.step:
                line.step, line.step_due = words, due if due != NEVER else None
                line.step_who = Does(*doer) if doer[0] else None
        elif what == "joined":
            line.joined += 1
        else:
            line.held = True


def open_groups(session: Session) -> list[Group]:
    """Return the groups of this school year, by name."""
    return list(session.scalars(select(Group).where(Group.closed_at.is_(None)).order_by(Group.name, Group.id)))


def unread_late(session: Session, hours: Hours) -> int:
    """Return how many worries the session's viewer reads that nobody has read by when somebody should have."""
    last = hours.last_by(now())
    if last is None:
        return 0
    waiting = select(func.count()).select_from(Concern).join(ConcernCase, ConcernCase.concern_id == Concern.id)
    late = waiting.where(ConcernCase.state == CaseState.NEW, Concern.created_at < last)
    return session.scalar(late.where(ConcernCase.joined_to_id.is_(None))) or 0
