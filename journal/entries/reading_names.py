"""Who and what is named in a pupil's space: groups, who reads first, who decided."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, bindparam, literal, select, union_all
from sqlalchemy.orm import Session, aliased

from journal.conditions import covers_now
from journal.reasons import beyond
from journal.records import Cover, Enrolment, FamilyLink, Group, Membership, Teaching
from journal.records.base import Id
from journal.seeing import Viewer
from journal.words import Role


def _names_of() -> CompoundSelect[*tuple[Any, ...]]:
    """The pupil's groups, their teachers who may decide, leads, and some members."""
    me = bindparam("pupil", type_=Id())
    mine = (Enrolment.pupil_id == me, Enrolment.ended_at.is_(None))
    relative = aliased(Membership)
    kin = (
        select(relative.person_id)
        .join(FamilyLink, FamilyLink.relative_id == relative.id)
        .where(FamilyLink.pupil_id == me, FamilyLink.ended_at.is_(None))
    )
    groups = (
        select(literal("group").label("what"), Group.id.label("id"), Group.name.label("name"))
        .join(Enrolment, Enrolment.group_id == Group.id)
        .where(*mine, Group.closed_at.is_(None))
    )
    readers = (
        select(literal("reader"), Teaching.group_id, Membership.name)
        .join(Teaching, Teaching.teacher_id == Membership.id)
        .join(Enrolment, Enrolment.group_id == Teaching.group_id)
        .where(*mine, Teaching.ended_at.is_(None), Membership.ended_at.is_(None), Membership.person_id.not_in(kin))
    )
    covering = (
        select(literal("reader"), Cover.group_id, Membership.name)
        .join(Cover, Cover.teacher_id == Membership.id)
        .join(Enrolment, Enrolment.group_id == Cover.group_id)
        .where(*mine, covers_now(Cover), Membership.ended_at.is_(None), Membership.person_id.not_in(kin))
    )
    leads = select(literal("lead"), Membership.id, Membership.name).where(
        Membership.school_id == bindparam("school"), Membership.role == Role.LEAD, Membership.ended_at.is_(None)
    )
    members = select(literal("member"), Membership.id, Membership.name).where(
        Membership.id.in_(bindparam("members", expanding=True))
    )
    return union_all(groups, readers, covering, leads, members)


_NAMES = _names_of()


def names_around(session: Session, pupil: Viewer, members: Iterable[UUID]) -> list[tuple[str, UUID | None, str]]:
    """Return who and what is named in a pupil's space as (what, id, name), in one query; ``members`` come along."""
    asked = {"pupil": pupil.membership, "school": pupil.school, "members": list(members)}
    with beyond(session, "names under what is shown"):
        return [(what, one, name) for what, one, name in session.execute(_NAMES, asked).all()]


def readers_of(named: list[tuple[str, UUID | None, str]]) -> dict[UUID | None, list[str]]:
    """Return who reads first what waits: the teachers of each group who can; under None the safeguarding leads."""
    found: dict[UUID | None, list[str]] = {}
    for what, group, name in sorted(set(named), key=lambda one: one[2]):
        if what in ("reader", "lead"):
            found.setdefault(group if what == "reader" else None, []).append(name)
    return found
