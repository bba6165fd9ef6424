"""Passkeys (WebAuthn): what a browser is asked to sign, and whether what it answers is true."""

import secrets
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.accounts.people import Account
from journal.accounts.second import ISSUER, WHO, note_as_staff
from journal.clock import now
from journal.reasons import beyond
from journal.records import Credential, Passkey, SignIn
from journal.refusals import Reason, Refusal
from journal.rows import changed
from journal.settings import Settings

LONGEST_ANSWER = 20_000
MOST_PASSKEYS = 10


@dataclass(frozen=True, slots=True)
class Signed:
    """What a browser answered, as JSON, and what the device is called."""

    answer: str = field(repr=False)
    device: str = ""


def possible(settings: Settings) -> bool:
    """Tell whether browsers do passkeys at this copy's address: by HTTPS or on one's own machine, by name."""
    where = urlsplit(settings.public_address)
    host = where.hostname or ""
    try:
        ip_address(host)
    except ValueError:
        return where.scheme == "https" or host == "localhost" or host.endswith(".localhost")
    return False


def _site(settings: Settings) -> tuple[str, str]:
    """Return the site that a key is for, and the address at which it may be used."""
    where = urlsplit(settings.public_address)
    return where.hostname or "", f"{where.scheme}://{where.netloc}"


def ask_to_make(session: Session, account: Account, settings: Settings) -> str:
    """Return, as JSON, what a browser needs to make a key that it does not have yet."""
    from journal.accounts import ceremony

    challenge = _ask(session, account)
    with beyond(session, WHO):
        email = session.scalar(select(Credential.email).where(Credential.person_id == account.person))
        there = session.scalars(select(Passkey.key_id).where(Passkey.person_id == account.person)).all()
    return ceremony.to_make(_site(settings)[0], ISSUER, email or ISSUER, account.person.bytes, challenge, there)


def ask_to_sign(session: Session, account: Account, settings: Settings) -> str:
    """Return, as JSON, what a browser needs to sign with a key of this person."""
    from journal.accounts import ceremony

    challenge = _ask(session, account)
    with beyond(session, WHO):
        there = session.scalars(select(Passkey.key_id).where(Passkey.person_id == account.person)).all()
    return ceremony.to_sign(_site(settings)[0], challenge, there)


def add(session: Session, account: Account, signed: Signed, settings: Settings) -> None:
    """Keep the public half of a key that a browser made. Raises Refusal (WRONG_PASSKEY, TOO_MANY_KEYS)."""
    from journal.accounts import ceremony

    challenge = _asked(session, account)
    site, address = _site(settings)
    try:
        made = ceremony.made(_short(signed), challenge, site, address)
    except ceremony.Wrong:
        raise Refusal(Reason.WRONG_PASSKEY, "passkey") from None
    with beyond(session, WHO):
        taken = session.scalar(select(Passkey.id).where(Passkey.key_id == made.key))
        mine = session.scalars(select(Passkey.id).where(Passkey.person_id == account.person)).all()
    if len(mine) >= MOST_PASSKEYS:
        raise Refusal(Reason.TOO_MANY_KEYS, "passkey", MOST_PASSKEYS)
    if taken is not None:
        raise Refusal(Reason.WRONG_PASSKEY, "passkey")
    session.add(
        Passkey(
            person_id=account.person,
            key_id=made.key,
            public_key=made.public,
            count=made.count,
            name=signed.device[:80],
            used_at=now(),
        )
    )
    session.flush()
    note_as_staff(session, account.person, "add_passkey")


def prove(session: Session, account: Account, signed: Signed, settings: Settings) -> None:
    """Check what a browser signed with a key of this person. Raises Refusal (WRONG_PASSKEY).

    A key that counts backwards was copied, and is refused.
    """
    from journal.accounts import ceremony

    challenge = _asked(session, account)
    site, address = _site(settings)
    try:
        claimed = ceremony.claimed(_short(signed))
        with beyond(session, WHO):
            key = session.scalars(
                select(Passkey).where(Passkey.person_id == account.person, Passkey.key_id == claimed)
            ).one_or_none()
        if key is None:
            raise Refusal(Reason.WRONG_PASSKEY, "passkey")
        count = ceremony.signed(_short(signed), challenge, site, address, key.public_key, key.count)
    except ceremony.Wrong:
        raise Refusal(Reason.WRONG_PASSKEY, "passkey") from None
    key.count, key.used_at = count, now()


def _short(signed: Signed) -> str:
    if not signed.answer or len(signed.answer) > LONGEST_ANSWER:
        raise Refusal(Reason.WRONG_PASSKEY, "passkey")
    return signed.answer


def _ask(session: Session, account: Account) -> bytes:
    """Write down what is to be signed in this session. The last that was asked counts, in whichever window."""
    challenge = secrets.token_bytes(32)
    with beyond(session, WHO):
        session.execute(update(SignIn).where(SignIn.id == account.sign_in).values(challenge=challenge.hex()))
    return challenge


def forget(session: Session, account: Account) -> None:
    """Forget what was to be signed: what was answered wrongly is not answered a second time."""
    with beyond(session, WHO):
        session.execute(update(SignIn).where(SignIn.id == account.sign_in).values(challenge=""))


def _asked(session: Session, account: Account) -> bytes:
    """Return what was to be signed, and forget it: it counts once. Raises Refusal (WRONG_PASSKEY)."""
    with beyond(session, WHO):
        challenge = session.scalar(select(SignIn.challenge).where(SignIn.id == account.sign_in)) or ""
        mine = update(SignIn).where(SignIn.id == account.sign_in, SignIn.challenge == challenge)
        first = bool(challenge) and changed(session, mine.values(challenge=""))
    try:
        asked = bytes.fromhex(challenge)
    except ValueError:  # asked by a version before this one, which wrote it otherwise
        first, asked = False, b""
    if not first:
        raise Refusal(Reason.WRONG_PASSKEY, "passkey")
    return asked


def drop(session: Session, person: UUID, key: UUID) -> bool:
    """Take a key away; tell whether it was there."""
    with beyond(session, WHO):
        row = session.scalars(select(Passkey).where(Passkey.id == key, Passkey.person_id == person)).one_or_none()
    if row is None:
        return False
    session.delete(row)
    note_as_staff(session, person, "drop_passkey")
    return True
