"""Statements that a database plans once for each connection, and not each time that a page asks them.

With the rule in it a statement takes ten to twenty times as long to plan as to run. psycopg can leave it with the
server, prepared, and Python's SQLite keeps the last 128; for that it must be the same text each time, and must not be
thrown away. So lists of values are written in few lengths.
"""

from collections.abc import Iterable, MutableMapping
from functools import cached_property
from typing import Any

from psycopg import Connection, _queries
from psycopg._preparing import PrepareManager
from sqlalchemy import Engine, event
from sqlalchemy.dialects.postgresql.psycopg import PGCompiler_psycopg
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.sql.compiler import ExpandedState, SQLCompiler

LENGTHS = (8, 128, 512)
"""A list of values in a statement is filled up to so many of them, by its last one; a longer one is not."""
TEXTS = 32
"""Texts of one statement that are kept."""
_LONG, _MANY = 1 << 17, 4096
"""Of how long a text, and of how many values, psycopg remembers how they are sent: the rule makes texts long."""


def filled(values: Iterable[Any]) -> list[Any]:
    """Return values of a list with the last of them said again, so that few lengths are told apart."""
    given = list(values)
    if len(given) < 2:
        return given
    length = next((one for one in LENGTHS if one >= len(given)), len(given))
    return given + given[-1:] * (length - len(given))


class _Few(SQLCompiler):
    """Writes lists of few lengths, so that few texts come of a statement, and each of these once.

    SQLAlchemy puts the lists' places into the text anew at each run, which takes as long as a short query: the rule
    makes texts long, and names the viewer's circles in dozens of places.
    """

    @cached_property
    def _texts(self) -> dict[tuple[object, ...], ExpandedState]:
        """The texts of this statement, by how long its lists are and by what stands in it as it is."""
        return {}

    @cached_property
    def _as_it_is(self) -> list[str]:
        return sorted({self.bind_names[one] for one in self.literal_execute_params})

    @cached_property
    def _lists(self) -> list[str]:
        return sorted({self.bind_names[one] for one in self.post_compile_params}.difference(self._as_it_is))

    def _process_parameters_for_postcompile(
        self, parameters: MutableMapping[str, Any], _populate_self: bool = False
    ) -> ExpandedState:
        """Return the text, and its values in one dict."""
        if _populate_self:  # for reading, not for running
            return super()._process_parameters_for_postcompile(parameters, _populate_self)
        for name in self._lists:
            parameters[name] = filled(parameters[name])
        shape = (*(len(parameters[name]) for name in self._lists), *(repr(parameters[name]) for name in self._as_it_is))
        if (known := self._texts.get(shape)) is None:
            if len(self._texts) >= TEXTS:
                self._texts.clear()
            known = super()._process_parameters_for_postcompile(parameters)
            self._texts[shape] = known._replace(parameters={})
            return known
        for name in self._as_it_is:
            del parameters[name]
        for name in self._lists:
            parameters.update(zip(known.parameter_expansion[name], parameters.pop(name), strict=True))
        return known._replace(parameters=parameters)


class _FewPostgres(_Few, PGCompiler_psycopg):
    """For PostgreSQL."""


class _FewSqlite(_Few, SQLiteCompiler):
    """The same for SQLite, which keeps 170 kB for each text of a statement with the rule in it."""


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
        engine.dialect.statement_compiler = _FewSqlite
        return
    _queries.MAX_CACHED_STATEMENT_LENGTH, _queries.MAX_CACHED_STATEMENT_PARAMS = _LONG, _MANY
    engine.dialect.statement_compiler = _FewPostgres
    event.listen(engine, "connect", _keep)


def _keep(connection: Connection[Any], _record: object) -> None:
    connection._prepared = _Kept()
    connection.prepare_threshold = 1
