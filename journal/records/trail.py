"""The record: what was done and what was looked at, and the chain that shows when a line of it was changed.

All of it is only ever added to: the database refuses to change or delete a line (migration 0013), save those of a
segment that is over (``TrailDrop``).
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from journal.clock import now
from journal.records.base import Base, OfSchool, school_table


class Trail(OfSchool, Base):
    """One act or sight: who, in which hat, what, when, from where, about whom. Never anybody's words."""

    __tablename__ = "trail"
    __table_args__ = school_table(
        Index("ix_trail_school", "school_id", "id"),
        Index("ix_trail_subject", "subject_id", "id"),
        Index("ix_trail_membership", "membership_id", "id"),
        Index("ix_trail_about", "about_id", "id"),
        Index("ix_trail_kind", "school_id", "kind", "id"),
    )
    membership_id: Mapped[UUID | None] = mapped_column()
    """Who, as a membership; nobody where the house did it, or somebody who was not signed in."""
    act: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(12), default="")
    """What kind of act that is (``journal.actkinds``), so that a kind of lines is one piece of an index."""
    subject_id: Mapped[UUID | None] = mapped_column()
    about_id: Mapped[UUID | None] = mapped_column()
    """The pupil whose thing it was, or who it was about, as a membership."""
    place: Mapped[str] = mapped_column(String(48), default="")
    """From where: the network of the address, see ``journal.trail.network_of``; empty for the house."""
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class TrailUnsealed(Base):
    """A line that is not in the chain yet. The database writes it with the line, in the order in which they come."""

    __tablename__ = "trail_unsealed"
    __table_args__ = (Index("ix_trail_unsealed_school", "school_id", "arrived"),)
    arrived: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    trail_id: Mapped[UUID] = mapped_column()
    school_id: Mapped[UUID] = mapped_column()


class TrailLink(OfSchool, Base):
    """A line's place in the chain of its school; its id is the line's."""

    __tablename__ = "trail_link"
    __table_args__ = school_table(UniqueConstraint("school_id", "number", name="uq_trail_link"))
    number: Mapped[int] = mapped_column(BigInteger)
    """1 for the first line there ever was, then without a gap. This is the order, whatever the clock said."""
    sum: Mapped[str] = mapped_column(String(64))
    """SHA-256 over what stands in the line, in hexadecimal."""
    hash: Mapped[str] = mapped_column(String(64))
    """SHA-256 over the hash of the line before, the number and the sum."""


class TrailSegment(OfSchool, Base):
    """A piece of the chain that can be dropped whole: a month, or as many lines as ``journal.record.chain`` says."""

    __tablename__ = "trail_segment"
    __table_args__ = school_table(UniqueConstraint("school_id", "first", name="uq_trail_segment"))
    month: Mapped[str] = mapped_column(String(7))
    """The month of its lines, in UTC, as 2026-11."""
    first: Mapped[int] = mapped_column(BigInteger)
    """The number of its first line."""
    before: Mapped[str] = mapped_column(String(64))
    """The hash of the line before its first: so the chain can be checked from here on, without what was dropped."""


class TrailDrop(OfSchool, Base):
    """A segment that was dropped as it was over. Only with such a row the database lets its lines go."""

    __tablename__ = "trail_drop"
    __table_args__ = school_table(UniqueConstraint("school_id", "first", name="uq_trail_drop"))
    segment_id: Mapped[UUID] = mapped_column()
    month: Mapped[str] = mapped_column(String(7))
    first: Mapped[int] = mapped_column(BigInteger)
    last: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str] = mapped_column(String(64))
    """The hash of its last line, which the next segment begins with."""


class TrailCheck(OfSchool, Base):
    """That the chain was checked, up to which line, and what was found."""

    __tablename__ = "trail_check"
    __table_args__ = school_table(Index("ix_trail_check_school", "school_id", "id"))
    number: Mapped[int] = mapped_column(BigInteger)
    """The last line that was checked; 0 where there was none."""
    hash: Mapped[str] = mapped_column(String(64), default="")
    since: Mapped[datetime] = mapped_column(default=now)
    """When the first line that is still kept was written."""
    fault: Mapped[str] = mapped_column(String(24), default="")
    """What is wrong with the first line that is wrong (``journal.record.chain.Fault``); empty where none is."""
    fault_number: Mapped[int] = mapped_column(BigInteger, default=0)
    fault_id: Mapped[UUID | None] = mapped_column()
