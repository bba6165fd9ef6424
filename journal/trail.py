"""The record of acts and of sight. Never a child's words: ids, kinds and numbers only."""

from uuid import UUID

from sqlalchemy.orm import Session

from journal.records import Trail
from journal.seeing import Viewer


def record(session: Session, actor: Viewer, act: str, subject: UUID | None = None, **details: str | int | bool) -> None:
    """Write one row: this viewer did this, to that."""
    session.add(
        Trail(
            school_id=actor.school,
            membership_id=actor.membership,
            act=act,
            subject_id=subject,
            details=details,
        )
    )


def sight(session: Session, actor: Viewer, what: str, subject: UUID | None = None) -> None:
    """Write one row: this viewer saw that, where sight itself has to be on record."""
    record(session, actor, what, subject)
