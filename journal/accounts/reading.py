"""What the pages of signing in show: a class's faces, a person's hats, writing that waits for its writer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from journal.reasons import beyond
from journal.records import Enrolment, Group, KeptWriting, Membership, School
from journal.seeing import Viewer
from journal.words import Role

CLASS_KEPT = timedelta(minutes=30)
"""How long a browser that typed a class code may look at the faces of that class."""


@dataclass(frozen=True, slots=True)
class Face:
    """A pupil as the class's page shows them. ``id`` is the membership."""

    id: UUID
    name: str
    face: bool


@dataclass(frozen=True, slots=True)
class ClassList:
    """A class and its pupils, by name."""

    group: UUID
    name: str
    pupils: tuple[Face, ...]


@dataclass(frozen=True, slots=True)
class Hat:
    """One hat that a person can wear. ``id`` is the membership."""

    id: UUID
    role: Role
    name: str
    face: bool
    school: str


@dataclass(frozen=True, slots=True)
class Kept:
    """Writing that waits: where it was sent to, and when."""

    address: str
    at: datetime


def class_to_keep(group: UUID, moment: datetime) -> dict[str, Any]:
    """Return what a browser's session keeps of a class whose code was typed."""
    return {"class": {"group": group.hex, "until": int((moment + CLASS_KEPT).timestamp())}}


def class_kept(browser: Mapping[str, Any], moment: datetime) -> UUID | None:
    """Return the class whose code was typed in this browser a little while ago, from its (signed) session."""
    kept = browser.get("class")
    if not isinstance(kept, dict) or kept.get("until", 0) < moment.timestamp():
        return None
    return UUID(hex=kept["group"])


def find_class(session: Session, code: str) -> UUID | None:
    """Return the class of a tidied code, if its year is not over."""
    with beyond(session, "who is signing in"):
        return session.scalars(
            select(Group.id).where(Group.class_code == code, Group.closed_at.is_(None))
        ).one_or_none()


def of_class(group: UUID) -> Select[Membership, str]:
    """Return the pupils of a class that takes things in, as a query of (membership, the class's name)."""
    return (
        select(Membership, Group.name)
        .join(Enrolment, Enrolment.pupil_id == Membership.id)
        .join(Group, Group.id == Enrolment.group_id)
        .where(Group.id == group, Group.closed_at.is_(None), Enrolment.ended_at.is_(None))
        .where(Membership.role == Role.PUPIL, Membership.ended_at.is_(None))
        .distinct()
    )


def class_list(session: Session, group: UUID) -> ClassList | None:
    """Return a class's pupils, or None if there are none any more."""
    with beyond(session, "who is signing in"):
        rows = session.execute(of_class(group).order_by(Membership.name, Membership.id)).all()
    if not rows:
        return None
    return ClassList(group, rows[0][1], tuple(Face(pupil.id, pupil.name, bool(pupil.face)) for pupil, _ in rows))


def pupil_of(session: Session, group: UUID, membership: UUID) -> Face | None:
    """Return one pupil of a class, or None."""
    with beyond(session, "who is signing in"):
        row = session.execute(of_class(group).where(Membership.id == membership)).one_or_none()
    return Face(row[0].id, row[0].name, bool(row[0].face)) if row else None


def hats_of(session: Session, person: UUID) -> list[Hat]:
    """Return the hats that a person can wear. A membership that ended is none."""
    with beyond(session, "who is signing in"):
        rows = session.execute(
            select(Membership, School.name)
            .join(School, School.id == Membership.school_id)
            .where(Membership.person_id == person, Membership.ended_at.is_(None))
            .order_by(School.name, Membership.name, Membership.id)
        ).all()
    return [Hat(hat.id, hat.role, hat.name, bool(hat.face), school) for hat, school in rows]


def kept_for(session: Session, viewer: Viewer, *addresses: str) -> dict[str, list[str]] | None:
    """Return what this person sent to one of these addresses when their session had run out, the newest, or None."""
    row = session.scalars(
        select(KeptWriting)
        .where(KeptWriting.person_id == viewer.person, KeptWriting.address.in_(addresses))
        .order_by(KeptWriting.id.desc())
        .limit(1)
    ).one_or_none()
    return row.fields if row is not None else None


def all_kept(session: Session, viewer: Viewer) -> list[Kept]:
    """Return where writing of this person waits, oldest first."""
    rows = session.scalars(select(KeptWriting).where(KeptWriting.person_id == viewer.person).order_by(KeptWriting.id))
    return [Kept(row.address, row.created_at) for row in rows]
