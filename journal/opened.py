"""What was opened without being shared: who may read of it, and what the child is told.

A grant lets a safeguarding lead look past what was shared, at one item or one pupil's items, for a time (the rule:
``journal.visibility``; the looking: ``journal.viewers.under_grant``). Who reads of it:

| who                                                      | reads of a grant                              |
|----------------------------------------------------------|-----------------------------------------------|
| a safeguarding lead, the head                            | all of it                                     |
|   ... but is a relative of the pupil                     | nothing                                       |
| the pupil                                                | who, when, how long, from when they are told  |
| anybody else                                             | nothing                                       |
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Select, and_, bindparam, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased

from journal.clock import now
from journal.conditions import table, there_is
from journal.ids import new_id
from journal.reasons import beyond
from journal.records import Grant, GrantLook, GrantUntold, Item, Membership
from journal.records.base import Id, UtcTime
from journal.seeing import AM_LEAD, ME, MY_KIN, MY_SCHOOL, Viewer
from journal.worries import AM_HEAD


def read_by_staff(grant: FromClause) -> ColumnElement[bool]:
    """I read of a grant as one of those who watch over them: a lead or the head, and no relative of the pupil."""
    return and_(grant.c.school_id == MY_SCHOOL, or_(AM_LEAD, AM_HEAD), grant.c.pupil_id.not_in(MY_KIN))


def _of_grant(row: FromClause) -> ColumnElement[bool]:
    grant = table(Grant)
    return there_is(grant, where=and_(grant.c.id == row.c.grant_id, _seen(grant)))


def _seen(grant: FromClause) -> ColumnElement[bool]:
    told = and_(grant.c.school_id == MY_SCHOOL, grant.c.pupil_id == ME, grant.c.told_at.is_not(None))
    return or_(read_by_staff(grant), told)


def _untold_seen(row: FromClause) -> ColumnElement[bool]:
    grant = table(Grant)
    return there_is(grant, where=and_(grant.c.id == row.c.grant_id, read_by_staff(grant)))


GRANT_SEEN = _seen(Grant.__table__)
LOOK_SEEN = _of_grant(GrantLook.__table__)
UNTOLD_SEEN = _untold_seen(GrantUntold.__table__)


@dataclass(frozen=True, slots=True)
class Told:
    """What a child is told of one grant. ``looked`` is how many things were looked at."""

    grant: UUID
    one: bool
    """Whether it was about one item."""
    entry: UUID | None
    """The pupil's entry on which that item is found: itself, or what it was said about; None where that is gone."""
    by: UUID
    name: str
    has_face: bool
    at: datetime
    minutes: int
    looked: int
    read_at: datetime | None
    """When the item on whose page it is told was looked at first."""
    talks: UUID | None
    talks_name: str
    talks_has_face: bool
    asked: bool
    seen: bool


def _told(more: ColumnElement[bool], read_at: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    by, talks, one, entry = aliased(Membership), aliased(Membership), aliased(Item), aliased(Item)
    looked = select(func.count(GrantLook.id)).where(GrantLook.grant_id == Grant.id).scalar_subquery()
    stands_in = (
        select(entry.id)
        .join(one, entry.id == func.coalesce(one.entry_id, one.id))
        .where(one.id == Grant.item_id, entry.deleted_at.is_(None))
        .scalar_subquery()
    )
    return (
        select(Grant.id, Grant.item_id, stands_in.label("entry"), Grant.created_at, Grant.until, Grant.ended_at)
        .add_columns(Grant.asked_at, Grant.seen_at)
        .add_columns(by.id.label("by"), by.name, by.face, talks.id.label("talks"))
        .add_columns(talks.name.label("talks_name"), talks.face.label("talks_face"))
        .add_columns(looked.label("looked"), read_at.label("read_at"))
        .join(by, by.id == Grant.by_id)
        .outerjoin(talks, talks.id == Grant.talks_id)
        .where(Grant.pupil_id == bindparam("pupil", type_=Id()), Grant.told_at <= bindparam("now", type_=UtcTime()))
        .where(more)
        .order_by(Grant.id.desc())
        .limit(MOST_TOLD)
    )


MOST_TOLD = 20
"""How many are told of on one page, the newest first."""


def _told_here() -> Select[*tuple[Any, ...]]:
    """Of an entry, and of what was said about it: the entry's page is where all of that is told."""
    said, entry = aliased(Item), bindparam("item", type_=Id())
    here = select(said.id).where(said.entry_id == entry)
    looked = or_(GrantLook.item_id == entry, GrantLook.item_id.in_(here))
    read_at = select(func.min(GrantLook.first_at)).where(GrantLook.grant_id == Grant.id, looked).scalar_subquery()
    return _told(or_(Grant.item_id == entry, Grant.item_id.in_(here), read_at.is_not(None)), read_at)


_TOLD_HERE = _told_here()
_TOLD_NEW = _told(
    Grant.seen_at.is_(None),
    select(func.min(GrantLook.first_at)).where(GrantLook.grant_id == Grant.id).scalar_subquery(),
)


def told_on(session: Session, pupil: Viewer, item: UUID) -> list[Told]:
    """Return what a pupil is told on the page of an entry of theirs, in one query, the newest first."""
    return _read(session, _TOLD_HERE, {"pupil": pupil.membership, "item": item, "now": now()})


def told_new(session: Session, pupil: Viewer) -> list[Told]:
    """Return what a pupil is told and has not yet said that they read, in one query, the newest first."""
    return _read(session, _TOLD_NEW, {"pupil": pupil.membership, "now": now()})


def _read(session: Session, told: Select[*tuple[Any, ...]], values: dict[str, Any]) -> list[Told]:
    # What was opened may have been said by somebody else, and not to the pupil: where it stands is told all the same.
    with beyond(session, "names under what is shown"):
        rows = session.execute(told, values).all()
    return [
        Told(
            grant=row.id,
            one=row.item_id is not None,
            entry=row.entry,
            by=row.by,
            name=row.name,
            has_face=bool(row.face),
            at=row.created_at,
            minutes=max(1, round(((row.ended_at or row.until) - row.created_at).total_seconds() / 60)),
            looked=row.looked,
            read_at=row.read_at,
            talks=row.talks,
            talks_name=row.talks_name or "",
            talks_has_face=bool(row.talks_face),
            asked=row.asked_at is not None,
            seen=row.seen_at is not None,
        )
        for row in rows
    ]


def note_look(session: Session, grant: Grant, item: UUID) -> None:
    """Note for the child that something was looked at under a grant; a second look moves when it was last."""
    moment = now()
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = {"id": new_id(), "school_id": grant.school_id, "created_at": moment, "grant_id": grant.id, "item_id": item}
    session.execute(
        insert(GrantLook)
        .values(**row, first_at=moment, last_at=moment)
        .on_conflict_do_update(index_elements=["grant_id", "item_id"], set_={"last_at": moment})
    )


def running(grant: Grant, moment: datetime) -> bool:
    """Tell whether a grant opens anything at a moment. One before it was given is not in it: the clock was put back."""
    return grant.ended_at is None and grant.created_at <= moment < grant.until


__all__ = ["GRANT_SEEN", "LOOK_SEEN", "UNTOLD_SEEN", "Told", "note_look", "running", "told_new", "told_on"]
