"""The search index where the database is PostgreSQL. An embedded database has these tables too, and they stay empty."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, Index, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from journal.records.base import Base, Everywhere, OfSchool, school_table

TOKENS = ARRAY(Text).with_variant(JSON(), "sqlite")
TERMS = TSVECTOR().with_variant(Text(), "sqlite")


class SearchBuild(Everywhere, Base):
    """One making of the index. The newest that is ready is the one that is asked."""

    __tablename__ = "search_build"
    __table_args__ = (UniqueConstraint("number"),)
    number: Mapped[int] = mapped_column()
    format: Mapped[int] = mapped_column()
    ready_at: Mapped[datetime | None] = mapped_column()


class SearchUnit(OfSchool, Base):
    """One thing that is found by itself: its terms, and the tokens of who may find it. It points at nothing: the
    index follows what was changed and deleted, and what it proposes is judged anyway.
    """

    __tablename__ = "search_unit"
    __table_args__ = school_table(
        Index("ix_search_unit_item", "item_id"),
        Index("ix_search_unit_terms", "circles", "words", postgresql_using="gin"),
    )
    build: Mapped[int] = mapped_column()
    unit_id: Mapped[UUID] = mapped_column()
    item_id: Mapped[UUID] = mapped_column()
    kind: Mapped[str] = mapped_column(String(8))
    at: Mapped[datetime] = mapped_column()
    circles: Mapped[list[str]] = mapped_column(TOKENS)
    about: Mapped[list[str]] = mapped_column(TOKENS)
    words: Mapped[str] = mapped_column(TERMS)
