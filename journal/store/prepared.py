"""Statements that a database plans once for each connection, and not each time that a page asks them.

With the rule in it a statement takes ten to twenty times as long to plan as to run. psycopg can leave it with the
server, prepared, and Python's SQLite keeps the last 128; for that it must be the same text each time, and must not be
thrown away. So lists of values are written in few lengths.
"""

import re
from collections.abc import Iterable, MutableMapping
from functools import cached_property
from typing import Any

from psycopg import Connection, _queries
from psycopg._preparing import PrepareManager
from sqlalchemy import BindParameter, Engine, event
from sqlalchemy.dialects.postgresql.psycopg import PGCompiler_psycopg
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.sql.compiler import OPERATORS, ExpandedState, SQLCompiler

LENGTHS = (8, 128, 512)
"""A list of values in a statement is filled up to so many of them, by its last one; a longer one is not."""
TEXTS = 32
"""Texts of one statement that are kept."""
_LONG, _MANY = 1 << 17, 4096
"""Of how long a text, and of how many values, psycopg remembers how they are sent: the rule makes texts long."""


_IN_LIST = re.compile(r" IN \((__\[POSTCOMPILE_\S+\])\)$")
_NOT_IN_LIST = re.compile(r" NOT IN \((__\[POSTCOMPILE_\S+\])\)$")


def filled(values: Iterable[Any]) -> list[Any]:
    """Return values of a list with the last of them said again, so that few lengths are told apart."""
    given = list(values)
    if len(given) < 2:
        return given
    length = next((one for one in LENGTHS if one >= len(given)), len(given))
    return given + given[-1:] * (length - len(given))


class _Few(SQLCompiler):
    """Makes few texts of a statement, and each of them once.

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
        if any(one.type._is_tuple_type for one in self.post_compile_params):
            raise NotImplementedError("a list of pairs")
        return sorted({self.bind_names[one] for one in self.post_compile_params}.difference(self._as_it_is))

    def _sent(self, _name: str, values: Iterable[Any]) -> list[Any]:
        """Return the values that are sent for a list."""
        return filled(values)

    def _process_parameters_for_postcompile(
        self, parameters: MutableMapping[str, Any], _populate_self: bool = False
    ) -> ExpandedState:
        """Return the text, and its values in one dict."""
        for name in self._lists:
            parameters[name] = self._sent(name, parameters[name])
        if _populate_self:  # for reading, not for running
            return super()._process_parameters_for_postcompile(parameters, _populate_self)
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


class _FewSqlite(_Few, SQLiteCompiler):
    """For SQLite, which keeps 170 kB for each text of a statement with the rule in it: lists come in few lengths."""


class _FewPostgres(_Few, PGCompiler_psycopg):
    """For PostgreSQL, where a list is one value, an array: a statement has one text, whatever it is asked about."""

    def visit_in_op_binary(self, binary: Any, operator: Any, **more: Any) -> str:
        """Write ``IN`` a list as ``= ANY`` of an array. What is no list, a query, stays as it is."""
        return _IN_LIST.sub(r" = ANY (\1)", self._generate_generic_binary(binary, OPERATORS[operator], **more))

    def visit_not_in_op_binary(self, binary: Any, operator: Any, **more: Any) -> str:
        """Write ``NOT IN`` a list as ``!= ALL`` of an array."""
        said = self._generate_generic_binary(binary, OPERATORS[operator], **more)
        return "({})".format(_NOT_IN_LIST.sub(r" != ALL (\1)", said))

    def _sent(self, name: str, values: Iterable[Any]) -> list[Any]:
        prepare = self._bind_processors.get(name)
        return [[*map(prepare, values)] if callable(prepare) else [*values]]

    def _literal_execute_expanding_parameter(
        self, name: str, parameter: BindParameter[Any], values: Any, *, taken_names: set[str]
    ) -> tuple[list[tuple[str, Any]], str]:
        if parameter.literal_execute:
            raise NotImplementedError("a list that is written out")
        whole = f"{name}__all"  # a name of its own: what is sent was prepared value by value
        kind, place = parameter.type._unwrapped_dialect_impl(self.dialect), self.bindtemplate % {"name": whole}
        if kind._isnull:  # PostgreSQL sees what the values are
            return [(whole, values[0])], place
        said = self.dialect.type_compiler_instance.process(kind)
        return [(whole, values[0])], f"{place}::{said.partition('(')[0]}[]"

    def _process_parameters_for_postcompile(
        self, parameters: MutableMapping[str, Any], _populate_self: bool = False
    ) -> ExpandedState:
        return super()._process_parameters_for_postcompile(parameters, _populate_self)._replace(processors={})


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
