"""Terms of ours as PostgreSQL writes what a text says and what is asked of it. None of its dictionaries has a say."""

from collections import defaultdict
from collections.abc import Iterable

from journal.store.index.asked import Clause, Unit
from journal.store.index.spans import span_of
from journal.text.terms import side_terms_in, terms_in

LONG = "§"
"""A lexeme on texts too long for PostgreSQL to remember where each word stands: phrases are not judged there."""
MOST_PLACES = 16_000
MOST_TIMES = 250


def vector(unit: Unit) -> str:
    """Return the terms of a unit with their places: those of the title weigh more."""
    places: dict[str, list[str]] = defaultdict(list)
    title = terms_in(unit.title)
    for place, term in enumerate(title, 1):
        places[term].append(f"{place}A")
    words = terms_in(unit.words)
    for place, term in enumerate(words, len(title) + 2):
        places[term].append(str(place))
    sides = side_terms_in(unit.title) | side_terms_in(unit.words)
    if len(title) + len(words) > MOST_PLACES or any(len(one) > MOST_TIMES for one in places.values()):
        sides.add(LONG)
    sides.add(span_of(unit.at))
    found = [f"{_quoted(term)}:{','.join(at[:MOST_TIMES])}" for term, at in places.items()]
    return " ".join([*found, *map(_quoted, sorted(sides))])


def query(clauses: Iterable[Clause]) -> str:
    """Return what a unit must say."""
    return " & ".join(f"({_clause(one)})" for one in clauses)


def _clause(clause: Clause) -> str:
    terms = [_quoted(term) for term in clause.terms]
    ways = [" <-> ".join(terms)] if terms else []
    if len(terms) > 1:
        ways.append(f"({' & '.join([_quoted(LONG), *dict.fromkeys(terms)])})")
    return " | ".join(ways + [_quoted(term) for term in sorted(clause.either)])


def _quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"
