"""Entries and comments: what was said, in which revision, for whom, and to whom it was released."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from journal.records.base import Base, OfSchool, filled_in, school_table, to


class Item(OfSchool, Base):
    """What can be shown: an entry, or a comment on one. One table, so that one gate and one key serve both."""

    __tablename__ = "item"
    __table_args__ = school_table(
        to("pupil_id", "membership"),
        to("author_id", "membership"),
        to("entry_id", "item", ends_with=True),
        to("parent_id", "item", ends_with=True),
        Index("ix_item_entry", "entry_id", "kind", "id"),
        Index("ix_item_author", "author_id", "kind", "id"),
        Index("ix_item_parent", "parent_id"),
        Index("ix_item_deleted", "author_id", "deleted_at", **filled_in("deleted_at")),
        Index("ix_item_drafts", "author_id", "id", **filled_in("draft_id")),
        Index("ix_item_back", "author_id", "id", **filled_in("sent_back_at")),
    )
    __mapper_args__ = {"primary_key": ["id"], "polymorphic_on": "kind", "polymorphic_abstract": True}  # noqa: RUF012
    kind: Mapped[str] = mapped_column(String(8))
    author_id: Mapped[UUID] = mapped_column()
    """Who wrote it, as a membership."""
    pupil_id: Mapped[UUID] = mapped_column()
    """Whose space it stands in: an entry's author, for a comment the author of its entry."""
    entry_id: Mapped[UUID | None] = mapped_column()
    """For a comment: the entry it is about."""
    parent_id: Mapped[UUID | None] = mapped_column()
    """For a reply: the comment it answers."""
    revision_id: Mapped[UUID | None] = mapped_column()
    """The newest revision that was handed in. (No key: the revision's row points here.)"""
    draft_id: Mapped[UUID | None] = mapped_column()
    """The revision that is being written, if one is."""
    handed_in_at: Mapped[datetime | None] = mapped_column()
    sent_back_at: Mapped[datetime | None] = mapped_column()
    """Since when the newest revision is back with its author, by whichever teacher's decision; no longer once a new one
    is handed in. It follows from the decisions, and is kept here because the shelf of a pupil would read all that they
    ever made for it."""
    deleted_at: Mapped[datetime | None] = mapped_column()
    """When its author deleted it or took it back; gone for good after the waiting time."""
    gone_at: Mapped[datetime | None] = mapped_column()
    """When it would have gone for good, had it not been kept under a hold: from then on its author sees it no more."""
    kept_out_at: Mapped[datetime | None] = mapped_column()
    """For an entry: since when its author does not want it in the portfolio; at once, for whatever revision."""


class Entry(Item):
    """Something a pupil did or learned."""

    __mapper_args__ = {"polymorphic_identity": "entry"}  # noqa: RUF012


class Comment(Item):
    """Words about an entry, or an answer to such words."""

    __mapper_args__ = {"polymorphic_identity": "comment"}  # noqa: RUF012


class Revision(OfSchool, Base):
    """What an item said at a time. Everything a reader can see hangs here."""

    __tablename__ = "revision"
    __table_args__ = school_table(
        to("item_id", "item", ends_with=True),
        UniqueConstraint("item_id", "number", name="uq_revision_number"),
    )
    item_id: Mapped[UUID] = mapped_column()
    number: Mapped[int] = mapped_column()
    title: Mapped[str] = mapped_column(String(200), default="")
    words: Mapped[str] = mapped_column(Text, default="")
    """Plain words, for fields, search and excerpts."""
    html: Mapped[str] = mapped_column(Text, default="")
    """The same as safe HTML, cleaned when written."""
    html_policy: Mapped[int] = mapped_column(default=1)
    learned: Mapped[list[str]] = mapped_column(JSON, default=list)
    version: Mapped[int] = mapped_column(default=1)
    """Grows with every save of a draft, so that a second window is told."""
    saved_at: Mapped[datetime] = mapped_column()
    handed_in_at: Mapped[datetime | None] = mapped_column()


class Choice(OfSchool, Base):
    """A circle that the author chose for an item.

    The choices of the newest handed-in revision are in force; those of a draft take effect when it is handed in.
    """

    __tablename__ = "choice"
    __table_args__ = school_table(
        to("item_id", "item", ends_with=True),
        to("revision_id", "revision", ends_with=True),
        UniqueConstraint("revision_id", "circle", name="uq_choice"),
        Index("ix_choice_item", "item_id"),
    )
    item_id: Mapped[UUID] = mapped_column()
    revision_id: Mapped[UUID] = mapped_column()
    circle: Mapped[str] = mapped_column(String(64))


class LeftOut(OfSchool, Base):
    """Somebody who may not see an item, whatever circle they are in. It is told to nobody.

    Leaving out works at once, from a draft too; letting in again takes effect when the draft is handed in.
    """

    __tablename__ = "left_out"
    __table_args__ = school_table(
        to("item_id", "item", ends_with=True),
        to("revision_id", "revision", ends_with=True),
        UniqueConstraint("revision_id", "person_id", name="uq_left_out"),
        Index("ix_left_out_item", "item_id", "person_id"),
    )
    item_id: Mapped[UUID] = mapped_column()
    revision_id: Mapped[UUID] = mapped_column()
    person_id: Mapped[UUID] = mapped_column()


class Shown(OfSchool, Base):
    """A circle that an item is released to, and in which revision. One row a circle."""

    __tablename__ = "shown"
    __table_args__ = school_table(
        to("item_id", "item", ends_with=True),
        to("revision_id", "revision"),
        UniqueConstraint("item_id", "circle", name="uq_shown"),
        Index("ix_shown_feed", "school_id", "circle", "kind", "released_at", "item_id"),
        Index("ix_shown_revision", "revision_id", "circle"),
    )
    item_id: Mapped[UUID] = mapped_column()
    kind: Mapped[str] = mapped_column(String(8))
    circle: Mapped[str] = mapped_column(String(64))
    revision_id: Mapped[UUID] = mapped_column()
    number: Mapped[int] = mapped_column()
    """The revision's number, kept here so that the newest of somebody's revisions is found in one index."""
    released_at: Mapped[datetime] = mapped_column()
    """When the circle first saw the item; a new revision does not change it."""
    decision_id: Mapped[UUID | None] = mapped_column()


class Look(OfSchool, Base):
    """One person who saw one item, for the pupil to know."""

    __tablename__ = "look"
    __table_args__ = school_table(
        to("item_id", "item", ends_with=True),
        to("membership_id", "membership"),
        UniqueConstraint("item_id", "membership_id", "kind", name="uq_look"),
        Index("ix_look_moderated", "membership_id", "last_at", **filled_in("number")),
    )
    item_id: Mapped[UUID] = mapped_column()
    membership_id: Mapped[UUID] = mapped_column()
    kind: Mapped[str] = mapped_column(String(12))
    first_at: Mapped[datetime] = mapped_column()
    last_at: Mapped[datetime] = mapped_column()
    number: Mapped[int | None] = mapped_column()
    """The revision that a moderator looked at last."""


class HiddenForMe(OfSchool, Base):
    """A comment that somebody does not want to see."""

    __tablename__ = "hidden_for_me"
    __table_args__ = school_table(
        to("item_id", "item", ends_with=True),
        to("membership_id", "membership"),
        UniqueConstraint("item_id", "membership_id", name="uq_hidden_for_me"),
    )
    item_id: Mapped[UUID] = mapped_column()
    membership_id: Mapped[UUID] = mapped_column()
