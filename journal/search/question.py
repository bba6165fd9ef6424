"""What was typed, as a question to the index: words, "phrases", and nothing else. There are no signs to learn."""

import re
from dataclasses import dataclass, replace

from journal.refusals import Reason, Refusal
from journal.store.index import Clause
from journal.text.folding import fold
from journal.text.terms import BARE, JOINED, bare_of, compounds_in, joined, term_of, terms_in, words_in

MOST_LETTERS = 200
MOST_WORDS = 16

_QUOTED = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]')
_COMMON = frozenset(
    term_of(word)
    for word in [
        "a",
        "about",
        "am",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "but",
        "by",
        "can",
        "did",
        "do",
        "does",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "him",
        "his",
        "how",
        "i",
        "if",
        "in",
        "is",
        "it",
        "its",
        "me",
        "my",
        "no",
        "not",
        "of",
        "on",
        "or",
        "our",
        "she",
        "so",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "they",
        "this",
        "to",
        "up",
        "us",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "will",
        "with",
        "you",
        "your",
    ]
)
"""Words of English that nearly everything says. They are in the index; a question is asked without them."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A word or phrase as typed, and what a unit must say for it. ``written`` is empty for a phrase or a compound."""

    written: str
    clause: Clause


@dataclass(frozen=True, slots=True)
class Question:
    """Everything that a unit must say."""

    typed: tuple[Typed, ...]

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """What a unit must say."""
        return tuple(one.clause for one in self.typed)

    def loosely(self) -> "Question | None":
        """The same for one who left vowel signs out; None where no word of it can be meant so."""
        found = tuple(_loose(one) for one in self.typed)
        return Question(found) if found != self.typed else None


def read_question(words: str) -> Question:
    """Read what was typed. Raises Refusal(TOO_LONG, TOO_MANY_WORDS, NOTHING_TO_FIND), about the field ``words``."""
    if len(words) > MOST_LETTERS:
        raise Refusal(Reason.TOO_LONG, "words", MOST_LETTERS)
    phrases = [Clause(tuple(terms)) for said in _QUOTED.findall(words) if (terms := terms_in(said))]
    rest = _QUOTED.sub(" ", words)
    typed = [Typed("", clause) for clause in phrases] + _words(rest)
    if sum(max(1, len(one.clause.terms)) for one in typed) > MOST_WORDS:
        raise Refusal(Reason.TOO_MANY_WORDS, "words", MOST_WORDS)
    if not typed:
        raise Refusal(Reason.NOTHING_TO_FIND, "words")
    rare = [one for one in typed if len(one.clause.terms) > 1 or not _COMMON.issuperset(one.clause.terms)]
    return Question(tuple(dict.fromkeys(rare or typed)))


def _words(text: str) -> list[Typed]:
    found: list[Typed] = []
    for compound in compounds_in(text):
        terms, whole = tuple(terms_in(compound)), joined(compound)
        text = text.replace(compound, " ", 1)
        if terms:
            found.append(Typed("", Clause(terms, frozenset({whole, JOINED + whole} - {""}))))
    last = -1
    for word in words_in(text):
        if word.start == last:  # a script that parts no words: what is written together belongs together
            found[-1] = Typed("", Clause((*found[-1].clause.terms, word.term)))
        else:
            written = text[word.start : word.end]
            found.append(Typed(written, Clause((word.term,), frozenset({JOINED + word.term}))))
        last = word.end
    return found


def _loose(one: Typed) -> Typed:
    """A word that may have been typed without some of its vowel signs."""
    if not one.written or one.written.isascii():
        return one
    ways = bare_of(one.written) or {fold(one.written)}
    return replace(one, clause=replace(one.clause, either=one.clause.either | {BARE + way for way in ways}))
