"""Who and what is named in a pupil's space: groups, who reads first, who decided, who took the portfolio home."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import CompoundSelect, bindparam, cast, func, literal, null, select, union_all
from sqlalchemy.orm import Session, aliased

from journal.clock import now
from journal.conditions import covers_now
from journal.reasons import beyond
from journal.records import Cover, Enrolment, Export, FamilyLink, Group, Membership, Teaching
from journal.records.base import Id, UtcTime
from journal.seeing import Viewer
from journal.words import Role, Stand

TOLD_FOR = timedelta(days=14)
"""How long a pupil's space says that the school took the portfolio home; their portfolio's page says it for good."""


class Named(NamedTuple):
    """A name: what it is, whose, and for who took something, when they last did."""

    what: str
    id: UUID | None
    name: str
    at: datetime | None


def _names_of() -> CompoundSelect[*tuple[Any, ...]]:
    """The pupil's groups, their teachers who may decide, leads, some members, who took home for the school."""
    me, never = bindparam("pupil", type_=Id()), cast(null(), UtcTime())
    mine = (Enrolment.pupil_id == me, Enrolment.ended_at.is_(None))
    relative = aliased(Membership)
    kin = (
        select(relative.person_id)
        .join(FamilyLink, FamilyLink.relative_id == relative.id)
        .where(FamilyLink.pupil_id == me, FamilyLink.ended_at.is_(None))
    )
    groups = (
        select(literal("group").label("what"), Group.id.label("id"), Group.name.label("name"), never.label("at"))
        .join(Enrolment, Enrolment.group_id == Group.id)
        .where(*mine, Group.closed_at.is_(None))
    )
    readers = (
        select(literal("reader"), Teaching.group_id, Membership.name, never)
        .join(Teaching, Teaching.teacher_id == Membership.id)
        .join(Enrolment, Enrolment.group_id == Teaching.group_id)
        .where(*mine, Teaching.ended_at.is_(None), Membership.ended_at.is_(None), Membership.person_id.not_in(kin))
    )
    covering = (
        select(literal("reader"), Cover.group_id, Membership.name, never)
        .join(Cover, Cover.teacher_id == Membership.id)
        .join(Enrolment, Enrolment.group_id == Cover.group_id)
        .where(*mine, covers_now(Cover), Membership.ended_at.is_(None), Membership.person_id.not_in(kin))
    )
    leads = select(literal("lead"), Membership.id, Membership.name, never).where(
        Membership.school_id == bindparam("school"), Membership.role == Role.LEAD, Membership.ended_at.is_(None)
    )
    members = select(literal("member"), Membership.id, Membership.name, never).where(
        Membership.id.in_(bindparam("members", expanding=True))
    )
    takers = (
        select(literal("taker"), Membership.id, Membership.name, func.max(Export.fetched_at))
        .join(Export, Export.ordered_by_id == Membership.id)
        .where(Export.pupil_id == me, Export.stand == Stand.SCHOOL, Export.fetched_at > bindparam("since"))
        .group_by(Membership.id, Membership.name)
    )
    return union_all(groups, readers, covering, leads, members, takers)


_NAMES = _names_of()


def names_around(session: Session, pupil: Viewer, members: Iterable[UUID]) -> list[Named]:
    """Return who and what is named in a pupil's space, in one query; ``members`` come along."""
    asked = {"pupil": pupil.membership, "school": pupil.school, "members": list(members), "since": now() - TOLD_FOR}
    with beyond(session, "names under what is shown"):
        return [Named(*row) for row in session.execute(_NAMES, asked)]


def takers_of(named: list[Named]) -> list[Named]:
    """Return who took the pupil's portfolio home for the school in the last two weeks, newest first."""
    found = [(one.at, one) for one in named if one.what == "taker" and one.at is not None]
    return [one for _, one in sorted(found, reverse=True)]


def readers_of(named: list[Named]) -> dict[UUID | None, list[str]]:
    """Return who reads first what waits: the teachers of each group who can; under None the safeguarding leads."""
    found: dict[UUID | None, list[str]] = {}
    for what, group, name, _ in sorted(set(named), key=lambda one: one.name):
        if what in ("reader", "lead"):
            found.setdefault(group if what == "reader" else None, []).append(name)
    return found
