"""Pouring many rows into tables at once: what a large demo is made with, and too many for one act after another.

Nothing is asked of the gate here and nothing is noted for anybody: whoever pours sees to it that the rows are what acts
would have written. PostgreSQL takes them by COPY, SQLite by one prepared statement.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import repeat
from typing import Any

from psycopg import sql
from sqlalchemy import Column, Connection, Table
from sqlalchemy.sql.schema import ScalarElementColumnDefault

CACHE_KIB = 200_000
"""Pages that SQLite keeps in memory while rows are poured; with its usual two megabytes it writes each many times."""

Row = tuple[Any, ...]
Way = Callable[[Any], Any]


class Pour:
    """Pours rows through one connection, in whatever transaction that is in."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA cache_size = -{CACHE_KIB}")

    def into(self, table: Table, names: Sequence[str], rows: Sequence[Row]) -> None:
        """Add rows, each a tuple of Python values in the order of ``names``.

        A column that is not named takes its default, which must be a plain value. Raises ValueError where it is none,
        and what the database raises for rows that it refuses.
        """
        if not rows:
            return
        rest = {one.name: _default(one) for one in table.columns if one.name not in names and one.default is not None}
        columns = [table.columns[name] for name in (*names, *rest)]
        ready = _as_kept(rows, [self._way(one) for one in columns], tuple(rest.values()))
        if self._connection.dialect.name == "postgresql":
            self._copy(table, columns, ready)
        else:
            self._insert(table, columns, ready)

    def statistics(self) -> None:
        """Let the database count what was poured, so that it plans as it would in life."""
        if self._connection.dialect.name == "postgresql":
            self._connection.exec_driver_sql("ANALYZE")

    def _way(self, column: Column[Any]) -> Way | None:
        """How a value of this column is handed to the driver; None for as it is."""
        dialect = self._connection.dialect
        return column.type.dialect_impl(dialect).bind_processor(dialect)

    def _copy(self, table: Table, columns: Sequence[Column[Any]], rows: Iterable[Row]) -> None:
        driver: Any = self._connection.connection.driver_connection
        named = sql.SQL(", ").join(sql.Identifier(one.name) for one in columns)
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), named)
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)

    def _insert(self, table: Table, columns: Sequence[Column[Any]], rows: Iterable[Row]) -> None:
        quoted = self._connection.dialect.identifier_preparer
        named = ", ".join(quoted.format_column(one) for one in columns)
        places = ", ".join("?" * len(columns))
        driver: Any = self._connection.connection.driver_connection
        driver.executemany(f"INSERT INTO {quoted.format_table(table)} ({named}) VALUES ({places})", rows)  # noqa: S608


def _default(column: Column[Any]) -> Any:
    if not isinstance(column.default, ScalarElementColumnDefault):
        raise ValueError(f"the rows need a value for {column}")
    return column.default.arg


def _as_kept(rows: Sequence[Row], ways: Sequence[Way | None], rest: Row) -> Iterator[Row]:
    """The rows as the driver takes them. A column at a time, and each moment once: it stands in many rows."""
    columns: list[Iterable[Any]] = [*zip(*rows, strict=True), *(repeat(value, len(rows)) for value in rest)]
    return zip(*(_changed(values, way) for values, way in zip(columns, ways, strict=True)), strict=True)


def _changed(values: Iterable[Any], way: Way | None) -> Iterable[Any]:
    if way is None:
        return values
    values = list(values)
    if not any(isinstance(one, datetime) for one in values[:1]):
        return [way(one) for one in values]
    known = {one: way(one) for one in set(values)}
    return [known[one] for one in values]
