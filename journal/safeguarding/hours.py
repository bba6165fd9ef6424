"""When a school reads worries: is somebody reading now, when next, and by when is what came last night read."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from journal.clock import zone_of
from journal.hours import is_school_day, read_time
from journal.records import School

LONGEST = 120
"""How many days ahead a school day is looked for; past that, nobody knows when worries are read."""


@dataclass(frozen=True, slots=True)
class Hours:
    """The times at which a school reads worries, on days with school, by its own clock."""

    zone: ZoneInfo
    days: str
    closed: str
    """The school's calendar, as ``journal.hours`` has it."""
    opens: time
    shuts: time
    by: time

    def school_day(self, day: date) -> bool:
        """Tell whether there is school on a day, and so somebody reads worries."""
        return is_school_day(day, self.days, self.closed)

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
        days=school.school_days,
        closed=school.closed_days,
        opens=read_time(school.worry_opens) or time(8, 30),
        shuts=read_time(school.worry_shuts) or time(15, 30),
        by=read_time(school.worry_by) or time(10),
    )
