"""Worries, and what they are about, kept as it was."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from journal.records.base import Base, OfSchool, school_table, to


class Concern(OfSchool, Base):
    """Something that somebody is worried about, for the safeguarding leads."""

    __tablename__ = "concern"
    __table_args__ = school_table(Index("ix_concern_school", "school_id", "id"), Index("ix_concern_by", "by_id"))
    by_id: Mapped[UUID | None] = mapped_column()
    """Who is worried, as a membership; nobody known when it came from the page before sign-in."""
    by_name: Mapped[str] = mapped_column(String(120), default="")
    picks: Mapped[list[str]] = mapped_column(JSON, default=list)
    """What kind of worry it is, as far as they said (see ``journal.safeguarding.acts.Worry``)."""
    words: Mapped[str] = mapped_column(Text, default="")
    item_id: Mapped[UUID | None] = mapped_column()
    """What it is about. No key: the worry outlives it."""
    snapshot: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """The item as the worried person saw it."""
    read_at: Mapped[datetime | None] = mapped_column()
    read_by_id: Mapped[UUID | None] = mapped_column()
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None] = mapped_column()
    answered_by_id: Mapped[UUID | None] = mapped_column()
    answer_seen_at: Mapped[datetime | None] = mapped_column()
    """When whoever was worried first read the answer."""


class SnapshotPicture(OfSchool, Base):
    """A copy of a photo as it was when somebody worried about it."""

    __tablename__ = "snapshot_picture"
    __table_args__ = school_table(
        to("concern_id", "concern", ends_with=True), Index("ix_snapshot_picture_concern", "concern_id")
    )
    concern_id: Mapped[UUID] = mapped_column()
    position: Mapped[int] = mapped_column()
    file: Mapped[str] = mapped_column(String(80))
    caption: Mapped[str] = mapped_column(Text, default="")
    description: Mapped[str] = mapped_column(Text, default="")
    sha256: Mapped[str] = mapped_column(String(64))
