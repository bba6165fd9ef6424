"""A school with as many entries as one likes, in bulk: to measure with, and to see how a long past feels.

The people are always the same two hundred pupils, so that what a page costs can be compared at different lengths of the
past. The same number, seed and moment make the same rows, ids included. Everything is one transaction: an interrupted
start leaves nothing behind. Pictures are a few files that all rows share; who deletes one entry for good takes its
pictures from others too, so this school is to be looked at.

The search index is not made here: every item is left in the outbox, from which ``journal reindex`` or the worker reads.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from time import perf_counter

from sqlalchemy import Connection, select

from journal.clock import now
from journal.demo.build import NotedFiles
from journal.demo.large_entries import Entries
from journal.demo.large_folk import Folk, Pupil
from journal.demo.large_people import SCHOOL, add_people
from journal.demo.large_pictures import shared_faces, shared_pictures
from journal.demo.large_rows import Ledger, pour_all
from journal.demo.large_talk import Talk
from journal.demo.large_words import Words
from journal.net import open_session
from journal.passwords import USUAL, Cost
from journal.records import School
from journal.settings import Settings
from journal.store.bulk import Pour
from journal.store.database import open_engine

PAST = timedelta(days=3 * 365)
"""How far back the school's journal goes."""
CHUNK = 1000
"""Entries that are gathered before they are poured."""
SEED = 1
PICTURES = 16
RARELY = 3
"""What the pupil who rarely writes wrote in all; the first of all there is."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What school to make: so many entries, the newest of them at ``until``."""

    entries: int
    until: datetime
    seed: int = SEED
    pictures: int = PICTURES
    cost: Cost = USUAL


def large_is_there(settings: Settings) -> bool:
    """Tell whether the database holds the large school."""
    engine = open_engine(settings.database_url)
    try:
        with open_session(engine, sees_all="making the demo school") as session:
            return session.scalar(select(School.id).where(School.name == SCHOOL).limit(1)) is not None
    finally:
        engine.dispose()


def build_large(settings: Settings, plan: Plan, say: Callable[[str], None] = lambda line: None) -> dict[str, int]:
    """Make the large school in a database that has its tables; return how many rows of each table it has.

    ``say`` is told how far it has come. Raises IntegrityError where the school is there already.
    """
    engine = open_engine(settings.database_url)
    files = NotedFiles(settings.media, settings.instance / "large-demo-files-being-made")
    files.drop_unfinished()
    try:
        with engine.begin() as connection:
            counts = _Large(connection, files, plan, say).make()
        files.finished()
    finally:
        engine.dispose()
    return counts


class _Large:
    """One making of the school."""

    def __init__(self, connection: Connection, files: NotedFiles, plan: Plan, say: Callable[[str], None]) -> None:
        self.plan, self.say = plan, say
        self.connection, self.files = connection, files
        self.draw = Random(plan.seed)
        self.start = plan.until - PAST

    def make(self) -> dict[str, int]:
        """Make people, entries and talk."""
        pictures = shared_pictures(self.files, self.plan.pictures)
        faces = shared_faces(self.files)
        with open_session(self.connection, sees_all="making the demo school") as session:
            folk = add_people(session, self.draw, self.start, faces, self.plan.cost)
            session.commit()
        ledger, words = Ledger(folk.school, self.draw), Words(self.draw)
        entries = Entries(ledger, folk, words, pictures, self.draw, self.plan.until)
        talk = Talk(ledger, folk, words, entries, self.draw)
        self._invent(folk, entries, talk, ledger)
        return ledger.counts

    def _invent(self, folk: Folk, entries: Entries, talk: Talk, ledger: Ledger) -> None:
        """Make entries and talk; where the database works elsewhere, the next ones while it takes the last."""
        began, pour = perf_counter(), Pour(self.connection)
        with ThreadPoolExecutor(max_workers=1) as beside:
            poured = beside.submit(pour_all, pour, ledger.hand_over())
            for number, (pupil, at) in enumerate(self._who_and_when(folk), 1):
                made = entries.make(pupil, at, new=number > self.plan.entries * 0.98)
                if made is not None:
                    talk.about(made)
                if number % CHUNK == 0 or number == self.plan.entries:
                    poured.result()  # never more than two chunks are in memory
                    poured = beside.submit(pour_all, pour, ledger.hand_over())
                    if not pour.elsewhere:
                        poured.result()  # two threads of Python would only be in each other's way
                    self.say(f"{number:,} of {self.plan.entries:,} entries, {perf_counter() - began:.0f} s")
            poured.result()
        pour.statistics()

    def _who_and_when(self, folk: Folk) -> Iterator[tuple[Pupil, datetime]]:
        """Who makes each entry, oldest first, in the afternoons; some pupils write three times as much as others."""
        busy = [one for one in folk.pupils if not one.rarely]
        rare = next(one for one in folk.pupils if one.rarely)
        weights = [self.draw.uniform(0.5, 1.5) * (5 if one.busy else 1) for one in busy]
        afternoon = timedelta(hours=5)
        span = PAST - afternoon
        moments = sorted(self.draw.random() for _ in range(self.plan.entries))
        for number, part in enumerate(moments):
            at = self.start + timedelta(days=int(part * span.days)) + afternoon * self.draw.random()
            yield (rare if number < RARELY else self.draw.choices(busy, weights)[0]), at


def plan_of(entries: int) -> Plan:
    """Return the plan for so many entries, the newest of them from yesterday. Raises ValueError for less than one."""
    if entries < 1:
        raise ValueError("a school needs at least one entry")
    return Plan(entries, now().replace(minute=0, second=0, microsecond=0))
