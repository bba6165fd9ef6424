"""Serving: gunicorn with threads, and the worker beside them, in one process for the embedded default.

``journal serve`` ends by becoming this program. It watches over the process that serves and knows nothing of the app
itself; what it does not load, no process holds twice.
"""

import gc
import logging
from typing import TYPE_CHECKING, Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from journal import create_app
from journal.settings import Settings, address_of, from_environment

if TYPE_CHECKING:
    from journal.consumer import Jobs

log = logging.getLogger("journal.serving")

THREADS = 8
GRACE = 10
"""How long requests that were begun may take to end, in seconds, when the server is told to stop."""


class Server(BaseApplication):  # type: ignore[misc] # gunicorn has no types
    """One process that serves pages and does jobs."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.jobs: Jobs | None = None
        super().__init__()

    def load_config(self) -> None:
        """Tell gunicorn what our settings say. It reads neither arguments nor files of its own."""
        chosen: dict[str, Any] = {
            "bind": address_of(self.settings.host, self.settings.port),
            "workers": 1,
            "threads": THREADS,
            "worker_class": "gthread",
            "limit_request_line": 8190,  # what somebody looks for stands in the address, also on the way to signing in
            "timeout": 120,
            "graceful_timeout": GRACE,
            "loglevel": "warning",
            "control_socket_disable": True,
            "post_worker_init": self.begin,
            "worker_exit": lambda _server, _worker: self.end_jobs(),
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Return the app, made in the process that serves it.

        That process may be begun anew at any time, also after the program was updated under it. On a database that was
        not brought up to date with the program it ends instead, and what watches over it ends too.
        """
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
        for chatty in ("alembic", "huey"):
            logging.getLogger(chatty).setLevel(logging.WARNING)
        # Only here: the process that watches over this one holds none of it.
        from journal.migrations.newest import out_of_step
        from journal.store.database import open_engine

        engine = open_engine(self.settings.database_url)
        unfit = out_of_step(engine)
        if unfit:
            log.error("nothing is served: %s", unfit)
            raise SystemExit(Arbiter.APP_LOAD_ERROR)
        return create_app(self.settings, engine)

    def begin(self, worker: Any) -> None:
        """Begin the jobs where pages can be served; the first time say where."""
        self.begin_jobs(worker.wsgi)
        if worker.age == 1:
            self.say_where()

    def say_where(self) -> None:
        """Print the address."""
        print(f"\nThirdspace is open at {self.settings.public_address}\n\nStop with Ctrl+C.", flush=True)  # noqa: T201 - said to whoever started it

    def begin_jobs(self, app: Any) -> None:
        """Begin to do jobs beside the pages."""
        from journal.consumer import Jobs

        gc.freeze()  # what was made by now stays: looking through it for rubbish would be a part of every page
        self.jobs = Jobs(app.config["QUEUE"].huey)
        self.jobs.begin()
        app.config["QUEUE"].wake()

    def end_jobs(self) -> None:
        """End the jobs with the process that does them."""
        if self.jobs is not None:
            self.jobs.end()


if __name__ == "__main__":
    Server(from_environment()).run()
