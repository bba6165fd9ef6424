"""Which documents of the embedded index meet a question, and in which order.

First the circles, then the words, as sets; only what is left is put in order, and only the newest of that is ranked by
how well it fits. How rare a word is counts among what the viewer's circles may see: nothing else can be told from it.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from math import log1p

from journal.store.index.asked import SCORED, Clause, Proposal, Wanted
from journal.store.index.bits import bits_of, numbers_of
from journal.store.index.part import CHUNK, Part, moment

TITLE_COUNTS = 2.0
"""What a word in the title counts, where one in a text counts 1 at most."""
_WHOLE = (1 << CHUNK) - 1
_CHECKED = 500
"""Documents whose words are looked at for a phrase in one go."""

Place = tuple[int, int, int]
"""A document: when it was, which segment, which number there."""


def matching(part: Part, circles: frozenset[str], about: tuple[frozenset[str], ...]) -> int:
    """Return the documents of a segment that hold one of the circles, and of each of ``about`` a token."""
    found = 0
    for circle in circles:
        found |= part.bits("circles", circle)
    found &= part.live
    for tokens in about:
        some = 0
        for token in tokens:
            some |= part.bits("about", token)
        found &= some
    return found


def meets(part: Part, clause: Clause) -> int:
    """Return the documents that have all terms of a clause, in whatever order, or one of those instead."""
    found = -1 if clause.terms else 0
    for term in clause.terms:
        found &= part.texts(term)
    for term in clause.either:
        found |= part.texts(term)
    return found


@dataclass
class _Asked:
    """A question, on its way through the segments."""

    parts: list[Part]
    wanted: Wanted

    def places(self) -> Iterator[Place]:
        """All documents that meet it, but that a phrase may be something else, the newest first.

        Most stand in the order of their time, so they are looked at in chunks, as far as somebody asks.
        """
        since = moment(self.wanted.since.timestamp()) if self.wanted.since else None
        until = moment(self.wanted.until.timestamp()) if self.wanted.until else None
        sets = [self._meeting(part) for part in self.parts]
        chunks = ((at, which, number) for which, part in enumerate(self.parts) for number, at in enumerate(part.latest))
        waiting: list[Place] = []
        for latest, which, number in sorted(chunks, reverse=True):
            while waiting and waiting[-1][0] > latest:
                yield waiting.pop()
            if since is not None and latest < since:
                break
            at, start = self.parts[which].at, number * CHUNK
            here = [start + one for one in numbers_of(sets[which] >> start & _WHOLE)]
            some = [(at[one], which, one) for one in here if until is None or at[one] < until]
            waiting += some if since is None else [place for place in some if place[0] >= since]
            waiting.sort()
        yield from reversed(waiting)

    def _meeting(self, part: Part) -> int:
        bits = matching(part, self.wanted.circles, self.wanted.about)
        for clause in self.wanted.clauses:
            bits &= meets(part, clause)
        return bits

    def with_phrases(self, places: Iterator[Place]) -> Iterator[Place]:
        """The same, with phrases looked at, as far as somebody asks."""
        phrases = [clause for clause in self.wanted.clauses if len(clause.terms) > 1]
        if not phrases:
            yield from places
            return
        while some := list(islice(places, _CHECKED)):
            good = set(some)
            for clause in phrases:
                good &= self._say(clause, good)
            yield from (place for place in some if place in good)

    def _say(self, clause: Clause, places: set[Place]) -> set[Place]:
        good: set[Place] = set()
        for which, here in _by_part(places).items():
            part = self.parts[which]
            instead = 0
            for term in clause.either:
                instead |= part.texts(term)
            numbers = part.phrase(clause.terms, sorted(here)) | {one for one in here if instead >> one & 1}
            good |= {here[one] for one in numbers}
        return good

    def scores(self, places: list[Place]) -> dict[Place, float]:
        """How well each fits."""
        found: dict[Place, float] = defaultdict(float)
        for which, here in _by_part(places).items():
            part = self.parts[which]
            numbers = sorted(here)
            lengths = {one: part.length(one) for one in numbers}
            scored = bits_of(numbers, part.size)
            for clause in self.wanted.clauses:
                for term in clause.terms or clause.either:
                    weight = 1.0 + self._rarity(term)
                    titled = set(numbers_of(part.bits("title", term) & scored))
                    counts = part.counts(term, numbers)
                    for one in numbers:
                        count = counts.get(one, 0.0)
                        fits = count / (count + 0.5 + lengths[one] / 200) + TITLE_COUNTS * (one in titled)
                        found[here[one]] += weight * fits
        return found

    @cached_property
    def _mine(self) -> list[int]:
        """What the circles may see, of each segment."""
        return [matching(part, self.wanted.circles, ()) for part in self.parts]

    def _rarity(self, term: str) -> float:
        met = sum((mine & part.texts(term)).bit_count() for mine, part in zip(self._mine, self.parts, strict=True))
        return log1p(sum(mine.bit_count() for mine in self._mine) / (1 + met))


def _by_part(places: set[Place] | list[Place]) -> dict[int, dict[int, Place]]:
    found: dict[int, dict[int, Place]] = defaultdict(dict)
    for place in places:
        found[place[1]][place[2]] = place
    return found


def ranked(parts: list[Part], wanted: Wanted, start: int, most: int) -> list[Proposal]:
    """Return what meets a question, in order, from ``start`` on, ``most`` at most."""
    asked = _Asked(parts, wanted)
    rest = asked.with_phrases(asked.places())
    chosen: list[Place] = []
    if not wanted.newest:
        chosen = _some(rest, SCORED)
        scores = asked.scores(chosen)
        chosen.sort(key=lambda place: (scores[place], place), reverse=True)
    chosen += _some(rest, start + most - len(chosen))
    return [parts[which].proposal(number) for _, which, number in chosen[start : start + most]]


def _some(places: Iterator[Place], most: int) -> list[Place]:
    return list(islice(places, max(most, 0)))
