"""Serving: gunicorn with threads, and the worker beside them, in one process for the embedded default."""

import logging
from typing import Any

from gunicorn.app.base import BaseApplication

from journal import create_app
from journal.demo.build import accounts
from journal.settings import Settings

THREADS = 8


class Server(BaseApplication):  # type: ignore[misc] # gunicorn has no types
    """One process that serves pages and does jobs."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Tell gunicorn what our settings say."""
        chosen: dict[str, Any] = {
            "bind": f"{self.settings.host}:{self.settings.port}",
            "workers": 1,
            "threads": THREADS,
            "worker_class": "gthread",
            "timeout": 120,
            "graceful_timeout": 10,
            "loglevel": "warning",
            "control_socket_disable": True,
            "when_ready": lambda _server: self.say_where(),
            "post_worker_init": lambda worker: begin_jobs(worker.wsgi),
        }
        for name, value in chosen.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        """Return the app, made in the process that serves it."""
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
        logging.getLogger("alembic").setLevel(logging.WARNING)
        return create_app(self.settings)

    def say_where(self) -> None:
        """Print the address and how to come in."""
        print(f"\nThirdspace is open at {self.settings.public_address}\n")  # noqa: T201 - said to whoever started it
        for account in accounts():
            way = " · ".join(str(value) for key, value in account.items() if key not in ("role", "school", "name"))
            print(f"  {account['role']:<9} {account['school']:<18} {account['name']:<18} {way}")  # noqa: T201
        print("\nStop with Ctrl+C.", flush=True)  # noqa: T201


def begin_jobs(app: Any) -> Any:
    """Begin to do jobs in a thread of this process, and return the consumer."""
    consumer = app.config["QUEUE"].huey.create_consumer(workers=1, worker_type="thread", check_worker_health=True)
    consumer.start()
    return consumer
