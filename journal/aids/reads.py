"""A text as a person reads it: without what cannot be seen, digits as digits, each letter knowing where it stood."""

import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import re2

_UNSEEN = frozenset("\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff\u20e3")
"""Takes no room on the page: joiners, marks of direction, the frame round a keycap's number."""
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_TAKEN_APART = 4
"""Letters that one sign may come apart into; U+FDFA alone would be eighteen."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where something stands, in letters of the text that was written."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text, as read: without spaces, with the signs that people put into words."""

    text: str
    start: int
    end: int
    """Where it stands in the text as read."""


@dataclass(frozen=True, slots=True)
class Read:
    """A text as read. ``at[i]`` is where its letter ``i`` stood."""

    text: str
    at: tuple[int, ...] | range

    def span(self, start: int, end: int) -> Span:
        """Return where a part of it stood."""
        if end <= start:
            return Span(self.at[start], self.at[start])
        return Span(self.at[start], self.at[end - 1] + 1)


def pattern(written: str) -> Any:
    """Return a pattern of RE2's, whose cost grows with the text alone: none can run away."""
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 1 << 26
    return re2.compile(written, options)


def set_of(words: str) -> frozenset[str]:
    """Return the words that stand in a line."""
    return frozenset(words.split())


def read(written: str) -> Read:
    """Return a text as it is read. In one pass; never raises."""
    if written.isascii():
        return Read(written, range(len(written)))
    kept: list[str] = []
    at: list[int] = []
    for here, char in enumerate(written):
        for one in _seen(char):
            kept.append(one)
            at.append(here)
    return Read("".join(kept), tuple(at))


def _seen(char: str) -> str:
    if char.isascii():
        return char
    if (
        char in _UNSEEN
        or "\ud800" <= char <= "\udfff"
        or "\ufe00" <= char <= "\ufe0f"
        or "\U000e0000" <= char <= "\U000e0fff"
    ):
        return ""
    if char in _BLANK:
        return " "
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    apart = unicodedata.normalize("NFKC", char)
    return apart if len(apart) <= _TAKEN_APART else char


def tokens(text: str) -> list[Token]:
    """Return the words of a text that is read: what stands between spaces."""
    found: list[Token] = []
    start = None
    for here, char in enumerate(text):
        if char.isspace():
            if start is not None:
                found.append(Token(text[start:here], start, here))
            start = None
        elif start is None:
            start = here
    if start is not None:
        found.append(Token(text[start:], start, len(text)))
    return found


def words_in(text: str) -> list[Token]:
    """Return the runs of letters and numbers of a text that is read, hyphens and apostrophes inside them included."""
    found: list[Token] = []
    start = None
    for here, char in enumerate(text):
        inside = char.isalnum() or unicodedata.category(char)[0] == "M"
        joins = char in "-'’" and start is not None and here + 1 < len(text) and text[here + 1].isalnum()
        if inside or joins:
            start = here if start is None else start
        elif start is not None:
            found.append(Token(text[start:here], start, here))
            start = None
    if start is not None:
        found.append(Token(text[start:], start, len(text)))
    return found


def alone(text: str, start: int, end: int) -> bool:
    """Tell whether a part of a text is no piece of a longer word or number."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (before.isalnum() or after.isalnum())


def side_by_side(text: str, many: list[Token], most: int, between: str) -> list[list[Token]]:
    """Return the runs of words with at most ``most`` letters of ``between`` from one to the next, and nothing else."""
    runs: list[list[Token]] = [[one] for one in many[:1]]
    for before, here in pairwise(many):
        gap = text[before.end : here.start]
        if len(gap) <= most and not gap.strip(between):
            runs[-1].append(here)
        else:
            runs.append([here])
    return runs
