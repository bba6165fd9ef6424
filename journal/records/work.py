"""The house's own lists: what is still to do, who is to be told."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from journal.records.base import Base, Everywhere, OfSchool, school_table, to, words_of
from journal.words import NoticeKind


class Notice(OfSchool, Base):
    """Something new for somebody's own page. It names an item and holds no words; it is judged when shown."""

    __tablename__ = "notice"
    __table_args__ = school_table(
        to("membership_id", "membership"),
        to("item_id", "item", ends_with=True),
        Index("ix_notice_membership", "membership_id", "seen_at", "id"),
        Index("ix_notice_item", "item_id"),
    )
    membership_id: Mapped[UUID] = mapped_column()
    item_id: Mapped[UUID] = mapped_column()
    kind: Mapped[NoticeKind] = mapped_column(words_of(NoticeKind))
    seen_at: Mapped[datetime | None] = mapped_column()


class SearchOutbox(OfSchool, Base):
    """An item that changed since it was last put into the search index."""

    __tablename__ = "search_outbox"
    __table_args__ = school_table(Index("ix_search_outbox_id", "id"))
    item_id: Mapped[UUID] = mapped_column()


class Job(Everywhere, Base):
    """Work that takes more than a moment. The row is the truth; the queue only says that it is there."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_due", "done_at", "due_at"),)
    kind: Mapped[str] = mapped_column(String(24))
    about_id: Mapped[UUID] = mapped_column()
    due_at: Mapped[datetime] = mapped_column()
    started_at: Mapped[datetime | None] = mapped_column()
    """When it was begun, or a long one was last heard of."""
    done_at: Mapped[datetime | None] = mapped_column()
    tries: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = mapped_column(String(80), default="")
