"""A forgotten password: a mailed link, used once, for a short time."""

import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.accounts.acts import end_all, hash_of, note
from journal.accounts.chosen import check, hats_of
from journal.accounts.proof import cost_of, tidy_email
from journal.clock import now
from journal.ids import new_id
from journal.jobs import Work, ask_for
from journal.passwords import hash_secret
from journal.reasons import beyond
from journal.records import Credential, ResetLink
from journal.refusals import Reason, Refusal
from journal.rows import changed
from journal.settings import Settings


@dataclass(frozen=True, slots=True)
class NewPassword:
    """A link's token, and the password that its owner wants from now on."""

    token: str = field(repr=False)
    password: str = field(repr=False)


def ask_for_letter(session: Session, email: str) -> None:
    """Ask for a letter to an address. For one that nobody has, the same work is asked for about nobody."""
    with beyond(session, "who is signing in"):
        person = session.scalar(select(Credential.person_id).where(Credential.email == tidy_email(email)))
    ask_for(session, Work.RESET_LETTER, person or new_id())


def new_link(person: UUID, settings: Settings) -> tuple[str, ResetLink]:
    """Return a token for a letter, and the row by which it will be known again, not yet written down."""
    token = secrets.token_urlsafe(32)
    until = now() + timedelta(seconds=settings.reset_time)
    return token, ResetLink(token_hash=hash_of(token), person_id=person, expires_at=until)


def owner_of(session: Session, token: str) -> Credential:
    """Return whose password a link opens. Raises Refusal (LINK_OLD) for one used, too old or never sent."""
    with beyond(session, "who is signing in"):
        found = session.scalars(
            select(Credential)
            .join(ResetLink, ResetLink.person_id == Credential.person_id)
            .where(ResetLink.token_hash == hash_of(token))
            .where(ResetLink.used_at.is_(None), ResetLink.expires_at > now())
        ).one_or_none()
    if found is None:
        raise Refusal(Reason.LINK_OLD)
    return found


def choose_password(session: Session, command: NewPassword, settings: Settings) -> None:
    """Give the link's owner a new password, and end all their sessions and other links.

    Raises Refusal: LINK_OLD, or why the password will not do.
    """
    credential = owner_of(session, command.token)
    hats = hats_of(session, credential.person_id)
    check(command.password, credential.email, hats)
    _use_up(session, command.token, credential.person_id)
    credential.secret_hash = hash_secret(command.password, cost_of(settings))
    end_all(session, credential.person_id)
    for hat, _ in hats:
        note(session, hat, "new_password")


def _use_up(session: Session, token: str, person: UUID) -> None:
    """Mark a link as used, and with it all others of the person. Of two at once, one is first."""
    moment = now()
    with beyond(session, "who is signing in"):
        first = changed(
            session,
            update(ResetLink)
            .where(ResetLink.token_hash == hash_of(token), ResetLink.used_at.is_(None))
            .values(used_at=moment),
        )
        if not first:
            raise Refusal(Reason.LINK_OLD)
        session.execute(
            update(ResetLink).where(ResetLink.person_id == person, ResetLink.used_at.is_(None)).values(used_at=moment)
        )
