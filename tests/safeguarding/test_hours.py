"""When worries are read: at night, at weekends, in the holidays, and when a school says nothing of use."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.hours import read_closed, read_time
from journal.records import School
from journal.safeguarding.hours import Hours, hours_of

FRIDAY = datetime(2026, 11, 20, 18, 16, tzinfo=UTC)


def school(**chosen: str) -> Hours:
    """A school's hours: from Monday to Friday, unless said otherwise."""
    usual = {
        "time_zone": "Europe/London",
        "school_days": "12345",
        "worry_opens": "08:00",
        "worry_shuts": "17:00",
        "worry_by": "10:00",
        "closed_days": "",
    }
    return hours_of(School(**{**usual, **chosen}))


def test_on_friday_evening_nobody_reads_before_monday() -> None:
    hours = school()
    assert not hours.watched(FRIDAY)
    assert hours.next_watch(FRIDAY) == datetime(2026, 11, 23, 8, tzinfo=UTC)
    assert hours.read_by(FRIDAY) == datetime(2026, 11, 23, 10, tzinfo=UTC)
    monday = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
    assert hours.watched(monday)
    assert hours.next_watch(monday) == monday
    assert hours.read_by(monday) == datetime(2026, 11, 23, 10, tzinfo=UTC)
    assert hours.read_by(datetime(2026, 11, 23, 11, tzinfo=UTC)) == datetime(2026, 11, 24, 10, tzinfo=UTC)


def test_holidays_are_not_school_days() -> None:
    hours = school(closed_days="2026-12-21 2027-01-04\n2026-11-23\nnonsense")
    assert hours.next_watch(FRIDAY) == datetime(2026, 11, 24, 8, tzinfo=UTC)
    assert not hours.school_day(date(2026, 12, 25))
    assert hours.read_by(datetime(2026, 12, 20, tzinfo=UTC)) == datetime(2027, 1, 5, 10, tzinfo=UTC)


def test_the_clock_is_the_schools_own() -> None:
    summer = datetime(2026, 6, 1, 7, 30, tzinfo=UTC)
    assert school().watched(summer), "half past eight in London"
    assert not school(time_zone="America/New_York").watched(summer)


def test_where_no_day_is_near_nobody_knows() -> None:
    hours = school(school_days="")
    assert hours.next_watch(FRIDAY) is None
    assert hours.read_by(FRIDAY) is None
    assert hours.last_by(FRIDAY) is None
    assert school(closed_days="2026-01-01 2028-01-01").read_by(FRIDAY) is None


def test_what_is_no_time_is_the_usual_one() -> None:
    assert school(worry_by="soon", worry_opens="25:00", worry_shuts="").by == time(10)


@pytest.mark.parametrize(("raw", "read"), [("8:05", time(8, 5)), ("23.59", time(23, 59)), ("24:00", None), ("", None)])
def test_a_time_of_day(raw: str, read: time | None) -> None:
    assert read_time(raw) == read


@pytest.mark.parametrize("raw", ["2026-13-01", "2027-01-04 2026-12-21", "Christmas", "2026-02-30"])
def test_a_line_that_says_no_days(raw: str) -> None:
    assert list(read_closed(raw)) == [None]


@given(st.integers(0, 2 * 365 * 24 * 60), st.sets(st.integers(1, 7)))
def test_what_comes_is_read_on_a_school_day_and_not_before_it_came(minutes: int, days: set[int]) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    hours = school(school_days="".join(map(str, sorted(days))))
    by, last = hours.read_by(moment), hours.last_by(moment)
    assert (by is None) == (not days) == (last is None)
    if by is not None and last is not None:
        assert last <= moment < by
        assert by.astimezone(hours.zone).isoweekday() in days
        assert hours.read_by(last) == by, "nothing lies between the last time and the next"
