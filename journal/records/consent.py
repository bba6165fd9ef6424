"""Who is in a picture, and what families said to being in one."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from journal.records.base import Base, OfSchool, school_table, to, words_of
from journal.words import Answer, Purpose, SaidHow, TagKind


class Tagged(OfSchool, Base):
    """Somebody is in a photo, because a person said so. It tells nobody."""

    __tablename__ = "tagged"
    __table_args__ = school_table(
        to("attachment_id", "attachment", ends_with=True),
        to("pupil_id", "membership"),
        to("by_id", "membership"),
        UniqueConstraint("attachment_id", "kind", "pupil_id", name="uq_tagged"),
        Index("ix_tagged_pupil", "pupil_id"),
    )
    attachment_id: Mapped[UUID] = mapped_column()
    kind: Mapped[TagKind] = mapped_column(words_of(TagKind))
    pupil_id: Mapped[UUID | None] = mapped_column()
    """Which pupil, as a membership; a grown-up and somebody whom nobody knows have none."""
    by_id: Mapped[UUID] = mapped_column()
    """Who said so. What a moderator said, a pupil does not take away."""


class Consent(OfSchool, Base):
    """What somebody said to one purpose, for one pupil. Never changed: who says something else adds a row."""

    __tablename__ = "consent"
    __table_args__ = school_table(
        to("pupil_id", "membership"),
        to("said_by_id", "membership"),
        to("by_id", "membership"),
        UniqueConstraint("pupil_id", "purpose", "about_id", "speaker", "number", name="uq_consent"),
        Index("ix_consent_speaker", "said_by_id"),
    )
    pupil_id: Mapped[UUID] = mapped_column()
    purpose: Mapped[Purpose] = mapped_column(words_of(Purpose))
    about_id: Mapped[UUID] = mapped_column()
    """The one photo that it is about; the pupil again where it is about all of them."""
    speaker: Mapped[str] = mapped_column(String(120))
    """Who spoke, as what tells one speaker from another: a membership's id, or the name of somebody without one."""
    number: Mapped[int] = mapped_column()
    """Which of this speaker's answers it is; the highest holds."""
    answer: Mapped[Answer] = mapped_column(words_of(Answer))
    said_by_id: Mapped[UUID | None] = mapped_column()
    """Who said it, as a membership: a carer, or the pupil. None for somebody on paper who is not here."""
    said_name: Mapped[str] = mapped_column(String(80))
    """What they were called: "Mum", "Foster carer"."""
    said_on: Mapped[date] = mapped_column()
    how: Mapped[SaidHow] = mapped_column(words_of(SaidHow))
    by_id: Mapped[UUID] = mapped_column()
    """Who wrote it down here: whoever said it, or the office from paper."""
    wording: Mapped[int] = mapped_column()
    """Which version of the words they were asked with (``journal.wordings``)."""


class PupilBorn(OfSchool, Base):
    """When a pupil was born: for nothing but from when their own word counts."""

    __tablename__ = "pupil_born"
    __table_args__ = school_table(to("pupil_id", "membership"), UniqueConstraint("pupil_id", name="uq_pupil_born"))
    pupil_id: Mapped[UUID] = mapped_column()
    born_on: Mapped[date] = mapped_column()
