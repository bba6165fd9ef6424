"""How many units say a word at most, as PostgreSQL noted when it last looked over them.

It does so by itself, for its plans: the thousand words that most units say, and how large a part of all units that is.
Any other word is said by fewer. Nothing that is found or shown depends on it, only the way on which it is looked for.
"""

from collections.abc import Iterable, Mapping
from math import inf
from time import monotonic

from sqlalchemy import Connection, text

from journal.store.index.asked import Clause

KEPT = 600.0
"""Seconds for which what was noted is remembered."""
_NOTED = text(
    "SELECT most_common_elems::text::text[] AS words, most_common_elem_freqs AS parts, reltuples AS units"
    " FROM pg_stats JOIN pg_class ON pg_class.oid = to_regclass('search_unit')"
    " WHERE schemaname = current_schema() AND tablename = 'search_unit' AND attname = 'words'"
)


class Commonness:
    """What is known of the words in an index."""

    def __init__(self) -> None:
        self._said: Mapping[str, float] | None = None
        self._others = inf
        self._until = 0.0

    def at_most(self, connection: Connection, clauses: Iterable[Clause]) -> float:
        """Return how many units meet all of some clauses at most, about; infinity where nothing was noted yet."""
        if monotonic() >= self._until:
            self._look(connection)
            self._until = monotonic() + KEPT
        return min((self._of(clause) for clause in clauses), default=inf)

    def _of(self, clause: Clause) -> float:
        said, others = self._said, self._others
        if said is None:
            return inf
        if not clause.terms:
            return sum(said.get(term, others) for term in clause.either)
        # What may stand there instead is a way of writing that few use, or it was noted.
        return min(said.get(term, others) for term in clause.terms) + sum(said.get(term, 0) for term in clause.either)

    def _look(self, connection: Connection) -> None:
        noted = connection.execute(_NOTED).first()
        if noted is None or not noted.words or noted.units <= 0:
            self._said, self._others = None, inf
            return
        parts = noted.parts[: len(noted.words)]
        self._others = min(parts) * noted.units
        self._said = {word: part * noted.units for word, part in zip(noted.words, parts, strict=True)}
