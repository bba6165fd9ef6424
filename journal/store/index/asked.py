"""What is put into a search index and what is asked of it: plain objects, the same for every kind of index."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

FORMAT = 2
"""Grows whenever what stands in an index changes: other terms, other tokens. One of another format is made anew."""

SCORED = 300
"""How many of the newest are ranked by how well they fit; what is older follows by its age. Common words find more."""


class Kind(StrEnum):
    """What a unit is."""

    WORDS = "words"  # an entry's title and words
    PICTURE = "picture"  # a picture's caption and description
    COMMENT = "comment"


class Condition(StrEnum):
    """In what condition an index is."""

    GOOD = "good"
    MISSING = "missing"
    OLD = "old"
    """Made by another version of this software."""
    BROKEN = "broken"


AWAY = frozenset({Condition.MISSING, Condition.OLD, Condition.BROKEN})
"""Conditions in which an index says nothing and has to be made anew."""


class IndexAway(RuntimeError):
    """The index cannot be read: it is missing, broken, or of another version."""


class IndexBusy(RuntimeError):
    """Somebody else writes into the index now."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that is found or not found by itself: an entry's words, a picture's caption, a comment's words."""

    id: UUID
    """The revision whose words these are, or the picture's placement."""
    item: UUID
    school: UUID
    kind: Kind
    circles: frozenset[str]
    """Tokens, of which whoever looks must hold one: circles; the author and who decides have tokens of their own."""
    about: frozenset[str]
    """Tokens to choose by: whose space it stands in, what it is, which classes it is shown to."""
    at: datetime
    title: str
    """An entry's title, a picture's caption."""
    words: str


@dataclass(frozen=True, slots=True)
class Clause:
    """Something that a unit must say: terms that follow one another, or instead any of some others."""

    terms: tuple[str, ...]
    either: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question to the index. A unit is proposed that meets every clause."""

    clauses: tuple[Clause, ...]
    circles: frozenset[str]
    about: tuple[frozenset[str], ...] = ()
    """Of each of these the unit must have a token."""
    since: datetime | None = None
    until: datetime | None = None
    newest: bool = False
    """The newest first, rather than what fits best."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A unit that perhaps may be seen, and perhaps still says it."""

    id: UUID
    item: UUID
    kind: Kind


class Index(Protocol):
    """A search index."""

    def propose(self, wanted: Wanted, start: int, most: int) -> list[Proposal]:
        """Return units that meet a question, from ``start`` on; where it is fewer than ``most`` there are no more.

        Raises ``IndexAway``.
        """

    def put(self, items: Collection[UUID], units: Iterable[Unit]) -> None:
        """Put all units of these items in place of those that are there. Raises ``IndexAway`` and ``IndexBusy``."""

    def rebuild(self, batches: Iterable[Collection[Unit]]) -> None:
        """Build a new index beside the old one and put it in its place. Raises ``IndexBusy``; the old one stays then.

        Nothing is put meanwhile. ``batches`` is asked only when nobody else can write any more.
        """

    def condition(self) -> Condition:
        """Return in what condition the index is."""
