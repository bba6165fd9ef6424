"""Ticking what goes in: over pages and months, without scripts, and never more than one may take home."""

import re
from html import unescape
from typing import Any
from uuid import UUID

import pytest

from journal.portfolio import scope
from journal.words import Door
from tests.portfolio.asking import Asker, Teller, of, text_in
from tests.world import World

FAMILY, TEACHERS = Door.FAMILY, Door.TEACHERS
FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
ROW = re.compile(r'name="entry" value="([^"]+)"( checked)?.*?<strong dir="auto">([^<]*)', re.S)


class Page:
    """A page of the list, as a browser without scripts sends it back."""

    def __init__(self, asker: Asker, pupil: str, **fields: Any) -> None:
        self.asker, self.path = asker, of(asker.world, pupil)
        self._open({"part": "chosen", "do": "look", **fields})

    def _open(self, fields: dict[str, Any]) -> None:
        answer = self.asker.browser.post(self.path, fields, follow_redirects=True)
        self.at = answer.request.path
        self.status, self.text = answer.status_code, unescape(answer.get_data(as_text=True))
        hidden = [one for one in FIELD.findall(self.text) if one[0] != "csrf_token"]
        self.carried: dict[str, Any] = {}
        for name, value in hidden:
            self.carried.setdefault(name, []).append(value)
        self.rows = {title: UUID(one) for one, _, title in ROW.findall(self.text)}
        self.ticked = {title for _, checked, title in ROW.findall(self.text) if checked}

    def tick(self, *titles: str) -> None:
        """Tick these, and no others on this page."""
        assert set(titles) <= set(self.rows), titles
        self.ticked = set(titles)

    def press(self, do: str, **more: Any) -> "Page":
        """Send the page with what is ticked on it."""
        entries = [str(self.rows[title]) for title in self.ticked]
        self._open({**self.carried, "entry": entries, "do": do, **more})
        return self

    def older(self) -> "Page":
        """Turn to the next page."""
        found = re.search(r'value="(older:[^"]+)"', self.text)
        assert found, "there is no older page"
        return self.press(found[1])


@pytest.fixture
def many(world: World) -> Teller:
    """Maya has made five and twenty things more, all for her family."""
    teller = Teller(world)
    for number in range(25):
        teller.share("maya", f"Number {number}", FAMILY)
    return teller


def test_ticks_stay_over_the_pages_and_are_what_is_in_it(many: Teller) -> None:
    nadia = Asker(many.world, "nadia")
    page = Page(nadia, "maya")
    assert len(page.rows) == 20
    assert "Nothing is ticked yet." in page.text
    page.tick("Number 24", "Number 7")
    page.older()
    assert "2 things are ticked." in page.text
    assert "Number 4" in page.rows
    assert "Number 24" not in page.rows
    page.tick("Number 4")
    page.press("newest")
    assert page.ticked == {"Number 24", "Number 7"}
    page.tick("Number 24")  # the other one is unticked
    page.press("look")
    assert "2 things" in page.text
    assert "What you chose one by one" in page.text
    page.press("order")
    assert page.at.startswith("/portfolio/made/")
    many.world.work()
    place = next(iter(re.findall(r"/portfolio/made/[^\"]+", nadia.browser.get("/portfolio").get_data(as_text=True))))
    book = text_in(nadia.take_home(place))
    assert "Number 24" in book
    assert "Number 4 " in book
    assert "Number 7" not in book


def test_from_the_look_one_comes_back_to_the_list_with_the_ticks(many: Teller) -> None:
    page = Page(Asker(many.world, "maya"), "maya")
    page.tick("Number 24")
    page.older()
    page.press("look")
    page.press("change")
    assert "Tick what goes in" in page.text
    assert "1 thing is ticked." in page.text
    page.press("change")
    assert "What goes in?" in page.text
    page.press("look", part="chosen")
    assert "1 thing is ticked." in page.text, "the ticks were carried through the first page"


def test_a_whole_month_is_ticked_unticked_and_shown(many: Teller) -> None:
    page = Page(Asker(many.world, "maya"), "maya")
    page.tick("Number 24")
    page.press("tick-month", month="2026-11")
    assert "Number 24" in page.ticked
    titles = set(page.ticked)
    assert not {f"Number {number}" for number in range(24)} & titles
    page.press("show-month", month="2026-11")
    assert "The snail hotel" in page.ticked
    assert set(page.rows) == page.ticked, "all of the month is ticked"
    page.press("untick-month", month="2026-11")
    assert page.ticked == set()
    assert "1 thing is ticked." in page.text
    page.press("show-month", month="2020-01")
    assert "There is nothing in this month." in page.text
    page.press("newest")
    assert page.ticked == {"Number 24"}
    page.press("tick-month", month="rubbish")
    assert page.status == 400
    assert "We do not know that day." in page.text
    assert "1 thing is ticked." in page.text


def test_months_are_offered_from_now_back_to_the_first(world: World) -> None:
    text = Page(Asker(world, "maya"), "maya").text
    assert re.search(r'<option value="2026-11"[^>]*>November 2026', text)


def test_too_many_are_told_and_stay_ticked(many: Teller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scope, "MOST_CHOSEN", 3)
    page = Page(Asker(many.world, "maya"), "maya")
    page.tick("Number 24", "Number 23", "Number 22", "Number 21")
    page.press("look")
    assert page.status == 400
    assert "You can choose 3 things one by one." in page.text
    assert len(page.ticked) == 4


def test_what_is_not_theirs_cannot_be_ticked(many: Teller) -> None:
    """Ids out of thin air, of another child, of what was not shown: they are simply not in it."""
    secret = many.share("maya", "Only mine")
    oscars = many.share("oscar", "Not Maya’s", FAMILY, TEACHERS)
    nadia = Asker(many.world, "nadia")
    page = Page(nadia, "maya")
    assert "Only mine" not in page.text
    fields = {"part": "chosen", "step": "tick", "chosen": f"{secret.hex} {oscars.hex} {UUID(int=7).hex}"}
    assert "There would be nothing in it." in nadia.send(of(many.world, "maya"), do="look", **fields)
    assert "There would be nothing in it." in nadia.send(of(many.world, "maya"), 400, do="order", **fields)


def test_the_school_ticks_by_name_and_meets_no_picture(many: Teller) -> None:
    many.share("maya", "For the teachers", TEACHERS)
    page = Page(Asker(many.world, "kaur"), "maya")
    assert "For the teachers" in page.rows
    assert not any(title.startswith("Number") for title in page.rows)
    assert "/media/" not in page.text


def test_what_stays_out_is_not_offered_but_to_the_pupil_who_asks(many: Teller) -> None:
    kept = many.share("maya", "Kept out", FAMILY)
    maya = Asker(many.world, "maya")
    maya.send(f"/portfolio/entries/{kept}", 303, put="out")
    assert "Kept out" not in Page(maya, "maya").rows
    assert "Kept out" in Page(maya, "maya", kept_out_too="yes").rows
    nadia = Asker(many.world, "nadia")
    assert "Kept out" not in Page(nadia, "maya", kept_out_too="yes").rows
