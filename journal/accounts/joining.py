"""Somebody of the staff joins: a place for them, and the letter that invites them."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from journal.accounts.proof import tidy_email
from journal.accounts.staff import ACT, Staffing, colleague, may_give, teach, tidy_name
from journal.clock import now
from journal.jobs import Work, ask_for
from journal.mail import Letter
from journal.reasons import beyond
from journal.records import Credential, Invitation, Membership, Person
from journal.refusals import Reason, Refusal
from journal.seeing import Viewer
from journal.settings import Settings
from journal.trail import record
from journal.words import STAFF

NO_PASSWORD = "!"  # noqa: S105 - matches nothing
"""What stands for the password of who has not chosen one yet."""


def add(session: Session, actor: Viewer, typed: Staffing, email: str, settings: Settings) -> UUID:
    """Make a place for somebody, ask for the letter that invites them, and return their membership.

    Raises Refusal: NAME_NEEDED, NOT_AN_EMAIL, HERE_ALREADY, NOT_YOURS_TO_GIVE. Whether the address is known elsewhere
    (a parent here, a teacher at another school) is said to nobody.
    """
    name = tidy_name(typed.name)
    may_give(session, actor, typed.role)
    person = _person_of(session, actor, _email(email))
    hat = Membership(school_id=actor.school, person_id=person, role=typed.role, name=name, ended_at=now())
    session.add(hat)
    session.flush()
    teach(session, actor, hat, typed)
    _invite(session, actor, hat.id, settings)
    record(session, actor, "add_staff", hat.id, role=typed.role)
    return hat.id


def invite_again(session: Session, actor: Viewer, member: UUID, settings: Settings) -> None:
    """Send another invitation; the one before opens nothing any more. Raises ``Unseen``, Refusal (NOT_NOW)."""
    hat = colleague(session, actor, member)
    if hat.ended_at is None:
        raise Refusal(Reason.NOT_NOW)
    with beyond(session, ACT):
        unused = (Invitation.membership_id == hat.id, Invitation.used_at.is_(None))
        session.execute(update(Invitation).where(*unused).values(used_at=now()))
    _invite(session, actor, hat.id, settings)
    record(session, actor, "invite_again", hat.id)


def _email(raw: str) -> str:
    email = tidy_email(raw)
    try:
        Letter(email, "", "")
    except ValueError:
        raise Refusal(Reason.NOT_AN_EMAIL, "email") from None
    return email


def _person_of(session: Session, actor: Viewer, email: str) -> UUID:
    """Return whose an address is, or somebody new. Raises Refusal (HERE_ALREADY) for one of the staff."""
    with beyond(session, ACT):
        known = session.scalar(select(Credential.person_id).where(Credential.email == email))
        works = select(Membership.id).where(
            Membership.person_id == known, Membership.school_id == actor.school, Membership.role.in_(STAFF)
        )
        if known is not None and session.scalar(works.limit(1)) is not None:
            raise Refusal(Reason.HERE_ALREADY, "email")
    if known is not None:
        return known
    try:
        with session.begin_nested():
            person = Person()
            session.add(person)
            session.flush()
            session.add(Credential(person_id=person.id, email=email, secret_hash=NO_PASSWORD))
    except IntegrityError:  # a colleague added the same address at the same moment
        raise Refusal(Reason.HERE_ALREADY, "email") from None
    return person.id


def _invite(session: Session, actor: Viewer, member: UUID, settings: Settings) -> None:
    invitation = Invitation(
        school_id=actor.school,
        membership_id=member,
        by_id=actor.membership,
        expires_at=now() + timedelta(seconds=settings.invitation_time),
    )
    session.add(invitation)
    session.flush()
    ask_for(session, Work.INVITATION, invitation.id)
