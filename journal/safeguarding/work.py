"""Reminding those who read worries, at most once a day, of what is due today."""

import logging
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.exc import IntegrityError

from journal.clock import now
from journal.house import House
from journal.jobs import Work, ask_for
from journal.languages import LANGUAGES
from journal.mail import MailNotSent
from journal.net import for_viewer
from journal.reasons import GatedSession
from journal.records import Concern, ConcernCase, Credential, Membership, Person, School, WorryReminder
from journal.safeguarding.hours import Hours, hours_of
from journal.safeguarding.letters import reminder
from journal.seeing import Viewer
from journal.viewers import viewer_for
from journal.words import CaseState
from journal.worries import Reader, readers

log = logging.getLogger("journal.safeguarding")


def remind(session: GatedSession, house: House, about: UUID) -> None:
    """Remind each reader of a school for whom something is due, and be there again on the next school day.

    What is due is judged by the reader's own sight, so nobody is ever reminded of what is about them. Raises
    MailNotSent where trying again may help; who has had a letter today gets no second one.
    """
    school = session.scalars(select(School).where(School.id == about)).one_or_none()
    if school is None:
        return
    hours, failed = hours_of(school), None
    for reader in readers(session, school.id).there:
        hat = session.scalars(select(Membership).where(Membership.id == reader.id)).one()
        if not _due_for(session, viewer_for(session, hat), reader, hours):
            continue
        try:
            _write_to(session, house, school, hat, hours)
        except MailNotSent as problem:
            failed = problem
    if failed is not None:
        raise failed
    following = hours.read_by(now())
    still = select(ConcernCase.id).where(ConcernCase.school_id == school.id, ConcernCase.state != CaseState.CLOSED)
    if following is not None and session.scalars(still.limit(1)).one_or_none() is not None:
        ask_for(session, Work.WORRY_REMINDERS, school.id, following)


def _due_for(session: GatedSession, viewer: Viewer, reader: Reader, hours: Hours) -> bool:
    """Whether something waits for this reader: theirs and due, nobody's yet, or read by nobody in time."""
    today, last = hours.day_of(now()), hours.last_by(now())
    due = ConcernCase.due_on <= today
    theirs = and_(ConcernCase.assigned_id == viewer.membership, due)
    nobodys = and_(ConcernCase.assigned_id.is_(None), due)
    if reader.second:
        # The second covers: only what the others have not read by the time.
        late = ConcernCase.state == CaseState.NEW
        nobodys = and_(nobodys, late, Concern.created_at < last) if last else and_(nobodys, late)
    waits = (
        select(func.count())
        .select_from(ConcernCase)
        .join(Concern, Concern.id == ConcernCase.concern_id)
        .where(ConcernCase.joined_to_id.is_(None), ConcernCase.state != CaseState.CLOSED, or_(theirs, nobodys))
    )
    with for_viewer(session, viewer) as eyes:
        return bool(eyes.scalar(waits))


def _write_to(session: GatedSession, house: House, school: School, hat: Membership, hours: Hours) -> None:
    """Write to one reader, unless they had a letter today; that is written down before it goes."""
    address = session.execute(
        select(Credential.email, Person.locale)
        .join(Person, Person.id == Credential.person_id)
        .where(Credential.person_id == hat.person_id, Credential.email.is_not(None))
        .limit(1)
    ).one_or_none()
    if address is None:
        return
    row = WorryReminder(school_id=school.id, membership_id=hat.id, day=hours.day_of(now()))
    session.add(row)
    try:
        session.commit()
    except IntegrityError:
        session.rollback()
        return
    language = address.locale if address.locale in LANGUAGES else school.locale
    try:
        house.post.send(reminder(address.email or "", f"{house.settings.public_address}/concerns", language))
    except MailNotSent as problem:
        if problem.again:
            session.delete(row)
            session.commit()
            raise
        log.warning("a letter was refused for good: %s", problem)
