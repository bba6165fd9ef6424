"""School years and half terms, reckoned by fixed English dates (why: docs/decisions/0009-half-terms.md)."""

from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

YEAR_BEGINS = (9, 1)
HALF_TERMS = ((1, 1), (2, 20), (4, 12), (6, 1), YEAR_BEGINS, (11, 1))
"""Month and day on which each half term begins; holidays belong to the one before them."""


class When(StrEnum):
    """In which time to look."""

    ANY = "any"
    HALF_TERM = "half-term"
    YEAR = "year"
    LAST_YEAR = "last-year"


def span_of(when: When, moment: datetime, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
    """Return from when (it included) until when (it not included) to look; None where that end is open.

    ``zone`` is the school's: its days begin there.
    """
    today = moment.astimezone(zone).date()
    year = _latest(today, (YEAR_BEGINS,))
    if when is When.HALF_TERM:
        return half_term(moment, zone), None
    if when is When.YEAR:
        return _midnight(year, zone), None
    if when is When.LAST_YEAR:
        return _midnight(year.replace(year=year.year - 1), zone), _midnight(year, zone)
    return None, None


def half_term(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return when the half term began in which a moment lies; ``zone`` is the school's."""
    return _midnight(_latest(moment.astimezone(zone).date(), HALF_TERMS), zone)


def _latest(today: date, beginnings: tuple[tuple[int, int], ...]) -> date:
    """Return the last of these days of the year that has come."""
    days = [date(year, month, day) for year in (today.year - 1, today.year) for month, day in beginnings]
    return max(one for one in days if one <= today)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
