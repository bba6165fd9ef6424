"""Ways to sign in, sessions, and writing kept for somebody whose session ran out."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from journal.records.base import Base, Everywhere


class Credential(Everywhere, Base):
    """How a person proves who they are: a secret, and for grown-ups the e-mail address they sign in with."""

    __tablename__ = "credential"
    __table_args__ = (UniqueConstraint("person_id"),)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    secret_hash: Mapped[str] = mapped_column(String(200))


class SignIn(Everywhere, Base):
    """One session of one person on one device: a row, so that it can be listed and ended."""

    __tablename__ = "sign_in"
    __table_args__ = (Index("ix_sign_in_person", "person_id"),)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    membership_id: Mapped[UUID | None] = mapped_column()
    """The hat they wear; none while they choose one. No key: the membership's table is another school's."""
    seen_at: Mapped[datetime] = mapped_column()
    ended_at: Mapped[datetime | None] = mapped_column()


class ResetLink(Everywhere, Base):
    """A mailed link to choose a new password; used once, for a short time."""

    __tablename__ = "reset_link"
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    expires_at: Mapped[datetime] = mapped_column()
    used_at: Mapped[datetime | None] = mapped_column()


class KeptWriting(Everywhere, Base):
    """What somebody sent when their session had run out. It waits for that person alone."""

    __tablename__ = "kept_writing"
    __table_args__ = (Index("ix_kept_writing_person", "person_id"),)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    address: Mapped[str] = mapped_column(String(200))
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
