"""The second thing that staff prove besides the password: numbers of an app, and what follows once it is proved."""

import secrets
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import pyotp
from pyotp.utils import strings_equal
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from journal.accounts.acts import hash_of, note
from journal.accounts.people import Account
from journal.accounts.sealing import seal, unseal
from journal.clock import now
from journal.reasons import beyond
from journal.records import Authenticator, Credential, Device, Membership, Passkey, RecoveryCode, SignIn
from journal.refusals import Reason, Refusal
from journal.rows import changed
from journal.words import STAFF, Key

WHO = "who is signing in"
ISSUER = "Thirdspace"
STEP = 30
"""Seconds for which an app shows the same numbers."""
DRIFT = 1
"""How many steps an app's clock may be before or behind ours."""
KEPT_STEPS = 60
NOT_ASKED_FOR = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Typed:
    """Numbers or a code that somebody typed, and whether this device is to be asked again within twelve hours."""

    secret: str = field(repr=False)
    remember: bool = False


@dataclass(frozen=True, slots=True)
class Ways:
    """What somebody can prove themselves with."""

    app: bool
    passkeys: int
    codes: int
    """How many of the ten recovery codes are left."""
    app_since: datetime | None = None

    @property
    def any(self) -> bool:
        """Whether anything was set up."""
        return self.app or self.passkeys > 0


def ways_of(session: Session, person: UUID) -> Ways:
    """Return what a person set up, in one query."""
    app = select(Authenticator.set_up_at).where(Authenticator.person_id == person, Authenticator.secret != "")
    keys = select(func.count()).where(Passkey.person_id == person)
    codes = select(func.count()).where(RecoveryCode.person_id == person, RecoveryCode.used_at.is_(None))
    codes = codes.where(RecoveryCode.given_by_id.is_(None))
    with beyond(session, WHO):
        row = session.execute(select(app.scalar_subquery(), keys.scalar_subquery(), codes.scalar_subquery())).one()
    return Ways(row[0] is not None, row[1], row[2], row[0])


def tidy_numbers(raw: str) -> str:
    """Return what was typed as plain figures: spaces go, and the figures of any script are read."""
    return "".join(str(unicodedata.digit(char)) for char in raw[:40] if unicodedata.digit(char, None) is not None)


def _step() -> int:
    return int(now().timestamp()) // STEP


def _matching(secret: str, typed: str) -> int | None:
    """Return the step whose numbers these are, of those that count now."""
    code, here = pyotp.TOTP(secret, interval=STEP), _step()
    near = sorted(range(here - DRIFT, here + DRIFT + 1), key=lambda one: abs(one - here))
    return next((one for one in near if strings_equal(code.generate_otp(one), tidy_numbers(typed))), None)


def prove_numbers(session: Session, person: UUID, typed: Typed, secret_key: str) -> None:
    """Check six numbers of a person's app, and use them up.

    Raises Refusal: WRONG_NUMBERS, NUMBERS_USED (they count once, also in another window), NUMBERS_LOST (sealed with
    another secret than the copy has now).
    """
    with beyond(session, WHO):
        row = session.scalars(select(Authenticator).where(Authenticator.person_id == person)).one_or_none()
    if row is None or not row.secret:
        raise Refusal(Reason.WRONG_NUMBERS, "numbers")
    secret = unseal(row.secret, secret_key)
    if secret is None:
        raise Refusal(Reason.NUMBERS_LOST, "numbers")
    step = _matching(secret, typed.secret)
    if step is None:
        raise Refusal(Reason.WRONG_NUMBERS, "numbers")
    _use(session, row, step)


def _use(session: Session, row: Authenticator, step: int) -> None:
    """Use a step's numbers up; of two at once, one is first.

    Older steps than the last one count no more. Only where the last one lies ahead of us was the clock put back: then
    any that was not used counts, or nobody could come in until it is that late again.
    """
    put_back = row.last_step > _step() + DRIFT
    if step in row.used_steps or (step <= row.last_step and not put_back):
        raise Refusal(Reason.NUMBERS_USED, "numbers")
    with beyond(session, WHO):
        first = changed(
            session,
            update(Authenticator)
            .where(Authenticator.id == row.id, Authenticator.last_step == row.last_step)
            .values(last_step=step, used_steps=[*row.used_steps, step][-KEPT_STEPS:]),
        )
    if not first:
        raise Refusal(Reason.NUMBERS_USED, "numbers")


def secret_to_set_up(session: Session, person: UUID, secret_key: str) -> str:
    """Return the secret that a person's app is to be given; the same each time until numbers of it were typed."""
    with beyond(session, WHO):
        row = session.scalars(select(Authenticator).where(Authenticator.person_id == person)).one_or_none()
    if row is None:
        row = Authenticator(person_id=person)
        session.add(row)
    pending = unseal(row.next_secret, secret_key) if row.next_secret else None
    if pending is None:
        pending = pyotp.random_base32()
        row.next_secret = seal(pending, secret_key)
        session.flush()
    return pending


def address_to_scan(session: Session, person: UUID, secret: str) -> str:
    """Return what the picture with the squares says: the secret, and whose it is."""
    with beyond(session, WHO):
        email = session.scalar(select(Credential.email).where(Credential.person_id == person))
    return pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=email or "", issuer_name=ISSUER)


def set_up(session: Session, person: UUID, typed: Typed, secret_key: str) -> None:
    """Let the app that was given the secret count from now on. Raises Refusal (WRONG_NUMBERS, NUMBERS_USED)."""
    with beyond(session, WHO):
        row = session.scalars(select(Authenticator).where(Authenticator.person_id == person)).one_or_none()
    pending = unseal(row.next_secret, secret_key) if row and row.next_secret else None
    step = _matching(pending, typed.secret) if pending else None
    if row is None or pending is None or step is None:
        raise Refusal(Reason.WRONG_NUMBERS, "numbers")
    with beyond(session, WHO):
        first = changed(
            session,
            update(Authenticator)
            .where(Authenticator.id == row.id, Authenticator.next_secret == row.next_secret)
            .values(secret=row.next_secret, next_secret="", set_up_at=now(), last_step=step, used_steps=[step]),
        )
    if not first:
        raise Refusal(Reason.NUMBERS_USED, "numbers")
    note_as_staff(session, person, "set_up_app")


def drop_app(session: Session, person: UUID) -> None:
    """Let a person's app count no more."""
    with beyond(session, WHO):
        gone = update(Authenticator).where(Authenticator.person_id == person)
        session.execute(gone.values(secret="", set_up_at=None, last_step=0, used_steps=[]))
    note_as_staff(session, person, "drop_app")


def finish(session: Session, account: Account, by: Key, *, remember: bool) -> str:
    """Make a session whole, or prove it anew, and return its new token; the old one opens nothing any more."""
    token, moment = secrets.token_urlsafe(32), now()
    with beyond(session, WHO):
        session.execute(
            update(SignIn)
            .where(SignIn.id == account.sign_in)
            .values(token_hash=hash_of(token), second_at=moment, second_by=by, seen_at=moment, challenge="")
        )
        device = session.scalar(select(SignIn.device_id).where(SignIn.id == account.sign_in))
        until = moment + NOT_ASKED_FOR if remember else None
        session.execute(
            update(Device).where(Device.id == device).values(proved_at=moment, proved_by=by, not_asked_until=until)
        )
    note_as_staff(session, account.person, f"second_{by}")
    return token


def note_as_staff(session: Session, person: UUID, act: str) -> None:
    """Write into the record of each school that somebody works at what they did about their account."""
    with beyond(session, WHO):
        hats = session.scalars(
            select(Membership).where(
                Membership.person_id == person, Membership.ended_at.is_(None), Membership.role.in_(STAFF)
            )
        ).all()
    for hat in hats:
        note(session, hat, act)
