"""Whom a line is about that names no pupil by itself: it is found by what the line is of.

Lines of today name the pupil (``journal.trail``). Older ones stay as they were sealed: whose things were opened, held
or rested follows from the row whose id stands in them. A class, and somebody of the staff, are named here alone.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select, union_all
from sqlalchemy.orm import Session, aliased

from journal.reasons import beyond
from journal.records import Grant, Group, Hold, Item, Membership, Pause
from journal.records.base import Id

UNDER = "names under what is shown"


def names_of(session: Session, subjects: Sequence[UUID | None]) -> dict[UUID | None, str]:
    """Return the names of whom, or of which class, lines are that the session's viewer reads; by what they are of."""
    ids = list({one for one in subjects if one is not None})
    if not ids:
        return {}
    with beyond(session, UNDER):
        return {subject: name for subject, name in session.execute(_names(), {"subjects": ids}) if name}


def kept_about(session: Session, pupil: UUID) -> dict[UUID | None, str]:
    """Return what was opened, held or rested of a pupil, with their name: older lines name these alone.

    Which of these lines somebody reads, the net says.
    """
    opened = select(Grant.id.label("id")).where(Grant.pupil_id == pupil)
    all_kept = select(Hold.id).where(Hold.pupil_id == pupil)
    kept = select(Hold.id).join(Item, Item.id == Hold.item_id).where(Item.pupil_id == pupil)
    rests = select(Pause.id).where(Pause.member_id == pupil)
    found = union_all(opened, all_kept, kept, rests).subquery()
    with beyond(session, UNDER):
        rows = session.execute(select(found.c.id, Membership.name).join(Membership, Membership.id == pupil))
        return {row[0]: row[1] for row in rows}


@lru_cache(maxsize=1)
def _names() -> Any:
    asked = bindparam("subjects", expanding=True, type_=Id())
    pupil = aliased(Membership)
    whose = func.coalesce(Hold.pupil_id, Item.pupil_id)
    parts: list[Select[*tuple[Any, ...]]] = [
        select(Grant.id, pupil.name).join(pupil, pupil.id == Grant.pupil_id).where(Grant.id.in_(asked)),
        select(Hold.id, pupil.name)
        .outerjoin(Item, Item.id == Hold.item_id)
        .join(pupil, pupil.id == whose)
        .where(Hold.id.in_(asked)),
        select(Pause.id, func.coalesce(pupil.name, Group.name))
        .outerjoin(pupil, pupil.id == Pause.member_id)
        .outerjoin(Group, Group.id == Pause.group_id)
        .where(Pause.id.in_(asked)),
        select(Membership.id, Membership.name).where(Membership.id.in_(asked)),
        select(Group.id, Group.name).where(Group.id.in_(asked)),
    ]
    return union_all(*parts)
