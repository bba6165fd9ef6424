"""A portfolio that is interrupted goes on where it was; where the disk is full nothing half stays."""

import errno
import json
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from journal import clock
from journal.portfolio import archive, reading, rounds
from journal.portfolio.archive import Archive, Busy, DiskFull
from journal.portfolio.pieces import Piece
from journal.portfolio.verify import verify
from journal.records import Export
from journal.words import ExportState
from journal.worker import LOST_AFTER
from tests.portfolio.telling import Teller

ROOT = Path(__file__).resolve().parent.parent.parent
MOMENT = clock.now()


def dies(tell: Teller, export: UUID, pieces: int) -> None:
    """A worker takes it, and is killed in the middle of the piece after so many."""
    url = tell.world.engine.url.render_as_string(hide_password=False)
    folder = str(tell.world.settings.instance.parent)
    words = [sys.executable, "-m", "tests.portfolio.doomed", folder, url, str(export), str(pieces)]
    done = subprocess.run(words, cwd=ROOT, timeout=120)
    assert done.returncode == -signal.SIGKILL


def after_a_while(tell: Teller) -> None:
    """The sweep finds what was lost."""
    lying = tell.files()
    tell.world.work()
    assert tell.files() == lying, "another may still be at it"
    with clock.at(clock.now() + LOST_AFTER + timedelta(seconds=1)):
        tell.world.work()


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the pieces that this process writes."""
    names: list[str] = []
    note: Callable[[Archive, Piece], None] = Archive._note

    def noted(self: Archive, piece: Piece) -> None:
        names.append(piece.name)
        note(self, piece)

    monkeypatch.setattr(Archive, "_note", noted)
    return names


def test_after_a_kill_it_goes_on_where_it_was(tell_on_both: Teller, written: list[str]) -> None:
    tell = tell_on_both
    export = tell.orders("maya")
    dies(tell, export, 14)
    lying = tell.files()
    assert [one.rpartition(".")[2] for one in lying] == ["log", "part"]
    row = tell.row(export)
    assert (row.state, row.ready_at) == (ExportState.MAKING, None)
    assert 0 < row.done < row.total
    after_a_while(tell)
    log = [one.removesuffix(".log") for one in lying if one.endswith(".log")]
    assert tell.files() == log, "it has its name, and nothing else is left"
    packed = tell.fetches("maya", export)
    assert packed is not None
    assert packed.zip.testzip() is None
    assert len(written) == len(packed.names) - 14, "what was whole is not written again"
    assert verify(tell.world.settings.media / str(tell.row(export).file)).faults == ()


def test_what_was_listed_but_is_damaged_is_written_again(tell: Teller, written: list[str]) -> None:
    export = tell.orders("maya")
    dies(tell, export, 14)
    (part,) = (tell.world.settings.media / "exports").glob("*.part")
    (log,) = (tell.world.settings.media / "exports").glob("*.log")
    tenth = [json.loads(line) for line in log.read_text().splitlines()][9]
    with part.open("r+b") as file:
        file.seek(tenth["ends"] - 20)
        file.write(b"\0" * 20)
    with log.open("a") as more:
        more.write('{"name": "cut off in the mid')
    after_a_while(tell)
    packed = tell.fetches("maya", export)
    assert packed is not None
    assert packed.zip.testzip() is None
    assert len(written) == len(packed.names) - 9


def test_pupils_of_a_class_that_are_done_are_not_done_again(tell: Teller, written: list[str]) -> None:
    whole = tell.orders_class("kaur")
    dies(tell, whole, 40)

    def rows() -> list[Export]:
        with tell.world.acting("kaur", "head") as (session, me):
            return [one.export for one in reading.of_class(session, me, whole)]

    before = {one.id: (one.file, one.ready_at) for one in rows() if one.state is ExportState.READY}
    assert before
    assert any(one.state is ExportState.MAKING for one in rows())
    after_a_while(tell)
    assert tell.row(whole).state is ExportState.READY
    after = {one.id: (one.file, one.ready_at) for one in rows() if one.id in before}
    assert after == before
    packed = tell.fetches("kaur", whole, "head")
    assert packed is not None
    assert verify(tell.world.settings.media / str(tell.row(whole).file)).faults == ()


def test_it_leaves_room_for_everybody_else(tell: Teller, monkeypatch: pytest.MonkeyPatch) -> None:
    """Several that were ordered while there was room for each must not fill the disk that the database is on."""
    export = tell.orders("maya")
    left = [archive.SPARE + 5_000_000]

    def shrinks(_path: Path) -> object:
        left[0] -= 1_000_000
        return type("Usage", (), {"free": left[0]})()

    monkeypatch.setattr(archive.shutil, "disk_usage", shrinks)
    tell.world.work()
    assert (tell.row(export).state, tell.row(export).problem) == (ExportState.FAILED, "disk_full")
    assert tell.files() == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_said_and_nothing_half_stays(tell: Teller, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    written = 0
    write = archive.Summed.write

    def until_it_is_full(self: archive.Summed, part: bytes) -> int:
        nonlocal written
        written += len(part)
        if written > 600_000:
            raise OSError(number, "no room")
        return write(self, part)

    export = tell.orders("maya")
    with monkeypatch.context() as patched:
        patched.setattr(archive.Summed, "write", until_it_is_full)
        tell.world.work()
    row = tell.row(export)
    assert (row.state, row.problem, row.file) == (ExportState.FAILED, "disk_full", None)
    assert tell.files() == []
    again = tell.orders("maya")
    assert again != export
    tell.world.work()
    assert tell.row(again).state is ExportState.READY
    with tell.world.acting("maya") as (session, me):
        listed = [one.export.id for one in reading.exports(session, me)]
    assert listed == [again, export]


def test_the_system_says_that_it_is_full(tmp_path: Path) -> None:
    """A real limit, in a process of its own."""
    program = (
        "import sys; from pathlib import Path; from journal.clock import now\n"
        "from journal.portfolio.archive import Archive, DiskFull\n"
        "made = Archive(Path(sys.argv[1]), now())\n"
        "try: made.add('a', lambda out: [out.write(bytes(100_000)) for _ in range(9)], stored=True)\n"
        "except DiskFull: print('full')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "a.zip")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000)),
    )
    assert done.stdout == "full\n", done.stderr
    assert list(tmp_path.iterdir()) == []


def test_two_workers_never_write_the_same_file(tmp_path: Path) -> None:
    one = Archive(tmp_path / "a.zip", MOMENT)
    with pytest.raises(Busy):
        Archive(tmp_path / "a.zip", MOMENT)
    one.close()
    Archive(tmp_path / "a.zip", MOMENT).close()


def test_a_file_that_got_its_name_is_finished(tmp_path: Path) -> None:
    one = Archive(tmp_path / "a.zip", MOMENT)
    one.add("a", lambda out: out.write(b"a") and None)
    ended = one.finish()
    one.close()
    again = Archive(tmp_path / "a.zip", MOMENT)
    assert again.finished
    assert again.pieces.keys() == {"a"}
    assert again.finish() == ended
    again.close()


def test_a_full_disk_while_it_is_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = Archive(tmp_path / "a.zip", MOMENT)
    one.add("a", lambda out: out.write(b"a") and None)
    one.close()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(Archive, "_zip_of", full)
    with pytest.raises(DiskFull):
        Archive(tmp_path / "a.zip", MOMENT)
    assert list(tmp_path.iterdir()) == []


def test_work_that_goes_on_for_long_is_not_taken_for_lost(tell: Teller, monkeypatch: pytest.MonkeyPatch) -> None:
    export = tell.orders("maya")
    finish = Archive.finish
    later = clock.now() + 2 * LOST_AFTER
    swept = []

    def looked_for(self: Archive) -> tuple[int, str]:
        # Long after it was begun, while something was heard of it: another worker looks for what was lost.
        with clock.at(later):
            heard = tell.row(export)
            assert heard.state is ExportState.MAKING
            tell.world.work()
            swept.append(tell.row(export).state)
        return finish(self)

    monkeypatch.setattr(Archive, "finish", looked_for)
    monkeypatch.setattr(rounds, "Every", lambda _seconds, call: lambda done: _at(later, call, done))
    tell.world.work()
    assert swept == [ExportState.MAKING]
    assert tell.row(export).state is ExportState.READY


def _at(moment, call, done) -> None:  # type: ignore[no-untyped-def]
    with clock.at(moment):
        call(done)
