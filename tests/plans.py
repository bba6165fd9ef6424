"""What a database says of how it runs a statement: its plan, and how much it does."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event

_EVERY = 10
"""SQLite tells of so many steps of its machine at a time."""


@contextmanager
def statements(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    """Collect the statements that are run meanwhile, each with its values."""
    seen: list[tuple[str, Any]] = []

    def note(_c: Any, _cur: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        seen.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def by_index(connection: Connection) -> None:
    """Of some thousand rows PostgreSQL likes to read all. Where it need not, there is an index for it."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET enable_seqscan = off")


def plan(connection: Connection, statement: str, parameters: Any) -> str:
    """Return the plan of a statement, a line for each step."""
    word = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN "
    return "\n".join(str(row[-1]) for row in connection.exec_driver_sql(word + statement, parameters))


def scanned(found: str, statement: str) -> set[str]:
    """Return the tables that a plan reads from end to end."""
    names = {alias: table for table, alias in re.findall(r"(\w+) AS (\w+)", statement)}
    return {names.get(one, one) for one in re.findall(r"(?:SCAN|Seq Scan on) (?:TABLE )?(\w+)", found)}


def work(connection: Connection, statement: str, parameters: Any) -> int:
    """Return how much a statement does, with no time in it: steps of SQLite's machine, rows that PostgreSQL reads."""
    if connection.dialect.name == "sqlite":
        return _steps(connection, statement, parameters)
    found = connection.exec_driver_sql(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", parameters).scalar_one()
    return _rows((found if isinstance(found, list) else json.loads(found))[0]["Plan"])


def _steps(connection: Connection, statement: str, parameters: Any) -> int:
    told = 0

    def tell() -> int:
        nonlocal told
        told += 1
        return 0

    driver: Any = connection.connection.driver_connection
    driver.set_progress_handler(tell, _EVERY)
    try:
        connection.exec_driver_sql(statement, parameters).all()
    finally:
        driver.set_progress_handler(None, 0)
    return told * _EVERY


def _rows(node: dict[str, Any]) -> int:
    """The rows of a step of a plan, those that it threw away too, and of all steps below."""
    thrown = sum(value for name, value in node.items() if name.startswith("Rows Removed by"))
    here = (node["Actual Rows"] + thrown) * node["Actual Loops"]
    return round(here) + sum(_rows(one) for one in node.get("Plans", ()))
