"""What time it is. One place, so that a test can move it."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present moment in UTC, with its time zone."""
    return datetime.now(UTC)
