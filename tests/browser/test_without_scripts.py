"""The main acts without scripts: write, look who will see it, add photos, hand in, decide, answer, worry."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.people import Person
from tests.fixtures.pictures import jpeg, png

pytestmark = pytest.mark.browser

Someone = Callable[..., Person]


@pytest.fixture
def plain(someone: Someone) -> Someone:
    """Somebody whose browser runs no scripts."""
    return lambda: someone(java_script_enabled=False)


def test_all_that_matters_works_without_scripts(plain: Someone, tmp_path: Path) -> None:
    (tmp_path / "one.jpg").write_bytes(jpeg())
    (tmp_path / "two.png").write_bytes(png())
    tomasz = plain().sign_in("tomasz")
    tomasz.press("I found")
    tomasz.page.get_by_label("Give it a name").fill("A feather from the park")
    tomasz.page.get_by_label("What happened?").fill("It was under the big oak. It is blue on one side.")
    tomasz.page.locator("input[type=file]").set_input_files([str(tmp_path / "one.jpg"), str(tmp_path / "two.png")])
    tomasz.press("Add these pictures")
    tiles = tomasz.page.locator("[data-pics] > li")
    expect(tiles).to_have_count(2)
    first = tiles.nth(0).get_attribute("data-pic") or ""
    tiles.nth(0).get_by_role("button", name="Move this picture later").click()
    expect(tomasz.page.locator("[data-pics] > li").nth(1)).to_have_attribute("data-pic", first)
    tomasz.page.locator("[data-pics] > li").nth(1).get_by_role("button", name="Take this picture away").click()
    tomasz.press("Yes, take it away")
    expect(tomasz.page.locator("[data-pics] > li")).to_have_count(1)
    expect(tomasz.page.get_by_label("What happened?")).to_have_value(re.compile("blue on one side"))
    tomasz.page.locator("input[name=audience][value=class]").check()
    tomasz.page.locator("button[value=who]").click()
    expect(tomasz.page.locator("[data-strip]")).to_contain_text("Priya")
    expect(tomasz.page.locator("[data-strip]")).to_contain_text("Mr Adeyemi")
    tomasz.press("Share it with these people")
    tomasz.see("Where it stands")
    path = "/" + tomasz.page.url.split("/", 3)[3]

    teacher = plain().sign_in("doyle")
    teacher.go("/to-read")
    teacher.page.locator(".queue").get_by_role("link", name="A feather from the park").click()
    teacher.press("Let it through")

    priya = plain().sign_in("priya")
    priya.go(path)
    priya.see("blue on one side")
    priya.page.get_by_label("Your words").fill("I found a brown one!")
    priya.page.locator("form[data-talk] button[value=send]").last.click()
    priya.page.wait_for_url(re.compile("#c-"))
    priya.see("I found a brown one!")
    tomasz.go(path)
    tomasz.not_see("I found a brown one!")  # another child's words wait for a teacher

    teacher.go("/to-read")
    teacher.page.locator(".queue").get_by_role("link", name="I found a brown one!").click()
    teacher.press("Let it through")
    tomasz.go(path)
    tomasz.see("I found a brown one!")

    priya.page.get_by_role("link", name="I am worried about something").first.click()
    priya.page.get_by_label("Your words").fill("I am sad about my cat.")
    priya.press("Go on")
    priya.press("Send it")
    priya.see("It has gone to")

    tomasz.page.get_by_role("button", name="Delete it").click()
    tomasz.press("Yes, delete it")
    assert priya.status(path) == 404
