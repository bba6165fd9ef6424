"""How people are called, depending on who asks.

The child and the child's family say what the child says ("Grandad Joe"); others say whose he is ("Maya’s Grandad Joe").
"""

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, bindparam, select, union_all
from sqlalchemy.orm import Session

from journal.circles import Kind, circle
from journal.conditions import table
from journal.reasons import beyond
from journal.records import Enrolment, FamilyLink, Group, Membership, Teaching
from journal.seeing import Viewer
from journal.words import Role


class Named(NamedTuple):
    """A membership, as far as calling it goes."""

    id: UUID
    name: str
    role: Role
    face: str | None


NAMED = (Membership.id, Membership.name, Membership.role, Membership.face)
"""The columns of which ``Named`` is made."""


class Placed(NamedTuple):
    """Somebody as one finds them by name: what they are, and for a pupil or a teacher the classes of this year."""

    who: Named
    groups: tuple[str, ...]


def placed(session: Session, people: Iterable[Any]) -> list[Placed]:
    """Return people with their classes and groups of this year, in one query: several children have the same name."""
    some = list(people)
    ids = [one.id for one in some]
    pupils = select(Enrolment.pupil_id.label("who"), Group.name.label("name")).join(
        Group, Group.id == Enrolment.group_id
    )
    teachers = select(Teaching.teacher_id, Group.name).join(Group, Group.id == Teaching.group_id)
    here = Group.closed_at.is_(None)
    rows = union_all(
        pupils.where(Enrolment.pupil_id.in_(ids), Enrolment.ended_at.is_(None), here),
        teachers.where(Teaching.teacher_id.in_(ids), Teaching.ended_at.is_(None), here),
    )
    found: dict[UUID, list[str]] = {}
    for who, name in session.execute(rows.order_by("name")) if ids else ():
        found.setdefault(who, []).append(name)
    return [Placed(Named(one.id, one.name, one.role, one.face or None), tuple(found.get(one.id, ()))) for one in some]


def word_for(relative: SQLColumnExpression[UUID], pupil: SQLColumnExpression[UUID]) -> ColumnElement[str | None]:
    """What a pupil calls a relative, in a statement by the rule: who sees what is shown may read names under it."""
    link = table(FamilyLink)
    said = select(link.c.known_as).where(link.c.relative_id == relative, link.c.pupil_id == pupil)
    return said.order_by(link.c.id.desc()).limit(1).scalar_subquery()


class Known(NamedTuple):
    """Somebody, as a viewer calls them."""

    membership: UUID
    name: str
    role: Role
    has_face: bool
    of_pupil: str = ""
    """For a relative: the pupil's name, where the viewer is not of the family and would say "Maya’s Mum"."""
    me: bool = False


def known(session: Session, viewer: Viewer, wanted: Iterable[tuple[UUID, UUID]]) -> dict[tuple[UUID, UUID], Known]:
    """Return how a viewer calls members, each beside the pupil in whose space they stand, in one query.

    ``wanted`` are pairs (membership, pupil's membership), for a pupil's own entry the same id twice. Those who left
    the school and relatives whose link ended keep their names: what they wrote stays under it.
    """
    pairs = set(wanted)
    ids = {one for pair in pairs for one in pair}
    if not ids:
        return {}
    people: dict[UUID, Named] = {}
    links: dict[tuple[UUID, UUID], str] = {}
    asked = {"people": list(ids), "pupils": list({pupil for _, pupil in pairs})}
    with beyond(session, "names under what is shown"):
        for *named, pupil, known_as in session.execute(_CALLED, asked):
            member = Named(*named)
            people[member.id] = member
            if pupil is not None:
                links[(member.id, pupil)] = known_as
    return {pair: called(viewer, people[pair[0]], people[pair[1]], links.get(pair)) for pair in pairs}


_CALLED: Select[*tuple[Any, ...]] = (
    select(*NAMED, FamilyLink.pupil_id, FamilyLink.known_as)
    .outerjoin(
        FamilyLink,
        and_(
            FamilyLink.relative_id == Membership.id,
            FamilyLink.pupil_id.in_(bindparam("pupils", expanding=True)),
        ),
    )
    .where(Membership.id.in_(bindparam("people", expanding=True)))
    .order_by(FamilyLink.id)
)


def called(viewer: Viewer, member: Named, pupil: Named, known_as: str | None) -> Known:
    """Return how a viewer calls a member in a pupil's space; ``known_as`` is the pupil's own word for them."""
    related = member.role is Role.RELATIVE and known_as is not None
    return Known(
        membership=member.id,
        name=known_as if related and known_as else member.name,
        role=member.role,
        has_face=bool(member.face),
        of_pupil=pupil.name if related and not _near(viewer, pupil.id) else "",
        me=member.id == viewer.membership,
    )


def _near(viewer: Viewer, pupil: UUID) -> bool:
    return viewer.membership == pupil or circle(Kind.FAMILY, pupil) in viewer.circles
