"""The school's days and hours: what is promised, and when something has waited too long."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from journal.hours import Hours

FRIDAY = datetime(2026, 11, 27, 18, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds


def test_the_next_school_day_is_promised() -> None:
    hours = Hours("16:00", "12345", "2026-11-30 2026-11-30\n\nnonsense", "Europe/London")
    assert hours.promised(FRIDAY) == datetime(2026, 12, 1, 16, tzinfo=UTC)
    assert hours.promised(FRIDAY - timedelta(hours=3)) == datetime(2026, 11, 27, 16, tzinfo=UTC)
    assert Hours("", "12345").promised(FRIDAY) is None
    assert Hours("soon", "12345").promised(FRIDAY) is None
    assert Hours("16:00", "").promised(FRIDAY) is None


def test_only_hours_of_school_days_count() -> None:
    hours = Hours(days="12345", zone="Europe/London")
    assert hours.late(FRIDAY, 5) == FRIDAY + timedelta(hours=5)
    assert hours.late(FRIDAY, 24) == datetime(2026, 11, 30, 18, tzinfo=UTC)
    assert hours.late(FRIDAY, 0) is None
    assert Hours(days="").late(FRIDAY, 1) is None


@given(MOMENTS, st.integers(1, 100))
def test_it_is_never_late_sooner_than_the_hours_and_later_for_more(since: datetime, hours: int) -> None:
    """Also over the days on which the clocks change."""
    school = Hours(days="12345", closed="2026-03-30 2026-04-10", zone="Europe/London")
    late, later = school.late(since, hours), school.late(since, hours + 1)
    assert late is not None
    assert later is not None
    assert since + timedelta(hours=hours) <= late < later
    assert Hours(days="1234567", zone="Europe/London").late(since, hours) == since + timedelta(hours=hours)
