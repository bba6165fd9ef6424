"""Who has looked. Opening an item counts; an excerpt in a list does not."""

from collections.abc import Collection
from typing import Protocol
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from journal.clock import now
from journal.ids import new_id
from journal.records import Look
from journal.rows import changed
from journal.seeing import Viewer
from journal.words import LookKind

AT_ONCE = 500
"""Rows in one statement; PostgreSQL takes 65,535 values in one, SQLite about half of that."""

_AGAIN = (
    update(Look)
    .where(
        Look.item_id == bindparam("looked_at"),
        Look.membership_id == bindparam("looker"),
        Look.kind == bindparam("how"),
    )
    .values(last_at=bindparam("moment"), number=bindparam("revision"))
)


class Looked(Protocol):
    """What somebody can look at: an entry or a comment, or as much of it as a list has."""

    @property
    def id(self) -> UUID:
        """Which it is."""

    @property
    def school_id(self) -> UUID:
        """Where."""

    @property
    def author_id(self) -> UUID:
        """Whose."""


def look_at(
    session: Session, viewer: Viewer, item: Looked, kind: LookKind = LookKind.OPENED, number: int | None = None
) -> None:
    """Note that a viewer looked at an item; a moderator, at which revision. Its author's own looks are not noted."""
    if viewer.membership == item.author_id:
        return
    moment = now()
    asked = {"looked_at": item.id, "looker": viewer.membership, "how": kind, "moment": moment, "revision": number}
    if changed(session, _AGAIN, asked):
        return
    # Two windows may open at the same moment: one look is enough.
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(
        insert(Look)
        .values(
            id=new_id(),
            school_id=item.school_id,
            item_id=item.id,
            membership_id=viewer.membership,
            kind=kind,
            first_at=moment,
            last_at=moment,
            created_at=moment,
            number=number,
        )
        .on_conflict_do_nothing()
    )


def look_at_all(session: Session, viewer: Viewer, items: Collection[UUID], kind: LookKind) -> None:
    """Note that a viewer looked at many items of somebody else's. The session sees past its viewer."""
    moment = now()
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    rows = [
        {
            "id": new_id(),
            "school_id": viewer.school,
            "item_id": item,
            "membership_id": viewer.membership,
            "kind": kind,
            "first_at": moment,
            "last_at": moment,
            "created_at": moment,
        }
        for item in sorted(items)
    ]
    for start in range(0, len(rows), AT_ONCE):
        session.execute(
            insert(Look)
            .values(rows[start : start + AT_ONCE])
            .on_conflict_do_update(index_elements=["item_id", "membership_id", "kind"], set_={"last_at": moment})
        )


def looks_at(session: Session, item: UUID) -> list[Look]:
    """Return who looked at an item, as far as the session's viewer may know, first lookers first."""
    return list(session.scalars(select(Look).where(Look.item_id == item).order_by(Look.first_at, Look.id)))
