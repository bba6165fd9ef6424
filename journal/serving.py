"""Serving: gunicorn with threads, and the worker beside them, in one process for the embedded default."""

import gc
import logging
from threading import Thread
from typing import Any

from gunicorn.app.base import BaseApplication
from huey import Huey
from huey.consumer import Consumer

from journal import create_app
from journal.demo.build import accounts
from journal.settings import Settings, address_of

THREADS = 8
WORKERS = 2
"""Threads that do jobs: a picture need not wait for a class's portfolios."""
GRACE = 10
"""How long requests and jobs that were begun may take to end, in seconds, when the server is told to stop."""


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
            "when_ready": lambda _server: self.say_where(),
            "post_worker_init": lambda worker: self.begin_jobs(worker.wsgi),
            "worker_exit": lambda _server, _worker: self.end_jobs(),
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Return the app, made in the process that serves it."""
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
        for chatty in ("alembic", "huey"):
            logging.getLogger(chatty).setLevel(logging.WARNING)
        return create_app(self.settings)

    def say_where(self) -> None:
        """Print the address and how to come in."""
        print(f"\nThirdspace is open at {self.settings.public_address}\n")  # noqa: T201 - said to whoever started it
        left_out = ("role", "school", "name", "app_secret", "numbers_now")
        for account in accounts():
            way = " · ".join(str(value) for key, value in account.items() if key not in left_out)
            print(f"  {account['role']:<9} {account['school']:<18} {account['name']:<18} {way}")  # noqa: T201
        print("\nStaff are asked for six numbers too. Those of now: journal demo --accounts")  # noqa: T201
        print("\nStop with Ctrl+C.", flush=True)  # noqa: T201

    def begin_jobs(self, app: Any) -> None:
        """Begin to do jobs beside the pages."""
        gc.freeze()  # what was made by now stays: looking through it for rubbish would be a part of every page
        self.jobs = Jobs(app.config["QUEUE"].huey)
        self.jobs.begin()
        app.config["QUEUE"].wake()

    def end_jobs(self) -> None:
        """End the jobs with the process that does them."""
        if self.jobs is not None:
            self.jobs.end()


class Jobs:
    """Does the queue's work in threads of this process, until told to end."""

    def __init__(self, huey: Huey) -> None:
        self._consumer = _Consumer(huey, workers=WORKERS, worker_type="thread", shutdown_timeout=GRACE)
        self._thread = Thread(target=self._consumer.run, name="jobs", daemon=True)

    def begin(self) -> None:
        """Begin, and go on beginning again whichever thread dies."""
        self._thread.start()

    def end(self) -> None:
        """Wait until what was begun is done, for ``GRACE`` seconds at most. A piece that takes longer is done again."""
        self._consumer.stop(graceful=True)
        self._thread.join(GRACE)


class _Consumer(Consumer):  # type: ignore[misc] # huey has no types
    """A consumer that leaves the process's signals to the server it lives in."""

    def _set_signal_handlers(self) -> None:
        pass
