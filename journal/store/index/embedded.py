"""The embedded index: Whoosh in a folder, one reader a process, one writer in all.

What Whoosh's own queries would do is done here with whole sets of documents: its matchers walk every posting of a
common word, and its searcher reopens every segment after each commit.
"""

import logging
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path
from threading import RLock
from typing import Any
from uuid import UUID

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex, LockError
from whoosh.reading import SegmentReader

from journal.store.index.asked import AWAY, Condition, IndexAway, IndexBusy, Proposal, Unit, Wanted
from journal.store.index.bits import numbers_of
from journal.store.index.building import Building
from journal.store.index.folder import IndexFolder, Mark
from journal.store.index.packing import Packed
from journal.store.index.part import SCHEMA, Part, document
from journal.store.index.ranking import matching, ranked

log = logging.getLogger("journal.index")

TRIES = 10
"""How often something is read while a writer is faster."""

MEGABYTES = 32
"""How much a writer keeps in memory before it goes on on the disk."""


class EmbeddedIndex:
    """A Whoosh index. Its readers are shared by the threads of a process, one of which reads at a time."""

    def __init__(self, folder: Path, secret: str) -> None:
        self._folder = IndexFolder(folder, secret)
        self._lock = RLock()
        self._mark: Mark | None = None
        self._index: FileIndex | None = None
        self._generation = -1
        self._parts: dict[str, Part] = {}

    def propose(self, wanted: Wanted, start: int, most: int) -> list[Proposal]:
        """See ``Index``."""
        found: list[Proposal] = self._reading(lambda parts: ranked(parts, wanted, start, most))
        return found

    def condition(self) -> Condition:
        """See ``Index``."""
        condition, _ = self._folder.look()
        if condition in AWAY:
            return condition
        try:
            self._reading(lambda parts: [matching(part, frozenset({""}), ()) for part in parts])
        except IndexAway:
            return Condition.BROKEN
        return Condition.GOOD

    def put(self, items: Collection[UUID], units: Iterable[Unit]) -> None:
        """See ``Index``."""
        with self._folder.alone():
            doomed = self._reading(lambda parts: _documents_of(parts, items))
            assert self._index is not None  # noqa: S101 - it was read just now
            writer = self._writer(self._index)
            try:
                for number in doomed:
                    writer.delete_document(number)
                for unit in units:
                    writer.add_document(**document(unit))
                writer.commit()
            except BaseException:
                with suppress(Exception):
                    writer.cancel()
                raise

    def rebuild(self, batches: Iterable[Collection[Unit]]) -> None:
        """See ``Index``."""
        with self._folder.alone():
            self._folder.tidy()
            path = self._folder.new()
            try:
                beside = self._folder.new()
                building = Building(FileIndex.create(FileStorage(str(path)), SCHEMA), beside)
                for batch in batches:
                    for unit in batch:
                        building.add(unit)
                building.end()
            except BaseException:
                self._folder.tidy()
                raise
            self._folder.put_in_place(path)

    def _writer(self, index: FileIndex) -> Any:
        try:
            return index.writer(limitmb=MEGABYTES, compound=False, codec=Packed())
        except LockError:
            raise IndexBusy from None

    def _reading(self, read: Any) -> Any:
        """Read from the newest state. What breaks twice in the same state is broken: it is no more in place, and made
        anew. Where a writer was faster, and the files of the older state are gone, the newer one is read.
        """
        broke: tuple[Mark | None, int] | None = None
        with self._lock:
            for _ in range(TRIES):
                mark = self._folder.mark()
                try:
                    self._refresh()
                    return read(list(self._parts.values()))
                except IndexAway:
                    self._forget()
                    raise
                except Exception as problem:  # noqa: BLE001 - a damaged file can raise whatever it likes
                    state = mark, self._newest()
                    self._forget()
                    if state == broke:
                        log.error("the search index cannot be read: %s", type(problem).__qualname__)
                        self._folder.give_up(mark)
                        raise IndexAway(Condition.BROKEN) from None
                    broke = state
        raise IndexAway(Condition.BROKEN)

    def _newest(self) -> int:
        """The number of the newest state; -1 for none."""
        try:
            return int(self._index.latest_generation()) if self._index is not None else -1
        except OSError:
            return -1

    def _refresh(self) -> None:
        mark = self._folder.mark()
        if mark is None or mark != self._mark or self._index is None:
            path = self._folder.current()
            self._forget()
            self._index = FileIndex(FileStorage(str(path)), schema=SCHEMA)
            self._mark = mark
        generation = self._index.latest_generation()
        if generation == self._generation:
            return
        toc = self._index._read_toc()
        parts = {}
        for segment in toc.segments:
            name = str(segment.segment_id())
            part = self._parts.get(name)
            if part is None:
                part = Part(SegmentReader(self._index.storage, SCHEMA, segment, generation=toc.generation))
            part.without(segment.deleted_docs())
            parts[name] = part
        for name, part in self._parts.items():
            if name not in parts:
                part.reader.close()
        self._parts, self._generation = parts, toc.generation

    def _forget(self) -> None:
        for part in self._parts.values():
            with suppress(Exception):
                part.reader.close()
        self._parts, self._index, self._mark, self._generation = {}, None, None, -1


def _documents_of(parts: list[Part], items: Collection[UUID]) -> list[int]:
    """Return the numbers, over all segments, of the documents of some items."""
    found: list[int] = []
    base = 0
    for part in parts:
        for item in items:
            found += [base + number for number in numbers_of(part.bits("item", item.hex) & part.live)]
        base += part.size
    return found
