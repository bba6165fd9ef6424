"""A copy that somebody runs with the ``journal`` command, and a browser without scripts that visits it."""

import os
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

from tests import services
from tests.world import TOKEN

JOURNAL = Path(sys.executable).with_name("journal")
PATIENCE = 120
"""How long a first start may take on a busy machine, in seconds."""

SKIP = re.compile(r"^(THIRDSPACE_|GUNICORN_|HOST$|PORT$)")


@dataclass
class Copy:
    """A copy: ``here`` is where the command is typed, ``home`` and ``tmp`` show what it leaves elsewhere."""

    folder: Path
    port: int

    def __post_init__(self) -> None:
        for name in ("here", "home", "tmp"):
            (self.folder / name).mkdir()

    @property
    def here(self) -> Path:
        return self.folder / "here"

    @property
    def instance(self) -> Path:
        return self.here / "instance"

    @property
    def address(self) -> str:
        return f"http://{services.LOOPBACK}:{self.port}"

    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not SKIP.match(name)}
        own = {"HOME": str(self.folder / "home"), "TMPDIR": str(self.folder / "tmp")}
        return {**kept, **own, "HOST": services.LOOPBACK, "PORT": str(self.port)}

    def start(self, *words: str, program: Sequence[str] = (str(JOURNAL),)) -> subprocess.Popen[bytes]:
        """Start the command; what it says goes to the files ``said`` and ``complained``."""
        with (self.folder / "said").open("wb") as said, (self.folder / "complained").open("wb") as complained:
            return subprocess.Popen(
                [*program, *words], cwd=self.here, env=self.environment(), stdout=said, stderr=complained
            )

    def said(self) -> str:
        return (self.folder / "said").read_text()

    def complained(self) -> str:
        return (self.folder / "complained").read_text()

    @contextmanager
    def serving(self) -> Iterator[subprocess.Popen[bytes]]:
        """A server that is ready; told to stop at the end if it has not been."""
        process = self.start("serve")
        try:
            wait_until(lambda: "Stop with" in self.said() or process.poll() is not None)
            assert process.poll() is None, self.complained()
            yield process
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                raise

    def ask(self, statement: str) -> list[tuple[Any, ...]]:
        """The rows that a statement finds in the copy's database."""
        with closing(sqlite3.connect(self.instance / "thirdspace.sqlite3")) as connection:
            return connection.execute(statement).fetchall()

    def files(self) -> set[str]:
        """The names of the files that are kept."""
        return {str(one.relative_to(self.here / "media")) for one in (self.here / "media").rglob("*.*")}


class Somebody:
    """A browser without scripts that keeps its cookies."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> str:
        with self.opener.open(self.address + path, timeout=30) as answer:
            page: str = answer.read().decode()
            return page

    def post(self, path: str, **fields: str) -> str:
        found = TOKEN.search(self.get("/easier"))
        assert found
        fields["csrf_token"] = found.group(1) or found.group(2)
        with self.opener.open(self.address + path, urlencode(fields).encode(), timeout=30) as answer:
            page: str = answer.read().decode()
            return page


def wait_until(true: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Wait until a call returns something true. Raises TimeoutError."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.05)
