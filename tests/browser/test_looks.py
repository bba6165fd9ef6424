"""What only a browser shows: that things stand where they should, and that keys and one tap do no harm."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Served
from tests.browser.people import Person
from tests.browser.test_pages import sign_in_quietly
from tests.fixtures.pictures import jpeg

pytestmark = pytest.mark.browser

Someone = Callable[..., Person]
PHONE, LAPTOP = {"width": 390, "height": 844}, {"width": 1366, "height": 900}

BOXES = "all => all.map(one => one.getBoundingClientRect().toJSON())"


def boxes(person: Person, selector: str) -> list[dict[str, Any]]:
    """Where things stand on the page."""
    found: list[dict[str, Any]] = person.page.locator(selector).evaluate_all(BOXES)
    return found


def test_a_link_is_put_in_with_what_people_type(served: Served, someone: Someone) -> None:
    joe = someone(viewport=PHONE)
    sign_in_quietly(served, joe, "joe")
    joe.go(f"/entries/{served.world.entry('snail-hotel')}")
    editor, link = joe.page.locator("trix-editor"), joe.page.get_by_role("textbox", name="Web address")
    editor.click()
    joe.page.keyboard.type("Look here")
    joe.page.keyboard.press("Control+A")
    joe.page.wait_for_function("String(document.querySelector('trix-editor').editor.getSelectedRange()) === '0,9'")
    joe.page.get_by_role("button", name="Link", exact=True).click()
    assert joe.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    put, out = boxes(joe, ".tools__link button")
    assert put["right"] + 4 <= out["left"] or put["bottom"] + 4 <= out["top"]
    link.fill("the bbc")
    joe.page.get_by_role("button", name="Put the link in").click()
    expect(link).to_have_accessible_description("That is not a web address yet. One looks like this: www.example.org")
    expect(link).to_be_focused()
    link.fill("www.bbc.co.uk")
    link.press("Enter")
    expect(joe.page.locator("[name=words_html]")).to_have_value(
        '<div><a href="https://www.bbc.co.uk">Look here</a></div>'
    )
    joe.page.set_viewport_size(LAPTOP)
    slips = joe.page.locator("[data-prompts]")
    assert slips.evaluate("one => one.scrollWidth - one.clientWidth") == 0, "all slips are in sight"


def test_faces_and_boxes_stand_in_line(served: Served, someone: Someone) -> None:
    kofi = someone(viewport=LAPTOP)
    sign_in_quietly(served, kofi, "kofi")
    kofi.go("/my-space")
    head, told = boxes(kofi, ".space__id")[0], boxes(kofi, ".told")[0]
    assert told["top"] - head["bottom"] >= 24
    assert len({round(one["height"]) for one in boxes(kofi, ".told > .row .btn:visible")}) == 1
    sign_in_quietly(served, kofi, "maya")
    kofi.go(f"/entries/{served.world.entry('snail-hotel')}/doors")
    me, other = boxes(kofi, ".seer--me .face")[0], boxes(kofi, ".seer--family .face")[0]
    assert abs(me["top"] - other["top"]) < 1
    kofi.go("/worried")
    assert len({round(one["top"]) for one in boxes(kofi, ".seer > span:last-child")}) == 1
    kofi.page.set_viewport_size(PHONE)
    kofi.go(f"/entries/{served.world.entry('snail-hotel')}")
    kofi.press("Delete it")
    yes, no = boxes(kofi, ".sendrow .btn")
    assert round(yes["width"]) == round(no["width"])


def test_enter_in_the_name_goes_on_and_a_picture_is_not_gone_with_one_tap(
    served: Served, someone: Someone, tmp_path: Path
) -> None:
    (tmp_path / "one.jpg").write_bytes(jpeg())
    maya = someone()
    sign_in_quietly(served, maya, "maya")
    maya.go("/my-space")
    maya.press("I found")
    here = maya.page.url
    maya.page.get_by_label("Give it a name").fill("A feather")
    maya.page.keyboard.press("Enter")
    expect(maya.page.get_by_label("What happened?")).to_be_focused()
    maya.page.locator("input[type=file]").set_input_files(str(tmp_path / "one.jpg"))
    tiles = maya.page.locator("[data-pics] > li[data-pic]")
    expect(tiles).to_have_count(1)
    bin_ = tiles.get_by_role("button", name="Take this picture away")
    bin_.click()
    maya.page.get_by_role("dialog").get_by_role("button", name="No, keep it").click()
    expect(bin_).to_be_focused()
    assert maya.page.url == here
    bin_.click()
    maya.page.get_by_role("dialog").get_by_role("button", name="Yes, take it away").click()
    expect(maya.page.get_by_role("status").filter(has_text="The picture is taken away.")).to_be_visible()
    expect(maya.page.get_by_role("heading", name="Pictures")).to_be_focused()
    expect(tiles).to_have_count(0)
    expect(maya.page.get_by_label("Give it a name")).to_have_value("A feather")
