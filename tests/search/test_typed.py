"""What was typed: how much it finds, what is offered instead, and what cannot be looked for."""

import re
from html import unescape
from uuid import uuid4

import pytest

from tests.search.looking import Door, Looker, main_of
from tests.world import Browser, World


@pytest.fixture
def looker(world: World) -> Looker:
    return Looker(world)


def test_nothing_found_says_what_was_looked_for_and_where_and_offers_to_look_everywhere(looker: Looker) -> None:
    looker.share("maya", "A marmalade machine", Door.FAMILY)
    looker.ready()
    sami = looker.world.member("sami")
    page = looker.look_for("nadia", "marmalade", child=sami)
    assert "Nothing says “marmalade”" in page
    assert "You are looking only here: Sami." in page
    assert 'href="/search?q=marmalade"' in page
    assert "Look everywhere" not in looker.look_for("nadia", "zzyzzy")


def test_one_spelling_is_offered_as_a_link(looker: Looker) -> None:
    looker.share("maya", "A marmalade machine", Door.FAMILY)
    looker.ready()
    page = looker.look_for("nadia", "marmelade")
    assert "Did you mean" in page
    link = re.search(r'<a class="found__try" href="([^"]+)"[^>]*>marmalade</a>', page)
    assert link
    assert "A <mark>marmalade</mark> machine" in looker.page("nadia", link.group(1))
    assert "Did you mean" not in looker.look_for("tomasz", "marmelade")


def test_many_are_more_than_fifty_in_pages_that_end(looker: Looker) -> None:
    entry = looker.share("maya", "A machine", Door.FAMILY)
    for number in range(51):
        looker.say("nadia", entry, f"Marmalade number {number}")
    looker.ready()
    page = looker.look_for("maya", "marmalade")
    assert "More than 50 things say “marmalade”" in page
    assert re.findall(r"\d+", re.search(r'<p class="found__n">.*?</p>', page).group()) == ["50"]  # type: ignore[union-attr]
    assert "Five pages, and then it ends." in page
    assert 'aria-current="page">1<' in page
    seen = {one.words for at in range(1, 6) for one in looker.cards("maya", "marmalade", order="newest", page=at)}
    assert len(seen) == 50
    last = looker.look_for("maya", "marmalade", page=5)
    assert "Next" not in main_of(last)
    assert looker.look_for("maya", "marmalade", page=6) == last or "aria-current" in last


def test_a_page_that_is_not_there_leads_to_the_first(looker: Looker) -> None:
    looker.share("maya", "A marmalade machine", Door.FAMILY)
    looker.ready()
    answer = looker.world.client("nadia").get("/search?q=marmalade&where=words&page=3")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/search?q=marmalade&where=words"


HOSTILE = (
    "marmalade " * 10_000,
    "m" * 100_000,
    "\u0301\u064e\u09bc",
    "!!! … ---",
    '"',
    "“",
    "*",
    "* * ?*",
    "?",
    "school_id:1",
    "circles:family/0123",
    f"family/{uuid4().hex}",
    "AND OR NOT",
    "a:b^2~3 [x TO z] (",
    "the and of to",
    "\\",
    "%",
    "_",
    "' OR 1=1 --",
    "\x00",
    "\ud800",
    "\u202e\u2066",
    "🙂" * 60,
    "कि ਕੀ بِ",
)
"""What people, and programs that mean no good, might type."""


@pytest.mark.parametrize(("who", "role"), [("maya", ""), ("adeyemi", "teacher"), ("bright", "")])
def test_whatever_is_typed_there_are_kind_words_and_it_stays(looker: Looker, who: str, role: str) -> None:
    _type_everything(looker.world.client(who, role))


def test_it_does_on_both_databases(world_on_both: World) -> None:
    _type_everything(world_on_both.client("nadia"))


def _type_everything(browser: Browser) -> None:
    for typed in HOSTILE:
        answer = browser.get("/search", query_string={"q": typed.encode("utf-8", "replace")})
        page = answer.get_data(as_text=True)
        assert answer.status_code in (200, 400), repr(typed[:20])
        kept = re.search(r'name="q" type="search" value="([^"]*)"', page)
        assert kept is not None
        assert unescape(kept.group(1)) == typed.encode("utf-8", "replace").decode(), repr(typed[:20])
        refused = answer.status_code == 400
        assert ('id="f-q-wrong"' in page) == refused, repr(typed[:20])
        assert ('aria-invalid="true"' in page) == refused


def test_what_is_too_long_is_said_and_kept(looker: Looker) -> None:
    words = "marmalade " * 10_000
    page = looker.look_for("nadia", words, code=400)
    assert "This is too long." in page
    assert f'value="{words}"' in page


def test_nothing_typed_is_no_mistake(looker: Looker) -> None:
    for path in ("/search", "/search?q=", "/search?q=%20%20"):
        page = looker.page("maya", path)
        assert "Ways to find it" in page
        assert "f-q-wrong" not in page
        assert "Nothing says" not in page
