"""Where somebody is signed in, with what they can come in, and what happened at the door lately."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from journal.accounts.people import Account
from journal.accounts.second import WHO
from journal.clock import now
from journal.reasons import beyond
from journal.records import Device, Passkey, SignIn, SignInTry
from journal.settings import Settings

MOST_OPEN = 50
MOST_LATELY = 12
MOST_TRIES = 60
TOGETHER = timedelta(hours=1)
"""Tries of one kind on one device that lie so near are one line."""


@dataclass(frozen=True, slots=True)
class Open:
    """One session that is open, and what is known of its device."""

    id: UUID
    kind: str
    software: str
    since: datetime
    seen: datetime
    by: str
    half: bool
    """Whether only the password was typed there."""


@dataclass(frozen=True, slots=True)
class Came:
    """One time that somebody came in, or tried to and did not: ``tries`` is 0 for who came in, or half in."""

    id: UUID
    at: datetime
    kind: str
    software: str
    what: str
    tries: int
    answered: bool
    half: bool = False


@dataclass(frozen=True, slots=True)
class New:
    """A device that is new to us, and since when."""

    id: UUID
    kind: str
    software: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """A passkey."""

    id: UUID
    name: str
    made: datetime
    used: datetime | None


def open_sessions(session: Session, account: Account, settings: Settings) -> list[Open]:
    """Return where a person is signed in, the last used first."""
    moment = now()
    with beyond(session, WHO):
        rows = session.execute(
            select(SignIn, Device.kind, Device.software)
            .outerjoin(Device, Device.id == SignIn.device_id)
            .where(SignIn.person_id == account.person, SignIn.ended_at.is_(None))
            .where(SignIn.seen_at > moment - timedelta(seconds=settings.session_idle))
            .where(SignIn.created_at > moment - timedelta(seconds=settings.session_longest))
            .order_by(SignIn.seen_at.desc(), SignIn.id)
            .limit(MOST_OPEN)
        ).all()
    return [
        Open(
            id=one.id,
            kind=kind or "unknown",
            software=software or "",
            since=one.created_at,
            seen=one.seen_at,
            by=one.second_by if one.second_at else "",
            half=_half(one, account),
        )
        for one, kind, software in rows
    ]


def _half(one: SignIn, account: Account) -> bool:
    return one.second_at is None and (account.asked or account.keyed)


def passkeys_of(session: Session, person: UUID) -> list[Kept]:
    """Return a person's passkeys, the oldest first."""
    with beyond(session, WHO):
        rows = session.scalars(select(Passkey).where(Passkey.person_id == person).order_by(Passkey.id)).all()
    return [Kept(one.id, one.name, one.created_at, one.used_at) for one in rows]


def lately(session: Session, account: Account) -> list[Came]:
    """Return when a person came in, and the tries that failed, newest first. Tries that lie together are one."""
    with beyond(session, WHO):
        came = session.execute(
            select(SignIn, Device.kind, Device.software)
            .outerjoin(Device, Device.id == SignIn.device_id)
            .where(SignIn.person_id == account.person)
            .order_by(SignIn.id.desc())
            .limit(MOST_LATELY)
        ).all()
        tries = session.scalars(
            select(SignInTry)
            .where(SignInTry.person_id == account.person)
            .order_by(SignInTry.id.desc())
            .limit(MOST_TRIES)
        ).all()
    found = [
        Came(one.id, one.created_at, kind or "unknown", software or "", "", 0, True, _half(one, account))
        for one, kind, software in came
    ]
    found += _together(list(tries))
    found.sort(key=lambda one: one.at, reverse=True)
    return found[:MOST_LATELY]


def _together(tries: list[SignInTry]) -> list[Came]:
    """Return tries as lines, given newest first: each line is named by its newest try."""
    lines: list[Came] = []
    for one in tries:
        kind, _, software = one.device.partition("|")
        last = lines[-1] if lines else None
        same = last is not None and (last.what, last.kind, last.software) == (one.what, kind, software)
        if last is not None and same and last.at - one.created_at < TOGETHER:
            answered = last.answered and one.answered_at is not None
            lines[-1] = Came(last.id, last.at, kind, software, one.what, last.tries + 1, answered)
        else:
            lines.append(Came(one.id, one.created_at, kind, software, one.what, 1, one.answered_at is not None))
    return lines


def end_one(session: Session, person: UUID, sign_in: UUID) -> None:
    """End one session of a person. One that is not theirs, or is over, is passed over: it says nothing of it."""
    with beyond(session, WHO):
        mine = (SignIn.id == sign_in, SignIn.person_id == person, SignIn.ended_at.is_(None))
        session.execute(update(SignIn).where(*mine).values(ended_at=now()))


def end_others(session: Session, person: UUID, but: UUID) -> None:
    """End all sessions of a person but one, and let every device ask for the second step again."""
    with beyond(session, WHO):
        others = (SignIn.person_id == person, SignIn.id != but, SignIn.ended_at.is_(None))
        session.execute(update(SignIn).where(*others).values(ended_at=now()))
        session.execute(update(Device).where(Device.person_id == person).values(not_asked_until=None))


def is_mine(session: Session, account: Account, device: UUID) -> None:
    """Take a new device for known: its owner said so, on another one."""
    with beyond(session, WHO):
        new = update(Device).where(Device.id == device, Device.person_id == account.person)
        session.execute(new.where(Device.id.not_in(_own_device(account))).values(unsure=False))


def is_not_mine(session: Session, account: Account, device: UUID) -> None:
    """End what is open on a device that somebody does not know, and ask it for everything again."""
    with beyond(session, WHO):
        there = (SignIn.person_id == account.person, SignIn.device_id == device, SignIn.ended_at.is_(None))
        session.execute(update(SignIn).where(*there, SignIn.id != account.sign_in).values(ended_at=now()))
        unknown = update(Device).where(Device.id == device, Device.person_id == account.person)
        session.execute(unknown.values(not_asked_until=None, unsure=False))


def _own_device(account: Account) -> Select[UUID | None]:
    return select(SignIn.device_id).where(SignIn.id == account.sign_in, SignIn.device_id.is_not(None))


def answer_tries(session: Session, person: UUID) -> None:
    """Take a person's failed tries for answered: they said whether it was they."""
    with beyond(session, WHO):
        asked = (SignInTry.person_id == person, SignInTry.answered_at.is_(None))
        session.execute(update(SignInTry).where(*asked).values(answered_at=now()))


def unsure_devices(session: Session, account: Account) -> list[New]:
    """Return the new devices of which a person has not yet said that they are theirs; not the one they sit at."""
    with beyond(session, WHO):
        rows = session.scalars(
            select(Device)
            .where(Device.person_id == account.person, Device.unsure, Device.id.not_in(_own_device(account)))
            .order_by(Device.id)
        ).all()
    return [New(one.id, one.kind, one.software, one.created_at) for one in rows]
