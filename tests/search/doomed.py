"""Indexing in a process of its own that never ends by itself. Started, and killed, by a test."""

import sys
import time
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from uuid import UUID

from journal.house import open_house
from journal.search import work
from journal.store.database import open_engine
from journal.store.index import Unit
from tests.world import settings_in


def main(folder: Path, database_url: str, what: str) -> None:
    """Begin to drain the outbox or to build anew, and stop in the middle: units were handed over, nothing is ended."""
    engine = open_engine(database_url)
    index = open_house(settings_in(folder, database_url=database_url), engine).index
    real = index.put

    def hang() -> None:
        (folder / "begun").write_text("begun")
        time.sleep(600)

    def put(items: Collection[UUID], units: Iterable[Unit]) -> None:
        def halfway() -> Iterator[Unit]:
            for unit in units:
                yield unit
                hang()

        if what == "put":
            real(items, halfway())
        else:
            real(items, units)
            hang()

    index.put = put  # type: ignore[method-assign]
    if what == "rebuild":
        work.reindex(engine, index, lambda _done, _all: hang())
    else:
        work.drain(engine, index)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
