"""Work is asked for with the change it belongs to, done once, and found again when its worker died."""

import logging
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread
from uuid import UUID

import pytest
from sqlalchemy import Engine, select

from journal import clock, worker
from journal.consumer import Jobs
from journal.house import House, open_house
from journal.ids import new_id
from journal.jobs import Work, ask_for
from journal.net import open_session
from journal.reasons import GatedSession
from journal.records import Base, Job, Person
from journal.store.database import open_engine
from journal.worker import LOST_AFTER, MOST_TRIES, Worker
from tests.house.copies import wait_until
from tests.services import Postgres
from tests.world import settings_in

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass
class Bench:
    """A house with an empty database, and one kind of work that the test decides about."""

    folder: Path
    engine: Engine
    house: House
    worker: Worker
    done: list[UUID] = field(default_factory=list)
    does: Callable[[GatedSession, UUID], None] = lambda _session, _about: None

    def work(self, session: GatedSession, _house: House, about: UUID) -> None:
        self.done.append(about)
        self.does(session, about)

    def session(self) -> GatedSession:
        """A session as a request has it."""
        session = open_session(self.engine, sees_all="a test looks at everything")
        session.info["queue"] = self.house.queue
        return session

    def ask(self, about: UUID | None = None, **due: timedelta) -> UUID:
        """Ask for a piece of work and keep it; return the job's id."""
        with self.session() as session:
            later = clock.now() + due["due"] if due else None
            job = ask_for(session, Work.REMOVE_ITEM, about or new_id(), later).id
            session.commit()
            return job

    def job(self, job: UUID) -> Job:
        with self.session() as session:
            return session.scalars(select(Job).where(Job.id == job)).one()

    def told(self) -> int:
        """How many messages wait in the queue."""
        waiting: int = self.house.queue.huey.pending_count()
        return waiting


@pytest.fixture(params=["sqlite", "postgresql"])
def bench(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    if request.param == "sqlite":
        url = settings_in(tmp_path).database_url
    else:
        server: Postgres = request.getfixturevalue("postgres_server")
        url = server.new_database()
    engine = open_engine(url)
    Base.metadata.create_all(engine)
    house = open_house(settings_in(tmp_path, database_url=url))
    made = Bench(tmp_path, engine, house, Worker(engine, house))
    house.queue.serve(made.worker.run, made.worker.sweep)
    monkeypatch.setitem(worker.DOES, Work.REMOVE_ITEM, made.work)  # type: ignore[arg-type]
    yield made
    house.queue.huey.storage.close()
    engine.dispose()


def test_what_is_rolled_back_is_never_asked_for(bench: Bench) -> None:
    with bench.session() as session:
        ask_for(session, Work.REMOVE_ITEM, new_id())
        session.rollback()
        session.add(Person())
        session.commit()
    assert bench.told() == 0
    assert bench.worker.sweep() == 0
    assert bench.done == []


def test_nobody_is_told_before_the_change_is_kept(bench: Bench) -> None:
    with bench.session() as session:
        ask_for(session, Work.REMOVE_ITEM, new_id())
        assert bench.told() == 0
        session.commit()
        assert bench.told() == 1
        session.commit()
        assert bench.told() == 1


def test_a_consumer_does_what_is_asked_for_and_ends_when_told(bench: Bench) -> None:
    jobs = Jobs(bench.house.queue.huey)
    jobs.begin()
    asked = [bench.ask() for _ in range(3)]
    wait_until(lambda: all(bench.job(one).done_at for one in asked), 20)
    begun = time.monotonic()
    jobs.end()
    assert time.monotonic() - begun < 8
    assert len(bench.done) == 3
    bench.ask()
    time.sleep(0.3)
    assert len(bench.done) == 3, "something went on working"


def test_work_whose_worker_was_killed_is_found_and_done(bench: Bench) -> None:
    url = bench.engine.url.render_as_string(hide_password=False)
    about = new_id()
    job = bench.ask(about)
    doomed = subprocess.Popen([sys.executable, "-m", "tests.house.doomed", str(bench.folder), url], cwd=ROOT)
    try:
        wait_until(lambda: (bench.folder / "begun").exists(), 30)
    finally:
        doomed.kill()
        doomed.wait()
    assert (bench.folder / "begun").read_text() == str(about)
    assert "one" not in [task.name for task in bench.house.queue.huey.pending()], "the message went with the worker"
    assert bench.worker.sweep() == 0, "another may still be at it"
    bench.worker.run(job)
    assert bench.done == []
    with clock.at(clock.now() + LOST_AFTER + timedelta(seconds=1)):
        assert bench.worker.sweep() == 1
        assert bench.worker.sweep() == 0
    assert bench.done == [about]
    assert bench.job(job).tries == 2


def test_done_twice_it_is_done_once(bench: Bench) -> None:
    job = bench.ask()
    bench.worker.run(job)
    bench.worker.run(job)
    with clock.at(clock.now() + 2 * LOST_AFTER):
        bench.worker.sweep()
        bench.worker.run(job)
    assert len(bench.done) == 1
    assert bench.job(job).tries == 1


def test_two_workers_never_take_the_same_piece(bench: Bench) -> None:
    asked = [bench.ask() for _ in range(8)]
    bench.does = lambda _session, _about: time.sleep(0.01)
    together = Barrier(3)

    def race() -> None:
        mine = Worker(bench.engine, bench.house)
        for job in asked:
            together.wait(20)
            mine.run(job)

    racers = [Thread(target=race) for _ in range(3)]
    for one in racers:
        one.start()
    for one in racers:
        one.join(30)
    assert sorted(bench.done) == sorted(set(bench.done))
    assert len(bench.done) == len(asked)
    assert [bench.job(one).tries for one in asked] == [1] * len(asked)


def test_what_fails_is_tried_a_few_times_and_says_no_words(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    def fails(_session: GatedSession, _about: UUID) -> None:
        raise LookupError("Maya’s own words")

    bench.does = fails
    job = bench.ask()
    with caplog.at_level(logging.DEBUG):
        for _ in range(MOST_TRIES + 3):
            bench.worker.sweep()
    assert len(bench.done) == MOST_TRIES
    row = bench.job(job)
    assert (row.tries, row.problem, row.done_at) == (MOST_TRIES, "LookupError", None)
    assert "LookupError" in caplog.text
    assert "Maya" not in caplog.text


def test_what_failed_changed_nothing_and_may_succeed_later(bench: Bench) -> None:
    def half(session: GatedSession, about: UUID) -> None:
        session.add(Person(id=about))
        session.flush()
        if len(bench.done) == 1:
            raise ConnectionError

    bench.does = half
    about = new_id()
    job = bench.ask(about)
    bench.worker.run(job)
    with bench.session() as session:
        assert list(session.scalars(select(Person))) == []
    assert bench.worker.sweep() == 1
    with bench.session() as session:
        assert [one.id for one in session.scalars(select(Person))] == [about]
    assert (bench.job(job).tries, bench.job(job).problem) == (2, "")


def test_one_bad_piece_does_not_stop_the_others(bench: Bench) -> None:
    with bench.session() as session:
        session.add(Job(kind="nobody does this", about_id=new_id(), due_at=clock.now()))
        session.commit()
    good = bench.ask()
    assert bench.worker.sweep() == 2
    assert bench.job(good).done_at is not None


def test_later_means_later(bench: Bench) -> None:
    job = bench.ask(due=timedelta(hours=24))
    assert bench.told() == 0
    assert bench.worker.sweep() == 0
    with clock.at(clock.now() + timedelta(hours=24, seconds=1)):
        assert bench.worker.sweep() == 1
    assert bench.job(job).done_at is not None


def test_a_queue_that_is_broken_spoils_no_change(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OSError("disk full: Maya’s own words")

    monkeypatch.setattr(bench.house.queue.huey.storage, "enqueue", broken)
    job = bench.ask()
    assert "OSError" in caplog.text
    assert "Maya" not in caplog.text
    assert bench.worker.sweep() == 1
    assert bench.job(job).done_at is not None
