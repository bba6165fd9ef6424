"""The worker: does the work that requests asked for. The row is the truth; doing it twice does no harm."""

import logging
from collections.abc import Callable, Mapping
from threading import Thread
from uuid import UUID

from sqlalchemy import Engine, or_, select, update

from journal import flagging
from journal.accounts import work as accounts_work
from journal.attachments import work as attachments_work
from journal.breakglass import work as breakglass_work
from journal.clock import now
from journal.entries import work as entries_work
from journal.house import House
from journal.jobs import LOST_AFTER, MOST_TRIES, Work
from journal.net import open_session
from journal.portfolio import work as portfolio_work
from journal.reasons import GatedSession
from journal.record import work as record_work
from journal.records import Job
from journal.rows import changed
from journal.safeguarding import work as safeguarding_work
from journal.search import work as search_work

log = logging.getLogger("journal.worker")

AT_ONCE = 50

DOES: Mapping[Work, Callable[[GatedSession, House, UUID], None]] = {
    Work.CHECK_RECORD: record_work.check,
    Work.DEVICE_LETTER: accounts_work.send_device_letter,
    Work.EXPORT: portfolio_work.make,
    Work.EXPIRE_EXPORT: portfolio_work.remove_when_over,
    Work.INVITATION: accounts_work.send_invitation,
    Work.FLAGS: flagging.look_again,
    Work.OPENED_LETTER: breakglass_work.tell_head,
    Work.PICTURES: attachments_work.make_sizes,
    Work.REMOVE_PHOTO: attachments_work.remove_photo,
    Work.REMOVE_ITEM: entries_work.remove_item,
    Work.RESET_LETTER: accounts_work.send_reset_letter,
    Work.WORRY_REMINDERS: safeguarding_work.remind,
}


class Worker:
    """Does jobs with one house's database and files."""

    def __init__(self, engine: Engine, house: House) -> None:
        self.engine = engine
        self.house = house
        self._mending: Thread | None = None

    def index(self) -> int:
        """Put what changed into the search index, made anew if it is away; return how many changes that were."""
        return search_work.keep(self.engine, self.house.index)

    def index_beside(self) -> None:
        """The same as a piece of work among others: making an index anew takes long and holds none of them up."""
        if not search_work.is_away(self.house.index):
            self.index()
        elif self._mending is None or not self._mending.is_alive():
            self._mending = Thread(target=self.index, name="index", daemon=True)
            self._mending.start()

    def run(self, job: UUID) -> None:
        """Do one piece of work, unless another has it or it is done. What it changed is kept in one go."""
        work = self._take(job)
        if work is None:
            return
        kind, about = work
        try:
            with open_session(self.engine, sees_all="doing the house's work") as session:
                session.info["queue"] = self.house.queue
                DOES[Work(kind)](session, self.house, about)
                session.execute(update(Job).where(Job.id == job).values(done_at=now(), problem=""))
                session.commit()
        except Exception as problem:  # noqa: BLE001 - whatever it was, the row stays and is tried again
            # The message may hold somebody's words; the kind says enough.
            log.error("work %s failed: %s", kind, type(problem).__qualname__)
            self._note(job, type(problem).__qualname__)

    def sweep(self) -> int:
        """Do all that is due or was lost; return how many pieces that were. The record is sealed before."""
        record_work.keep(self.engine)
        lost = now() - LOST_AFTER
        with open_session(self.engine, sees_all="doing the house's work") as session:
            due = list(
                session.scalars(
                    select(Job.id)
                    .where(Job.done_at.is_(None), Job.due_at <= now(), Job.tries < MOST_TRIES)
                    .where(or_(Job.started_at.is_(None), Job.started_at < lost))
                    .order_by(Job.due_at)
                    .limit(AT_ONCE)
                )
            )
        for job in due:
            self.run(job)
        return len(due)

    def _take(self, job: UUID) -> tuple[str, UUID] | None:
        """Mark a piece of work as begun, if nobody else has; two workers never do the same at once."""
        lost = now() - LOST_AFTER
        with open_session(self.engine, sees_all="doing the house's work") as session:
            taken = changed(
                session,
                update(Job)
                .where(Job.id == job, Job.done_at.is_(None))
                .where(or_(Job.started_at.is_(None), Job.started_at < lost))
                .values(started_at=now(), tries=Job.tries + 1),
            )
            if not taken:
                return None
            row = session.execute(select(Job.kind, Job.about_id).where(Job.id == job)).one()
            session.commit()
            return row.kind, row.about_id

    def _note(self, job: UUID, problem: str) -> None:
        with open_session(self.engine, sees_all="doing the house's work") as session:
            session.execute(update(Job).where(Job.id == job).values(problem=problem[:80], started_at=None))
            session.commit()
