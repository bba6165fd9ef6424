"""When a school reads worries, who covers, and where there is help: set by the head and the leads."""

from dataclasses import dataclass
from datetime import time
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.records import Membership, School
from journal.refusals import Reason, Refusal
from journal.seeing import Viewer
from journal.trail import record
from journal.words import STAFF, Role


@dataclass(frozen=True, slots=True)
class TimesInput:
    """What was typed, cleaned. ``second`` is left alone where a lead sets the times."""

    opens: time
    shuts: time
    by: time
    words: str
    help_lines: str
    second: UUID | None = None


def set_times(session: Session, actor: Viewer, typed: TimesInput) -> None:
    """Set when worries are read. The head alone names the second, who reads worries from then on.

    Raises Refusal(TIMES_TURNED) where it shuts before it opens, and Refusal(NOT_UNDERSTOOD) for a second who is not of
    the staff.
    """
    if typed.shuts <= typed.opens:
        raise Refusal(Reason.TIMES_TURNED, "shuts")
    values = {
        "worry_opens": f"{typed.opens:%H:%M}",
        "worry_shuts": f"{typed.shuts:%H:%M}",
        "worry_by": f"{typed.by:%H:%M}",
        "worries_read": typed.words,
        "help_lines": typed.help_lines,
    }
    session.execute(update(School).where(School.id == actor.school).values(values))
    record(session, actor, "set_worry_times", actor.school)
    if actor.role is Role.HEAD:
        _name_second(session, actor, typed.second)


def staff_to_name(session: Session) -> list[Membership]:
    """Return who can be the second: anybody of the staff who is there, but nobody twice."""
    staff = select(Membership).where(Membership.role.in_(STAFF), Membership.ended_at.is_(None))
    return list(session.scalars(staff.order_by(Membership.name, Membership.id)))


def _name_second(session: Session, actor: Viewer, second: UUID | None) -> None:
    before = session.scalars(select(School.second_lead_id).where(School.id == actor.school)).one()
    if before == second:
        return
    if second is not None and second not in {one.id for one in staff_to_name(session)}:
        raise Refusal(Reason.NOT_UNDERSTOOD, "second")
    session.execute(update(School).where(School.id == actor.school).values(second_lead_id=second))
    record(session, actor, "name_second_lead", second)
