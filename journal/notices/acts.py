"""Telling somebody on their own page that there is something new. A notice holds no words and is judged when shown."""

from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.clock import now
from journal.reasons import beyond
from journal.records import Item, Notice
from journal.release import ACT
from journal.seeing import Viewer
from journal.words import NoticeKind


def tell(session: Session, item: Item, membership: UUID, kind: NoticeKind) -> None:
    """Tell a member that there is something new about an item, once until they have seen it."""
    with beyond(session, ACT):
        there = session.scalar(
            select(Notice.id)
            .where(Notice.membership_id == membership, Notice.item_id == item.id, Notice.kind == kind)
            .where(Notice.seen_at.is_(None))
            .limit(1)
        )
    if there is None:
        session.add(Notice(school_id=item.school_id, membership_id=membership, item_id=item.id, kind=kind))
        session.flush()


def seen(session: Session, viewer: Viewer, items: list[UUID]) -> None:
    """Note that a viewer has seen what was new about items."""
    session.execute(
        update(Notice)
        .where(Notice.membership_id == viewer.membership, Notice.item_id.in_(items), Notice.seen_at.is_(None))
        .values(seen_at=now())
    )
