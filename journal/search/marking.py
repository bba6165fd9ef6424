"""Where in a text it says what was looked for, and the stretch of it that is shown."""

from collections.abc import Iterator

from journal.search.asking import Piece
from journal.search.question import Question, Typed
from journal.text import excerpt
from journal.text.terms import BARE, JOINED, Word, bare_of, compounds_at, joined, lacks_signs, terms_in, words_in

AROUND = 200
"""Characters of a stretch around a hit, about."""
BEFORE = 60
"""How many of them stand before the hit at most."""

Span = tuple[int, int]


def says(question: Question, texts: tuple[str, ...]) -> bool:
    """Tell whether texts say everything that was asked for, each thing in one of them."""
    terms = [frozenset(terms_in(text)) for text in texts]
    return all(
        any(_says_plainly(one, here) for here in terms)
        or any(_says(one, text, here) for text, here in zip(texts, terms, strict=True))
        for one in question.typed
    )


def _says_plainly(one: Typed, terms: frozenset[str]) -> bool:
    """Whether a text says a word, which its terms alone can tell."""
    said, either = one.clause.terms, one.clause.either
    return (len(said) == 1 and said[0] in terms) or not either.isdisjoint(terms)


def _says(one: Typed, text: str, terms: frozenset[str]) -> bool:
    """Whether a text says it in another way, for which it has to be looked through."""
    said, either = one.clause.terms, one.clause.either
    phrase = len(said) > 1 and terms.issuperset(said)
    if phrase or _is_loose(either) or (_has_joined(either) and compounds_at(text)):
        return next(_spans(one, text, list(words_in(text))), None) is not None
    return False


def _is_loose(either: frozenset[str]) -> bool:
    """Whether a word may stand there with more vowel signs."""
    return any(term.startswith(BARE) for term in either)


def _has_joined(either: frozenset[str]) -> bool:
    return any(term.startswith(JOINED) for term in either)


def spans(question: Question, text: str) -> list[Span]:
    """Return where a text says something that was asked for, in order, without overlaps."""
    words = list(words_in(text))
    found: list[Span] = []
    for start, end in sorted(span for one in question.typed for span in _spans(one, text, words)):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _spans(one: Typed, text: str, words: list[Word]) -> Iterator[Span]:
    terms, either = one.clause.terms, one.clause.either
    first, many, loose = terms[0] if terms else None, len(terms), _is_loose(either)
    for at, word in enumerate(words):
        if word.term == first:
            last = at + many
            if many == 1 or tuple(here.term for here in words[at:last]) == terms:
                yield word.start, words[last - 1].end
        elif word.term in either or (loose and _means(one, text[word.start : word.end])):
            yield word.start, word.end
    if _has_joined(either):
        for start, end in compounds_at(text):
            if JOINED + joined(text[start:end]) in either:
                yield start, end


def _means(one: Typed, written: str) -> bool:
    """Whether a word was typed without some of its vowel signs."""
    ways = {BARE + way for way in bare_of(written)}
    return bool(ways & one.clause.either) and lacks_signs(one.written, written)


def marked(question: Question, text: str) -> tuple[Piece, ...]:
    """Return a whole line, in pieces."""
    return _pieces(text, spans(question, text))


def stretch(question: Question, text: str) -> tuple[Piece, ...]:
    """Return the stretch of a text around the first place that says most of what was asked for, in pieces."""
    line = " ".join(text.split())
    found = spans(question, line)
    start = _start(line, _best(found))
    said = excerpt(line[start:], AROUND)
    inside = [(first - start, last - start) for first, last in found if start <= first and last - start < len(said)]
    if said and not said.endswith("…"):
        inside = [(first - start, last - start) for first, last in found if start <= first]
    return _pieces(("… " if start else "") + said, [(a + 2, b + 2) if start else (a, b) for a, b in inside])


def _best(found: list[Span]) -> int:
    """Return where the stretch with the most hits begins."""
    if not found:
        return 0
    room = AROUND - BEFORE
    return max(found, key=lambda span: (sum(span[0] <= one[0] < span[0] + room for one in found), -span[0]))[0]


def _start(line: str, hit: int) -> int:
    """Return where to begin, so that no word is cut: some words before a hit, or the hit itself."""
    if hit <= BEFORE:
        return 0
    space = line.find(" ", hit - BEFORE, hit)
    return space + 1 if space >= 0 else hit


def _pieces(text: str, found: list[Span]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    at = 0
    for start, end in found:
        pieces += [Piece(text[at:start]), Piece(text[start:end], marked=True)]
        at = end
    return tuple(piece for piece in [*pieces, Piece(text[at:])] if piece.text)
