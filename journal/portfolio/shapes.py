"""What a portfolio is made of, as plain objects: what is wanted, how much that is, what is in it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from journal.portfolio.scope import Scope
from journal.seeing import Viewer
from journal.words import Stand


class Why(StrEnum):
    """Why something is not in a portfolio, as far as its orderer may know."""

    KEPT_OUT = "kept_out"  # the pupil keeps it out of the portfolio
    DRAFT = "draft"  # still being made; told to the pupil alone
    NOT_READY = "not_ready"  # a photo without its sizes
    HIDDEN = "hidden"  # a comment that the orderer has hidden
    MISSING = "missing"  # a photo whose file is not there


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose things, for whom, and which of them. ``pupils`` is one, but in the preview of a class."""

    viewer: Viewer
    stand: Stand
    pupils: frozenset[UUID]
    scope: Scope


@dataclass(frozen=True, slots=True)
class Preview:
    """How much would be in it, and what would not be, and why. ``bytes`` is what there is to copy."""

    entries: int
    photos: int
    comments: int
    bytes: int
    left_out: Mapping[Why, int]

    def and_also(self, other: "Preview") -> "Preview":
        """Return how much two hold together."""
        return Preview(
            self.entries + other.entries,
            self.photos + other.photos,
            self.comments + other.comments,
            self.bytes + other.bytes,
            Counter(self.left_out) + Counter(other.left_out),
        )


NOTHING = Preview(0, 0, 0, 0, {})


@dataclass(frozen=True, slots=True)
class Found:
    """An entry that is in it, in the revision that is there."""

    entry: UUID
    revision: UUID
    title: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Piece:
    """A comment or a photo that is in it. ``placement`` is a photo's place, None for a comment."""

    entry: UUID
    item: UUID
    revision: UUID
    placement: UUID | None = None
    attachment: UUID | None = None
