"""How the embedded index writes the postings of a term on the disk: as Whoosh does, in less room and sooner read.

In Whoosh's blocks each value is a pickled object of its own, and each count a number of nine bytes. Here a block holds
one string of all values and one of their lengths. The codec is named in the index, so all that Whoosh does uses it.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any

from whoosh.codec.whoosh3 import W3Codec, W3LeafMatcher, W3PostingsWriter, W3TermInfo
from whoosh.matching import ListMatcher

BLOCK = 512
"""Postings in one block."""
MOST_TIMES = 255
"""A term that a document says more often counts as if it were so often."""
FASTEST = 1
"""How hard a block is squeezed; more takes longer and saves little."""


class Packed(W3Codec):  # type: ignore[misc]
    """Whoosh's own codec, with blocks of ours."""

    def __init__(self) -> None:
        super().__init__(blocklimit=BLOCK, compression=FASTEST)

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> "PackedWriter":
        """Return what writes postings."""
        return PackedWriter(dbfile, self._blocklimit, byteids, self._compression, self._inlinelimit)

    def postings_reader(self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None) -> Any:
        """Return what reads the postings of a term, those that stand with the term as well."""
        if terminfo.is_inlined():
            documents, times, values = terminfo.inlined_postings()
            said = list(map(ord, times)), _apart(values, len(documents)), format_
            return ListMatcher(documents, *said, scorer=scorer, term=term, terminfo=terminfo)
        offset, length = terminfo.extent()
        return PackedMatcher(dbfile, offset, length, format_, term=term, scorer=scorer)


class PackedWriter(W3PostingsWriter):  # type: ignore[misc]
    """Writes blocks."""

    _ids: Any

    def block(self, documents: "array[int]", times: "array[float]", values: list[bytes]) -> None:
        """Take a whole block, or what is left for the last one, in place of one posting after another."""
        if self._ids:
            self._write_block()
        self._ids, self._weights, self._values = documents, times, values
        self._maxweight = max(times)

    def _mini_weights(self) -> str | None:
        return None if max(self._weights) == 1.0 else together(self._weights)

    def _mini_values(self) -> tuple[str, str] | None:
        return packed(self._values)


class PackedMatcher(W3LeafMatcher):  # type: ignore[misc]
    """Reads blocks."""

    _i: int

    def skip_to(self, targetid: int) -> None:
        """Go on to this document or the next that there is; Whoosh walks there one by one."""
        while self.is_active() and targetid > self._maxid:
            self._next_block()
        if self.is_active() and targetid > self.id():
            self._i = bisect_left(self._ids, targetid, self._i)

    def blocks(self) -> Iterator[tuple[Sequence[int], bytes]]:
        """Yield all blocks from here on: documents, and how often each says the term; 255 times are enough."""
        while self.is_active():
            self._read_ids()
            times = self._data[1]
            yield self._ids, b"\1" * self._blocklength if times is None else _few(times)
            self._next_block()

    def _read_ids(self) -> None:
        if self._data is None:
            self._read_data()
        self._ids = tuple(accumulate(self._data[0]))

    def _read_weights(self) -> None:
        if self._data is None:
            self._read_data()
        times = self._data[1]
        self._weights = array("f", map(ord, times) if times is not None else [1.0] * self._blocklength)

    def _read_values(self) -> None:
        if self._data is None:
            self._read_data()
        self._values = _apart(self._data[2], self._blocklength)


def inline(documents: "array[int]", times: "array[float]", values: list[bytes]) -> W3TermInfo:
    """Return what stands with a term of few postings: the postings themselves."""
    said = W3TermInfo(sum(times), len(documents), None, 0, max(times), documents[0], documents[-1])
    said._inlined = tuple(documents), together(times), packed(values)
    return said


def together(times: "array[float]") -> str:
    """Return how often a term stands in each of some documents as one string."""
    return "".join(chr(int(one)) for one in times)


def _few(times: str) -> bytes:
    try:
        return times.encode("latin-1")
    except UnicodeEncodeError:
        return bytes(min(ord(one), MOST_TIMES) for one in times)


def packed(values: list[bytes]) -> tuple[str, str] | None:
    """Return values as one string of their lengths and one of themselves: few objects, for each costs time."""
    if not values:
        return None
    return "".join(chr(len(one)) for one in values), b"".join(values).decode("latin-1")


def _apart(values: tuple[str, str] | None, count: int) -> list[bytes]:
    if values is None:
        return [b""] * count
    lengths, joined = values[0], values[1].encode("latin-1")
    ends = list(accumulate(map(ord, lengths)))
    return [joined[start:end] for start, end in zip([0, *ends], ends, strict=False)]
