"""Saying that two worries are about the same thing, and whom else one is about."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from journal.holds import in_turn
from journal.reasons import beyond
from journal.records import Concern, ConcernAbout, ConcernCase
from journal.refusals import Reason, Refusal
from journal.release import ACT
from journal.safeguarding.about import write_about
from journal.safeguarding.course import case_of, main_case, note_down, together, touched
from journal.safeguarding.people import may_name
from journal.seeing import Viewer
from journal.trail import record
from journal.words import About, CaseState, NoteKind
from journal.worries import near, readers


def join(session: Session, actor: Viewer, concern_id: UUID, other_id: UUID) -> Concern:
    """Join another worry to one: from now on they are one case, and it is about all whom either was about.

    So whoever may not read one of them reads neither. What was told stays as it was told, in both. Raises
    Refusal(NOT_NOW) for one that is closed, or the same already, and ``Unseen`` for what one does not read.
    """
    in_turn(session, actor.school)
    first, other = main_case(session, concern_id), main_case(session, other_id)
    if first.id == other.id or CaseState.CLOSED in (case_of(session, first).state, case_of(session, other).state):
        raise Refusal(Reason.NOT_NOW, "join")
    note_down(session, actor, first, NoteKind.JOINED, about=other.id)
    both = [*together(session, first), *together(session, other)]
    moved = or_(ConcernCase.concern_id == other.id, ConcernCase.joined_to_id == other.id)
    session.execute(update(ConcernCase).where(moved).values(joined_to_id=first.id))
    touched(session, actor, first)
    record(session, actor, "join_worries", first.id, other=other.id.hex)
    with beyond(session, ACT):
        rows = session.scalars(select(ConcernAbout).where(ConcernAbout.concern_id.in_([one.id for one in both]))).all()
    about = {one.membership_id: one.how for one in sorted(rows, key=lambda row: row.how is not About.NEAR)}
    for one in both:
        write_about(session, one, about)
    _nobody_barred_takes_care(session, actor, first)
    return first


def name_more(session: Session, actor: Viewer, concern_id: UUID, people: Collection[UUID]) -> None:
    """Say whom else a worry is about. They read it no more from this moment, nor does anybody near to them.

    Nobody is ever taken out again: what was named wrongly is put right by a note. A reader may name themselves, and
    so hand it to the others. Raises Refusal(NOTHING_CHOSEN).
    """
    concern = main_case(session, concern_id)
    named = [one.id for one in may_name(session, actor, people)]
    named += [actor.membership] if actor.membership in people else []
    if not named:
        raise Refusal(Reason.NOTHING_CHOSEN, "person")
    for one in named:
        note_down(session, actor, concern, NoteKind.NAMED, about=one)
    touched(session, actor, concern)
    record(session, actor, "name_in_worry", concern.id, people=len(named))
    for each in together(session, concern):
        write_about(session, each, dict.fromkeys(named, About.ADDED))
    _nobody_barred_takes_care(session, actor, concern)


def _nobody_barred_takes_care(session: Session, actor: Viewer, concern: Concern) -> None:
    """Take the worry from whoever had it, where it is about them now."""
    with beyond(session, ACT):
        case = session.scalars(select(ConcernCase).where(ConcernCase.concern_id == concern.id)).one()
        about = session.scalars(select(ConcernAbout).where(ConcernAbout.concern_id == concern.id)).all()
        still = near(session, actor.school, [one.membership_id for one in about])
    if case.assigned_id not in {one.id for one in readers(session, actor.school).of(still)}:
        case.assigned_id = None
    session.flush()
