"""Statements that a database plans once for each connection, and not each time that a page asks them.

With the rule in it a statement takes ten to twenty times as long to plan as to run. psycopg can leave it with the
server, prepared, and Python's SQLite keeps the last 128; for that it must be the same text each time, and must not be
thrown away. So lists of values are written in few lengths.
"""

from collections.abc import Iterable
from typing import Any

from psycopg import Connection, _queries
from psycopg._preparing import PrepareManager
from sqlalchemy import Engine, event
from sqlalchemy.dialects.postgresql.psycopg import PGCompiler_psycopg
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler

LENGTHS = (8, 32, 128, 512)
"""A list of values in a statement is filled up to so many of them, by its last one; a longer one is not."""
_LONG, _MANY = 1 << 17, 4096
"""Of how long a text, and of how many values, psycopg remembers how they are sent: the rule makes texts long."""


def filled(values: Iterable[Any]) -> list[Any]:
    """Return values of a list with the last of them said again, so that few lengths are told apart."""
    given = list(values)
    if len(given) < 2:
        return given
    length = next((one for one in LENGTHS if one >= len(given)), len(given))
    return given + given[-1:] * (length - len(given))


class _FilledPostgres(PGCompiler_psycopg):
    """Writes lists of few lengths, so that few texts come of a statement."""

    def _literal_execute_expanding_parameter(self, name: str, parameter: Any, values: Any, **more: Any) -> Any:
        return super()._literal_execute_expanding_parameter(name, parameter, filled(values), **more)  # type: ignore[no-untyped-call]


class _FilledSqlite(SQLiteCompiler):
    """The same. Of a statement with the rule in it SQLite keeps 170 kB for each text."""

    def _literal_execute_expanding_parameter(self, name: str, parameter: Any, values: Any, **more: Any) -> Any:
        return super()._literal_execute_expanding_parameter(name, parameter, filled(values), **more)  # type: ignore[no-untyped-call]


class _Kept(PrepareManager):
    """Keeps what is prepared when a transaction is rolled back, as each does that only read.

    psycopg forgets it, for tables might have been made in between. Here only migrations make them, on connections of
    their own; and PostgreSQL plans anew by itself what a change of tables touches.
    """

    def clear(self) -> bool:
        """Forget nothing."""
        return False


def keep_plans(engine: Engine) -> None:
    """Let statements of an engine's connections, those to come, be planned once."""
    if engine.dialect.name == "sqlite":
        engine.dialect.statement_compiler = _FilledSqlite
        return
    _queries.MAX_CACHED_STATEMENT_LENGTH, _queries.MAX_CACHED_STATEMENT_PARAMS = _LONG, _MANY
    engine.dialect.statement_compiler = _FilledPostgres
    event.listen(engine, "connect", _keep)


def _keep(connection: Connection[Any], _record: object) -> None:
    connection._prepared = _Kept()
    connection.prepare_threshold = 1
