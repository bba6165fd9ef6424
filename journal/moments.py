"""Days and times as pages say them: in the page's language, in the time zone of the school whose hat is worn."""

from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from flask import g

from journal.clock import now, zone_of
from journal.doors import account
from journal.languages import formats_of
from journal.saying import gettext as _
from journal.saying import locale

PARTS_OF_THE_DAY = frozenset({"ur"})
"""Languages that say "in the morning, 8:00" in their own letters, where CLDR's short time has a Latin AM and PM: its
parts of the day, before the hour, as they are said."""


def zone() -> ZoneInfo:
    """Return the time zone of the page: that of the school whose hat is worn. It came with the account."""
    if "zone" not in g:
        found = account()
        g.zone = zone_of(found.time_zone if found else "")
    return g.zone  # type: ignore[no-any-return]


def when(moment: datetime | None) -> str:
    """Return a day in words, as a line begins with it: Today, Yesterday, a weekday in the last week, else the date."""
    return _day(*_days(moment), locale(), begins=True) if moment else ""


def when_within(moment: datetime | None) -> str:
    """Return the same as it stands within a sentence: today, yesterday."""
    return _day(*_days(moment), locale(), begins=False) if moment else ""


def weekday(moment: datetime) -> str:
    """Return the name of a day of the week."""
    return str(format_date(moment.astimezone(zone()).date(), "EEEE", locale=formats_of(locale())))


def clock(moment: datetime) -> str:
    """Return the time of day."""
    return of_the_clock(moment.astimezone(zone()).time())


def of_the_clock(at: time) -> str:
    """Return a time of day that is no moment: when something opens, say."""
    return _time(at.hour, at.minute, locale())


def day_and_time(moment: datetime) -> str:
    """Return a day and the time of day, as a line begins with them."""
    return put_together(when(moment), clock(moment))


def put_together(day: str, at: str) -> str:
    """Return the words of a day and of a time of day as one, with the language's own comma."""
    return str(_("%(day)s, %(time)s", day=day, time=at))


def _days(moment: datetime) -> tuple[date, date]:
    here = zone()
    return moment.astimezone(here).date(), now().astimezone(here).date()


@lru_cache(maxsize=4096)
def _day(day: date, today: date, language: str, *, begins: bool) -> str:
    """The words of ``when``, in the language of the page that asks."""
    ago = (today - day).days
    if ago == 0:
        return str(_("Today") if begins else _("today"))
    if ago == 1:
        return str(_("Yesterday") if begins else _("yesterday"))
    pattern = "EEEE" if 0 < ago < 7 else "d MMMM" if day.year == today.year else "d MMMM y"
    return str(format_date(day, pattern, locale=formats_of(language)))


@lru_cache(maxsize=4096)
def _time(hour: int, minute: int, language: str) -> str:
    pattern = "B h:mm" if language in PARTS_OF_THE_DAY else "short"
    return str(format_time(time(hour, minute), pattern, locale=formats_of(language)))
