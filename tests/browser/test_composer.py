"""The composer by hand: pictures in order by dragging, two windows on one draft, a double press."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.people import Person
from tests.fixtures.pictures import jpeg

pytestmark = pytest.mark.browser

Someone = Callable[..., Person]


def _begin(person: Person) -> None:
    person.go("/my-space")
    person.press("I found")
    expect(person.page.get_by_label("Give it a name")).to_be_visible()


def test_pictures_are_put_in_order_by_dragging(someone: Someone, tmp_path: Path) -> None:
    for name in ("one.jpg", "two.jpg"):
        (tmp_path / name).write_bytes(jpeg())
    maya = someone().sign_in("maya")
    _begin(maya)
    maya.page.locator("input[type=file]").set_input_files([str(tmp_path / "one.jpg"), str(tmp_path / "two.jpg")])
    tiles = maya.page.locator("[data-pics] > li[data-pic]")
    expect(tiles).to_have_count(2)
    second = tiles.nth(1).get_attribute("data-pic") or ""
    grip = tiles.nth(1).locator(".pic__grip, [data-grip]").first
    grip.scroll_into_view_if_needed()
    box, target = grip.bounding_box(), tiles.nth(0).bounding_box()
    assert box
    assert target
    maya.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    maya.page.mouse.down()
    maya.page.mouse.move(target["x"] + 40, target["y"] + 60, steps=12)
    maya.page.mouse.move(target["x"] + 12, target["y"] + 30, steps=6)
    maya.page.mouse.up()
    expect(tiles.nth(0)).to_have_attribute("data-pic", second)
    maya.page.get_by_label("Give it a name").fill("In another order")
    expect(maya.page.locator("[data-saved]")).to_contain_text("Saved")
    maya.page.wait_for_timeout(2500)
    maya.page.reload()
    expect(maya.page.locator("[data-pics] > li[data-pic]").nth(0)).to_have_attribute("data-pic", second)


def test_the_later_of_two_windows_is_told_and_overwrites_nothing(someone: Someone) -> None:
    maya = someone().sign_in("maya")
    _begin(maya)
    other = maya.page.context.new_page()
    other.goto(maya.page.url)
    maya.page.get_by_label("What happened?").fill("Written in the first window.")
    expect(maya.page.locator("[data-saved]")).to_contain_text("Saved")
    maya.page.wait_for_timeout(2500)
    other.get_by_label("What happened?").fill("Written in the second window.")
    expect(other.locator("[data-conflict]")).to_contain_text("another window")
    expect(other.get_by_label("What happened?")).to_have_value("Written in the second window.")
    maya.page.reload()
    expect(maya.page.get_by_label("What happened?")).to_have_value("Written in the first window.")
