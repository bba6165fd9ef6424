"""Signing in and out. Sessions are rows, so that they can be listed and ended; the cookie holds only a token."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from journal.accounts.people import Account
from journal.clock import now
from journal.reasons import GatedSession, beyond
from journal.records import (
    Device,
    KeptWriting,
    Membership,
    Person,
    SignIn,
    Trail,
)
from journal.refusals import Unseen
from journal.seeing import Viewer


class Second(NamedTuple):
    """When a second factor was proved, and by what."""

    at: datetime
    by: str


KEPT_LETTERS = 200_000
KEPT_PIECES = 5
KEPT_TIME = timedelta(days=7)

NO_WRITING = frozenset({"/hats", "/sign-out"})
"""Forms that hold nobody's words."""

SECRETS = frozenset({"csrf_token", "password", "again", "current", "numbers", "code", "answer"})
"""Fields that are never kept."""


def hash_of(token: str) -> str:
    """Return what is kept of a token: enough to know it again, not to make it."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def begin(
    session: Session,
    person: UUID,
    hat: Membership | None,
    second: Second | None = None,
    device: UUID | None = None,
) -> str:
    """Begin a session for somebody who proved who they are, and return its token.

    Without ``second`` it is half a session for those of whom more than a password is wanted. What was kept for them a
    week ago and never asked for goes.
    """
    token = secrets.token_urlsafe(32)
    with beyond(session, "who is signing in"):
        session.execute(
            delete(KeptWriting).where(KeptWriting.person_id == person, KeptWriting.created_at < now() - KEPT_TIME)
        )
    session.add(
        SignIn(
            token_hash=hash_of(token),
            person_id=person,
            membership_id=hat.id if hat else None,
            seen_at=now(),
            second_at=second.at if second else None,
            second_by=second.by if second else "",
            device_id=device,
        )
    )
    if hat is not None:
        note(session, hat, "sign_in")
    session.flush()
    return token


def note(session: Session, hat: Membership, act: str) -> None:
    """Write into a school's record what somebody did as themselves, before they are anybody's viewer."""
    session.add(Trail(school_id=hat.school_id, membership_id=hat.id, act=act, details={}))


def end(session: Session, token: str) -> None:
    """End a session. Its token opens nothing any more, wherever it was copied to."""
    if not token:
        return
    with beyond(session, "who is signing in"):
        session.execute(
            update(SignIn).where(SignIn.token_hash == hash_of(token), SignIn.ended_at.is_(None)).values(ended_at=now())
        )


def end_all(session: Session, person: UUID) -> None:
    """End all sessions of a person; no device is let off the second step any more."""
    with beyond(session, "who is signing in"):
        session.execute(update(Device).where(Device.person_id == person).values(not_asked_until=None))
        session.execute(
            update(SignIn).where(SignIn.person_id == person, SignIn.ended_at.is_(None)).values(ended_at=now())
        )


def wear(session: Session, account: Account, membership: UUID) -> str:
    """Put on another hat and return the session's new token; the old one ends.

    Raises ``Unseen`` for a membership that has ended or is somebody else's.
    """
    token = secrets.token_urlsafe(32)
    with beyond(session, "who is signing in"):
        hat = session.scalars(
            select(Membership).where(
                Membership.id == membership, Membership.person_id == account.person, Membership.ended_at.is_(None)
            )
        ).one_or_none()
        if hat is None:
            raise Unseen
        session.execute(
            update(SignIn)
            .where(SignIn.id == account.sign_in)
            .values(membership_id=hat.id, token_hash=hash_of(token), seen_at=now())
        )
    note(session, hat, "wear_hat")
    session.flush()
    return token


def make_own(session: Session, person: UUID, **choices: str) -> None:
    """Keep a person's choices of ``locale``, ``theme`` or ``letters``; the page has checked the values."""
    with beyond(session, "who is signing in"):
        session.execute(update(Person).where(Person.id == person).values(**choices))


def keep_writing(session: GatedSession, token: str, address: str, fields: dict[str, Any]) -> bool:
    """Keep what somebody sent whose session ran out, for that person alone; tell whether it was kept.

    The token must be one of a session that ran out by itself: one that was closed keeps nothing. What is sent to one
    address again (a page saves itself as long as somebody writes) takes the place of what was kept for it before.
    """
    if not token or address in NO_WRITING:
        return False
    words = {name: value for name, value in fields.items() if name not in SECRETS}
    if not any(part.strip() for value in words.values() for part in value):
        return False
    if sum(len(part) for value in words.values() for part in value) > KEPT_LETTERS:
        return False
    with beyond(session, "who is signing in"):
        over = session.scalars(
            select(SignIn).where(SignIn.token_hash == hash_of(token), SignIn.ended_at.is_(None))
        ).one_or_none()
        if over is None:
            return False
        theirs, here = KeptWriting.person_id == over.person_id, address[:200]
        others = session.scalar(
            select(func.count()).select_from(KeptWriting).where(theirs, KeptWriting.address != here)
        )
        if (others or 0) >= KEPT_PIECES:
            return False
        session.execute(delete(KeptWriting).where(theirs, KeptWriting.address == here))
    session.add(KeptWriting(person_id=over.person_id, address=here, fields=words))
    return True


def drop_kept(session: Session, viewer: Viewer, address: str) -> None:
    """Let kept writing go, because it arrived where it was meant for."""
    session.execute(delete(KeptWriting).where(KeptWriting.person_id == viewer.person, KeptWriting.address == address))
