"""One other spelling, where nothing was found: a word a letter away, that stands in something the viewer may see."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from sqlalchemy.orm import Session

from journal.search import tokens
from journal.search.asking import Ask
from journal.search.gated import Row, seen
from journal.search.marking import says
from journal.search.question import Question, Typed
from journal.seeing import Viewer
from journal.store.index import Clause, Index, Wanted
from journal.text.folding import fold
from journal.text.terms import term_of, words_in

MOST_TRIED = 3
"""Words of a question for which others are tried."""
LOOKED_AT = 30
"""Units that are looked at for each."""
SHORTEST, LONGEST = 3, 20
"""Letters of a word for which others are tried; a letter away from a short one is anything, a long one is no word."""
LATIN = "abcdefghijklmnopqrstuvwxyz"


def respelled(session: Session, viewer: Viewer, index: Index, ask: Ask, question: Question) -> str | None:
    """Return the words with one of them spelled as it stands in something that the viewer sees with all the others.

    Raises ``IndexAway``.
    """
    tried = [one for one in question.typed if SHORTEST <= len(fold(one.written)) <= LONGEST]
    tries = {one: variants(one.written) for one in tried[:MOST_TRIED]}
    proposals = {}
    for one, terms in tries.items():
        instead = replace(one, clause=Clause((), terms))
        clauses = tuple(instead.clause if other is one else other.clause for other in question.typed)
        wanted = Wanted(clauses, tokens.held_by(viewer), tokens.chosen_by(viewer, ask), ask.since, ask.until)
        proposals[one] = index.propose(wanted, 0, LOOKED_AT)
    found = {unit.id: unit for units in proposals.values() for unit in units}
    if not found:
        return None
    rows = seen(session, viewer, ask, found.values())
    for one in proposals:
        others = Question(tuple(other for other in question.typed if other is not one))
        if word := _most_said(one, tries[one], [row for row in rows if says(others, row.texts)]):
            return _with(ask.words, one.written, word)
    return None


def _with(words: str, written: str, instead: str) -> str:
    """Return words with one of them, not a part of another, put in another way."""
    for word in words_in(words):
        if words[word.start : word.end] == written:
            return words[: word.start] + instead + words[word.end :]
    return words.replace(written, instead, 1)


def _most_said(one: Typed, terms: frozenset[str], rows: list[Row]) -> str:
    """Return the word that most often stands for a misspelled one; '' for none."""
    said: Counter[str] = Counter()
    for row in rows:
        for text in row.texts:
            said.update(text[word.start : word.end].lower() for word in words_in(text) if word.term in terms)
    near = {word: count for word, count in said.items() if fold(word) in _near(fold(one.written))}
    ranked = sorted((near or said).items(), key=lambda pair: (-pair[1], pair[0]))
    return ranked[0][0] if ranked else ""


def variants(written: str) -> frozenset[str]:
    """Return the terms of all words that are a letter away from one: left out, put in, another, or two changed over."""
    return frozenset(term_of(word) for word in _near(fold(written))) - {term_of(written), ""}


@lru_cache(maxsize=16)
def _near(word: str) -> frozenset[str]:
    return frozenset(_changed(word)) - {word}


def _changed(word: str) -> Iterator[str]:
    letters = _letters_like(word[:1])
    for at in range(len(word) + 1):
        before, rest = word[:at], word[at:]
        if rest:
            yield before + rest[1:]
        if len(rest) > 1:
            yield before + rest[1] + rest[0] + rest[2:]
        for letter in letters:
            yield before + letter + rest
            if rest:
                yield before + letter + rest[1:]


def _letters_like(letter: str) -> str:
    """Return the letters of the script that a folded letter belongs to, as they are folded."""
    return LATIN if letter.isascii() else _letters_near(ord(letter or "a") // 0x80)


@lru_cache(maxsize=16)
def _letters_near(block: int) -> str:
    letters = (chr(code) for code in range(block * 0x80, (block + 1) * 0x80))
    return "".join(one for one in letters if unicodedata.category(one)[0] in "LM" and fold(one) == one)
