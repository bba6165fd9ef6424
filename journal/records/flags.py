"""What the moderation aids noticed, the school's own lists of words, and what a writer was asked about."""

from uuid import UUID

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from journal.records.base import Base, OfSchool, school_table, to, words_of
from journal.words import FlagKind


class Flag(OfSchool, Base):
    """Something that an aid noticed in a revision: what, and where. Never the words themselves."""

    __tablename__ = "flag"
    __table_args__ = school_table(
        to("item_id", "item", ends_with=True),
        to("revision_id", "revision", ends_with=True),
        Index("ix_flag_item", "item_id"),
        Index("ix_flag_revision", "revision_id", "id"),
    )
    item_id: Mapped[UUID] = mapped_column()
    revision_id: Mapped[UUID] = mapped_column()
    kind: Mapped[FlagKind] = mapped_column(words_of(FlagKind))
    part: Mapped[str] = mapped_column(String(24), default="")
    """In which part: title, words, or a picture's caption or description by number. Empty for the whole of it."""
    begins: Mapped[int] = mapped_column(default=0)
    ends: Mapped[int] = mapped_column(default=0)
    """From which letter of the part to which, as it was written."""
    why: Mapped[str] = mapped_column(String(12), default="")
    """Which list of words: a language, or the school's own."""


class WordList(OfSchool, Base):
    """A school's own words of one language, and which of those that come with the product it leaves alone."""

    __tablename__ = "word_list"
    __table_args__ = school_table(UniqueConstraint("school_id", "language", name="uq_word_list"))
    language: Mapped[str] = mapped_column(String(12))
    added: Mapped[str] = mapped_column(Text, default="")
    left_alone: Mapped[str] = mapped_column(Text, default="")


class Asked(OfSchool, Base):
    """A writer was asked about some words of an entry, and is not asked about the same again."""

    __tablename__ = "asked"
    __table_args__ = school_table(
        to("item_id", "item", ends_with=True), UniqueConstraint("item_id", "digest", name="uq_asked")
    )
    item_id: Mapped[UUID] = mapped_column()
    digest: Mapped[str] = mapped_column(String(32))
    """Of the kind and the words; the words themselves are not kept here."""
