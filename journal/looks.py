"""Who has looked. Opening an item counts; an excerpt in a list does not."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.clock import now
from journal.records import Item, Look
from journal.seeing import Viewer
from journal.words import LookKind


def look_at(session: Session, viewer: Viewer, item: Item, kind: LookKind = LookKind.OPENED) -> None:
    """Note that a viewer looked at an item. Its author's own looks are not noted."""
    if viewer.membership == item.author_id:
        return
    row = session.scalars(
        select(Look).where(Look.item_id == item.id, Look.membership_id == viewer.membership, Look.kind == kind)
    ).one_or_none()
    if row is None:
        moment = now()
        session.add(
            Look(
                school_id=item.school_id,
                item_id=item.id,
                membership_id=viewer.membership,
                kind=kind,
                first_at=moment,
                last_at=moment,
            )
        )
    else:
        row.last_at = now()


def looks_at(session: Session, item: UUID) -> list[Look]:
    """Return who looked at an item, as far as the session's viewer may know, first lookers first."""
    return list(session.scalars(select(Look).where(Look.item_id == item).order_by(Look.first_at, Look.id)))
