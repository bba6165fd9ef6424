"""The queue that says there is work. What the work is stands in a table; a lost message is found by the sweep."""

import logging
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from huey import Huey, PostgresHuey, SqliteHuey, crontab
from sqlalchemy import make_url

log = logging.getLogger("journal.queue")


class Queue:
    """Messages from requests to the worker: a file beside the embedded database, or tables in PostgreSQL."""

    def __init__(self, database_url: str, folder: Path) -> None:
        address = make_url(database_url)
        if address.get_backend_name() == "sqlite":
            folder.mkdir(parents=True, exist_ok=True)
            self.huey: Huey = SqliteHuey("thirdspace", results=False, filename=str(folder / "queue.sqlite3"))
        else:
            dsn = address.set(drivername="postgresql").render_as_string(hide_password=False)
            self.huey = PostgresHuey("thirdspace", results=False, dsn=dsn)
        self._poke: Callable[[str], object] | None = None
        self._wake: Callable[[], object] | None = None

    def serve(
        self, run: Callable[[UUID], None], sweep: Callable[[], object], index: Callable[[], object] | None = None
    ) -> None:
        """Say what does the work: one piece by its id, the minute's look for what is due or was lost, and the indexing
        of what changed, which is done every minute too.
        """

        def one(job: str) -> None:
            run(UUID(job))

        self._poke = self.huey.task(name="one")(one)
        self.huey.periodic_task(crontab(minute="*"), name="sweep")(sweep)
        if index is not None:
            self._wake = self.huey.task(name="index")(index)
            self.huey.periodic_task(crontab(minute="*"), name="index each minute")(index)

    def poke(self, job: UUID) -> None:
        """Say that a piece of work is there."""
        if self._poke is not None:
            self._tell(lambda: self._poke(job.hex))  # type: ignore[misc]

    def wake(self) -> None:
        """Say that something changed that can be looked for."""
        if self._wake is not None:
            self._tell(self._wake)

    def _tell(self, tell: Callable[[], object]) -> None:
        try:
            tell()
        except Exception as problem:  # noqa: BLE001 - the change is kept already, and the sweep finds the work
            log.warning("the queue could not be told: %s", type(problem).__qualname__)
