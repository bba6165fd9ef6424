"""A child sees who can see something, looks as Nani, and is herself again; without scripts too."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.people import Person

pytestmark = pytest.mark.browser

Someone = Callable[..., Person]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_child_looks_as_nani_and_is_herself_again(someone: Someone, scripts: bool) -> None:
    maya = someone(java_script_enabled=scripts).sign_in("maya")
    maya.follow("The snail hotel")
    maya.follow("Who sees this")
    maya.see("Who can see this")
    maya.page.get_by_role("link", name="Look as Nani", exact=True).click()
    maya.page.wait_for_url(re.compile("/as/"))
    maya.see("You are looking as Nani. This is what Nani can see. Nani is not told that you looked.")
    maya.see("My mint has guests too!")
    expect(maya.page.locator("main form, main button, main textarea")).to_have_count(0)
    if scripts:
        assert maya.pictures_seen()
    maya.follow("Be Maya again")
    maya.page.get_by_role("link", name="Look as Mr Adeyemi", exact=True).click()
    maya.page.wait_for_url(re.compile("/as/"))
    maya.see("You are looking as Mr Adeyemi.")
    maya.not_see("My mint has guests too!")
    maya.follow("Be Maya again")
    maya.follow("Change the doors")
    expect(maya.page.locator("input[name=audience][value=family]")).to_be_checked()
