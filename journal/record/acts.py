"""What is done with the record: reading it, taking lines of it along, having it checked, saying how long it is kept.

Each of these is a line of the record itself.
"""

from sqlalchemy import update
from sqlalchemy.orm import Session

from journal.jobs import Work, ask_for, goes_on
from journal.reasons import beyond
from journal.record.reading import Narrow
from journal.records import School
from journal.refusals import Reason, Refusal
from journal.release import ACT
from journal.seeing import Viewer
from journal.trail import record, sight

FEWEST_YEARS, MOST_YEARS = 1, 75


def read(session: Session, actor: Viewer, narrow: Narrow) -> None:
    """Note that the record was read: which kind of lines, and about whom."""
    sight(session, actor, "read_record", narrow.about, kind=narrow.kind.value if narrow.kind else "all")


def take_along(session: Session, actor: Viewer, narrow: Narrow) -> None:
    """Note that lines of the record were taken along as a file."""
    sight(session, actor, "take_record", narrow.about, kind=narrow.kind.value if narrow.kind else "all")


def have_checked(session: Session, actor: Viewer) -> None:
    """Have the chain checked now, if that is not being done already."""
    with beyond(session, ACT):
        if not goes_on(session, Work.CHECK_RECORD, actor.school):
            ask_for(session, Work.CHECK_RECORD, actor.school)
            record(session, actor, "ask_for_check", actor.school)


def set_years(session: Session, actor: Viewer, years: int) -> None:
    """Say how many years the record is kept. Raises Refusal(NOT_YEARS) for too few and too many."""
    if not FEWEST_YEARS <= years <= MOST_YEARS:
        raise Refusal(Reason.NOT_YEARS, "years")
    session.execute(update(School).where(School.id == actor.school).values(record_years=years))
    record(session, actor, "set_record_years", actor.school, years=years)
