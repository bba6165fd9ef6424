"""Taking an invitation up: the mailed link, and a password."""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.accounts.acts import hash_of, note
from journal.accounts.chosen import check, hats_of
from journal.accounts.joining import NO_PASSWORD
from journal.accounts.proof import Proved, cost_of
from journal.clock import now
from journal.passwords import hash_secret, matches
from journal.reasons import beyond
from journal.records import Credential, Invitation, Membership, School
from journal.refusals import Reason, Refusal
from journal.rows import changed
from journal.settings import Settings

WHO = "who is signing in"


@dataclass(frozen=True, slots=True)
class Invited:
    """Who is invited where. ``known`` if they have a password already, as a parent or at another school."""

    invitation: UUID
    hat: Membership
    school: str
    email: str
    known: bool
    secret_hash: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class TakeUp:
    """A link's token, and the password: the one that they have, or the one that they choose."""

    token: str = field(repr=False)
    password: str = field(repr=False)


def invited_by(session: Session, token: str) -> Invited:
    """Return who a link invites. Raises Refusal (LINK_OLD) for one used, too old, taken back or never sent."""
    with beyond(session, WHO):
        row = session.execute(
            select(Invitation.id, Membership, School.name, Credential.email, Credential.secret_hash)
            .join(Membership, Membership.id == Invitation.membership_id)
            .join(School, School.id == Invitation.school_id)
            .join(Credential, Credential.person_id == Membership.person_id)
            .where(Invitation.token_hash == hash_of(token))
            .where(Invitation.used_at.is_(None), Invitation.expires_at > now())
        ).one_or_none()
    if row is None:
        raise Refusal(Reason.LINK_OLD)
    invitation, hat, school, email, secret_hash = row
    return Invited(invitation, hat, school, email or "", secret_hash != NO_PASSWORD, secret_hash)


def take_up(session: Session, typed: TakeUp, settings: Settings) -> Proved:
    """Let somebody begin at a school. Raises Refusal: LINK_OLD, WRONG_SIGN_IN, or why a new password will not do."""
    found = invited_by(session, typed.token)
    if found.known:
        if not matches(found.secret_hash, typed.password, cost_of(settings)):
            raise Refusal(Reason.WRONG_SIGN_IN, "password")
    else:
        check(typed.password, found.email, [*hats_of(session, found.hat.person_id), (found.hat, found.school)])
    with beyond(session, WHO):
        unused = (Invitation.id == found.invitation, Invitation.used_at.is_(None))
        if not changed(session, update(Invitation).where(*unused).values(used_at=now(), taken=True)):
            raise Refusal(Reason.LINK_OLD)
        if not found.known:
            mine = update(Credential).where(Credential.person_id == found.hat.person_id)
            session.execute(mine.values(secret_hash=hash_secret(typed.password, cost_of(settings))))
        session.execute(update(Membership).where(Membership.id == found.hat.id).values(ended_at=None))
    note(session, found.hat, "take_up_invitation")
    return Proved(found.hat.person_id, found.hat)
