"""Recovery codes: ten that let somebody in once each, and one that the office gives in person."""

import random
import secrets
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from journal.accounts.proof import cost_of
from journal.accounts.second import WHO, Typed, note_as_staff
from journal.clock import now
from journal.passwords import LONGEST, hash_secret, matches, phrase_words, tidy_phrase
from journal.reasons import beyond
from journal.records import RecoveryCode
from journal.refusals import Reason, Refusal
from journal.rows import changed
from journal.settings import Settings
from journal.words import Key

HOW_MANY = 10
IN_PERSON = timedelta(minutes=10)
"""How long a code counts that the office gave to somebody who stands there."""


def new_code(rng: random.Random) -> str:
    """Return a code such as plum-4471-reed: about 33 bits, kept under a slow hash, and few tries are let through."""
    first, last = rng.sample(phrase_words(), 2)
    return f"{first}-{rng.randrange(10_000):04}-{last}"


def make_codes(session: Session, person: UUID, settings: Settings) -> list[str]:
    """Give somebody ten new codes, and return them: nobody can read them later. The old ones stop."""
    rng = secrets.SystemRandom()
    codes: list[str] = []
    while len(codes) < HOW_MANY:
        code = new_code(rng)
        if code not in codes:
            codes.append(code)
    with beyond(session, WHO):
        session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person))
    session.add_all(RecoveryCode(person_id=person, code_hash=_hash(one, settings)) for one in codes)
    session.flush()
    note_as_staff(session, person, "new_recovery_codes")
    return codes


def give_in_person(session: Session, person: UUID, by: UUID, settings: Settings) -> str:
    """Make a code that lets somebody in once within ten minutes, and return it. An earlier such one stops."""
    code = new_code(secrets.SystemRandom())
    with beyond(session, WHO):
        session.execute(
            delete(RecoveryCode).where(RecoveryCode.person_id == person, RecoveryCode.given_by_id.is_not(None))
        )
    until = now() + IN_PERSON
    session.add(RecoveryCode(person_id=person, code_hash=_hash(code, settings), given_by_id=by, expires_at=until))
    session.flush()
    return code


def prove_code(session: Session, person: UUID, typed: Typed, settings: Settings) -> Key:
    """Use a code up, and return which kind it was. Raises Refusal (WRONG_CODE)."""
    with beyond(session, WHO):
        rows = session.scalars(
            select(RecoveryCode)
            .where(RecoveryCode.person_id == person, RecoveryCode.used_at.is_(None))
            .where(or_(RecoveryCode.expires_at.is_(None), RecoveryCode.expires_at > now()))
        ).all()
    tidy, cost = tidy_phrase(typed.secret[:LONGEST]), cost_of(settings)
    found = next((one for one in rows if tidy and matches(one.code_hash, tidy, cost)), None)
    if found is None:
        raise Refusal(Reason.WRONG_CODE, "code")
    with beyond(session, WHO):
        unused = (RecoveryCode.id == found.id, RecoveryCode.used_at.is_(None))
        first = changed(session, update(RecoveryCode).where(*unused).values(used_at=now()))
    if not first:
        raise Refusal(Reason.WRONG_CODE, "code")
    return Key.OFFICE if found.given_by_id else Key.CODE


def _hash(code: str, settings: Settings) -> str:
    return hash_secret(tidy_phrase(code), cost_of(settings))
