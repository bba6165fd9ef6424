"""Rows by a list of ids that is given when a statement is run, the whole list as one value.

A list that is written out makes another statement of each length. PostgreSQL plans each anew, on each connection, and
with the rule in it that takes five times as long as to run it. ``journal.store.prepared`` does the same for every list
on PostgreSQL; on SQLite it writes lists in a few lengths, each a statement of its own for lists as long as these.
"""

import json
from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, Dialect, SQLColumnExpression, Text, TypeDecorator, Uuid, bindparam
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine


class _Ids(TypeDecorator[Collection[UUID]]):
    """Ids, as an array where the database has arrays, elsewhere as JSON of what it keeps for an id."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the type that the database knows."""
        return dialect.type_descriptor(ARRAY(Uuid()) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Collection[UUID] | None, dialect: Dialect) -> Any:
        """Return the ids as they are sent."""
        ids = value or ()
        return list(ids) if dialect.name == "postgresql" else json.dumps([one.hex for one in ids])


class _Among(FunctionElement[bool]):
    name = "among"
    type = Boolean()
    inherit_cache = True
    _is_implicitly_boolean = True  # else it is compared with 1, and SQLite goes through the whole table


@compiles(_Among)
def _as_sql(found: _Among, compiler: SQLCompiler, **more: Any) -> str:
    one, ids = (compiler.process(part, **more) for part in found.clauses)
    return f"{one} IN (SELECT value FROM json_each({ids}))"  # noqa: S608 - of parts that were compiled


@compiles(_Among, "postgresql")
def _as_postgresql(found: _Among, compiler: SQLCompiler, **more: Any) -> str:
    one, ids = (compiler.process(part, **more) for part in found.clauses)
    return f"{one} = ANY ({ids})"


def among(column: SQLColumnExpression[UUID], name: str) -> ColumnElement[bool]:
    """Return the condition that an id is among those that are given under a name."""
    return _Among(column, bindparam(name, type_=_Ids()))
