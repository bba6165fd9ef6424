"""What the pages of the portfolio show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from journal.feeds import END_OF_TIME, Mark
from journal.names import Known, known
from journal.portfolio.inside import made_at
from journal.portfolio.orderers import may_take_for_school
from journal.portfolio.shapes import Found
from journal.reasons import beyond
from journal.records import Enrolment, Entry, Export, ExportPart, ExportRight, FamilyLink, Group, Membership, Revision
from journal.refusals import Unseen
from journal.seeing import Viewer
from journal.words import PAGE, STAFF, ExportState, Role, Stand

__all__ = ["may_take_for_school"]

NAMES = "names under what is shown"


@dataclass(frozen=True, slots=True)
class KeptOut:
    """A page of the entries that a pupil keeps out, newest first. ``before`` names the next page."""

    entries: tuple[Found, ...]
    before: Mark | None


@dataclass(frozen=True, slots=True)
class Ordered:
    """A portfolio that was ordered, and what whom it is about is called.

    ``whole``: for one of a class, how far the class's is; it can be fetched when that can.
    """

    export: Export
    about: str
    whole: ExportState | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """Somebody who took a pupil's portfolio home, when they last did, and how many entries were in it."""

    who: Known
    stand: Stand
    at: datetime
    entries: int


@dataclass(frozen=True, slots=True)
class Right:
    """Somebody whom the head named, from when to when (None: still)."""

    member: UUID
    name: str
    given_by: str
    given_at: datetime
    ended_by: str
    ended_at: datetime | None


def exports(session: Session, viewer: Viewer, before: UUID | None = None) -> list[Ordered]:
    """Return the portfolios that a membership ordered, newest first, a page at a time; those of a class as one."""
    statement = (
        select(Export, func.coalesce(Membership.name, Group.name))
        .outerjoin(Membership, Membership.id == Export.pupil_id)
        .outerjoin(Group, Group.id == Export.group_id)
        .where(Export.ordered_by_id == viewer.membership, Export.batch_id.is_(None), _of_whom_they_know())
        .order_by(Export.id.desc())
        .limit(PAGE)
    )
    if before is not None:
        statement = statement.where(Export.id < before)
    return [Ordered(*row) for row in session.execute(statement)]


def export(session: Session, viewer: Viewer, wanted: UUID) -> Ordered:
    """Return one of them, or one that is part of a class's. Raises ``Unseen``, also for a relative who is none now."""
    whole = aliased(Export)
    row = session.execute(
        select(Export, func.coalesce(Membership.name, Group.name), whole.state)
        .outerjoin(Membership, Membership.id == Export.pupil_id)
        .outerjoin(Group, and_(Group.id == Export.group_id, Export.pupil_id.is_(None)))
        .outerjoin(whole, whole.id == Export.batch_id)
        .where(Export.id == wanted, Export.ordered_by_id == viewer.membership, _of_whom_they_know())
    ).one_or_none()
    if row is None:
        raise Unseen
    return Ordered(*row)


def _of_whom_they_know() -> ColumnElement[bool]:
    """What a relative ordered is theirs while they are that child's relative: sight ends with the link."""
    link = exists().where(
        FamilyLink.relative_id == Export.ordered_by_id,
        FamilyLink.pupil_id == Export.pupil_id,
        FamilyLink.ended_at.is_(None),
    )
    return or_(Export.stand != Stand.RELATIVE, link)


def of_class(session: Session, viewer: Viewer, whole: UUID) -> list[Ordered]:
    """Return the portfolios of a class's pupils that belong to one order, by the pupils' names."""
    batch = aliased(Export)
    rows = session.execute(
        select(Export, Membership.name, batch.state)
        .join(Membership, Membership.id == Export.pupil_id)
        .join(batch, batch.id == Export.batch_id)
        .where(Export.batch_id == whole, Export.ordered_by_id == viewer.membership)
        .order_by(Membership.name, Export.id)
    )
    return [Ordered(*row) for row in rows]


def taken_home(session: Session, viewer: Viewer) -> list[Taken]:
    """Return who took home the portfolio of this pupil, newest first; their own taking is not among them.

    Two queries; the last ``PAGE`` of them.
    """
    entries = (
        select(func.count())
        .where(ExportPart.export_id == Export.id, ExportPart.item_id == ExportPart.entry_id)
        .where(ExportPart.placement_id.is_(None))
        .correlate(Export)
        .scalar_subquery()
    )
    with beyond(session, NAMES):
        rows = session.execute(
            select(Export.ordered_by_id, Export.stand, Export.fetched_at, entries)
            .where(Export.pupil_id == viewer.membership, Export.fetched_at.is_not(None))
            .where(Export.ordered_by_id != viewer.membership)
            .order_by(Export.fetched_at.desc(), Export.id.desc())
            .limit(PAGE)
        ).all()
    names = known(session, viewer, {(row[0], viewer.membership) for row in rows})
    return [Taken(names[(who, viewer.membership)], stand, at, number) for who, stand, at, number in rows]


def kept_out(session: Session, viewer: Viewer, before: Mark | None = None) -> KeptOut:
    """Return what a pupil keeps out of the portfolio, newest first, a page at a time."""
    start = before or END_OF_TIME
    rows = session.execute(
        select(Entry.id, Revision.id, Revision.title, func.substr(Revision.words, 1, 200), made_at)
        .join(Revision, Revision.id == Entry.revision_id)
        .where(Entry.author_id == viewer.membership, Entry.deleted_at.is_(None), Entry.kept_out_at.is_not(None))
        .where(or_(made_at < start.at, and_(made_at == start.at, Entry.id < start.item)))
        .order_by(made_at.desc(), Entry.id.desc())
        .limit(PAGE + 1)
    ).all()
    found = [Found(*row) for row in rows]
    more = Mark(found[PAGE - 1].at, found[PAGE - 1].entry) if len(found) > PAGE else None
    return KeptOut(tuple(found[:PAGE]), more)


def children(session: Session, viewer: Viewer) -> list[Membership]:
    """Return the pupils whose relative this viewer is today, by name."""
    return list(
        session.scalars(
            select(Membership)
            .join(FamilyLink, FamilyLink.pupil_id == Membership.id)
            .where(FamilyLink.relative_id == viewer.membership, FamilyLink.ended_at.is_(None))
            .order_by(Membership.name, Membership.id)
        )
    )


def classes(session: Session, viewer: Viewer) -> Sequence[tuple[Group, int]]:
    """Return the school's groups that still run, each with how many pupils are in it. For who takes home for it."""
    rows = session.execute(
        select(Group, func.count(Enrolment.id))
        .join(Enrolment, and_(Enrolment.group_id == Group.id, Enrolment.ended_at.is_(None)))
        .where(Group.closed_at.is_(None), Group.school_id == viewer.school)
        .group_by(Group.id, Group.school_id)
        .order_by(Group.name, Group.id)
    ).all()
    return [(group, number) for group, number in rows]


def class_of(session: Session, viewer: Viewer, group: UUID) -> tuple[Group, list[Membership]]:
    """Return a group of the school and the pupils who are in it today, by name, in one query. Raises ``Unseen``."""
    rows = session.execute(
        select(Group, Membership)
        .join(Enrolment, Enrolment.group_id == Group.id)
        .join(Membership, Membership.id == Enrolment.pupil_id)
        .where(Group.id == group, Group.school_id == viewer.school)
        .where(Enrolment.ended_at.is_(None), Membership.ended_at.is_(None))
        .order_by(Membership.name, Membership.id)
    ).all()
    if not rows:
        raise Unseen
    return rows[0][0], [pupil for _, pupil in rows]


def rights(session: Session, viewer: Viewer) -> list[Right]:
    """Return whom the head named, those named no longer too, newest first, in one query."""
    member, giver, ender = aliased(Membership), aliased(Membership), aliased(Membership)
    if viewer.role is not Role.HEAD:
        raise Unseen
    with beyond(session, NAMES):
        rows = session.execute(
            select(ExportRight, member.name, giver.name, func.coalesce(ender.name, ""))
            .join(member, member.id == ExportRight.membership_id)
            .join(giver, giver.id == ExportRight.given_by_id)
            .outerjoin(ender, ender.id == ExportRight.ended_by_id)
            .where(ExportRight.school_id == viewer.school)
            .order_by(ExportRight.ended_at.is_not(None), ExportRight.id.desc())
            .limit(10 * PAGE)
        ).all()
    return [
        Right(row.membership_id, name, by, row.created_at, ended_by, row.ended_at) for row, name, by, ended_by in rows
    ]


def nameable(session: Session, viewer: Viewer) -> list[Membership]:
    """Return the staff whom the head could name, by name: those who are not named yet."""
    if viewer.role is not Role.HEAD:
        raise Unseen
    named = select(ExportRight.membership_id).where(ExportRight.ended_at.is_(None))
    return list(
        session.scalars(
            select(Membership)
            .where(Membership.role.in_(STAFF - {Role.HEAD}), Membership.ended_at.is_(None))
            .where(Membership.id.not_in(named))
            .order_by(Membership.name, Membership.id)
        )
    )
