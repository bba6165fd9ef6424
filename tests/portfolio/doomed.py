"""A worker that is killed in the middle of a piece: ``python -m tests.portfolio.doomed FOLDER URL EXPORT PIECES``."""

import os
import signal
import sys
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from journal.house import open_house
from journal.net import open_session
from journal.portfolio import archive
from journal.records import Job
from journal.store.database import open_engine
from journal.worker import Worker
from tests.world import settings_in


def main(folder: str, url: str, export: str, pieces: str) -> None:
    """Do the job of an export, until so many pieces are whole and the next one is half written."""
    settings = settings_in(Path(folder), database_url=url)
    engine = open_engine(url)
    left = int(pieces)
    write = archive.Summed.write

    class Doomed(archive.Summed):
        begun = 0

        def __init__(self, out) -> None:  # type: ignore[no-untyped-def]
            super().__init__(out)
            Doomed.begun += 1

        def write(self, part: bytes) -> int:
            if Doomed.begun <= left:
                return write(self, part)
            write(self, part[: len(part) // 2])
            self._out.flush()
            os.kill(os.getpid(), signal.SIGKILL)
            raise AssertionError

    archive.Summed = Doomed  # type: ignore[misc]
    with open_session(engine, sees_all="a test looks at everything") as session:
        job = session.scalars(select(Job.id).where(Job.about_id == UUID(export), Job.kind == "export")).one()
    Worker(engine, open_house(settings)).run(job)


if __name__ == "__main__":
    main(*sys.argv[1:])
