"""The demo school, with people who order portfolios."""

import pytest

from tests.portfolio.telling import Teller
from tests.world import World


@pytest.fixture
def tell(world: World) -> Teller:
    """People of the demo school, on SQLite."""
    return Teller(world)


@pytest.fixture
def tell_on_both(world_on_both: World) -> Teller:
    """The same on each database in turn."""
    return Teller(world_on_both)
