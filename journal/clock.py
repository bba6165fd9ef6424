"""What time it is. One place, so that the demo school can have a past and a test a future."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_set: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """Return the present moment in UTC, with its time zone."""
    return _set.get() or datetime.now(UTC)


USUAL_ZONE = "Europe/London"


@lru_cache
def zone_of(name: str) -> ZoneInfo:
    """Return a time zone by its name, or the usual one for a name that is none."""
    try:
        return ZoneInfo(name or USUAL_ZONE)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo(USUAL_ZONE)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let it be another time for what is enclosed."""
    token = _set.set(moment)
    try:
        yield
    finally:
        _set.reset(token)
