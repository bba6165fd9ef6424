"""What is kept from being deleted for good, and why."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from journal.records.base import Base, OfSchool, school_table, to


class Hold(OfSchool, Base):
    """Something that is kept, as it may be evidence: an item, all things of a pupil, or what a worry is about."""

    __tablename__ = "hold"
    __table_args__ = school_table(
        Index("ix_hold_school", "school_id", "ended_at", "review_on"),
        Index("ix_hold_item", "item_id"),
        Index("ix_hold_pupil", "pupil_id"),
        Index("ix_hold_concern", "concern_id"),
    )
    item_id: Mapped[UUID | None] = mapped_column()
    """The item. No key: what is kept is kept because of this row, not the other way round."""
    pupil_id: Mapped[UUID | None] = mapped_column()
    """The pupil whose things are all kept, as a membership."""
    concern_id: Mapped[UUID | None] = mapped_column()
    """The worry for which it is kept, if there is one; who may not read that does not see the hold."""
    by_id: Mapped[UUID] = mapped_column()
    reason: Mapped[str] = mapped_column(Text)
    review_on: Mapped[date] = mapped_column()
    """When somebody looks again at whether it is still needed."""
    ended_at: Mapped[datetime | None] = mapped_column()
    ended_by_id: Mapped[UUID | None] = mapped_column()
    ended_reason: Mapped[str] = mapped_column(Text, default="")


class HoldReview(OfSchool, Base):
    """Somebody looked at a hold again and left it on."""

    __tablename__ = "hold_review"
    __table_args__ = school_table(to("hold_id", "hold", ends_with=True), Index("ix_hold_review_hold", "hold_id"))
    hold_id: Mapped[UUID] = mapped_column()
    by_id: Mapped[UUID] = mapped_column()
    reason: Mapped[str] = mapped_column(Text)
    review_on: Mapped[date] = mapped_column()
    """When it is looked at next."""
