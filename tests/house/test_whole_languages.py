"""A page in a language has no English left in it, but for the words that people wrote."""

import re
from functools import cache
from html import unescape
from pathlib import Path

import pytest

from journal.languages import LANGUAGES
from tests.world import World
from tools.translations import KEPT, SAME, collect

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = {
    "": ("/sign-in", "/sign-in/class", "/forgotten", "/help", "/keeping-safe", "/worried", "/easier", "/nothing"),
    "maya": ("/my-space", "/make", "{snail}", "{snail}/doors", "/classes", "/gone", "/me"),
    "nadia": ("/home", "{snail}", "/classes", "/worried", "/worried/mine", "/me"),
    "doyle": ("/today", "/to-read", "/classes", "/shared-with-me"),
    "penhale": ("/concerns", "/to-read"),
    "bright": ("/people",),
}

# A teacher's own words in the demo.
WRITTEN = {"I wonder…"}


@cache
def english() -> frozenset[str]:
    """What pages say, as far as it stands between two tags by itself."""
    return frozenset(message.id for message in collect(ROOT) if isinstance(message.id, str) and message.id)


@pytest.mark.parametrize("language", sorted(LANGUAGES.keys() - {"en"}))
def test_no_english_is_left(world: World, language: str) -> None:
    meant = SAME.get(language, set()) | KEPT | WRITTEN
    left = {}
    for key, paths in PAGES.items():
        browser = world.client(key)
        for path in paths:
            place = path.format(snail=f"/entries/{world.entry('snail-hotel')}")
            answer = browser.get(place, headers={"Accept-Language": language}, follow_redirects=True)
            assert answer.status_code == (404 if path == "/nothing" else 200), place
            page = answer.get_data(as_text=True)
            assert f'<html lang="{language}"' in page
            left[key, place] = said_on(page) & english() - meant
    assert {place: words for place, words in left.items() if words} == {}


def said_on(page: str) -> set[str]:
    """All that stands between two tags, and in the attributes that are read out."""
    pieces = re.findall(r">([^<]+)<", page) + re.findall(r'(?:alt|title|aria-label|placeholder)="([^"]+)"', page)
    return {" ".join(unescape(each).split()) for each in pieces}


def test_the_search_for_english_finds_it(world: World) -> None:
    page = world.client("maya").get("/my-space").get_data(as_text=True)
    assert {"My space", "Things I have made", "Keeping safe"} <= said_on(page) & english()
