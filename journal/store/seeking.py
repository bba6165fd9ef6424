"""How a database is kept from seeking where it had better look."""

from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class unsought(FunctionElement[Any]):  # noqa: N801 - it reads as what it does to a column
    """A column by which rows are not to be found, though an index has it: only those found otherwise are held to it.

    An item is shown to one to four circles, and a viewer may hold thirty. SQLite would look for each of the thirty by
    the index; with a plus before the column it reads the few rows of the item instead
    (https://www.sqlite.org/optoverview.html, section 9). PostgreSQL does as it likes.
    """

    inherit_cache = True

    def __init__(self, column: ColumnElement[Any]) -> None:
        super().__init__(column)
        self.type = column.type


@compiles(unsought)
def _plainly(element: unsought, compiler: SQLCompiler, **more: Any) -> str:
    return compiler.process(element.clauses.clauses[0], **more)


@compiles(unsought, "sqlite")
def _with_a_plus(element: unsought, compiler: SQLCompiler, **more: Any) -> str:
    return f"+{_plainly(element, compiler, **more)}"
