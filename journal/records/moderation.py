"""What waits for a moderator, and what they decided."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from journal.records.base import Base, OfSchool, school_table, to, words_of
from journal.words import Verdict


class Waiting(OfSchool, Base):
    """A circle that waits for a revision, and the group whose teachers decide. Gone once decided."""

    __tablename__ = "waiting"
    __table_args__ = school_table(
        to("item_id", "item", ends_with=True),
        to("revision_id", "revision", ends_with=True),
        to("group_id", "group"),
        UniqueConstraint("item_id", "circle", name="uq_waiting"),
        Index("ix_waiting_group", "school_id", "group_id", "since", "item_id"),
        Index("ix_waiting_revision", "revision_id"),
    )
    item_id: Mapped[UUID] = mapped_column()
    revision_id: Mapped[UUID] = mapped_column()
    circle: Mapped[str] = mapped_column(String(64))
    group_id: Mapped[UUID | None] = mapped_column()
    """The group whose teachers decide; none for what waits for the safeguarding lead."""
    since: Mapped[datetime] = mapped_column()


class Decision(OfSchool, Base):
    """A moderator's decision about one revision and one group's circles."""

    __tablename__ = "decision"
    __table_args__ = school_table(
        to("item_id", "item", ends_with=True),
        to("revision_id", "revision", ends_with=True),
        to("by_id", "membership"),
        Index("ix_decision_item", "item_id", "id"),
        Index("ix_decision_revision", "revision_id", "id"),
    )
    item_id: Mapped[UUID] = mapped_column()
    revision_id: Mapped[UUID] = mapped_column()
    group_id: Mapped[UUID | None] = mapped_column()
    """The group whose circles it is about; none for a safeguarding lead's, about all that waited for the lead."""
    verdict: Mapped[Verdict] = mapped_column(words_of(Verdict))
    note: Mapped[str] = mapped_column(Text, default="")
    """What the author reads."""
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why it was put away or passed on; for the record."""
    by_id: Mapped[UUID] = mapped_column()
