"""Pages over loopback from a real server: how many a second, and how much memory all of its processes take."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from urllib.request import urlopen

import psutil

from bench.rows import Row, row
from bench.schools import KINDS, Schools
from bench.visits import Place
from journal.demo.large_people import PARENT
from journal.settings import Settings
from tests.services import LOOPBACK, free_port

SIZE = 10_000
CONNECTIONS = 8
SECONDS = 8.0
PAGES_A_SECOND = {("SQLite", 2): 300.0}
IDLE, BUSY = 150.0, 250.0
_PATIENCE = 60.0
_MEBI = 2**20


@dataclass(frozen=True, slots=True)
class Load:
    """What a loader said: pages answered well, and in how many seconds."""

    pages: int
    seconds: float
    cpu: float
    """Seconds of CPU that the loader itself took."""

    @property
    def a_second(self) -> float:
        """Pages a second."""
        return self.pages / self.seconds


def measure(schools: Schools) -> Iterable[Row]:
    """Return pages a second with one and two workers on both databases, and memory idle and under load."""
    rows: list[Row] = []
    for kind in KINDS:
        with schools.open(kind, SIZE) as place:
            cookie = _cookie(place)
            for workers in (1, 2):
                with _gunicorn(place.settings, workers) as (port, _):
                    load(port, "/home", cookie, 2.0)
                    found = load(port, "/home", cookie, SECONDS)
                note = f"{CONNECTIONS} connections; the loader took {found.cpu / found.seconds:.0%} of a core beside it"
                name = f"pages a second, a family's home, {kind}, {workers} worker{'s' if workers > 1 else ''}"
                rows.append(row(name, found.a_second, "/s", note, least=PAGES_A_SECOND.get((kind, workers))))
            if kind == "SQLite":
                rows += _memory(place.settings, cookie)
    return rows


def load(port: int, path: str, cookie: str, seconds: float) -> Load:
    """Let another process open a page over and over. Raises CalledProcessError where an answer is no page."""
    asked = [sys.executable, "-m", "bench.loader", str(port), path, cookie, str(CONNECTIONS), str(seconds)]
    said = subprocess.run(asked, check=True, capture_output=True, text=True)
    return Load(**json.loads(said.stdout))


def _cookie(place: Place) -> str:
    visitor = place.come_in(place.member(PARENT))
    visitor.get("/home")
    return visitor.cookie


def _memory(settings: Settings, cookie: str) -> Iterable[Row]:
    """The product's own way to serve: one process for pages and jobs, with what started it."""
    with _journal(settings) as (port, process):
        load(port, "/help", cookie, 0.5)
        idle, resident = _all_of(process)
        note = "as 'journal serve' runs; what processes share is counted once"
        rows = [row("memory of all processes, idle", idle, "MiB", f"{note}; resident {resident:.0f}", most=IDLE)]
        with _peak(process) as most:
            load(port, "/home", cookie, SECONDS)
        rows.append(row("memory of all processes, under load", max(most), "MiB", note, most=BUSY))
    return rows


def _all_of(process: psutil.Process) -> tuple[float, float]:
    """Proportional and resident memory of a process and its children, in MiB."""
    everybody = [process, *process.children(recursive=True)]
    found = [one.memory_full_info() for one in everybody]
    return sum(one.pss for one in found) / _MEBI, sum(one.rss for one in found) / _MEBI


@contextmanager
def _peak(process: psutil.Process) -> Iterator[list[float]]:
    """Look every fifth of a second how much memory there is in use meanwhile."""
    seen, over = [_all_of(process)[0]], Event()

    def look() -> None:
        while not over.wait(0.2):
            seen.append(_all_of(process)[0])

    watcher = Thread(target=look)
    watcher.start()
    try:
        yield seen
    finally:
        over.set()
        watcher.join()


@contextmanager
def _gunicorn(settings: Settings, workers: int) -> Iterator[tuple[int, psutil.Process]]:
    """A gunicorn as somebody would set it up who wants several workers."""
    port = free_port()
    asked = [sys.executable, "-m", "gunicorn", "journal:create_app()", "--bind", f"{LOOPBACK}:{port}"]
    asked += ["--workers", str(workers), "--threads", "8", "--worker-class", "gthread", "--log-level", "error"]
    with _running([*asked, "--no-control-socket"], settings, port) as process:
        yield port, process


@contextmanager
def _journal(settings: Settings) -> Iterator[tuple[int, psutil.Process]]:
    port = free_port()
    with _running([str(Path(sys.executable).with_name("journal")), "serve"], settings, port) as process:
        yield port, process


@contextmanager
def _running(command: list[str], settings: Settings, port: int) -> Iterator[psutil.Process]:
    environ = {
        **os.environ,
        "PORT": str(port),
        "THIRDSPACE_INSTANCE": str(settings.instance),
        "THIRDSPACE_MEDIA": str(settings.media),
        "THIRDSPACE_DATABASE_URL": settings.database_url,
        "THIRDSPACE_SECRET_KEY": settings.secret_key,
    }
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, env=environ, stdout=quiet, stderr=quiet) as process:
        try:
            _answers(port, process)
            yield psutil.Process(process.pid)
        finally:
            process.terminate()


def _answers(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Wait until a server answers. Raises TimeoutError if it does not, RuntimeError if it ended."""
    for _ in range(int(_PATIENCE / 0.2)):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            with urlopen(f"http://{LOOPBACK}:{port}/help", timeout=5):
                return
        except OSError:
            Event().wait(0.2)
    raise TimeoutError("the server does not answer")
