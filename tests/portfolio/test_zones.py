"""A school far from London: its days and months stand in its portfolios, from the preview to the book."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from journal import clock
from journal.portfolio.scope import EVERYTHING, Scope, kept, read
from journal.records import Export, School
from tests.gate.people import Story
from tests.portfolio.asking import Asker, of, text_in
from tests.world import World

LATE = datetime(2026, 10, 31, 22, tzinfo=UTC)
"""Still October in London; in Auckland eleven in the morning of the first of November."""

TITLE = "The kite over the harbour."


def lies_in(world: World, zone: str) -> None:
    with world.session() as session:
        session.execute(update(School).values(time_zone=zone))
        session.commit()


@pytest.fixture
def far(world: World) -> World:
    """The demo school in Auckland, where Maya made something late in London's October."""
    lies_in(world, "Pacific/Auckland")
    story = Story(world)
    with clock.at(LATE):
        story.posts("maya", TITLE, story.doors("family"))
    return world


def test_a_preview_by_dates_means_the_days_of_the_school(far: World) -> None:
    maya = Asker(far, "maya")
    first, last = {"since": "2026-11-01", "until": "2026-11-01"}, {"since": "2026-10-31", "until": "2026-10-31"}
    assert TITLE in maya.look("maya", part="some", **first)
    assert TITLE not in maya.send(of(far, "maya"), do="look", part="some", **last)
    lies_in(far, "Europe/London")
    assert TITLE in maya.look("maya", part="some", **last)


def test_a_month_of_the_list_is_a_month_of_the_school(far: World) -> None:
    maya = Asker(far, "maya")
    fields = {"part": "chosen", "step": "tick", "do": "show-month"}
    assert TITLE in maya.send(of(far, "maya"), month="2026-11", **fields)
    assert TITLE not in maya.send(of(far, "maya"), month="2026-10", **fields)
    with clock.at(LATE):
        page = maya.browser.get(f"{of(far, 'maya')}?part=chosen&step=tick").get_data(as_text=True)
        assert 'value="2026-11"' in page, "their month has begun"


def test_the_book_has_the_days_of_the_school_also_when_it_is_made_anew(far: World) -> None:
    maya = Asker(far, "maya")
    place = maya.made("maya", part="some", since="2026-11-01", until="2026-11-01")
    for _ in range(2):
        book = maya.take_home(place)
        (month,) = (name for name in book.namelist() if name.endswith("2026-11.html"))
        assert TITLE in book.read(month).decode()
        assert not any(name.endswith("2026-10.html") for name in book.namelist())
        assert "1 November 2026" in text_in(book)
        assert "31 October 2026" not in text_in(book)
        lies_in(far, "Europe/London")
        assert maya.send(f"{place}/anew", 303) == place
        far.work()


def test_a_class_has_the_day_of_the_school_on_its_list(far: World) -> None:
    with clock.at(LATE + timedelta(days=61)):
        kaur = Asker(far, "kaur")
        place = kaur.send(f"/portfolio/class/{far.group('kingfishers')}", 303, part="all", do="order")
        far.work()
        text = text_in(kaur.take_home(place))
    assert "1 January 2027" in text
    assert "31 December 2026" not in text


def test_the_day_on_which_it_goes_is_a_day_of_the_school(far: World) -> None:
    maya = Asker(far, "maya")
    place = maya.made("maya")
    with far.session() as session:
        session.execute(update(Export).values(expires_at=LATE.replace(year=2027)))
        session.commit()
    assert "It is here until 1 November 2027." in maya.get(place)


def test_the_first_day_of_all_is_a_day_everywhere(far: World) -> None:
    assert TITLE in Asker(far, "maya").look("maya", part="some", since="0001-01-01", until="2026-11-01")


def test_an_order_from_before_zones_were_kept_is_of_london(world: World) -> None:
    Asker(world, "maya").order("maya")
    with world.session() as session:
        raw = session.scalars(select(Export.scope)).one()
    assert raw.pop("zone") == "Europe/London"
    assert read(raw) == EVERYTHING
    far = Scope(since=date(2026, 11, 1), zone="Pacific/Auckland")
    assert read(kept(far)) == far
    assert far.begins == datetime(2026, 10, 31, 11, tzinfo=UTC)
