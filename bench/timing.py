"""The time that a thread spends in the database: in every statement and in fetching what it found.

SQLite does most of its work while rows are fetched, so that counting the statement alone would flatter it.
"""

import sqlite3
from dataclasses import dataclass
from functools import wraps
from time import perf_counter
from typing import Any

import psycopg
from sqlalchemy import Engine, event


@dataclass(slots=True)
class Spent:
    """What was spent since it was last cleared. One thread measures at a time."""

    seconds: float = 0.0
    statements: int = 0

    def clear(self) -> None:
        """Begin anew."""
        self.seconds, self.statements = 0.0, 0


SPENT = Spent()


def _timed(method: Any) -> Any:
    @wraps(method)
    def call(*args: Any, **more: Any) -> Any:
        began = perf_counter()
        try:
            return method(*args, **more)
        finally:
            SPENT.seconds += perf_counter() - began

    return call


class _SqliteCursor(sqlite3.Cursor):
    execute = _timed(sqlite3.Cursor.execute)
    executemany = _timed(sqlite3.Cursor.executemany)
    fetchone = _timed(sqlite3.Cursor.fetchone)
    fetchmany = _timed(sqlite3.Cursor.fetchmany)
    fetchall = _timed(sqlite3.Cursor.fetchall)


class _SqliteConnection(sqlite3.Connection):
    commit = _timed(sqlite3.Connection.commit)

    def cursor(self, *_: Any) -> sqlite3.Cursor:  # type: ignore[override]
        return super().cursor(_SqliteCursor)


class _PostgresCursor(psycopg.Cursor[Any]):
    execute = _timed(psycopg.Cursor.execute)
    executemany = _timed(psycopg.Cursor.executemany)
    fetchone = _timed(psycopg.Cursor.fetchone)
    fetchmany = _timed(psycopg.Cursor.fetchmany)
    fetchall = _timed(psycopg.Cursor.fetchall)


def watch(engine: Engine) -> None:
    """Measure what is spent in this engine's database from its next connection on, and count its statements.

    (That PostgreSQL is asked first whether it is still there takes time, but is no statement of the page.)
    """
    event.listen(engine, "before_cursor_execute", _one_more)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "do_connect", _sqlite_connects)
    else:
        event.listen(engine, "connect", _postgres_connected)


def _one_more(*_: object) -> None:
    SPENT.statements += 1


def _sqlite_connects(_dialect: object, _record: object, _args: list[Any], more: dict[str, Any]) -> None:
    more["factory"] = _SqliteConnection


def _postgres_connected(connection: Any, _record: object) -> None:
    connection.cursor_factory = _PostgresCursor
