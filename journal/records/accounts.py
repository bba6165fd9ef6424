"""Ways to sign in, sessions, and writing kept for somebody whose session ran out."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from journal.records.base import Base, Everywhere, OfSchool, school_table, to


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
    second_at: Mapped[datetime | None] = mapped_column()
    """When a second factor was proved for it last: the truth, also where a device was not asked again."""
    second_by: Mapped[str] = mapped_column(String(12), default="")
    """By what: a word of ``Key``, or nothing."""
    device_id: Mapped[UUID | None] = mapped_column()
    challenge: Mapped[str] = mapped_column(String(64), default="")
    """What a passkey was asked to sign last; it counts once."""


class Device(Everywhere, Base):
    """A browser that somebody came in with: known again by a cookie, described in a few plain words."""

    __tablename__ = "device"
    __table_args__ = (UniqueConstraint("person_id", "token_hash"),)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    token_hash: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(12))
    software: Mapped[str] = mapped_column(String(60), default="")
    proved_at: Mapped[datetime | None] = mapped_column()
    """When a second factor was last proved on it."""
    proved_by: Mapped[str] = mapped_column(String(12), default="")
    not_asked_until: Mapped[datetime | None] = mapped_column()
    """Until when the second factor is not asked for again here, if that was wished."""
    unsure: Mapped[bool] = mapped_column(default=False)
    """Whether it is new and its owner has not yet said that it is theirs."""


class Authenticator(Everywhere, Base):
    """An app that shows six numbers which change every half minute. Its secret is sealed (``accounts/sealing``)."""

    __tablename__ = "authenticator"
    __table_args__ = (UniqueConstraint("person_id"),)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    secret: Mapped[str] = mapped_column(Text, default="")
    """Empty until the first one was tried."""
    next_secret: Mapped[str] = mapped_column(Text, default="")
    """One that is being set up, and takes the place of the other once numbers of it were typed."""
    set_up_at: Mapped[datetime | None] = mapped_column()
    last_step: Mapped[int] = mapped_column(BigInteger, default=0)
    """The half minute (since 1970) whose numbers were used last: they count once."""
    used_steps: Mapped[list[int]] = mapped_column(JSON, default=list)
    """The last ones that were used; they tell used numbers also when the clock was put back."""


class Passkey(Everywhere, Base):
    """A key that a device or its owner's account keeps, and of which only the public half is here."""

    __tablename__ = "passkey"
    __table_args__ = (Index("ix_passkey_person", "person_id"),)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    key_id: Mapped[str] = mapped_column(String(1400), unique=True)
    public_key: Mapped[str] = mapped_column(Text)
    count: Mapped[int] = mapped_column(BigInteger, default=0)
    """How often it says that it signed: one that says less than before was copied."""
    name: Mapped[str] = mapped_column(String(80))
    used_at: Mapped[datetime | None] = mapped_column()


class RecoveryCode(Everywhere, Base):
    """A code that lets somebody in once: one of ten kept in a drawer, or one that the office gave in person."""

    __tablename__ = "recovery_code"
    __table_args__ = (Index("ix_recovery_code_person", "person_id"),)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    code_hash: Mapped[str] = mapped_column(String(200))
    used_at: Mapped[datetime | None] = mapped_column()
    given_by_id: Mapped[UUID | None] = mapped_column()
    """The membership of who gave it in person; none for one of the ten."""
    expires_at: Mapped[datetime | None] = mapped_column()


class SignInTry(Everywhere, Base):
    """A try to come in that failed. Of nobody's account where there is none: both are written down alike."""

    __tablename__ = "sign_in_try"
    __table_args__ = (
        Index("ix_sign_in_try_person", "person_id", "id"),
        Index("ix_sign_in_try_created", "created_at"),
    )
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    what: Mapped[str] = mapped_column(String(12))
    device: Mapped[str] = mapped_column(String(80), default="")
    answered_at: Mapped[datetime | None] = mapped_column()
    """When its owner said whether it was they."""


class Invitation(OfSchool, Base):
    """A mailed link by which somebody of the staff begins. It works once, for some days."""

    __tablename__ = "invitation"
    __table_args__ = school_table(
        to("membership_id", "membership"),
        to("by_id", "membership"),
        Index("ix_invitation_membership", "membership_id"),
    )
    membership_id: Mapped[UUID] = mapped_column()
    by_id: Mapped[UUID] = mapped_column()
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    """None until the letter has gone."""
    expires_at: Mapped[datetime] = mapped_column()
    used_at: Mapped[datetime | None] = mapped_column()
    """When it stopped: it was taken up, or another took its place."""
    taken: Mapped[bool] = mapped_column(default=False)
    problem: Mapped[str] = mapped_column(String(24), default="")
    """Why the letter did not go, if it did not."""


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
