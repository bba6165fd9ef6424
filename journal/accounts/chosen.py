"""A password that its owner chooses anew, knowing the old one."""

import secrets
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.accounts.acts import hash_of, note
from journal.accounts.lately import end_others
from journal.accounts.people import Account
from journal.accounts.proof import cost_of
from journal.passwords import LONGEST, SHORTEST, hash_secret, matches, problem_with_password
from journal.reasons import beyond
from journal.records import Credential, Membership, School, SignIn
from journal.refusals import Reason, Refusal
from journal.settings import Settings

WHO = "who is signing in"
LIMITS = {Reason.PASSWORD_SHORT: SHORTEST, Reason.PASSWORD_LONG: LONGEST}


@dataclass(frozen=True, slots=True)
class Change:
    """The password of now, and the one from now on."""

    current: str = field(repr=False)
    password: str = field(repr=False)


def has_password(session: Session, person: UUID) -> bool:
    """Tell whether somebody comes in with an e-mail address and a password; pupils have three words."""
    with beyond(session, WHO):
        email = Credential.email.is_not(None)
        return session.scalar(select(Credential.id).where(Credential.person_id == person, email)) is not None


def check(password: str, email: str | None, hats: list[tuple[Membership, str]]) -> None:
    """Raise Refusal saying why a new password will not do: too short, too long, common, or made of one's own names."""
    known = [email or "", *(hat.name for hat, _ in hats), *(school for _, school in hats)]
    if problem := problem_with_password(password, known):
        raise Refusal(problem, "password", LIMITS.get(problem, 0))


def hats_of(session: Session, person: UUID) -> list[tuple[Membership, str]]:
    """Return what somebody is where, with the names of the schools."""
    with beyond(session, WHO):
        rows = session.execute(
            select(Membership, School.name)
            .join(School, School.id == Membership.school_id)
            .where(Membership.person_id == person, Membership.ended_at.is_(None))
        ).all()
    return [(hat, school) for hat, school in rows]


def change(session: Session, account: Account, typed: Change, settings: Settings) -> str:
    """Keep a new password and return the session's new token; all other sessions end.

    Raises Refusal: WRONG_PASSWORD, or why the new one will not do.
    """
    with beyond(session, WHO):
        credential = session.scalars(select(Credential).where(Credential.person_id == account.person)).one()
    if not matches(credential.secret_hash, typed.current, cost_of(settings)):
        raise Refusal(Reason.WRONG_PASSWORD, "current")
    hats = hats_of(session, account.person)
    check(typed.password, credential.email, hats)
    credential.secret_hash = hash_secret(typed.password, cost_of(settings))
    end_others(session, account.person, account.sign_in)
    token = secrets.token_urlsafe(32)
    with beyond(session, WHO):
        session.execute(update(SignIn).where(SignIn.id == account.sign_in).values(token_hash=hash_of(token)))
    for hat, _ in hats:
        note(session, hat, "new_password")
    return token
