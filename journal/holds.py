"""Holds: what is kept from being deleted for good, as it may be evidence.

A hold is on an item, on all things of a pupil, or on what a worry is about. An entry and all that was said about it
stand and fall together: a hold on any of it keeps all of it. What is held is hidden when its author deletes it, as
anything is, and when its waiting time is over it is gone for its author too (``Item.gone_at``); only its rows and
files stay, until the hold is taken off.
"""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from journal.clock import now
from journal.jobs import Work, ask_for
from journal.reasons import beyond
from journal.records import Concern, ConcernCase, Hold, Item, School
from journal.release import ACT


def held(session: Session, items: Iterable[UUID]) -> frozenset[UUID]:
    """Return those of some items that a hold keeps, in one query however many there are."""
    ids = list(items)
    if not ids:
        return frozenset()
    asked, other = aliased(Item), aliased(Item)
    thread = func.coalesce(asked.entry_id, asked.id)
    same = and_(other.school_id == asked.school_id, or_(other.id == thread, other.entry_id == thread))
    with beyond(session, ACT):
        found = select(asked.id).join(other, same).join(Hold, _keeps(other)).where(asked.id.in_(ids)).distinct()
        return frozenset(session.scalars(found))


def in_turn(session: Session, school: UUID) -> None:
    """Let whoever puts a hold on, or removes for good, something of a school right now finish first.

    The update changes nothing, but makes the next one wait, on both databases. Only then is asked what is held: else a
    hold could be put on what is being removed at that very moment. Nothing else waits: it takes no part of the key.
    """
    with beyond(session, ACT):
        session.execute(update(School).where(School.id == school).values(worry_by=School.worry_by))


def keep(session: Session, items: Iterable[UUID]) -> None:
    """Let things that are held be gone for everybody, their authors too, and keep them all the same."""
    fresh = update(Item).where(Item.id.in_(list(items)), Item.gone_at.is_(None))
    session.execute(fresh.values(gone_at=now()))


def let_go(session: Session, school: UUID) -> None:
    """Have removed for good what was only kept by a hold that is off now."""
    with beyond(session, ACT):
        gone = select(Item.id).where(Item.school_id == school, Item.gone_at.is_not(None), Item.deleted_at.is_not(None))
        ids = list(session.scalars(gone))
        for one in sorted(set(ids) - held(session, ids)):
            ask_for(session, Work.REMOVE_ITEM, one)


def _keeps(item: type[Item]) -> ColumnElement[bool]:
    """A hold that is on keeps an item: itself, as a thing of its pupil or author, or as what a worry is about."""
    joined, case = aliased(Concern), aliased(ConcernCase)
    about = (
        select(joined.id)
        .join(case, case.concern_id == joined.id)
        .where(joined.item_id == item.id, or_(joined.id == Hold.concern_id, case.joined_to_id == Hold.concern_id))
        .exists()
    )
    return and_(
        Hold.school_id == item.school_id,
        Hold.ended_at.is_(None),
        or_(
            Hold.item_id == item.id,
            Hold.pupil_id.in_([item.pupil_id, item.author_id]),
            and_(Hold.item_id.is_(None), Hold.pupil_id.is_(None), about),
        ),
    )
