"""What those who read a worry do about it: notes, states, steps, who takes care of it, joining, naming.

All acts take a worry that the actor reads; to anybody else it is not there (``Unseen``). Of worries that were joined
the first one is the case: acts on any of them are acts on it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from journal.clock import now
from journal.jobs import MOST_TRIES, Work, ask_for
from journal.reasons import beyond
from journal.records import (
    Concern,
    ConcernAbout,
    ConcernCase,
    ConcernNote,
    ConcernStep,
    Job,
    Membership,
    School,
)
from journal.refusals import Reason, Refusal, Unseen
from journal.release import ACT
from journal.rows import changed
from journal.safeguarding.hours import hours_of
from journal.seeing import Viewer
from journal.trail import record
from journal.words import STAFF, CaseState, NoteKind
from journal.worries import Near, readers

UNTOUCHED = (CaseState.NEW, CaseState.READ)
LATEST = timedelta(days=731)
"""A step may be due at most so far ahead: past that it is a slip of the pen."""

MOVES = {
    CaseState.OPEN: NoteKind.OPEN,
    CaseState.WAITING: NoteKind.WAITING,
    CaseState.CLOSED: NoteKind.CLOSED,
    CaseState.REOPENED: NoteKind.REOPENED,
}
"""What one can make of a worry, and the line that stands for it in its course."""


@dataclass(frozen=True, slots=True)
class StepInput:
    """Something that is to be done: what, who does it, until when."""

    words: str
    who: UUID | None = None
    due: date | None = None


def readable(session: Session, concern_id: UUID) -> Concern:
    """Return a worry that the session's viewer reads. Raises ``Unseen``, also for whoever has only told it."""
    concern = session.scalars(
        select(Concern).join(ConcernCase, ConcernCase.concern_id == Concern.id).where(Concern.id == concern_id)
    ).one_or_none()
    if concern is None:
        raise Unseen
    return concern


def together(session: Session, concern: Concern) -> list[Concern]:
    """Return a worry and those that were joined to it, oldest first."""
    case = case_of(session, concern)
    first = case.joined_to_id or concern.id
    joined = select(ConcernCase.concern_id).where(ConcernCase.joined_to_id == first)
    found = select(Concern).where(or_(Concern.id == first, Concern.id.in_(joined))).order_by(Concern.id)
    return list(session.scalars(found))


def case_of(session: Session, concern: Concern) -> ConcernCase:
    """Return where a worry stands."""
    return session.scalars(select(ConcernCase).where(ConcernCase.concern_id == concern.id)).one()


def note_down(
    session: Session, actor: Viewer, concern: Concern, kind: NoteKind, words: str = "", about: UUID | None = None
) -> ConcernNote:
    """Add a line to the course of a worry. It is never changed: to put one right, another is added."""
    line = ConcernNote(
        school_id=concern.school_id,
        concern_id=concern.id,
        by_id=actor.membership,
        kind=kind,
        words=words,
        about_id=about,
    )
    session.add(line)
    session.flush()
    return line


def write_note(session: Session, actor: Viewer, concern_id: UUID, words: str) -> None:
    """Write a note, signed and timed. Raises Refusal(EMPTY_WORDS)."""
    concern = main_case(session, concern_id)
    if not words:
        raise Refusal(Reason.EMPTY_WORDS, "note")
    note_down(session, actor, concern, NoteKind.NOTE, words)
    touched(session, actor, concern)
    record(session, actor, "note_worry", concern.id)


def move(session: Session, actor: Viewer, concern_id: UUID, state: CaseState, reason: str) -> None:
    """Say where a worry stands. Closing and opening again want a reason (Refusal(REASON_NEEDED)).

    Raises Refusal(NOT_NOW) for a state that it has already, or cannot have now.
    """
    concern = main_case(session, concern_id)
    closed = CaseState.CLOSED
    from_where = [closed] if state is CaseState.REOPENED else [one for one in CaseState if one not in (closed, state)]
    if state in (closed, CaseState.REOPENED) and not reason:
        raise Refusal(Reason.REASON_NEEDED, "reason")
    met = update(ConcernCase).where(ConcernCase.concern_id == concern.id, ConcernCase.state.in_(from_where))
    values = {"state": state, "closed_at": now() if state is closed else None}
    if state not in MOVES or not changed(session, met.values(values)):
        raise Refusal(Reason.NOT_NOW)
    note_down(session, actor, concern, MOVES[state], reason)
    touched(session, actor, concern, state)
    record(session, actor, "move_worry", concern.id, state=state)


def pass_on(session: Session, actor: Viewer, concern_id: UUID, to_whom: str) -> None:
    """Write down that it was passed to somebody outside the school: the council, the police. Raises REASON_NEEDED."""
    concern = main_case(session, concern_id)
    if not to_whom:
        raise Refusal(Reason.REASON_NEEDED, "passed")
    note_down(session, actor, concern, NoteKind.PASSED, to_whom)
    touched(session, actor, concern)
    record(session, actor, "pass_worry_on", concern.id)


def take(session: Session, actor: Viewer, concern_id: UUID, who: UUID) -> None:
    """Say who takes care of a worry: one of those who may read it. Raises Refusal(NOT_UNDERSTOOD) for anybody else."""
    concern = main_case(session, concern_id)
    if who not in {one.id for one in readers(session, actor.school).of(about_of(session, concern))}:
        raise Refusal(Reason.NOT_UNDERSTOOD, "assigned")
    session.execute(update(ConcernCase).where(ConcernCase.concern_id == concern.id).values(assigned_id=who))
    note_down(session, actor, concern, NoteKind.TAKEN, about=who)
    touched(session, actor, concern)
    record(session, actor, "take_worry", concern.id)


def add_step(session: Session, actor: Viewer, concern_id: UUID, step: StepInput) -> ConcernStep:
    """Add something that is to be done. Who does it is not told by us, and cannot be somebody whom it is about.

    Raises Refusal(EMPTY_WORDS), Refusal(NOT_A_DAY) and, for who cannot be asked, Refusal(NOT_UNDERSTOOD).
    """
    concern = main_case(session, concern_id)
    if not step.words:
        raise Refusal(Reason.EMPTY_WORDS, "step")
    if step.due is not None and abs(step.due - now().date()) > LATEST:
        raise Refusal(Reason.NOT_A_DAY, "due")
    if step.who is not None and step.who not in {one.id for one in askable(session, actor, concern)}:
        raise Refusal(Reason.NOT_UNDERSTOOD, "who")
    row = ConcernStep(
        school_id=concern.school_id,
        concern_id=concern.id,
        by_id=actor.membership,
        words=step.words,
        who_id=step.who,
        due_on=step.due,
    )
    session.add(row)
    note_down(session, actor, concern, NoteKind.STEP, step.words, step.who)
    touched(session, actor, concern)
    record(session, actor, "add_step", concern.id)
    return row


def finish_step(session: Session, actor: Viewer, concern_id: UUID, step_id: UUID) -> None:
    """Say that something was done. Done by two at once, the first one counts."""
    concern = main_case(session, concern_id)
    all_of_it = [one.id for one in together(session, concern)]
    there = (ConcernStep.id == step_id, ConcernStep.concern_id.in_(all_of_it))
    words = session.scalars(select(ConcernStep.words).where(*there)).one_or_none()
    if words is None:
        raise Unseen
    done = update(ConcernStep).where(*there, ConcernStep.done_at.is_(None))
    if changed(session, done.values(done_at=now(), done_by_id=actor.membership)):
        note_down(session, actor, concern, NoteKind.STEP_DONE, words)
        touched(session, actor, concern)
        record(session, actor, "finish_step", concern.id)


def askable(session: Session, actor: Viewer, concern: Concern) -> list[Membership]:
    """Return the staff who can be asked to do something about a worry: not those whom it is about or near to."""
    barred = about_of(session, concern)
    staff = select(Membership).where(
        Membership.school_id == actor.school, Membership.role.in_(STAFF), Membership.ended_at.is_(None)
    )
    found = session.scalars(staff.order_by(Membership.name, Membership.id))
    return [one for one in found if one.person_id not in {*barred.about.values(), *barred.near.values()}]


def about_of(session: Session, concern: Concern) -> Near:
    """Return whom a worry is about, and who is near to them."""
    rows = session.scalars(select(ConcernAbout).where(ConcernAbout.concern_id == concern.id))
    return Near({one.membership_id: one.person_id for one in rows})


def remind_later(session: Session, school: UUID, due: datetime | None) -> None:
    """See to it that a school's readers are reminded at a moment, if they are not before."""
    if due is None:
        return
    with beyond(session, ACT):
        pending = select(Job.id).where(Job.kind == Work.WORRY_REMINDERS, Job.about_id == school)
        alive = pending.where(Job.done_at.is_(None), Job.tries < MOST_TRIES, Job.due_at <= due)
        waits = session.scalars(alive.limit(1)).one_or_none()
        if waits is None:
            ask_for(session, Work.WORRY_REMINDERS, school, due)


def first_due(session: Session, concerns: Iterable[UUID]) -> date | None:
    """Return when the first open step of a worry is due."""
    open_steps = select(func.min(ConcernStep.due_on)).where(ConcernStep.concern_id.in_(list(concerns)))
    return session.scalar(open_steps.where(ConcernStep.done_at.is_(None)))


def main_case(session: Session, concern_id: UUID) -> Concern:
    """Return the worry that is the case, of the one that was asked for."""
    concern = readable(session, concern_id)
    joined_to = case_of(session, concern).joined_to_id
    return readable(session, joined_to) if joined_to else concern


def touched(session: Session, actor: Viewer, concern: Concern, state: CaseState | None = None) -> None:
    """Somebody did something about it: it is open now, theirs if it was nobody's, and due when its next step is."""
    fresh = select(ConcernCase).where(ConcernCase.concern_id == concern.id)
    case = session.scalars(fresh.execution_options(populate_existing=True)).one()
    if state is None and case.state in UNTOUCHED:
        case.state = CaseState.OPEN
    if case.assigned_id is None:
        case.assigned_id = actor.membership
    done = case.state is CaseState.CLOSED
    case.due_on = None if done else first_due(session, [one.id for one in together(session, concern)])
    session.flush()
    if not done:
        school = session.scalars(select(School).where(School.id == actor.school)).one()
        remind_later(session, actor.school, hours_of(school).read_by(now()))
