"""The search index, behind three functions: ``propose``, ``put``, ``rebuild``. It proposes; the gate disposes.

It holds terms, circles as tokens and ids, and no text that could be shown. Embedded it is Whoosh in a folder; where the
database is PostgreSQL it is a table with PostgreSQL's own index. What the terms are, ``journal.text.terms`` says.
"""

from journal.store.index.asked import (
    AWAY,
    FORMAT,
    Clause,
    Condition,
    Index,
    IndexAway,
    IndexBusy,
    Kind,
    Proposal,
    Unit,
    Wanted,
)
from journal.store.index.opening import open_index

__all__ = [
    "AWAY",
    "FORMAT",
    "Clause",
    "Condition",
    "Index",
    "IndexAway",
    "IndexBusy",
    "Kind",
    "Proposal",
    "Unit",
    "Wanted",
    "open_index",
]
