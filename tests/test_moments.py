"""Days and times of day, as pages say them in each language."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest

from journal import clock
from tests.world import World

SATURDAY = datetime(2026, 11, 28, 13, 15, tzinfo=UTC)


def worried(world: World, language: str) -> str:
    """What a signed-in relative reads of when worries are read, on a Saturday."""
    with clock.at(SATURDAY):
        page = world.client("nadia").get("/worried", headers={"Accept-Language": language}).get_data(as_text=True)
    return unescape(page)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Monday 30 November, 08:00"),
        ("cy", "Dydd Llun 30 Tachwedd, 08:00"),
        ("ur", "\N{RIGHT-TO-LEFT MARK}⁨پیر 30 نومبر⁩، ⁨صبح 8:00⁩"),
    ],
)
def test_a_day_and_a_time_are_said_as_the_language_has_them(world: World, language: str, said: str) -> None:
    page = worried(world, language)
    assert said in page
    assert not re.search(r"\d [AP]M", page)
    assert "صبح" in page or language != "ur"


def test_the_schools_own_words_say_which_language_they_are_in(world: World) -> None:
    page = worried(world, "ur")
    assert re.search(r'<p class="mt-5" dir="auto" lang="en">Mr Penhale reads worries', page)


def test_today_begins_a_line_with_a_capital_and_not_a_sentence_s_middle(world: World) -> None:
    page = world.client("maya").get("/signed-in").get_data(as_text=True)
    assert re.search(r"Since today, \d", page)
    assert re.search(r"Last used today, \d", page)
