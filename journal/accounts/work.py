"""Work of this room that takes more than a moment: letters."""

import logging
from uuid import UUID

from sqlalchemy import select

from journal.accounts.letters import reset_letter
from journal.accounts.resets import new_link
from journal.house import House
from journal.languages import LANGUAGES
from journal.mail import MailNotSent
from journal.reasons import GatedSession
from journal.records import Credential, Membership, Person, School

log = logging.getLogger("journal.accounts")


def send_reset_letter(session: GatedSession, house: House, about: UUID) -> None:
    """Send a person the link to choose a new password. For nobody, or without an address, nothing is sent.

    Raises MailNotSent where trying again may help. The link is written down after the letter has gone, so that
    the database is not held while a mail server thinks.
    """
    rows = session.execute(
        select(Credential.email, Person.locale, School.locale)
        .join(Person, Person.id == Credential.person_id)
        .join(Membership, Membership.person_id == Person.id)
        .join(School, School.id == Membership.school_id)
        .where(Credential.person_id == about, Credential.email.is_not(None), Membership.ended_at.is_(None))
        .order_by(Membership.id)
        .limit(1)
    ).all()
    for email, own, of_school in rows:
        token, link = new_link(about, house.settings)
        minutes = house.settings.reset_time // 60
        address = f"{house.settings.public_address}/reset/{token}"
        language = own if own in LANGUAGES else of_school
        try:
            house.post.send(reset_letter(email or "", address, minutes, language))
        except MailNotSent as problem:
            if problem.again:
                raise
            log.warning("a letter was refused for good: %s", problem)
            return
        session.add(link)
