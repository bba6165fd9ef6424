"""A school's days and hours: when teachers usually have looked, and when something has waited too long. Pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from journal.clock import zone_of

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
    """A line for each time without school: its first and its last day."""
    zone: str = ""

    def is_school_day(self, day: date) -> bool:
        """Tell whether there is school on a day."""
        if str(day.isoweekday()) not in self.days:
            return False
        return not any(first <= day <= last for first, last in closed_times(self.closed))

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


def read_time(raw: str) -> time | None:
    """Return a time of day written as "16:00", or None."""
    try:
        return datetime.strptime(raw, "%H:%M").time()  # noqa: DTZ007 - a time of day, of no day
    except ValueError:
        return None


def closed_times(lines: str) -> list[tuple[date, date]]:
    """Return the times without school: a first and a last day from each line that has them."""
    found = []
    for line in lines.splitlines():
        days = line.split()
        try:
            first, last = date.fromisoformat(days[0]), date.fromisoformat(days[-1])
        except (ValueError, IndexError):
            continue
        found.append((first, last))
    return found
