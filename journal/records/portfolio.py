"""Portfolios that somebody ordered, what is in each, and whom the head named to order them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from journal.records.base import Base, OfSchool, school_table, to, words_of
from journal.words import ExportState, Stand


class Export(OfSchool, Base):
    """A portfolio that somebody ordered: of one pupil, or of a class, which holds one for each of its pupils."""

    __tablename__ = "export"
    __table_args__ = school_table(
        to("ordered_by_id", "membership"),
        to("pupil_id", "membership"),
        to("group_id", "group"),
        to("batch_id", "export", ends_with=True),
        UniqueConstraint("order_key", name="uq_export_order"),
        Index("ix_export_ordered", "ordered_by_id", "id"),
        Index("ix_export_pupil", "pupil_id", "fetched_at"),
        Index("ix_export_batch", "batch_id", "id"),
    )
    ordered_by_id: Mapped[UUID] = mapped_column()
    person_id: Mapped[UUID] = mapped_column()
    """The person behind that membership, by whom the net knows whose it is."""
    stand: Mapped[Stand] = mapped_column(words_of(Stand))
    pupil_id: Mapped[UUID | None] = mapped_column()
    """Whose portfolio it is; none for a class."""
    group_id: Mapped[UUID | None] = mapped_column()
    """The class, for one of a class."""
    batch_id: Mapped[UUID | None] = mapped_column()
    """For one pupil's that is part of a class's: that one."""
    scope: Mapped[dict[str, Any]] = mapped_column(JSON)
    """What was chosen (see ``journal.portfolio.scope``)."""
    language: Mapped[str] = mapped_column(String(12))
    order_key: Mapped[str | None] = mapped_column(String(64))
    """What makes two orders the same, while one of them is there; none once it can be ordered anew."""
    state: Mapped[ExportState] = mapped_column(words_of(ExportState), default=ExportState.WAITING)
    problem: Mapped[str] = mapped_column(String(24), default="")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    """How many pieces there are to make, photos and pages; 0 while that is not known."""
    left_out: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    """How much of what the orderer may know of is not in it, by why."""
    file: Mapped[str | None] = mapped_column(String(80))
    bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    sha256: Mapped[str] = mapped_column(String(64), default="")
    begun_at: Mapped[datetime | None] = mapped_column()
    """When what is in it was written down; the day on its cover."""
    ready_at: Mapped[datetime | None] = mapped_column()
    expires_at: Mapped[datetime | None] = mapped_column()
    fetched_at: Mapped[datetime | None] = mapped_column()
    """When it was last taken home."""
    made_anew: Mapped[bool] = mapped_column(default=False)
    """Whether it is being made again because something in it changed."""


class ExportPart(OfSchool, Base):
    """One thing in a portfolio, in the revision that is there, so that it can be judged again.

    No keys to what it names: a part outlives it, and is then found to be gone.
    """

    __tablename__ = "export_part"
    __table_args__ = school_table(
        to("export_id", "export", ends_with=True),
        UniqueConstraint("export_id", "position", name="uq_export_part"),
        Index("ix_export_part_item", "item_id"),
        Index("ix_export_part_attachment", "attachment_id"),
    )
    export_id: Mapped[UUID] = mapped_column()
    position: Mapped[int] = mapped_column()
    entry_id: Mapped[UUID] = mapped_column()
    """The entry under which it stands; for an entry, itself."""
    item_id: Mapped[UUID] = mapped_column()
    revision_id: Mapped[UUID] = mapped_column()
    placement_id: Mapped[UUID | None] = mapped_column()
    """For a photo: its place."""
    attachment_id: Mapped[UUID | None] = mapped_column()
    file: Mapped[str] = mapped_column(String(120), default="")
    """For a photo: what its file in the portfolio is called."""


class ExportRight(OfSchool, Base):
    """Somebody of the staff whom the head named to take portfolios home. Rows stay, as the history of it."""

    __tablename__ = "export_right"
    __table_args__ = school_table(
        to("membership_id", "membership"),
        to("given_by_id", "membership"),
        to("ended_by_id", "membership"),
        Index("ix_export_right_membership", "membership_id", "ended_at"),
    )
    membership_id: Mapped[UUID] = mapped_column()
    given_by_id: Mapped[UUID] = mapped_column()
    ended_at: Mapped[datetime | None] = mapped_column()
    ended_by_id: Mapped[UUID | None] = mapped_column()
