"""A whole embedded index, built in one go: what Whoosh writes, without its detour over every single posting.

Whoosh's own writer puts each posting (a term in a document) on the disk as a pickle, sorts them, and reads them back:
of a large school half the time, and ten times the place of the index. Here the postings of a term stay together as
bytes, the documents in their order; when that is more than is kept in memory, the terms so far go to the disk, sorted
and packed, and are merged at the end. Whoosh's codec writes the segment, so whatever reads or merges segments can.
"""

import marshal
import zlib
from array import array
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from struct import Struct
from typing import Any

from whoosh.index import TOC, FileIndex

from journal.store.index.asked import Unit
from journal.store.index.packing import BLOCK, Packed, inline
from journal.store.index.part import SCHEMA, document

IN_MEMORY = 16 * 1024 * 1024
"""Bytes of postings that are kept in memory, about."""
TERM = 220
"""Bytes that a term takes in memory, its first posting aside."""
PACKED = 64 * 1024
"""Bytes that are packed together."""
INLINE = 4
"""Postings that stand with their term; more have a place of their own, which takes more room than so few."""
HEAD = Struct("<IHH")
"""Before what is said of a posting: which document, how often, how many bytes more."""
MOST_TIMES = 0xFFFF

FIELDS = tuple(sorted(name for name, field in SCHEMA.items() if field.indexed))
COLUMNS = tuple(sorted(name for name, field in SCHEMA.items() if field.column_type))
Key = tuple[int, bytes]
"""A term: the number of its field, and the term."""


class Building:
    """A segment that is being built. Documents are added one after another, and ``end`` makes an index of it."""

    def __init__(self, index: FileIndex, folder: Path) -> None:
        """``folder`` holds for a while what is too much for the memory; it is ours alone and empty."""
        self._index, self._folder = index, folder
        self._codec = Packed()
        self._segment = self._codec.new_segment(index.storage, index.indexname)
        self._documents = self._codec.per_document_writer(index.storage, self._segment)
        self._count = 0
        self._postings: dict[Key, bytearray] = {}
        self._held = 0
        self._runs: list[Path] = []

    def add(self, unit: Unit) -> None:
        """Add what stands in the index for a unit."""
        said, writer = document(unit), self._documents
        writer.start_doc(self._count)
        for number, name in enumerate(FIELDS):
            field = SCHEMA[name]
            length = 0
            for term, times, _, value in field.index(said[name]):
                self._post((number, term), min(times, MOST_TIMES), value)
                length += times
            writer.add_field(name, field, None, length if field.scorable else 0)
        for name in COLUMNS:
            field = SCHEMA[name]
            writer.add_column_value(name, field.column_type, field.to_column_value(said[name]))
        writer.finish_doc()
        self._count += 1
        if self._held > IN_MEMORY:
            self._put_down()

    def end(self) -> None:
        """Write the index: what was added, and nothing else."""
        self._documents.close()
        writer = self._codec.field_writer(self._index.storage, self._segment)
        everything = merge(*(_run(path) for path in self._runs), self._sorted(), key=itemgetter(0))
        for field, of_field in groupby(everything, key=lambda one: one[0][0]):
            writer.start_field(FIELDS[field], SCHEMA[FIELDS[field]])
            for key, parts in groupby(of_field, key=itemgetter(0)):
                _write(writer, key[1], b"".join(data for _, data in parts))
            writer.finish_field()
        writer.close()
        self._index.storage.temp_storage(f"{self._index.indexname}.tmp").destroy()
        self._segment.set_doc_count(self._count)
        generation = self._index.latest_generation() + 1
        TOC(SCHEMA, [self._segment] if self._count else [], generation).write(
            self._index.storage, self._index.indexname
        )

    def _post(self, key: Key, times: int, value: bytes) -> None:
        posting = HEAD.pack(self._count, times, len(value)) + value
        known = self._postings.get(key)
        if known is None:
            self._postings[key] = bytearray(posting)
            self._held += TERM
        else:
            known += posting
        self._held += len(posting)

    def _sorted(self) -> Iterator[tuple[Key, bytes]]:
        for key in sorted(self._postings):
            yield key, bytes(self._postings[key])

    def _put_down(self) -> None:
        path = self._folder / f"{len(self._runs)}"
        with path.open("wb") as file:
            for together in _packs(self._sorted()):
                packed = zlib.compress(marshal.dumps(together), 1)
                file.write(len(packed).to_bytes(4, "little") + packed)
        self._runs.append(path)
        self._postings, self._held = {}, 0


def _packs(terms: Iterable[tuple[Key, bytes]]) -> Iterator[list[tuple[Key, bytes]]]:
    together: list[tuple[Key, bytes]] = []
    size = 0
    for one in terms:
        together.append(one)
        size += len(one[1])
        if size > PACKED:
            yield together
            together, size = [], 0
    yield together


def _run(path: Path) -> Iterator[tuple[Key, bytes]]:
    """Read what was put down a while ago, by this process, in a folder of its own."""
    with path.open("rb") as file:
        while head := file.read(4):
            yield from marshal.loads(zlib.decompress(file.read(int.from_bytes(head, "little"))))  # noqa: S302
    path.unlink()


def _write(writer: Any, term: bytes, data: bytes) -> None:
    """Write a term with its postings, a block at a time."""
    documents, times, values = array("I"), array("f"), []
    at = 0
    while at < len(data):
        document_number, often, size = HEAD.unpack_from(data, at)
        at += HEAD.size
        documents.append(document_number)
        times.append(often)
        if size:
            values.append(data[at : at + size])
            at += size
    if len(documents) <= INLINE:
        writer._tindex.add(writer._fieldid.to_bytes(2, "big") + term, inline(documents, times, values).to_bytes())
        return
    writer.start_term(term)
    for start in range(0, len(documents), BLOCK):
        here = slice(start, start + BLOCK)
        writer._postwriter.block(documents[here], times[here], values[here])
    writer.finish_term()
