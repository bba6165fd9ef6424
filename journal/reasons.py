"""A database session of one viewer, and the stated reasons to see past them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from journal.seeing import Viewer

REASONS = frozenset(
    {
        "who is in which circle",
        "the facts that the rule asks about",
        "names under what is shown",
        "who is signing in",
        "what a signed-out person typed",
        "carrying out an act that was allowed",
        "doing the house's work",
        "whether search is up to date",
        "making the demo school",
        "a test looks at everything",
    }
)
"""Every reason to see past a viewer, in words. A test lists them; add one only with a reason to."""


BY_THE_RULE = {"by_the_rule": True}
"""Execution options of a statement that holds conditions out of ``journal.conditions``: their bare tables are the
rule's own. A test lists where this stands."""


class NoSight(RuntimeError):
    """A query was made that belongs to no viewer, or that the net could not hold."""


class GatedSession(Session):
    """A database session of one viewer, or of the house for a stated reason. Made by ``journal.net`` alone."""

    def __init__(self, engine: Engine | Connection, viewer: Viewer | None, reason: str) -> None:
        super().__init__(engine, expire_on_commit=False)
        self.viewer = viewer
        self.reasons = [known(reason)] if reason else []

    def _no_way_round(self, *_args: Any, **_more: Any) -> Any:
        """Refuse what hands out rows of the session, or changes rows by their ids, without asking the gate.

        Whoever saw past the viewer has left such rows behind. Use ``select()``, ``update()`` and ``delete()``.
        """
        raise NoSight("this goes round the net: select, update or delete instead")

    get = get_one = merge = merge_all = query = _no_way_round
    bulk_save_objects = bulk_insert_mappings = bulk_update_mappings = _no_way_round


def known(reason: str) -> str:
    """Return the reason. Raises ``NoSight`` for one that is not in ``REASONS``."""
    if reason not in REASONS:
        raise NoSight(f"not a known reason to see past the viewer: {reason}")
    return reason


@contextmanager
def beyond(session: Session, reason: str) -> Iterator[None]:
    """Let the enclosed queries see past the session's viewer, for a reason out of ``REASONS``."""
    if not isinstance(session, GatedSession):
        raise NoSight("not a session of the net")
    session.reasons.append(known(reason))
    try:
        yield
    finally:
        session.reasons.pop()
