"""Where in a text each term stands, as the embedded index keeps it: a byte or two for each place."""

from collections.abc import Iterable, Iterator
from typing import Any

from whoosh.fields import TEXT
from whoosh.formats import Format

_SEVEN = 0x7F


class Places(Format):  # type: ignore[misc]
    """What is kept of a term in a text: how far each place is from the one before it, in sevens of bits.

    (Whoosh's own format keeps a pickle for each term of each document.)
    """

    def __init__(self, field_boost: float = 1.0, **options: Any) -> None:
        self.field_boost, self.options = field_boost, options

    def word_values(self, value: Iterable[str], _analyzer: Any, **_: Any) -> Iterator[tuple[str, int, float, bytes]]:
        """Yield each term of a text, given as the list of its terms, with how often and where it stands."""
        places: dict[str, list[int]] = {}
        for at, term in enumerate(value):
            places.setdefault(term, []).append(at)
        for term, here in places.items():
            yield term, len(here), float(len(here)), self.encode(here)

    def encode(self, places: list[int]) -> bytes:
        """Return places, in order, as bytes."""
        found = bytearray()
        before = 0
        for place in places:
            rest, before = place - before, place
            while rest > _SEVEN:
                found.append(rest & _SEVEN | 0x80)
                rest >>= 7
            found.append(rest)
        return bytes(found)

    def decode_positions(self, value: bytes) -> list[int]:
        """Return the places again."""
        found: list[int] = []
        place = step = shift = 0
        for byte in value:
            step |= (byte & _SEVEN) << shift
            if byte > _SEVEN:
                shift += 7
                continue
            place += step
            found.append(place)
            step = shift = 0
        return found


class Texts(TEXT):  # type: ignore[misc]
    """A field of terms of which the places are kept."""

    def __init__(self, analyzer: Any) -> None:
        super().__init__(analyzer=analyzer)
        self.format = Places()
