"""PostgreSQL looks through time span by span: whatever their edges, the newest come first and none is missed."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from journal import clock
from journal import records as r
from journal.ids import new_id
from journal.store.index import Clause, Kind, Unit, Wanted
from journal.store.index.spans import DAYS
from tests.gate.schools import empty, seeing_all
from tests.search.conftest import House

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SPAN = timedelta(days=DAYS)
BEGINS = EPOCH + 740 * SPAN
"""The beginning of a span."""
EDGES = [number * SPAN + off for number in range(-9, 5) for off in (timedelta(0), -timedelta(microseconds=1))]


@pytest.fixture(scope="module")
def school(house: House) -> UUID:
    """A school to which units belong."""
    empty(house.engine)
    with seeing_all(house.engine) as session:
        found = r.School(name="S")
        session.add(found)
        session.commit()
        return found.id


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    offs=st.lists(st.timedeltas(-timedelta(days=4000), timedelta(days=400)), max_size=12),
    asked_at=st.sampled_from([timedelta(0), -timedelta(microseconds=1), SPAN / 2]),
    page=st.integers(1, 9),
)
@example(offs=EDGES, asked_at=timedelta(0), page=7)
@example(offs=EDGES, asked_at=-timedelta(microseconds=1), page=64)
def test_all_that_says_a_word_is_met_once_newest_first(
    house: House, school: UUID, offs: list[timedelta], asked_at: timedelta, page: int
) -> None:
    mine = frozenset({"family/1"})
    units = [
        Unit(new_id(), new_id(), school, Kind.WORDS, mine, frozenset(), BEGINS + off, "", "a snail") for off in offs
    ]
    house.index.rebuild([units])
    wanted, found = Wanted((Clause(("snail",)),), mine, newest=True), []
    with clock.at(BEGINS + asked_at):
        while got := house.index.propose(wanted, len(found), page):
            found += got
    ages = {one.id: one.at for one in units}
    assert sorted(one.id for one in found) == sorted(ages)
    # What is further ahead than a clock may be is met too, wherever it stands.
    moments = [ages[one.id] for one in found if ages[one.id] < BEGINS + SPAN]
    assert moments == sorted(moments, reverse=True)
