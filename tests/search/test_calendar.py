"""Half terms and school years by fixed dates, beginning at midnight where the school is."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.search.calendar import When, span_of

LONDON = ZoneInfo("Europe/London")
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2050, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - zone follows


@pytest.mark.parametrize(
    ("today", "half_term", "year"),
    [
        (date(2026, 9, 1), date(2026, 9, 1), date(2026, 9, 1)),
        (date(2026, 10, 31), date(2026, 9, 1), date(2026, 9, 1)),
        (date(2026, 11, 27), date(2026, 11, 1), date(2026, 9, 1)),
        (date(2027, 1, 1), date(2027, 1, 1), date(2026, 9, 1)),
        (date(2027, 2, 19), date(2027, 1, 1), date(2026, 9, 1)),
        (date(2027, 4, 1), date(2027, 2, 20), date(2026, 9, 1)),
        (date(2027, 5, 1), date(2027, 4, 12), date(2026, 9, 1)),
        (date(2027, 8, 31), date(2027, 6, 1), date(2026, 9, 1)),
        (date(2028, 2, 29), date(2028, 2, 20), date(2027, 9, 1)),
    ],
)
def test_when_half_terms_and_years_began(today: date, half_term: date, year: date) -> None:
    noon = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
    since, until = span_of(When.HALF_TERM, noon, LONDON)
    assert (since.date() if since else None, until) == (half_term, None)
    since, until = span_of(When.YEAR, noon, LONDON)
    assert (since.date() if since else None, until) == (year, None)
    since, until = span_of(When.LAST_YEAR, noon, LONDON)
    assert since
    assert until
    assert (since.date(), until.date()) == (date(year.year - 1, 9, 1), year)


def test_days_begin_at_midnight_in_the_schools_own_time() -> None:
    in_summer_time = datetime(2026, 5, 31, 23, 30, tzinfo=UTC)  # half past midnight on 1 June in London
    since, _ = span_of(When.HALF_TERM, in_summer_time, LONDON)
    assert since == datetime(2026, 5, 31, 23, tzinfo=UTC)
    since, _ = span_of(When.HALF_TERM, in_summer_time - timedelta(hours=1), LONDON)
    assert since is not None
    assert since.date() == date(2026, 4, 12)
    since, _ = span_of(When.HALF_TERM, in_summer_time - timedelta(hours=4), ZoneInfo("Asia/Karachi"))
    assert since == datetime(2026, 5, 31, 19, tzinfo=UTC)


@given(MOMENTS)
def test_now_is_in_this_half_term_which_is_in_this_year_which_follows_the_last(moment: datetime) -> None:
    half_term, _ = span_of(When.HALF_TERM, moment, LONDON)
    year, _ = span_of(When.YEAR, moment, LONDON)
    before, end = span_of(When.LAST_YEAR, moment, LONDON)
    assert half_term
    assert year
    assert before
    assert year <= half_term <= moment < half_term + timedelta(days=100)
    assert moment < year + timedelta(days=366)
    assert before < end == year
    assert all(one.tzinfo is LONDON and one.hour == 0 for one in (half_term, year, before))


def test_any_time_has_no_ends() -> None:
    assert span_of(When.ANY, datetime(2026, 11, 27, tzinfo=UTC), LONDON) == (None, None)
