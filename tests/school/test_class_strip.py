"""What a family's home shows from the class: alike on both databases, and what is not seen takes no place."""

import pytest
from sqlalchemy import update

from journal import feeds
from journal.clock import now
from journal.records import Item
from journal.school.reading import _page as reading_page
from journal.words import PAGE
from tests.school.telling import Door, Teller
from tests.world import World

FAMILY, FAMILIES = Door.FAMILY, Door.CLASS_FAMILIES


@pytest.fixture
def teller(world_on_both: World) -> Teller:
    return Teller(world_on_both)


def shown(teller: Teller, who: str, title: str, *doors: Door) -> object:
    entry = teller.share(who, title, *doors)
    teller.let_through(entry)
    return entry


def test_what_was_deleted_or_is_for_others_alone_hides_nothing_older(teller: Teller) -> None:
    shown(teller, "oscar", "The older kite", FAMILIES)
    gone = [shown(teller, "oscar", f"Gone {number}", FAMILIES) for number in range(PAGE // 2)]
    with teller.world.engine.begin() as connection:
        items = Item.__table__
        connection.execute(update(items).where(items.c.id.in_(gone)).values(deleted_at=now()))
    for number in range(PAGE // 2 + 1):
        entry = teller.share("oscar", f"Not for them {number}", FAMILIES, left_out=(teller.world.member("nadia"),))
        teller.let_through(entry)
    page = teller.page("nadia", "/home")
    assert "Not for them" not in page
    assert "Gone" not in page
    assert "The older kite" in page


def test_it_is_looked_for_as_far_back_on_both(teller: Teller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "REACH", 3)
    feeds.ranges.cache_clear()
    reading_page.cache_clear()
    try:
        shown(teller, "oscar", "Too far back", FAMILIES)
        shown(teller, "oscar", "Just in reach", FAMILIES)
        shown(teller, "maya", "Mine first", FAMILY, FAMILIES)
        assert "Too far back" in teller.page("nadia", "/home")
        shown(teller, "maya", "Mine then", FAMILY, FAMILIES)
        page = teller.page("nadia", "/home")
        assert "Just in reach" in page
        assert "Too far back" not in page
    finally:
        feeds.ranges.cache_clear()
        reading_page.cache_clear()
