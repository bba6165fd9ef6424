"""Work of this room that takes more than a moment: letters."""

import logging
import secrets
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from journal.accounts.acts import hash_of
from journal.accounts.letters import device_letter, invitation_letter, reset_letter
from journal.accounts.resets import new_link
from journal.clock import now
from journal.house import House
from journal.languages import LANGUAGES
from journal.mail import Letter, MailNotSent
from journal.reasons import GatedSession
from journal.records import Credential, Device, Invitation, Membership, Person, School

log = logging.getLogger("journal.accounts")


def send_reset_letter(session: GatedSession, house: House, about: UUID) -> None:
    """Send a person the link to choose a new password. For nobody, or without an address, nothing is sent.

    Raises MailNotSent where trying again may help. The link is kept before the letter goes: who follows it the moment
    that it arrives finds it there, and the database is not held while a mail server thinks.
    """
    for email, language in _address_of(session, about):
        token, link = new_link(about, house.settings)
        session.add(link)
        session.commit()
        minutes = house.settings.reset_time // 60
        _sent(house, reset_letter(email, f"{house.settings.public_address}/reset/{token}", minutes, language))


def send_device_letter(session: GatedSession, house: House, about: UUID) -> None:
    """Tell somebody that they came in, or another as them, on a device that is new. Raises MailNotSent."""
    device = session.scalars(select(Device).where(Device.id == about)).one_or_none()
    if device is None:
        return
    for email, language in _address_of(session, device.person_id):
        page = f"{house.settings.public_address}/signed-in"
        _sent(house, device_letter(email, device.software or device.kind, page, language))


def send_invitation(session: GatedSession, house: House, about: UUID) -> None:
    """Send somebody of the staff the link by which they begin. Raises MailNotSent where trying again may help.

    One that was used, or is too old, is sent no more; the link's token is kept nowhere. By what it is known again is
    kept before the letter goes, as for a forgotten password.
    """
    row = session.execute(
        select(Invitation, Credential.email, Person.locale, School)
        .join(Membership, Membership.id == Invitation.membership_id)
        .join(Person, Person.id == Membership.person_id)
        .join(Credential, Credential.person_id == Person.id)
        .join(School, School.id == Invitation.school_id)
        .where(Invitation.id == about, Invitation.used_at.is_(None), Invitation.expires_at > now())
    ).one_or_none()
    if row is None:
        return
    invitation, email, own, school = row
    token, days = secrets.token_urlsafe(32), house.settings.invitation_time // (24 * 3600)
    address = f"{house.settings.public_address}/invitation/{token}"
    letter = invitation_letter(email or "", address, school.name, days, own if own in LANGUAGES else school.locale)
    invitation.token_hash, invitation.problem = hash_of(token), ""
    invitation.expires_at = now() + timedelta(seconds=house.settings.invitation_time)
    session.commit()
    try:
        if not _sent(house, letter):
            invitation.problem = "refused"
    except MailNotSent:
        invitation.token_hash = None  # still on its way
        session.commit()
        raise


def _address_of(session: GatedSession, person: UUID) -> list[tuple[str, str]]:
    """Return a person's e-mail address and language, if they have an address and are still anybody here."""
    rows = session.execute(
        select(Credential.email, Person.locale, School.locale)
        .join(Person, Person.id == Credential.person_id)
        .join(Membership, Membership.person_id == Person.id)
        .join(School, School.id == Membership.school_id)
        .where(Credential.person_id == person, Credential.email.is_not(None), Membership.ended_at.is_(None))
        .order_by(Membership.id)
        .limit(1)
    ).all()
    return [(email or "", own if own in LANGUAGES else of_school) for email, own, of_school in rows]


def _sent(house: House, letter: Letter) -> bool:
    """Send a letter; tell whether it went, or was refused for good. Raises MailNotSent where trying again may help."""
    try:
        house.post.send(letter)
    except MailNotSent as problem:
        if problem.again:
            raise
        log.warning("a letter was refused for good: %s", problem)
        return False
    return True
