"""The worker's part: sealing what waits each minute, checking each chain each day, dropping what is over."""

import logging
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Engine, exists, select
from sqlalchemy.exc import DBAPIError

from journal.clock import now
from journal.house import House
from journal.jobs import Work, ask_for
from journal.net import open_session
from journal.onrecord import engine_of
from journal.reasons import GatedSession
from journal.record.dropping import drop_all
from journal.record.sealing import seal_all, seal_school
from journal.record.verify import Checked, verify_school
from journal.records import Job, School, TrailCheck

log = logging.getLogger("journal.record")

MOST_A_MINUTE = 20_000
"""Lines of a school that are sealed at once: those that were there before there was a chain take their time."""

AT_NIGHT, BY_DAY = timedelta(hours=20), timedelta(hours=30)
"""How old the last check may be. It takes a part of the server: at night, if that runs then."""
NIGHT = range(1, 5)
"""The hours of the night, in UTC."""


def keep(engine: Engine) -> None:
    """Seal what waits, and see to it that each school's chain is checked once a day; done every minute."""
    seal_all(engine, MOST_A_MINUTE)
    every = AT_NIGHT if now().hour in NIGHT else BY_DAY
    with open_session(engine, sees_all="doing the house's work") as session:
        lately = exists().where(TrailCheck.school_id == School.id, TrailCheck.created_at > now() - every)
        asked = exists().where(Job.about_id == School.id, Job.kind == Work.CHECK_RECORD, Job.done_at.is_(None))
        due = list(session.scalars(select(School.id).where(~lately, ~asked)))
        for school in due:
            ask_for(session, Work.CHECK_RECORD, school)
        session.commit()


def check(session: GatedSession, _house: House, school: UUID) -> None:
    """Check a school's chain and write down what was found; say it in the log if it is broken."""
    engine = engine_of(session)
    session.commit()  # the database is free while it is looked through
    drop_over(engine)
    check_now(engine, school)


def drop_over(engine: Engine) -> None:
    """Drop what is over, where this database user may: else ``journal drop-record`` does it, as the tables' owner."""
    try:
        for done in drop_all(engine):
            log.warning("a month of the record was over and is dropped: %s", done.month)
    except DBAPIError as problem:
        log.warning("what is over of the record could not be dropped: %s", type(problem).__qualname__)


def check_now(engine: Engine, school: UUID) -> Checked:
    """Seal what waits, check the chain, and write down what was found."""
    seal_school(engine, school)
    found = verify_school(engine, school)
    wrong = found.wrong
    with open_session(engine, sees_all="doing the house's work") as session:
        session.add(
            TrailCheck(
                school_id=school,
                number=found.number,
                hash=found.hash,
                since=found.since or now(),
                fault=wrong.fault if wrong else "",
                fault_number=wrong.number if wrong else 0,
                fault_id=wrong.id if wrong else None,
            )
        )
        session.commit()
    if wrong is not None:
        log.critical("THE RECORD IS BROKEN: line %s is %s (school %s)", wrong.number, wrong.fault.value, school)
    return found
