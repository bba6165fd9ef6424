"""What waits for a moderator, and what they decided."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, String, Text, UniqueConstraint
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
    late_at: Mapped[datetime | None] = mapped_column()
    """From when on a second moderator may decide as well; none where the school set no time."""


class Decision(OfSchool, Base):
    """A moderator's decision about one revision and one group's circles."""

    __tablename__ = "decision"
    __table_args__ = school_table(
        to("item_id", "item", ends_with=True),
        to("revision_id", "revision", ends_with=True),
        to("by_id", "membership"),
        Index("ix_decision_item", "item_id", "id"),
        Index("ix_decision_revision", "revision_id", "id"),
        Index("ix_decision_by", "by_id", "id"),
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
    go_id: Mapped[UUID | None] = mapped_column()
    """What was decided in one go has the same: it is undone in one go."""
    before: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON)
    """How the rows of the gate stood that it changed, and how it left them: what undoing puts back. Ids and numbers."""
    undone_at: Mapped[datetime | None] = mapped_column()
    """When whoever decided took it back; it counts for nothing from then on."""


class Cover(OfSchool, Base):
    """A teacher who decides for a group on some days, while its own teachers are away."""

    __tablename__ = "cover"
    __table_args__ = school_table(
        to("group_id", "group"),
        to("teacher_id", "membership"),
        Index("ix_cover_teacher", "teacher_id", "ends_at"),
        Index("ix_cover_group", "group_id", "ends_at"),
    )
    group_id: Mapped[UUID] = mapped_column()
    teacher_id: Mapped[UUID] = mapped_column()
    starts_at: Mapped[datetime] = mapped_column()
    """When the first day begins, by the school's clock."""
    ends_at: Mapped[datetime] = mapped_column()
    """When the last day is over, by the school's clock; or when it was ended before."""


class Second(OfSchool, Base):
    """Who decides for a group besides its teachers about what has waited too long."""

    __tablename__ = "second"
    __table_args__ = school_table(
        to("group_id", "group"),
        to("teacher_id", "membership"),
        UniqueConstraint("group_id", name="uq_second"),
        Index("ix_second_teacher", "teacher_id"),
    )
    group_id: Mapped[UUID] = mapped_column()
    teacher_id: Mapped[UUID] = mapped_column()
