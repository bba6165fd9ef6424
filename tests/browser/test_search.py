"""Looking for something in a real browser: by keyboard, without scripts, on every screen, dark, right-to-left."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Served
from tests.browser.people import LONGEST_WAIT, Person
from tests.browser.test_pages import LOOKS, sign_in_quietly, trouble, with_axe

pytestmark = pytest.mark.browser

Someone = Callable[..., Person]

SEARCHES = {
    "/search": 200,
    "/search?q=bridge": 200,
    "/search?q=snail&order=newest&where=back": 200,
    "/search?q=brigde&when=half-term": 200,
    "/search?q=%22": 400,
}


def _searchable(person: Person) -> None:
    """Wait until the server has its index; it makes one when it starts."""
    person.go("/search?q=bridge")
    expect(person.page.locator(".hit, .empty").first).to_be_visible()
    person.page.wait_for_function(
        "async () => { const page = await (await fetch('/search?q=bridge')).text();"
        " return page.includes('class=\"hit ') && !page.includes('i-hammer') }",
        timeout=3 * LONGEST_WAIT,
        polling=1000,
    )


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_its_pages_are_open_to_everybody(served: Served, someone: Someone, look: dict[str, object]) -> None:
    found: list[str] = []
    person = with_axe(someone(**(look | {"reduced_motion": "reduce"})))
    for who in ("nadia", "bright"):
        person.page.context.clear_cookies()
        sign_in_quietly(served, person, who)
        if who == "nadia":
            _searchable(person)
        for path, code in SEARCHES.items():
            answered = person.status(path)
            if answered != code:
                found.append(f"{who} {path}: {answered}")
            person.page.locator(".find__more").evaluate("drawer => { drawer.open = true }")
            found += trouble(person, f"{who} {path}", look)
    assert found == []


def test_by_keyboard_alone(served: Served, someone: Someone) -> None:
    nadia = someone()
    sign_in_quietly(served, nadia, "nadia")
    _searchable(nadia)
    nadia.go("/home")
    nadia.page.locator("a.top__find").focus()
    nadia.page.keyboard.press("Enter")
    expect(nadia.page.get_by_label("Words to look for")).to_be_focused()
    nadia.page.keyboard.type("bridge")
    nadia.page.keyboard.press("Enter")
    expect(nadia.page.get_by_role("status")).to_contain_text("“\u2068bridge\u2069”")
    expect(nadia.page).to_have_title(re.compile("bridge"))
    nadia.page.get_by_label("Words to look for").focus()
    passed = []
    for _ in range(6):
        nadia.page.keyboard.press("Tab")
        passed.append(nadia.page.evaluate("document.activeElement.innerText.trim()"))
    assert passed[:4] == ["Search", "Look in fewer places", "Nearest first", "Newest first"]
    assert passed[4] == nadia.page.locator(".hit a").first.inner_text()
    nadia.page.locator(".hit a").first.focus()
    nadia.page.keyboard.press("Enter")
    nadia.page.wait_for_url(re.compile("/entries/"))
    nadia.see("bridge")


def test_without_scripts(served: Served, someone: Someone) -> None:
    waiting = someone()
    sign_in_quietly(served, waiting, "nadia")
    _searchable(waiting)
    nadia = someone(java_script_enabled=False)
    sign_in_quietly(served, nadia, "nadia")
    nadia.go("/home")
    nadia.page.locator("a.top__find").click()
    nadia.page.get_by_label("Words to look for").fill("bridge")
    nadia.press("Search")
    expect(nadia.page.locator(".hit").first).to_contain_text("bridge")
    nadia.page.get_by_text("Look in fewer places").click()
    nadia.page.get_by_label("Which child").select_option("Maya")
    nadia.page.get_by_label("When", exact=True).select_option("Last school year")
    nadia.press("Look only there")
    nadia.see("Nothing says “\u2068bridge\u2069”")
    nadia.see("You are looking only here: Maya and Last school year.")
    expect(nadia.page.get_by_label("Words to look for")).to_have_value("bridge")
    expect(nadia.page.get_by_label("Which child")).to_be_visible()
    nadia.follow("Look everywhere")
    nadia.page.locator(".hit a").first.click()
    nadia.page.wait_for_url(re.compile("/entries/"))


def test_words_that_somebody_wrote_back_are_gone_to(served: Served, someone: Someone) -> None:
    maya = someone()
    sign_in_quietly(served, maya, "maya")
    _searchable(maya)
    maya.go("/search?q=snail&where=back")
    card = maya.page.locator(".hit a").first
    expect(card).to_have_attribute("href", re.compile("^/comments/"))
    card.click()
    maya.page.wait_for_url(re.compile("/entries/.*#c-"))
    place = maya.page.url.partition("#")[2]
    expect(maya.page.locator(f"[id='{place}']")).to_be_in_viewport()


def test_who_pastes_a_whole_story_is_told_kindly(served: Served, someone: Someone) -> None:
    nadia = someone()
    sign_in_quietly(served, nadia, "nadia")
    nadia.go("/search")
    nadia.page.keyboard.insert_text("कहानी और " * 2000)
    nadia.page.keyboard.press("Enter")
    nadia.see("This is too long.")
    field = nadia.page.get_by_label("Words to look for")
    expect(field).to_have_value(re.compile("^(कहानी और ){20}"))
    expect(field).to_have_attribute("aria-invalid", "true")
