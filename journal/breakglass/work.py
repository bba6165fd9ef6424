"""Work of this room that takes more than a moment: letters."""

import logging
from uuid import UUID

from sqlalchemy import select

from journal.breakglass.letters import opened_letter
from journal.house import House
from journal.languages import LANGUAGES
from journal.mail import MailNotSent
from journal.reasons import GatedSession
from journal.records import Credential, Membership, Person, School
from journal.words import Role

log = logging.getLogger("journal.breakglass")


def tell_head(session: GatedSession, house: House, about: UUID) -> None:
    """Tell a head (a membership) by letter that something was opened without being shared.

    Who is the head no more gets none. Raises MailNotSent where trying again may help.
    """
    row = session.execute(
        select(Credential.email, Person.locale, School.locale)
        .join(Person, Person.id == Credential.person_id)
        .join(Membership, Membership.person_id == Person.id)
        .join(School, School.id == Membership.school_id)
        .where(Membership.id == about, Membership.role == Role.HEAD, Membership.ended_at.is_(None))
        .where(Credential.email.is_not(None))
        .limit(1)
    ).one_or_none()
    if row is None:
        return
    email, own, of_school = row
    letter = opened_letter(
        email or "", f"{house.settings.public_address}/opened", own if own in LANGUAGES else of_school
    )
    try:
        house.post.send(letter)
    except MailNotSent as problem:
        if problem.again:
            raise
        log.warning("a letter was refused for good: %s", problem)
