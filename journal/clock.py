"""What time it is. One place, so that the demo school can have a past and a test a future."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_set: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """Return the present moment in UTC, with its time zone."""
    return _set.get() or datetime.now(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let it be another time for what is enclosed."""
    token = _set.set(moment)
    try:
        yield
    finally:
        _set.reset(token)
