"""What was opened without being shared, and what rests for a while."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from journal.records.base import Base, OfSchool, filled_in, school_table, to, words_of
from journal.words import PauseKind


class Grant(OfSchool, Base):
    """A safeguarding lead may look, for a time, at one item or at all items of a pupil that were not shared with them.

    It holds no keys to what it is about: what was done stays on record when the rest is gone.
    """

    __tablename__ = "grant"
    __table_args__ = school_table(
        Index("ix_grant_school", "school_id", "id"),
        Index("ix_grant_pupil", "pupil_id", "told_at", **filled_in("told_at")),
        Index("ix_grant_decide", "school_id", "decide_on", **filled_in("decide_on")),
    )
    by_id: Mapped[UUID] = mapped_column()
    """Who opened it, as a membership."""
    pupil_id: Mapped[UUID] = mapped_column()
    """Whose it is."""
    item_id: Mapped[UUID | None] = mapped_column()
    """The one item; None for all of the pupil's."""
    concern_id: Mapped[UUID | None] = mapped_column()
    """The worry for which it was opened, if there is one."""
    reason: Mapped[str] = mapped_column(Text)
    until: Mapped[datetime] = mapped_column()
    """When it ends by itself."""
    ended_at: Mapped[datetime | None] = mapped_column()
    """When it was closed, or was found to be over; from then on it opens nothing, whatever the clock says."""
    talks_id: Mapped[UUID | None] = mapped_column()
    """Who talks with the pupil first, as a membership."""
    told_at: Mapped[datetime | None] = mapped_column()
    """From when on the pupil is told; None while it is on record that they are not."""
    decide_on: Mapped[date | None] = mapped_column()
    """For one that the pupil is not told of: when it is decided again."""
    seen_at: Mapped[datetime | None] = mapped_column()
    """When the pupil said that they have read it."""
    asked_at: Mapped[datetime | None] = mapped_column()
    """When the pupil asked why."""


class GrantLook(OfSchool, Base):
    """Something that was looked at under a grant."""

    __tablename__ = "grant_look"
    __table_args__ = school_table(
        to("grant_id", "grant", ends_with=True),
        UniqueConstraint("grant_id", "item_id", name="uq_grant_look"),
        Index("ix_grant_look_item", "item_id"),
    )
    grant_id: Mapped[UUID] = mapped_column()
    item_id: Mapped[UUID] = mapped_column()
    first_at: Mapped[datetime] = mapped_column()
    last_at: Mapped[datetime] = mapped_column()


class GrantUntold(OfSchool, Base):
    """Somebody decided that a pupil is not told, or not yet, and why. It is never changed."""

    __tablename__ = "grant_untold"
    __table_args__ = school_table(
        to("grant_id", "grant", ends_with=True), Index("ix_grant_untold_grant", "grant_id", "id")
    )
    grant_id: Mapped[UUID] = mapped_column()
    by_id: Mapped[UUID] = mapped_column()
    reason: Mapped[str] = mapped_column(Text)
    decide_on: Mapped[date] = mapped_column()


class Pause(OfSchool, Base):
    """Something that has a rest: comments, one person, a class, or everything, reading too."""

    __tablename__ = "pause"
    __table_args__ = school_table(Index("ix_pause_school", "school_id", "ended_at", "kind"))
    kind: Mapped[PauseKind] = mapped_column(words_of(PauseKind))
    group_id: Mapped[UUID | None] = mapped_column()
    """The class in which it rests; None for the whole school."""
    member_id: Mapped[UUID | None] = mapped_column()
    """Who rests, as a membership; it holds for the person, in whatever hat."""
    until: Mapped[datetime | None] = mapped_column()
    """When it ends by itself; None until somebody takes it off."""
    by_id: Mapped[UUID] = mapped_column()
    child_words: Mapped[str] = mapped_column(Text, default="")
    """What children read; empty for our own words, in the language of whoever reads them."""
    grown_words: Mapped[str] = mapped_column(Text, default="")
    """What families and staff read; empty for our own words."""
    reason: Mapped[str] = mapped_column(Text)
    """Why, for the record: for leads and the head alone."""
    ended_at: Mapped[datetime | None] = mapped_column()
    ended_by_id: Mapped[UUID | None] = mapped_column()


class KeptWords(OfSchool, Base):
    """What somebody wrote back while that had a rest: theirs alone, until they send it or throw it away."""

    __tablename__ = "kept_words"
    __table_args__ = school_table(
        to("membership_id", "membership"),
        to("entry_id", "item", ends_with=True),
        UniqueConstraint("membership_id", "entry_id", name="uq_kept_words"),
    )
    membership_id: Mapped[UUID] = mapped_column()
    entry_id: Mapped[UUID] = mapped_column()
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The form as it was sent: a list of values for each field."""
