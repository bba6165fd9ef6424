"""A school's days and hours: when teachers usually have looked, and when something has waited too long. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from journal.clock import zone_of

CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)\Z")
CLOSED = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[^\d]+(\d{4}-\d{2}-\d{2}))?[^\d]*\Z")
FURTHEST = 400
"""Days looked ahead for a day with school; a school that is closed longer promises nothing."""


@dataclass(frozen=True, slots=True)
class Hours:
    """What a school says about its days, as its row has it."""

    before: str = ""
    """Until when teachers usually have looked, as "16:00"; empty where nothing is promised."""
    days: str = "12345"
    """Days of the week with school; 1 is Monday."""
    closed: str = ""
    """A line for each time without school: a day, or its first and its last day."""
    zone: str = ""

    def is_school_day(self, day: date) -> bool:
        """Tell whether there is school on a day."""
        return is_school_day(day, self.days, self.closed)

    def promised(self, moment: datetime) -> datetime | None:
        """Return when teachers will usually have looked at what is handed in now; None where nothing is promised."""
        till = read_time(self.before)
        if till is None:
            return None
        here = zone_of(self.zone)
        day = moment.astimezone(here).date()
        for ahead in range(FURTHEST):
            there = datetime.combine(day + timedelta(days=ahead), till, here)
            if there > moment and self.is_school_day(there.date()):
                return there
        return None

    def late(self, since: datetime, hours: int) -> datetime | None:
        """Return when so many hours of school days have gone by; None for no hours, or for a school always closed."""
        if hours <= 0:
            return None
        here, left, at = zone_of(self.zone), timedelta(hours=hours), since
        for _ in range(FURTHEST):
            day = at.astimezone(here).date()
            # In UTC, so that a day on which the clocks change is as long as it is.
            end = datetime.combine(day + timedelta(days=1), time(), here).astimezone(UTC)
            if self.is_school_day(day):
                if end - at >= left:
                    return at + left
                left -= end - at
            at = end
        return None


def is_school_day(day: date, days: str, closed: str) -> bool:
    """Tell whether there is school on a day; ``days`` and ``closed`` as ``Hours`` has them."""
    return str(day.isoweekday()) in days and not any(first <= day <= last for first, last in _closed(closed))


def read_time(raw: str) -> time | None:
    """Return a time of day, written as "16:00" or "8.30", or None for what is none."""
    found = CLOCK.match(raw.strip())
    return time(int(found[1]), int(found[2])) if found else None


def read_closed(raw: str) -> Iterator[tuple[date, date] | None]:
    """Give the first and last day of each line, or None for a line that says no days, or turned round."""
    for line in raw.splitlines():
        if not line.strip():
            continue
        found = CLOSED.match(line.strip())
        try:
            first = date.fromisoformat(found[1]) if found else None
            last = date.fromisoformat(found[2]) if found and found[2] else first
        except ValueError:
            first = last = None
        yield (first, last) if first and last and first <= last else None


@lru_cache(maxsize=256)
def _closed(lines: str) -> tuple[tuple[date, date], ...]:
    """The times without school; a line that says none is passed over."""
    return tuple(span for span in read_closed(lines) if span is not None)
