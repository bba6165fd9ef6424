"""Proving who one is: the same work and the same answer whether the account or the secret is wrong."""

import unicodedata
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.accounts.reading import of_class
from journal.passwords import CHEAP, USUAL, Cost, hash_secret, matches, needs_new_hash, tidy_phrase
from journal.reasons import beyond
from journal.records import Credential, Membership
from journal.refusals import Reason, Refusal
from journal.settings import Settings

LONGEST_EMAIL = 254


@dataclass(frozen=True, slots=True)
class ByPassword:
    """What a grown-up typed."""

    email: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ByPhrase:
    """What a pupil chose and typed: the class of its code, themselves, three words."""

    group: UUID
    membership: UUID
    phrase: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Proved:
    """Somebody who proved who they are, and the hat to wear if that is clear."""

    person: UUID
    hat: Membership | None


def tidy_email(raw: str) -> str:
    """Return an e-mail address in the form in which it is kept, or "" for what cannot be one."""
    tidy = raw.strip().casefold()
    strange = any(unicodedata.category(char)[0] in "CZ" for char in tidy)
    return "" if strange or len(tidy) > LONGEST_EMAIL else tidy


def cost_of(settings: Settings) -> Cost:
    """Return what a hash costs here."""
    return CHEAP if settings.hash_fast else USUAL


def prove_grown_up(session: Session, typed: ByPassword, settings: Settings) -> Proved:
    """Return who the e-mail address and the password belong to. Raises Refusal (WRONG_SIGN_IN)."""
    hats = (
        select(func.count(Membership.id))
        .where(Membership.person_id == Credential.person_id, Membership.ended_at.is_(None))
        .correlate(Credential)
        .scalar_subquery()
    )
    with beyond(session, "who is signing in"):
        row = session.execute(
            select(Credential, hats).where(Credential.email == tidy_email(typed.email), hats > 0)
        ).one_or_none()
    credential = row[0] if row else None
    _check(credential, typed.password, "password", cost_of(settings))
    if row is None:
        raise Refusal(Reason.WRONG_SIGN_IN, "password")
    return Proved(row[0].person_id, _only_hat(session, row[0].person_id) if row[1] == 1 else None)


def prove_pupil(session: Session, typed: ByPhrase, settings: Settings) -> Proved:
    """Return the pupil of the class whose three words these are. Raises Refusal (WRONG_SIGN_IN).

    By choosing themselves in a class they have chosen the hat too.
    """
    with beyond(session, "who is signing in"):
        row = session.execute(
            of_class(typed.group)
            .where(Membership.id == typed.membership)
            .join(Credential, Credential.person_id == Membership.person_id)
            .add_columns(Credential)
        ).one_or_none()
    credential = row[2] if row else None
    _check(credential, tidy_phrase(typed.phrase), "phrase", cost_of(settings))
    if row is None:
        raise Refusal(Reason.WRONG_SIGN_IN, "phrase")
    return Proved(row[0].person_id, row[0])


def _check(credential: Credential | None, secret: str, field: str, cost: Cost) -> None:
    """Check a secret, with as much work where there is none. A hash of an older cost is made anew."""
    if not matches(credential.secret_hash if credential else None, secret, cost) or credential is None:
        raise Refusal(Reason.WRONG_SIGN_IN, field)
    if needs_new_hash(credential.secret_hash, cost):
        credential.secret_hash = hash_secret(secret, cost)


def _only_hat(session: Session, person: UUID) -> Membership:
    with beyond(session, "who is signing in"):
        return session.scalars(
            select(Membership).where(Membership.person_id == person, Membership.ended_at.is_(None))
        ).one()
