"""A process that serves, on a database that was not brought up to date with the program, ends and says what to do."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psutil
import pytest
from alembic.script import ScriptDirectory

from journal.migrations.newest import known, out_of_step, stands_at
from journal.migrations.run import config_for, upgrade
from journal.store.database import open_engine
from tests import services
from tests.house.copies import Copy, wait_until

SERVING = (sys.executable, "-P", "-m", "journal.serving")
"""What ``journal serve`` ends by becoming; started directly it brings nothing up to date."""
BEFORE, NEWEST = known()[-2:]


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """A copy without a school in it, and so far without a database."""
    return Copy(tmp_path, services.free_port())


def database(copy: Copy) -> Path:
    """Where the copy's database lies."""
    return copy.instance / "thirdspace.sqlite3"


def bring_to(copy: Copy, revision: str) -> None:
    """Bring the copy's database to a migration."""
    copy.instance.mkdir()
    upgrade(f"sqlite:///{database(copy)}", revision)


def say_it_is_at(copy: Copy, revision: str) -> None:
    """Write into the database that it is at a migration: as if the program beside it were an older or a newer one."""
    with closing(sqlite3.connect(database(copy))) as connection, connection:
        connection.execute("update alembic_version set version_num = ?", (revision,))


@contextmanager
def started(copy: Copy) -> Iterator[subprocess.Popen[bytes]]:
    """The process that serves, started directly; gone at the end."""
    process = copy.start(program=SERVING)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(30)


def refuses(copy: Copy, process: subprocess.Popen[bytes], *words: str) -> None:
    """It ends by itself, says why in one line of the log, without a traceback, and nobody listens any more."""
    assert process.wait(60) not in (0, None)
    log = copy.complained()
    assert "Traceback" not in log
    lines = [line for line in log.splitlines() if "nothing is served" in line]
    assert len(lines) == 1, log
    assert " ERROR journal.serving " in lines[0]
    assert all(word in lines[0] for word in words), lines[0]
    with closing(socket.socket()) as probe:
        assert probe.connect_ex((services.LOOPBACK, copy.port)) != 0, "somebody still listens"


def test_an_older_database_is_not_served(copy: Copy) -> None:
    bring_to(copy, BEFORE)
    with started(copy) as process:
        refuses(copy, process, f"at migration {BEFORE}", f"at {NEWEST}", "'journal migrate'", "'journal serve'")
    assert "open at" not in copy.said()
    assert copy.ask("select version_num from alembic_version") == [(BEFORE,)], "nothing was changed"


def test_an_empty_one_is_not_served(copy: Copy) -> None:
    with started(copy) as process:
        refuses(copy, process, "has no tables yet", "'journal migrate'")


def test_a_process_that_is_begun_anew_after_an_update_ends_and_so_does_what_watches_over_it(copy: Copy) -> None:
    bring_to(copy, "head")
    with started(copy) as process:
        wait_until(lambda: "Stop with" in copy.said() or process.poll() is not None)
        assert process.poll() is None, copy.complained()
        (serving,) = psutil.Process(process.pid).children()
        say_it_is_at(copy, BEFORE)
        os.kill(serving.pid, signal.SIGKILL)
        refuses(copy, process, f"at migration {BEFORE}", "'journal serve'")
    assert copy.said().count("open at") == 1


def test_one_that_is_begun_anew_on_the_database_it_knows_goes_on(copy: Copy) -> None:
    bring_to(copy, "head")
    with started(copy) as process:
        wait_until(lambda: "Stop with" in copy.said() or process.poll() is not None)
        watching = psutil.Process(process.pid)
        (serving,) = watching.children()
        os.kill(serving.pid, signal.SIGKILL)
        wait_until(lambda: [one.pid for one in watching.children() if one.pid != serving.pid])
        with closing(socket.create_connection((services.LOOPBACK, copy.port), 30)) as asking:
            asking.settimeout(30)
            asking.sendall(b"GET /help HTTP/1.0\r\nHost: localhost\r\n\r\n")
            assert b" 200 OK" in asking.recv(100)
        assert process.poll() is None


def test_a_newer_database_wants_the_newer_program(copy: Copy) -> None:
    bring_to(copy, "head")
    say_it_is_at(copy, "9999")
    engine = open_engine(f"sqlite:///{database(copy)}")
    said = out_of_step(engine)
    engine.dispose()
    assert "at migration 9999" in said
    assert f"none beyond {NEWEST}" in said
    assert "'journal migrate'" not in said, "it would not know the way"


def test_what_the_files_say_is_what_alembic_says(postgres_server: services.Postgres) -> None:
    url = postgres_server.new_database()
    script = ScriptDirectory.from_config(config_for(url))
    assert known() == [one.revision for one in reversed(list(script.walk_revisions()))]
    assert known()[-1] == script.get_current_head()
    engine = open_engine(url)
    try:
        assert stands_at(engine) == ""
        upgrade(url)
        assert stands_at(engine) == NEWEST
        assert out_of_step(engine) == ""
    finally:
        engine.dispose()
