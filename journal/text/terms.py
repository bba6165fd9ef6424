"""Words out of text, as they are looked for: one analyser, so that every index finds the same.

A **term** is a folded word, in English letters its stem. Beside the terms in their order stand **side terms**, which
no letters can spell: ``=seashell`` for *sea-shell*, ``~`` and the consonants alone for words with vowel signs.
"""

import re
import unicodedata
from collections.abc import Iterator
from threading import local
from typing import NamedTuple

from Stemmer import Stemmer

from journal.text.folding import bare, fold

JOINED, BARE = "=", "~"
LONGEST = 64
"""Characters of a term; more of a word than that is not looked at."""
_KEPT = 20_000
"""Words whose terms are remembered."""


def _marks() -> str:
    """The combining marks that words of the world's scripts are written with, as ranges for a class of characters."""
    areas = (
        (0x300, 0x2000),
        (0x20D0, 0x2100),
        (0x2DE0, 0x3100),
        (0xA66F, 0xABF0),
        (0xFB1E, 0xFE30),
        (0x10A00, 0x11FFF),
    )
    found: list[list[int]] = []
    for start, end in areas:
        for code in range(start, end):
            if unicodedata.category(chr(code))[0] != "M":
                continue
            if found and found[-1][1] == code - 1:
                found[-1][1] = code
            else:
                found.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" if last > first else chr(first) for first, last in found)


_MARKS = _marks()
_QUOTES = "'’‘ʼ＇"
_LETTER = rf"[\w{_MARKS}\u200c\u200d\u00ad{_QUOTES}]"
_ASCII = rf"[A-Za-z0-9_{_QUOTES[0]}]"
_BEYOND = rf"(?![\x00-\x7f]){_LETTER}"
_WORD = re.compile(rf"{_ASCII}++(?:{_BEYOND}{_LETTER}*+)?+|{_BEYOND}{_LETTER}*+")
"""Letters, as many as there are. What is ASCII is looked at by itself first: whether a space is a letter takes Python
longer than all letters of a word, for it looks through all marks of the world's scripts.
"""
_ALONE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Scripts that part no words: each letter with its marks stands alone, and what is typed together is a phrase."""
_HAS_ALONE = re.compile(rf"[{_ALONE}]")
_PART = re.compile(rf"[{_ALONE}][{_MARKS}]*|[^{_ALONE}]+")
_COMPOUND = re.compile(rf"(?<!{_LETTER}){_LETTER}++(?:[-‐‑]{_LETTER}++)+")
"""Begun at the beginning of a word and never gone back in: else one word of 20,000 letters takes seconds."""


class _Terms(dict[str, str]):
    """The terms of words as written; the most frequent stay, for people use the same words again and again."""

    def __missing__(self, written: str) -> str:
        term = term_of(written)
        if len(written) <= LONGEST:
            if len(self) >= _KEPT:
                self.clear()
            self[written] = term
        return term


_terms = _Terms()


class _EachThread(local):
    """A stemmer is for one thread at a time. It remembers nothing by itself, for the terms are remembered."""

    def __init__(self) -> None:
        self.stem = Stemmer("english", 0).stemWord


_english = _EachThread()


class Word(NamedTuple):
    """A word in a text: where it stands, and its term."""

    start: int
    end: int
    term: str


def term_of(written: str) -> str:
    """Return the term of one word as written; "" for one of which nothing is left."""
    folded = fold(written)[:LONGEST]
    return str(_english.stem(folded)) if len(folded) > 2 and folded.isascii() and folded.isalpha() else folded


def terms_in(text: str) -> list[str]:
    """Return the terms of a text in their order."""
    if _is_parted(text):
        return [word.term for word in words_in(text)]
    return list(filter(None, map(_terms.__getitem__, _written(text))))


def words_in(text: str) -> Iterator[Word]:
    """Yield the words of a text in their order, with where they stand."""
    parted = _is_parted(text)
    for found in _WORD.finditer(text.replace("_", " ")):
        if parted:
            for part in _PART.finditer(found[0]):
                if term := _terms[part[0]]:
                    yield _word(part[0], part.start() + found.start(), term)
        elif term := _terms[found[0]]:
            yield _word(found[0], found.start(), term)


def _is_parted(text: str) -> bool:
    """Tell whether a text has letters that stand alone."""
    return not text.isascii() and _HAS_ALONE.search(text) is not None


def _word(written: str, start: int, term: str) -> Word:
    """Return a word without the quotation marks around it."""
    if written.isalnum():
        return Word(start, start + len(written), term)
    before = len(written) - len(written.lstrip(_QUOTES))
    return Word(start + before, start + len(written.rstrip(_QUOTES)), term)


def _written(text: str) -> list[str]:
    return _WORD.findall(text.replace("_", " "))


def side_terms_in(text: str) -> set[str]:
    """Return the side terms of a text."""
    found = {JOINED + term for compound in compounds_in(text) if (term := joined(compound))}
    if not text.isascii():
        found |= {BARE + short for written in _written(text) for short in bare_of(written)}
    return found


def compounds_in(text: str) -> list[str]:
    """Return the words that are joined by hyphens."""
    return [text[start:end] for start, end in compounds_at(text)]


def compounds_at(text: str) -> list[tuple[int, int]]:
    """Return where words stand that are joined by hyphens."""
    if not any(hyphen in text for hyphen in "-‐‑"):
        return []
    return [found.span() for found in _COMPOUND.finditer(text.replace("_", " "))]


def joined(compound: str) -> str:
    """Return the term of a compound written as one word."""
    return term_of(re.sub("[-‐‑]", "", compound))


def bare_of(written: str) -> frozenset[str]:
    """Return the consonants of a word that has vowel signs even when folded, one or two ways; none for any other."""
    if written.isascii():
        return frozenset()
    ways = {fold(written)[:LONGEST], fold(written, nasals=True)[:LONGEST]}
    return frozenset(short for way in ways if (short := bare(way)) and short != way)


def lacks_signs(typed: str, written: str) -> bool:
    """Tell whether one word is the other without some of its vowel signs."""
    typed = fold(typed, nasals=True)
    for way in (fold(written), fold(written, nasals=True)):
        letters = iter(way)
        if bare(way) == bare(typed) and all(letter in letters for letter in typed):
            return True
    return False
