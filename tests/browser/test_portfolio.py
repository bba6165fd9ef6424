"""Taking a portfolio home with a real browser: ordered, left, found again; kept out; by keyboard; without scripts."""

import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Route, expect
from sqlalchemy import update

from journal.records import Export
from journal.words import ExportState
from tests.browser.conftest import Served
from tests.browser.people import Person
from tests.browser.test_pages import sign_in_quietly

pytestmark = pytest.mark.browser

Someone = Callable[..., Person]
READY = 60_000
"""Milliseconds in which a book of the demo is made on a busy machine."""


def take_home(person: Person, folder: Path) -> set[str]:
    """Press the button, keep the file, and return what is in it."""
    with person.page.expect_download() as download:
        person.page.locator(".btn", has_text="Take it home").first.click()
    kept = folder / download.value.suggested_filename
    download.value.save_as(kept)
    with zipfile.ZipFile(kept) as book:
        return {name.split("/", 1)[-1] for name in book.namelist()}


def test_a_mother_orders_leaves_comes_back_and_takes_it_home(served: Served, someone: Someone, tmp_path: Path) -> None:
    nadia = someone()
    sign_in_quietly(served, nadia, "nadia")
    nadia.go("/home")
    nadia.follow("Take home what Maya has shown you")
    page = nadia.page
    expect(page.get_by_label("First day")).not_to_be_visible()
    page.get_by_text("Only some days or places").click()
    page.get_by_label("First day").fill("2026-12-24")
    page.get_by_label("Last day").fill("2026-12-23")
    nadia.press("See what is in it")
    expect(page.locator("[data-problems]")).to_be_focused()
    expect(page.get_by_label("First day")).to_have_value("2026-12-24")
    page.get_by_text("Everything Maya has shown me").click()
    nadia.press("See what is in it")
    nadia.see("Maya sees that you took it home.")
    page.locator("button.btn--go[value=order]").click()
    page.wait_for_url(re.compile("/portfolio/made/"))
    place = "/" + page.url.split("/", 3)[3]
    page.go_back()
    nadia.see("Maya sees that you took it home.")  # no question whether to send a form again
    page.go_forward()
    # The page says by itself when it is there, and says it to who listens.
    expect(page.locator("[data-made]")).to_have_attribute("data-state", "ready", timeout=READY)
    nadia.go("/home")
    page.locator(".mainnav").get_by_role("link", name="Portfolios").click()
    page.get_by_role("link", name="Maya’s portfolio").click()
    page.wait_for_url(re.compile(re.escape(place)))
    nadia.see("The book is ready")
    names = take_home(nadia, tmp_path)
    assert {"index.html", "portfolio.json"} <= names
    assert any(name.startswith("photos/") for name in names)

    maya = someone(viewport={"width": 390, "height": 844})
    sign_in_quietly(served, maya, "maya")
    maya.go("/portfolio")
    expect(maya.page.get_by_label("Taken home")).to_contain_text("Mum")


def test_a_page_that_waits_tells_when_it_is_ready(served: Served, someone: Someone) -> None:
    """Whatever comes over the line meanwhile: nothing at all, how far it is, then the end."""
    maya = someone()
    sign_in_quietly(served, maya, "maya")
    page = maya.page
    maya.go(f"/portfolio/of/{served.world.member('maya')}")
    page.get_by_text("Only some days or places").click()
    page.get_by_label("First day").fill("2026-11-01")
    maya.press("See what is in it")
    page.locator("button.btn--go[value=order]").click()
    page.wait_for_url(re.compile("/portfolio/made/"))
    expect(page.locator("[data-made]")).to_have_attribute("data-state", "ready", timeout=READY)
    with served.world.session() as session:  # as it was a moment ago
        mine = Export.id == UUID(page.url.rsplit("/", 1)[1])
        session.execute(update(Export).where(mine).values(state=ExportState.MAKING, done=1, total=9))
        session.commit()
    answers = iter(["offline", "making", "ready"])

    def answer(route: Route) -> None:
        if route.request.headers.get("x-fragment") != "1":
            route.continue_()
            return
        state = next(answers)
        if state == "offline":
            route.abort()
            return
        bar = (
            '<progress max="9" value="4">4 of 9</progress><span data-made-far>4 of 9</span>'
            if state == "making"
            else ""
        )
        more = "/portfolio/made/more" if bar else ""
        words = "Being made" if bar else "There it is"
        piece = f'<section data-made="{more}" data-state="{state}"><h2 data-made-say>{words}</h2>{bar}</section>'
        route.fulfill(body=piece, content_type="text/html")

    page.route(re.compile("/portfolio/made/"), answer)
    page.reload()
    expect(page.locator("progress")).to_have_attribute("value", "1")
    expect(page.locator("progress")).to_have_attribute("value", "4")
    expect(page.locator("[data-made-told]")).to_have_text("There it is")
    expect(page.locator("[data-made]")).to_have_attribute("data-state", "ready")


def test_maya_keeps_something_out_and_puts_it_in_again(served: Served, someone: Someone) -> None:
    maya = someone(viewport={"width": 360, "height": 740})
    sign_in_quietly(served, maya, "maya")
    maya.go(f"/entries/{served.world.entry('snail-hotel')}")
    maya.press("Keep it out")
    maya.see("It stays out of your portfolio.")
    maya.go("/portfolio")
    stays_out = maya.page.locator("section[aria-labelledby=out-h]")
    expect(stays_out).to_contain_text("The snail hotel")
    stays_out.get_by_role("button", name="Put it in").click()
    expect(maya.page.locator(".toast")).to_contain_text("The snail hotel is in it now.")
    expect(stays_out).not_to_contain_text("The snail hotel")
    maya.page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(stays_out).to_contain_text("The snail hotel")
    maya.page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(stays_out).not_to_contain_text("The snail hotel")


def test_with_the_keyboard_alone(served: Served, someone: Someone) -> None:
    maya = someone()
    sign_in_quietly(served, maya, "maya")
    page, keys = maya.page, maya.page.keyboard
    maya.go(f"/portfolio/of/{served.world.member('maya')}")
    page.locator("input[name=part][value=all]").focus()
    for _ in range(2):
        keys.press("ArrowDown")
    expect(page.locator("input[name=part][value=chosen]")).to_be_focused()
    keys.press("Enter")
    page.wait_for_load_state()
    maya.see("Tick what goes in")
    page.locator("input[name=entry]").first.focus()
    keys.press("Space")
    keys.press("Tab")
    keys.press("Space")
    keys.press("Enter")
    page.wait_for_load_state()
    maya.see("2 things")
    page.locator("button.btn--go[value=order]").focus()
    keys.press("Enter")
    page.wait_for_url(re.compile("/portfolio/made/"))


def test_without_scripts(served: Served, someone: Someone, tmp_path: Path) -> None:
    kaur = someone(java_script_enabled=False)
    sign_in_quietly(served, kaur, "kaur")
    kaur.go(f"/portfolio?group={served.world.group('kingfishers')}")
    page = kaur.page
    page.get_by_role("link", name="Maya", exact=True).click()
    page.locator("input[name=part][value=chosen]").check()
    kaur.press("See what is in it")
    page.locator("input[name=entry]").nth(0).check()
    page.locator("input[name=entry]").nth(1).check()
    kaur.press("Tick none of it")
    kaur.see("Nothing is ticked yet.")
    kaur.press("Tick all of it")
    page.locator("button.btn--go[value=look]").click()
    kaur.see("What you chose one by one")
    page.locator("button.btn--go[value=order]").click()
    kaur.see("You can leave this page and come back.")
    deadline = time.monotonic() + READY / 1000
    while (again := page.get_by_role("link", name="Look again")).count() and time.monotonic() < deadline:
        again.click()
    kaur.see("The book is ready")
    assert "index.html" in take_home(kaur, tmp_path)
