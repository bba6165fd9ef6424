"""Worries, what they are about, kept as it was, and what the safeguarding leads did about them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from journal.records.base import Base, OfSchool, school_table, to, words_of
from journal.words import About, CaseState, NoteKind


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
    seal: Mapped[str] = mapped_column(String(64), default="")
    """SHA-256 over the snapshot and its pictures, in hexadecimal; empty where nothing was kept."""
    talk_with_id: Mapped[UUID | None] = mapped_column()
    """Whom a child would like to talk to, as a membership."""
    contact: Mapped[str] = mapped_column(String(8), default="")
    """How a grown-up may be reached: ring, write, or not at all (``no``); empty where they were not asked."""
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


class ConcernAbout(OfSchool, Base):
    """Somebody whom a worry is about, or who is near to them. None of them ever reads it, whatever their hat."""

    __tablename__ = "concern_about"
    __table_args__ = school_table(
        to("concern_id", "concern", ends_with=True),
        UniqueConstraint("concern_id", "membership_id", name="uq_concern_about"),
        Index("ix_concern_about_membership", "membership_id"),
        Index("ix_concern_about_person", "person_id"),
    )
    concern_id: Mapped[UUID] = mapped_column()
    membership_id: Mapped[UUID] = mapped_column()
    person_id: Mapped[UUID] = mapped_column()
    how: Mapped[About] = mapped_column(words_of(About))


class ConcernCase(OfSchool, Base):
    """Where a worry stands with those who read it. Whoever told it reads none of this."""

    __tablename__ = "concern_case"
    __table_args__ = school_table(
        to("concern_id", "concern", ends_with=True),
        UniqueConstraint("concern_id", name="uq_concern_case"),
        Index("ix_concern_case_state", "school_id", "state", "due_on"),
        Index("ix_concern_case_joined", "joined_to_id"),
    )
    concern_id: Mapped[UUID] = mapped_column()
    state: Mapped[CaseState] = mapped_column(words_of(CaseState), default=CaseState.NEW)
    due_on: Mapped[date | None] = mapped_column()
    """When something has to be done: it is to be read, or the first of its open steps is due."""
    assigned_id: Mapped[UUID | None] = mapped_column()
    """Who takes care of it, one of those who may read it, as a membership."""
    joined_to_id: Mapped[UUID | None] = mapped_column()
    """The worry that it was joined to, as the two are about the same thing."""
    closed_at: Mapped[datetime | None] = mapped_column()


class ConcernNote(OfSchool, Base):
    """What somebody wrote or did about a worry: signed, timed and never changed (the database refuses to)."""

    __tablename__ = "concern_note"
    __table_args__ = school_table(
        to("concern_id", "concern", ends_with=True), Index("ix_concern_note_concern", "concern_id", "id")
    )
    concern_id: Mapped[UUID] = mapped_column()
    by_id: Mapped[UUID] = mapped_column()
    kind: Mapped[NoteKind] = mapped_column(words_of(NoteKind), default=NoteKind.NOTE)
    words: Mapped[str] = mapped_column(Text, default="")
    about_id: Mapped[UUID | None] = mapped_column()
    """Whom or what it names: who takes care of it now, who was added, what was joined."""


class ConcernStep(OfSchool, Base):
    """Something that is to be done about a worry."""

    __tablename__ = "concern_step"
    __table_args__ = school_table(
        to("concern_id", "concern", ends_with=True), Index("ix_concern_step_concern", "concern_id", "id")
    )
    concern_id: Mapped[UUID] = mapped_column()
    by_id: Mapped[UUID] = mapped_column()
    words: Mapped[str] = mapped_column(String(200))
    who_id: Mapped[UUID | None] = mapped_column()
    """Who does it, as a membership. They are not told by this page, and need not be somebody who reads the worry."""
    due_on: Mapped[date | None] = mapped_column()
    done_at: Mapped[datetime | None] = mapped_column()
    done_by_id: Mapped[UUID | None] = mapped_column()


class WorryReminder(OfSchool, Base):
    """A day on which somebody was reminded by e-mail: nobody is so more than once a day."""

    __tablename__ = "worry_reminder"
    __table_args__ = school_table(UniqueConstraint("membership_id", "day", name="uq_worry_reminder"))
    membership_id: Mapped[UUID] = mapped_column()
    day: Mapped[date] = mapped_column()
