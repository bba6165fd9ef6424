"""Asking for work that takes more than a moment, and for being told when a change is kept."""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, event, func, or_, select, update
from sqlalchemy.orm import Session

from journal.clock import now
from journal.reasons import GatedSession
from journal.records import Job, SearchOutbox

MOST_TRIES = 5
"""How often work is begun that never ends well."""

LOST_AFTER = timedelta(minutes=5)
"""When work that was begun, and of which nothing was heard since, is begun again."""


class Work(StrEnum):
    """The kinds of work; ``journal.worker`` says who does each."""

    CHECK_RECORD = "check_record"
    DEVICE_LETTER = "device_letter"
    EXPORT = "export"
    EXPIRE_EXPORT = "expire_export"
    INVITATION = "invitation"
    FLAGS = "flags"
    OPENED_LETTER = "opened_letter"
    PICTURES = "pictures"
    REMOVE_ITEM = "remove_item"
    REMOVE_PHOTO = "remove_photo"
    RESET_LETTER = "reset_letter"
    WORRY_REMINDERS = "worry_reminders"


def ask_for(session: Session, work: Work, about: UUID, due: datetime | None = None) -> Job:
    """Write down a piece of work, and wake the worker once the change is kept. Due now unless said."""
    job = Job(kind=work, about_id=about, due_at=due or now())
    session.add(job)
    session.flush()
    if due is None:
        after_commit(session, lambda: session.info["queue"].poke(job.id) if "queue" in session.info else None)
    return job


def still_at_it(session: Session, work: Work, about: UUID) -> None:
    """Say that a long piece of work goes on, so that it is not taken for lost, nor its interruptions for failures."""
    mine = update(Job).where(Job.kind == work, Job.about_id == about, Job.done_at.is_(None))
    session.execute(mine.where(Job.started_at.is_not(None)).values(started_at=now(), tries=1))


def tries_of(session: Session, work: Work, about: UUID) -> int:
    """Return how often a piece of work was begun that is not done; 0 where there is none."""
    undone = select(func.max(Job.tries)).where(Job.kind == work, Job.about_id == about, Job.done_at.is_(None))
    return session.scalar(undone) or 0


def goes_on(session: Session, work: Work, about: UUID) -> bool:
    """Tell whether a piece of work is being done, or will be: not so where it was begun too often, or is done."""
    return bool(session.scalar(select(going_on(work, about))))


def going_on(work: Work, about: UUID) -> ColumnElement[bool]:
    """The same, as a condition of another query."""
    heard = Job.started_at > now() - LOST_AFTER
    undone = select(Job.id).where(Job.kind == work, Job.about_id == about, Job.done_at.is_(None))
    return undone.where(or_(Job.tries < MOST_TRIES, heard)).exists()


def index_later(session: Session, school: UUID, item: UUID, *, soon: bool = True) -> None:
    """Write down that an item changed, or who may find it, for the search index.

    The worker is told once the change is kept; not so where ``soon`` is false, as for every save of a draft: that is
    found within the minute.
    """
    session.add(SearchOutbox(school_id=school, item_id=item))
    if soon and "queue" in session.info and session.info["queue"].wake not in session.info.get("after_commit", []):
        after_commit(session, session.info["queue"].wake)


def after_commit(session: Session, call: Callable[[], object]) -> None:
    """Call something once, when the session's changes are kept; never if they are not."""
    session.info.setdefault("after_commit", []).append(call)


@event.listens_for(GatedSession, "after_commit")
def _leave(session: Session) -> None:
    for call in session.info.pop("after_commit", []):
        call()


@event.listens_for(GatedSession, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop("after_commit", None)
