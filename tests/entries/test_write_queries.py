"""The pages on which an entry is written ask the database eight times at most, whatever they hold."""

import pytest

from tests.world import World

PAGES = ("/entries/{robot}/edit", "/entries/{snail}/edit", "/entries/{snail}/doors", "/make", "/gone")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_writing_asks_eight_times_at_most(world_on_both: World, path: str) -> None:
    places = {"robot": world_on_both.entry("robot-suit"), "snail": world_on_both.entry("snail-hotel")}
    address = path.format(**places)
    maya = world_on_both.client("maya")
    maya.get(address)
    with world_on_both.counting() as asked:
        assert maya.get(address).status_code == 200
    assert len(asked) <= 8, asked
