"""Portfolios that were ordered: whose they are, and which pupils are in them."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.portfolio.orderers import may_take_for_school
from journal.records import Enrolment, Export, Membership
from journal.refusals import Unseen
from journal.seeing import Viewer
from journal.words import Role


def own(session: Session, actor: Viewer, export: UUID) -> Export:
    """Return a portfolio that this membership ordered. Raises ``Unseen`` for any other."""
    found = session.scalars(
        select(Export).where(Export.id == export, Export.ordered_by_id == actor.membership)
    ).one_or_none()
    if found is None:
        raise Unseen
    return found


def pupils_of(session: Session, group: UUID) -> list[UUID]:
    """Return the pupils who are in a group today, by name. Raises ``Unseen`` where there are none."""
    found = list(
        session.scalars(
            select(Membership.id)
            .join(Enrolment, Enrolment.pupil_id == Membership.id)
            .where(Enrolment.group_id == group, Enrolment.ended_at.is_(None), Membership.ended_at.is_(None))
            .order_by(Membership.name, Membership.id)
        )
    )
    if not found:
        raise Unseen
    return found


def parts_of_class(session: Session, export: Export) -> list[Export]:
    """Return the pupils' portfolios of which one of a class is made."""
    return list(session.scalars(select(Export).where(Export.batch_id == export.id).order_by(Export.id)))


def pupils_in(session: Session, export: Export) -> Collection[UUID]:
    """Return the pupils whose portfolio it is, or who are in one of a class."""
    if export.pupil_id is not None:
        return [export.pupil_id]
    return [one.pupil_id for one in parts_of_class(session, export) if one.pupil_id is not None]


def somebody_left(session: Session, actor: Viewer, parts: Sequence[Export]) -> bool:
    """Tell whether a pupil of a class left the school. Raises ``Unseen`` for who may order it no more."""
    if not may_take_for_school(session, actor):
        raise Unseen
    pupils = {one.pupil_id for one in parts}
    here = select(func.count(Membership.id)).where(
        Membership.id.in_(pupils), Membership.role == Role.PUPIL, Membership.ended_at.is_(None)
    )
    return session.scalar(here) != len(pupils)
