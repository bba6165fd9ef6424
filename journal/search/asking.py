"""What somebody looks for, and what was found: the plain objects between the pages and the index."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from journal.names import Known


class Where(StrEnum):
    """Where the words stand."""

    ANYWHERE = "anywhere"
    WORDS = "words"  # titles and words of entries
    PICTURES = "pictures"  # captions and what a picture shows
    BACK = "back"  # what people wrote back


class Order(StrEnum):
    """In which order hits stand."""

    BEST = "best"
    NEWEST = "newest"


class Place(StrEnum):
    """Where in what was found the words stand."""

    TITLE = "title"
    WORDS = "words"
    CAPTION = "caption"
    DESCRIPTION = "description"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Ask:
    """A question. ``words`` is what was typed, cleaned; ``page`` counts from 1."""

    words: str
    child: UUID | None = None
    group: UUID | None = None
    where: Where = Where.ANYWHERE
    since: datetime | None = None
    until: datetime | None = None
    order: Order = Order.BEST
    page: int = 1


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, and whether it is what was looked for."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found, made from rows that passed the gate."""

    entry: UUID
    comment: UUID | None
    place: Place
    title: tuple[Piece, ...]
    """The entry's title; empty where it has none."""
    text: tuple[Piece, ...]
    """The words around the hit."""
    pupil: Known
    author: Known
    at: datetime
    picture: UUID | None
    """A photo to show with it, that the viewer sees and that can be shown by now."""
    words_of: UUID | None
    """Where the words are a picture's: which."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits."""

    hits: tuple[Hit, ...]
    total: int | None
    """How many in all; None for more than 50."""
    pages: int
    suggestion: str | None = None
    """The words with one of them spelled as it stands in something that the viewer may see."""
    mending: bool = False
    """Whether the index is being made anew, so that something may be missing."""
