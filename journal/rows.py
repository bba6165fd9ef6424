"""Counting the rows that a statement changed: how an act finds out that another was first."""

from typing import Any, cast

from sqlalchemy import CursorResult, Delete, Update
from sqlalchemy.orm import Session


def changed(session: Session, statement: Update | Delete) -> int:
    """Run an UPDATE or DELETE and return how many rows it met.

    With the expected state in its WHERE this decides a race on both databases: the second one meets none.
    """
    result = session.execute(statement, execution_options={"synchronize_session": "fetch"})
    return int(cast(CursorResult[Any], result).rowcount)
