"""Counting the rows that a statement changed: how an act finds out that another was first."""

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import CursorResult, Delete, Update
from sqlalchemy.orm import Session


def changed(session: Session, statement: Update | Delete, values: Mapping[str, Any] | None = None) -> int:
    """Run an UPDATE or DELETE and return how many rows it met.

    With the expected state in its WHERE this decides a race on both databases: the second one meets none. ``values``
    are those of a statement that was built once; objects that are loaded already are not brought up to date by it.
    """
    how = {"synchronize_session": "fetch" if values is None else False}
    result = session.execute(statement, values, execution_options=how)
    return int(cast(CursorResult[Any], result).rowcount)
