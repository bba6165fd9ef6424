"""When a school reads worries: is somebody reading now, when next, and by when is what came last night read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from journal.clock import zone_of
from journal.records import School

LONGEST = 120
"""How many days ahead a school day is looked for; past that, nobody knows when worries are read."""

CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)\Z")
CLOSED = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[^\d]+(\d{4}-\d{2}-\d{2}))?[^\d]*\Z")


@dataclass(frozen=True, slots=True)
class Hours:
    """The days and times at which a school reads worries, by its own clock."""

    zone: ZoneInfo
    days: frozenset[int]
    """ISO weekdays: 1 is Monday."""
    opens: time
    shuts: time
    by: time
    closed: tuple[tuple[date, date], ...] = ()

    def school_day(self, day: date) -> bool:
        """Tell whether worries are read on a day."""
        return day.isoweekday() in self.days and not any(first <= day <= last for first, last in self.closed)

    def watched(self, moment: datetime) -> bool:
        """Tell whether somebody reads worries at a moment."""
        here = moment.astimezone(self.zone)
        return self.school_day(here.date()) and self.opens <= here.time() < self.shuts

    def next_watch(self, moment: datetime) -> datetime | None:
        """Return when somebody reads next, not before a moment; None where no such day is near."""
        if self.watched(moment):
            return moment
        return self._next(moment, self.opens)

    def read_by(self, told: datetime) -> datetime | None:
        """Return by when something told at a moment is read: at the next such time of a school day."""
        return self._next(told, self.by)

    def last_by(self, moment: datetime) -> datetime | None:
        """Return the latest time, not after a moment, by which what came before it should have been read."""
        last = self.day_of(moment)
        for back in range(LONGEST):
            day = last - timedelta(days=back)
            found = datetime.combine(day, self.by, self.zone)
            if self.school_day(day) and found <= moment:
                return found
        return None

    def day_of(self, moment: datetime) -> date:
        """Return the school's day at a moment."""
        return moment.astimezone(self.zone).date()

    def _next(self, moment: datetime, at: time) -> datetime | None:
        first = self.day_of(moment)
        for ahead in range(LONGEST):
            day = first + timedelta(days=ahead)
            found = datetime.combine(day, at, self.zone)
            if self.school_day(day) and found > moment:
                return found
        return None


def hours_of(school: School) -> Hours:
    """Return when a school reads worries. What was kept and is no time is passed over for the usual one."""
    return Hours(
        zone=zone_of(school.time_zone),
        days=frozenset(int(one) for one in school.worry_days if one in "1234567"),
        opens=read_clock(school.worry_opens) or time(8, 30),
        shuts=read_clock(school.worry_shuts) or time(15, 30),
        by=read_clock(school.worry_by) or time(10),
        closed=tuple(span for span in read_closed(school.school_closed) if span is not None),
    )


def read_clock(raw: str) -> time | None:
    """Return a time of day, or None for what is none."""
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
