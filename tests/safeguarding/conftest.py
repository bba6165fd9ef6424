"""What all tests of this room begin with."""

import pytest

from journal.limits import limiter


@pytest.fixture(autouse=True)
def _fresh_limits(request: pytest.FixtureRequest) -> None:
    """Nobody has sent anything yet from this address."""
    for name in {"world", "world_on_both"} & set(request.fixturenames):
        request.getfixturevalue(name)
        limiter.reset()
