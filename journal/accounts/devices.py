"""The browsers that somebody comes in with, and the tries that failed."""

import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from journal.accounts.acts import Second, hash_of
from journal.accounts.proof import tidy_email
from journal.clock import now
from journal.jobs import Work, ask_for
from journal.reasons import beyond
from journal.records import Credential, Device, Membership, SignIn, SignInTry
from journal.words import STAFF, Tried

WHO = "who is signing in"
TRIES_KEPT = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser at the door: its cookie's token (a new one is made where it has none), and what it says that it is."""

    kind: str
    software: str
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)


def arrive(session: Session, person: UUID, browser: Browser) -> Device:
    """Return the device that a browser is for this person. The first is known at once, another is new to us."""
    rows = _devices(session, person)
    mine = rows.get(hash_of(browser.token)) or _new(session, person, browser, unsure=bool(rows))
    mine.kind, mine.software = browser.kind, browser.software
    return mine


def _devices(session: Session, person: UUID) -> dict[str, Device]:
    with beyond(session, WHO):
        return {one.token_hash: one for one in session.scalars(select(Device).where(Device.person_id == person))}


def _new(session: Session, person: UUID, browser: Browser, *, unsure: bool) -> Device:
    new = Device(
        person_id=person,
        token_hash=hash_of(browser.token),
        kind=browser.kind,
        software=browser.software,
        unsure=unsure,
    )
    try:
        with session.begin_nested():
            session.add(new)
    except IntegrityError:  # the same browser, twice at one moment
        return _devices(session, person)[hash_of(browser.token)]
    if unsure:
        ask_for(session, Work.DEVICE_LETTER, new.id)
    return new


def still_proved(device: Device) -> Second | None:
    """Return when a second thing was proved on a device that is not to be asked again yet, or None.

    Nothing counts that lies ahead of us: the clock was put back.
    """
    if device.proved_at is None or device.not_asked_until is None:
        return None
    good = device.proved_at <= now() < device.not_asked_until
    return Second(device.proved_at, device.proved_by) if good else None


def note_try(session: Session, person: UUID | None, what: Tried, browser: Browser) -> None:
    """Write down that somebody tried to come in and did not; what is older than ninety days goes."""
    with beyond(session, WHO):
        session.execute(delete(SignInTry).where(SignInTry.created_at < now() - TRIES_KEPT))
    session.add(SignInTry(person_id=person, what=what, device=f"{browser.kind}|{browser.software}"[:80]))
    session.flush()


def owner_of(session: Session, email: str) -> UUID | None:
    """Return whose an e-mail address is, or None. Asked for every try alike, so that it takes as long."""
    with beyond(session, WHO):
        return session.scalar(select(Credential.person_id).where(Credential.email == tidy_email(email)))


def device_of(session: Session, sign_in: UUID) -> UUID | None:
    """Return the device of a session, if it has one."""
    with beyond(session, WHO):
        return session.scalar(select(SignIn.device_id).where(SignIn.id == sign_in))


def name_for(session: Session, person: UUID) -> str:
    """Return what their school calls somebody who works there; for the page on which they are not in yet."""
    works = (Membership.person_id == person, Membership.ended_at.is_(None), Membership.role.in_(STAFF))
    with beyond(session, WHO):
        return session.scalar(select(Membership.name).where(*works).order_by(Membership.id).limit(1)) or ""
