"""Pouring many rows into tables at once: what a large demo is made with, and too many for one act after another.

Nothing is asked of the gate here and nothing is noted for anybody: whoever pours sees to it that the rows are what acts
would have written. PostgreSQL takes them by COPY, SQLite by one prepared statement.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from psycopg import sql
from sqlalchemy import Column, Connection, DateTime, Table, TypeDecorator
from sqlalchemy.sql.schema import ScalarElementColumnDefault

CACHE_KIB = 200_000
"""Pages that SQLite keeps in memory while rows are poured; with its usual two megabytes it writes each many times."""

MOST_MOMENTS = 50_000
"""Moments that are remembered as the driver takes them: what is poured together happened together."""

Row = tuple[Any, ...]
One = Callable[[Any], Any]
Way = Callable[[Sequence[Any]], Sequence[Any]]


class Pour:
    """Pours rows through one connection, in whatever transaction that is in."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._moments: dict[datetime | None, Any] = {}
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA cache_size = -{CACHE_KIB}")

    @property
    def elsewhere(self) -> bool:
        """Whether the database works in a process of its own, so that something else can be done meanwhile."""
        return self._connection.dialect.name == "postgresql"

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
        """How the values of this column are handed to the driver; None for as they are."""
        dialect = self._connection.dialect
        one = column.type.dialect_impl(dialect).bind_processor(dialect)
        if one is None:
            return None
        kept_as = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
        return partial(self._as_moments if isinstance(kept_as, DateTime) else _one_by_one, one)

    def _as_moments(self, way: One, values: Sequence[datetime | None]) -> list[Any]:
        """Each moment once: it stands in many rows, of many tables."""
        if len(self._moments) > MOST_MOMENTS:
            self._moments.clear()
        self._moments.update((one, way(one)) for one in set(values) - self._moments.keys())
        return [self._moments[one] for one in values]

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
    """The rows as the driver takes them, changed a column at a time."""
    columns: list[Sequence[Any]] = [*zip(*rows, strict=True), *((value,) * len(rows) for value in rest)]
    return zip(*(way(values) if way else values for values, way in zip(columns, ways, strict=True)), strict=True)


def _one_by_one(way: One, values: Sequence[Any]) -> list[Any]:
    return [way(one) for one in values]
