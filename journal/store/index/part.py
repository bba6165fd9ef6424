"""One segment of the embedded index, as it is read: its documents for a term, when they were, where words stand."""

import sys
from array import array
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any
from uuid import UUID

from whoosh import columns, fields
from whoosh.analysis import IDTokenizer
from whoosh.codec.whoosh3 import LENGTHS_COLUMN
from whoosh.matching import ListMatcher
from whoosh.reading import SegmentReader, TermNotFound
from whoosh.util.numeric import byte_to_length

from journal.store.index.asked import Kind, Proposal, Unit
from journal.store.index.bits import bits_of, ranks_of
from journal.store.index.packing import MOST_TIMES
from journal.store.index.places import Texts
from journal.text.terms import side_terms_in, terms_in

SCHEMA = fields.Schema(
    item=fields.ID(),
    circles=fields.ID(),
    about=fields.ID(),
    title=Texts(analyzer=IDTokenizer()),
    words=Texts(analyzer=IDTokenizer()),
    what=fields.COLUMN(columns.FixedBytesColumn(33)),
    at=fields.COLUMN(columns.NumericColumn("q")),
)
"""Terms are made before they come here, so no field has an analyser worth the name: all are given as lists."""

TEXTS = ("title", "words")
_KINDS = (Kind.WORDS, Kind.PICTURE, Kind.COMMENT)
_REMEMBERED = 512
"""Terms of which a segment remembers the documents, an eighth of a byte for each document; there are few segments."""

_ABSENT = 4096
"""Terms of which a segment remembers that it has none; most words stand in no title."""
_COUNTED = 64
"""Common words of which a segment remembers how often each document says them, a byte for each that does."""
_COMMON = 4096
"""Documents that make a word common."""
CHUNK = 4096
"""Documents that are put in order together."""


def document(unit: Unit) -> dict[str, Any]:
    """Return what stands in the index for a unit."""
    sides = side_terms_in(unit.title) | side_terms_in(unit.words)
    return {
        "item": [unit.item.hex],
        "circles": sorted(unit.circles),
        "about": sorted(unit.about),
        "title": terms_in(unit.title),
        "words": [*terms_in(unit.words), *sorted(sides)],
        "what": bytes([_KINDS.index(unit.kind)]) + unit.item.bytes + unit.id.bytes,
        "at": moment(unit.at.timestamp()),
    }


def moment(seconds: float) -> int:
    """Return a time as the index keeps it: microseconds."""
    return round(seconds * 1_000_000)


class Part:
    """A segment. It never changes, but for which of its documents were deleted."""

    def __init__(self, reader: SegmentReader) -> None:
        self.reader = reader
        self.size: int = reader.doc_count_all()
        self.live = 0
        self.at = self._moments()
        self.latest = [max(self.at[start : start + CHUNK]) for start in range(0, self.size, CHUNK)]
        self._lengths = self._all_lengths()
        self._what = reader.column_reader("what", translate=False)
        self._bits: OrderedDict[tuple[str, str], int] = OrderedDict()
        self._absent: set[tuple[str, str]] = set()
        self._counts: OrderedDict[str, bytes] = OrderedDict()

    def without(self, deleted: Iterable[int]) -> None:
        """Note which documents are deleted by now."""
        self.live = (1 << self.size) - 1 & ~bits_of(deleted, self.size)

    def _moments(self) -> "array[int]":
        column = self.reader.column_reader("at", translate=False)
        found = array("q", column._dbfile.get(column._basepos, 8 * column._count))
        if sys.byteorder == "little":
            found.byteswap()
        found.extend([0] * (self.size - len(found)))
        return found

    def bits(self, field: str, term: str) -> int:
        """Return the documents that have a term in a field, the deleted ones too."""
        key = (field, term)
        found = self._bits.get(key)
        if found is None:
            posted = None if key in self._absent else self._posted(field, term)
            if posted is None:  # of a hundred spellings that are tried one stands anywhere: they push out no other
                if len(self._absent) >= _ABSENT:
                    self._absent.clear()
                self._absent.add(key)
                return 0
            found = self._read(field, term, posted)
            self._bits[key] = found
            if len(self._bits) > _REMEMBERED:
                self._bits.popitem(last=False)
        else:
            self._bits.move_to_end(key)
        return found

    def texts(self, term: str) -> int:
        """Return the documents that have a term in any text."""
        return self.bits("title", term) | self.bits("words", term)

    def _read(self, field: str, term: str, posted: Any) -> int:
        """Return the documents of a term; of a common one remember how often each says it."""
        if isinstance(posted, ListMatcher):
            return bits_of(posted.all_ids(), self.size)
        blocks = list(posted.blocks())
        found = bits_of(chain.from_iterable(documents for documents, _ in blocks), self.size)
        if field == "words" and found.bit_count() > _COMMON:
            self._counts[term] = b"".join(times for _, times in blocks)
            if len(self._counts) > _COUNTED:
                self._counts.popitem(last=False)
        return found

    def _posted(self, field: str, term: str) -> Any:
        try:
            posted = self.reader.postings(field, term)
        except TermNotFound:
            return None
        return getattr(posted, "child", posted)  # without the filter of what was deleted when this was opened

    def counts(self, term: str, documents: list[int]) -> dict[int, float]:
        """Return how often a term stands in the words of some documents, given in order; 255 times are enough."""
        having = self.bits("words", term)
        if having.bit_count() > _COMMON:
            counted = self._counted(term)
            return {one: counted[rank] for one, rank in ranks_of(having, documents)}
        posted = self._posted("words", term)
        found: dict[int, float] = {}
        for one in documents:
            if posted is None or not posted.is_active():
                break
            posted.skip_to(one)
            if posted.is_active() and posted.id() == one:
                found[one] = min(posted.weight(), MOST_TIMES)
        return found

    def _counted(self, term: str) -> bytes:
        """How often each document that has a common term says it, in their order."""
        if term not in self._counts:  # others came since its documents were read
            self._read("words", term, self._posted("words", term))
        self._counts.move_to_end(term)
        return self._counts[term]

    def phrase(self, terms: tuple[str, ...], documents: list[int]) -> set[int]:
        """Return those documents, given in order, in which terms follow one another in one text."""
        return {one for field in TEXTS for one in self._phrase_in(field, terms, documents)}

    def _phrase_in(self, field: str, terms: tuple[str, ...], documents: list[int]) -> Iterator[int]:
        matchers = [self._posted(field, term) for term in terms]
        if any(one is None for one in matchers):
            return
        for document_number in documents:
            starts: set[int] | None = None
            for offset, posted in enumerate(matchers):
                if not posted.is_active():
                    return
                posted.skip_to(document_number)
                if not posted.is_active():
                    return
                if posted.id() != document_number:
                    starts = set()
                    break
                here = {place - offset for place in posted.value_as("positions")}
                starts = here if starts is None else starts & here
            if starts:
                yield document_number

    def length(self, number: int) -> int:
        """Return how many terms the words of a document have, about."""
        return int(byte_to_length(self._lengths[number])) if number < len(self._lengths) else 0

    def _all_lengths(self) -> bytes:
        column = self.reader._perdoc._cached_reader("_words_len", LENGTHS_COLUMN)
        return bytes(column._dbfile.get(column._basepos, column._count)) if column is not None else b""

    def proposal(self, number: int) -> Proposal:
        """Return a document as what is proposed."""
        what = bytes(self._what[number])
        return Proposal(UUID(bytes=what[17:]), UUID(bytes=what[1:17]), _KINDS[what[0]])
