"""A worker in a process of its own that begins a piece of work and never ends it. Started, and killed, by a test."""

import sys
import time
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from journal import worker
from journal.consumer import Jobs
from journal.house import House, open_house
from journal.jobs import Work
from journal.reasons import GatedSession
from journal.store.database import open_engine
from tests.world import settings_in


def main(folder: Path, database_url: str) -> None:
    """Do the queue's work; the first piece says that it has begun, and takes for ever."""

    def never_ends(_session: GatedSession, _house: House, about: UUID) -> None:
        (folder / "begun").write_text(str(about))
        time.sleep(600)

    cast(MutableMapping[Work, Any], worker.DOES)[Work.REMOVE_ITEM] = never_ends
    house = open_house(settings_in(folder, database_url=database_url))
    doing = worker.Worker(open_engine(database_url), house)
    house.queue.serve(doing.run, doing.sweep)
    Jobs(house.queue.huey).begin()
    time.sleep(600)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
