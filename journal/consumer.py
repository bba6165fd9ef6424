"""Doing the jobs of the queue, in threads of the process that serves the pages."""

from threading import Thread

from huey import Huey
from huey.consumer import Consumer

WORKERS = 2
"""Threads that do jobs: a picture need not wait for a class's portfolios."""
GRACE = 10
"""How long jobs that were begun may take to end, in seconds, when the server is told to stop."""


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
