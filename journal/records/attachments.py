"""Photos: the picture itself, its place in a revision, its sizes."""

from uuid import UUID

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from journal.records.base import Base, OfSchool, school_table, to, words_of
from journal.words import PictureState


class Attachment(OfSchool, Base):
    """A photo. What is said about it hangs on its placements, one in each revision that has it."""

    __tablename__ = "attachment"
    __table_args__ = school_table(
        to("owner_id", "membership"),
        to("item_id", "item", ends_with=True),
        Index("ix_attachment_item", "item_id"),
    )
    owner_id: Mapped[UUID] = mapped_column()
    item_id: Mapped[UUID | None] = mapped_column()
    """The item it was brought for."""
    state: Mapped[PictureState] = mapped_column(words_of(PictureState), default=PictureState.WAITING)
    problem: Mapped[str] = mapped_column(String(24), default="")
    upload: Mapped[str | None] = mapped_column(String(80))
    """The kept file as it came, until its sizes are made; then it is deleted."""
    width: Mapped[int] = mapped_column(default=0)
    height: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    """How many of its sizes are made."""


class Rendition(OfSchool, Base):
    """One size of a photo, without any metadata."""

    __tablename__ = "rendition"
    __table_args__ = school_table(
        to("attachment_id", "attachment", ends_with=True),
        UniqueConstraint("attachment_id", "size", name="uq_rendition"),
    )
    attachment_id: Mapped[UUID] = mapped_column()
    size: Mapped[str] = mapped_column(String(8))
    file: Mapped[str] = mapped_column(String(80))
    width: Mapped[int] = mapped_column()
    height: Mapped[int] = mapped_column()
    length: Mapped[int] = mapped_column()
    sha256: Mapped[str] = mapped_column(String(64))


class Placement(OfSchool, Base):
    """A photo's place in one revision, and what is said about it there."""

    __tablename__ = "placement"
    __table_args__ = school_table(
        to("revision_id", "revision", ends_with=True),
        to("attachment_id", "attachment", ends_with=True),
        UniqueConstraint("revision_id", "attachment_id", name="uq_placement"),
        Index("ix_placement_attachment", "attachment_id"),
    )
    revision_id: Mapped[UUID] = mapped_column()
    attachment_id: Mapped[UUID] = mapped_column()
    position: Mapped[int] = mapped_column()
    caption: Mapped[str] = mapped_column(Text, default="")
    description: Mapped[str] = mapped_column(Text, default="")
    narrowed: Mapped[bool] = mapped_column(default=False)
    """Whether only some circles of its item may see it; with no such circle left that is nobody but the author."""


class NarrowedTo(OfSchool, Base):
    """A circle that a narrowed photo is kept for."""

    __tablename__ = "narrowed_to"
    __table_args__ = school_table(
        to("placement_id", "placement", ends_with=True),
        UniqueConstraint("placement_id", "circle", name="uq_narrowed_to"),
    )
    placement_id: Mapped[UUID] = mapped_column()
    circle: Mapped[str] = mapped_column(String(64))
