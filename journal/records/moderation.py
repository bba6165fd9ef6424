"""What waits for a moderator, and what they decided."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from journal.records.base import Base, OfSchool, filled_in, left_empty, school_table, to, words_of
from journal.words import AnswerKind, NotePart, Verdict


class Waiting(OfSchool, Base):
    """A circle that waits for a revision, and the group whose teachers decide. Gone once decided."""

    __tablename__ = "waiting"
    __table_args__ = school_table(
        to("item_id", "item", ends_with=True),
        to("revision_id", "revision", ends_with=True),
        to("group_id", "group"),
        UniqueConstraint("item_id", "circle", name="uq_waiting"),
        Index("ix_waiting_group", "school_id", "group_id", "since", "item_id"),
        Index("ix_waiting_own_desk", "school_id", "since", "item_id", **left_empty("group_id")),
        Index("ix_waiting_revision", "revision_id"),
        Index("ix_waiting_late", "school_id", "group_id", "late_at", "since", **filled_in("late_at")),
        # Without the school: SQLite would read a whole school by the first column alone.
        Index("ix_waiting_pupil", "pupil_id"),
        Index("ix_waiting_author", "author_id"),
        Index("ix_waiting_past", "past_id", **filled_in("past_id")),
    )
    item_id: Mapped[UUID] = mapped_column()
    revision_id: Mapped[UUID] = mapped_column()
    circle: Mapped[str] = mapped_column(String(64))
    pupil_id: Mapped[UUID] = mapped_column()
    """Whose space it stands in; the item's, kept here so that what somebody may not decide is found in one index."""
    author_id: Mapped[UUID] = mapped_column()
    """Who wrote it; the item's, kept here for the same reason."""
    group_id: Mapped[UUID | None] = mapped_column()
    """The group whose teachers decide; none for what waits for the safeguarding lead."""
    since: Mapped[datetime] = mapped_column()
    late_at: Mapped[datetime | None] = mapped_column()
    """From when on a second moderator may decide as well; none where the school set no time."""
    past_id: Mapped[UUID | None] = mapped_column()
    """The person who sent it back, where the writer asked another grown-up to look: anybody but them decides."""


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
    """What the author reads, whole, as it was sent: in the school's language."""
    pieces: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """The same in pieces, in order: ``{"reason": "good.idea"}`` is said in the reader's language; ``{"words": ...}``
    are the moderator's own, or of the school's own reasons (then with the ``own`` one's id). Empty: all own words."""
    suggest_old: Mapped[str] = mapped_column(Text, default="")
    """Words of the revision for which the moderator suggests others. Empty: nothing is suggested."""
    suggest_new: Mapped[str] = mapped_column(Text, default="")
    """The words that are suggested for them; empty to leave them out."""
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


class KindReason(OfSchool, Base):
    """A sentence for kind notes that a school wrote itself, or one that comes along and the school does not use."""

    __tablename__ = "kind_reason"
    __table_args__ = school_table(
        to("by_id", "membership"),
        Index("ix_kind_reason_school", "school_id", "off_at", "id"),
    )
    part: Mapped[NotePart] = mapped_column(words_of(NotePart))
    key: Mapped[str] = mapped_column(String(40), default="")
    """Of one that comes along: it is not offered while this row stands. Empty for the school's own."""
    words: Mapped[str] = mapped_column(Text, default="")
    off_at: Mapped[datetime | None] = mapped_column()
    """When it was taken out (one's own), or offered again (one that comes along)."""
    by_id: Mapped[UUID] = mapped_column()


class NoteAnswer(OfSchool, Base):
    """What the writer did with a note: answered it, used the words or kept their own, asked another grown-up."""

    __tablename__ = "note_answer"
    __table_args__ = school_table(
        to("item_id", "item", ends_with=True),
        to("decision_id", "decision", ends_with=True),
        UniqueConstraint("decision_id", "kind", name="uq_note_answer"),
        Index("ix_note_answer_item", "item_id", "id"),
        Index("ix_note_answer_unread", "school_id", "kind", "read_at"),
    )
    item_id: Mapped[UUID] = mapped_column()
    revision_id: Mapped[UUID] = mapped_column()
    decision_id: Mapped[UUID] = mapped_column()
    kind: Mapped[AnswerKind] = mapped_column(words_of(AnswerKind))
    words: Mapped[str] = mapped_column(Text, default="")
    read_at: Mapped[datetime | None] = mapped_column()
    """When a moderator said that they had read it."""
