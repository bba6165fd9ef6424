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


def test_doors_say_at_once_who_will_see_it_and_a_double_press_sends_once(someone: Someone) -> None:
    maya = someone().sign_in("maya")
    _begin(maya)
    page, strip = maya.page, maya.page.locator("[data-strip]")
    page.get_by_label("What happened?").fill("Ring 07700 900142 if\nyou want to come.")
    page.locator("summary", has_text="Choose people one by one").click()
    page.get_by_label("Grandad Joe").first.check()
    expect(page.locator("#aud-picked")).to_be_checked()
    expect(strip).to_contain_text("Grandad Joe")
    page.locator("#aud-picked").uncheck()
    expect(page.get_by_label("Grandad Joe").first).not_to_be_checked()
    page.locator("#aud-family").check()
    expect(strip).to_contain_text("Nani")
    expect(maya.page.locator("[data-saved]")).to_contain_text("Saved")
    sent: list[str] = []
    page.on(
        "request", lambda one: sent.append(one.url) if one.is_navigation_request() and one.method == "POST" else None
    )
    page.get_by_role("button", name="Share it with these people").dblclick()
    expect(page.locator("#ask")).to_contain_text("Do you want to keep this in?")
    assert len(sent) == 1
    page.get_by_role("button", name="Keep it in", exact=True).click()
    maya.see("Out it goes.")
    maya.go(f"/entries/{sent[0].split('/entries/')[1].split('/')[0]}/doors")
    page.locator("#aud-class").check()
    expect(strip).to_contain_text("Oscar")
    expect(strip).to_contain_text("reads it first")
