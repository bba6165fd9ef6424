"""The demo school, with people who order portfolios."""

import pytest
from sqlalchemy import update

from journal import clock
from journal.records import Enrolment
from tests.portfolio.telling import Teller
from tests.world import World


@pytest.fixture
def tell(world: World) -> Teller:
    """People of the demo school, on SQLite."""
    return Teller(world)


FEW = ("maya", "leo", "oscar", "freya", "noah", "kofi", "priya", "yusuf")


@pytest.fixture
def tell_of_few(world: World) -> Teller:
    """The same with eight pupils in the class: to make the portfolios of twenty-four many times shows no more."""
    tell = Teller(world)
    group, stay = tell.world.group("kingfishers"), [tell.world.member(one) for one in FEW]
    with tell.world.session() as session:
        others = update(Enrolment).where(Enrolment.group_id == group, Enrolment.pupil_id.not_in(stay))
        session.execute(others.values(ended_at=clock.now()))
        session.commit()
    return tell


@pytest.fixture
def tell_on_both(world_on_both: World) -> Teller:
    """The same on each database in turn."""
    return Teller(world_on_both)
