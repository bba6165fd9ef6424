"""Lists of words that somebody should look at: whole words, and their common disguises.

A list is plain words, a line each. A star at the end or the beginning stands for the rest of a word. There are no other
patterns, so none can be broken, and none can run away: looking a word up costs the same however long the list is.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources

from journal.aids.disguise import plain, squeezed, variants
from journal.aids.reads import Token, side_by_side, tokens

LANGUAGES = ("en", "cy", "ur")
MOST_LINES = 10_000
LONGEST_LINE = 60
"""Letters of one line."""
_LEAST_STEM = 3
"""Letters beside a star: fewer would mean every other word."""
_LONGEST_PHRASE = 6
_LEAST_SPACED, _MOST_SPACED = 3, 24
"""Single letters in a row that may be a word."""


class BadLine(ValueError):
    """A line of a list that cannot be taken: its number, from 1. The words stay out of the message."""

    def __init__(self, number: int) -> None:
        super().__init__(f"line {number}")
        self.number = number


@dataclass(frozen=True, slots=True)
class ListOfWords:
    """A list, ready to be looked things up in."""

    name: str
    whole: frozenset[str] = frozenset()
    squeezed: frozenset[str] = frozenset()
    """Whole words with letters that stand twice written once."""
    shapes: dict[tuple[int, str], tuple[str, ...]] = field(default_factory=dict)
    """Whole words by length and first letter, for those in which stars hide letters."""
    starts: frozenset[str] = frozenset()
    ends: frozenset[str] = frozenset()
    lengths: tuple[int, ...] = ()
    """How long starts and ends are."""
    phrases: frozenset[tuple[str, ...]] = frozenset()
    openers: frozenset[str] = frozenset()
    """First words of phrases."""


@lru_cache(maxsize=64)
def list_of(name: str, lines: tuple[str, ...], leave: frozenset[str] = frozenset()) -> ListOfWords:
    """Return a list made of lines, without those in ``leave`` (as ``tidied`` has them). Raises ``BadLine``."""
    found = {one for one in tidied("\n".join(lines)) if one not in leave}
    whole = {one for one in found if "*" not in one and " " not in one}
    starts = {one[:-1] for one in found if one.endswith("*")}
    ends = {one[1:] for one in found if one.startswith("*")}
    phrases = {tuple(one.split()) for one in found if " " in one}
    shapes: dict[tuple[int, str], list[str]] = {}
    for one in sorted(whole | starts):
        shapes.setdefault((len(one), one[0]), []).append(one)
    return ListOfWords(
        name,
        frozenset(whole),
        frozenset(squeezed(one) for one in whole),
        {key: tuple(many) for key, many in shapes.items()},
        frozenset(starts),
        frozenset(ends),
        tuple(sorted({len(one) for one in starts | ends})),
        frozenset(phrases),
        frozenset(one[0] for one in phrases),
    )


def tidied(typed: str) -> tuple[str, ...]:
    """Return the lines of a list as they are kept: folded, each once, in order. Raises ``BadLine``.

    Empty lines and those that begin with # are passed over.
    """
    kept: dict[str, None] = {}
    for number, line in enumerate(typed.splitlines(), start=1):
        words = " ".join(line.split())
        if not words or words.startswith("#"):
            continue
        one = _line(words)
        if one is None or number > MOST_LINES:
            raise BadLine(number)
        kept[one] = None
    return tuple(kept)


def _line(words: str) -> str | None:
    """A line folded, or None for one that is no plain word or phrase."""
    if len(words) > LONGEST_LINE:
        return None
    bare = words.strip("*")
    stars = len(words) - len(bare)
    if stars > 1 or "*" in bare or (stars and (" " in bare or len(bare) < _LEAST_STEM)):
        return None
    if not all(one in " '’-" or unicodedata.category(one)[0] in "LMN" for one in bare):
        return None
    folded = " ".join(one for one in (plain(word) for word in bare.split()) if one)
    if not any(one.isalpha() for one in folded) or len(folded) < 2 or len(folded.split()) > _LONGEST_PHRASE:
        return None
    return ("*" if words.startswith("*") else "") + folded + ("*" if words.endswith("*") else "")


@lru_cache(maxsize=8)
def shipped(language: str) -> tuple[str, ...]:
    """Return the lines of the list that comes with the product in a language; none for one that has none."""
    if language not in LANGUAGES:
        return ()
    words = resources.files("journal.aids").joinpath("words", f"{language}.txt").read_text("utf-8")
    return tidied(words)


def listed(text: str, words: ListOfWords) -> Iterator[tuple[int, int]]:
    """Yield where words of a list stand in a text that is read, disguised ones too."""
    many = tokens(text)
    folded = [plain(one.text) for one in many]
    for at, token in enumerate(many):
        span = _phrase(many, folded, at, words) if folded[at] in words.openers else None
        if span:
            yield span
        else:
            yield from _in_token(token, words)
    yield from _spaced(text, many, words)


def _phrase(many: list[Token], folded: list[str], at: int, words: ListOfWords) -> tuple[int, int] | None:
    for length in range(_LONGEST_PHRASE, 1, -1):
        if tuple(folded[at : at + length]) in words.phrases:
            return many[at].start, many[min(at + length, len(many)) - 1].end
    return None


def _in_token(token: Token, words: ListOfWords) -> Iterator[tuple[int, int]]:
    """A token as a whole, else each of its parts that hyphens, dots and slashes hold together."""
    inner, start = _trimmed(token)
    if not inner:
        return
    if is_listed(inner, words):
        yield start, start + len(inner)
        return
    at = start
    for part in _parts(inner):
        if part != inner and is_listed(part, words):
            yield at, at + len(part)
        at += len(part) + 1


def _trimmed(token: Token) -> tuple[str, int]:
    left = token.text.lstrip("\"'“”‘’«»([{.,;:!?¿¡-–—*_~")
    start = token.start + len(token.text) - len(left)
    return left.rstrip("\"'“”‘’«»)]}.,;:?-–—_~۔،؟"), start


def _parts(word: str) -> list[str]:
    for between in "/,;:?–—…_":
        word = word.replace(between, "-")
    return word.replace(".", "-").split("-")


def is_listed(word: str, words: ListOfWords) -> bool:
    """Tell whether a word is on the list, as it is or in disguise."""
    if len(word) > LONGEST_LINE:
        return False
    for one in variants(word):
        if one in words.whole or _begins_or_ends(one, words):
            return True
    if _stretched(word) and any(squeezed(one) in words.squeezed for one in variants(word)):
        return True
    return _hidden(word.replace("#", "*").replace("_", "*").casefold(), words)


def _begins_or_ends(word: str, words: ListOfWords) -> bool:
    return any(
        word[:length] in words.starts or word[-length:] in words.ends for length in words.lengths if length <= len(word)
    )


def _stretched(word: str) -> bool:
    """Whether a letter stands three times in a row, as nobody spells."""
    return any(word[at] == word[at + 1] == word[at + 2] for at in range(len(word) - 2))


def _hidden(word: str, words: ListOfWords) -> bool:
    """Whether stars hide letters of a listed word: sh*t, f***."""
    stars = word.count("*")
    letters = len(word) - stars
    if not stars or not letters or not word[0].isalpha() or any(not (one == "*" or one.isalpha()) for one in word):
        return False
    alike = words.shapes.get((len(word), word[0]), ())
    return any(all(a in ("*", b) for a, b in zip(word, one, strict=True)) for one in alike)


def _spaced(text: str, many: list[Token], words: ListOfWords) -> Iterator[tuple[int, int]]:
    """Words whose letters stand apart: s h i t, s.h.i.t."""
    single = [one for one in many if len(one.text.strip(".,-_*!")) == 1]
    for run in side_by_side(text, single, 2, " "):
        joined = "".join(one.text.strip(".,-_*!") for one in run)
        if _LEAST_SPACED <= len(joined) <= _MOST_SPACED and is_listed(joined, words):
            yield run[0].start, run[-1].end
    for token in many:
        inner, start = _trimmed(token)
        letters = _parts(inner.replace("*", "-"))
        apart = _LEAST_SPACED <= len(letters) <= _MOST_SPACED and all(len(one) == 1 for one in letters)
        if apart and is_listed("".join(letters), words):
            yield start, start + len(inner)
