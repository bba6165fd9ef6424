"""A concern from the telling to the close, in a browser: the copy stays when what it is about is deleted and held."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Served
from tests.browser.people import Person

pytestmark = pytest.mark.browser

Someone = Callable[..., Person]


def test_a_concern_about_something_that_is_deleted(served: Served, someone: Someone) -> None:
    path = f"/entries/{served.world.entry('snail-hotel')}"
    nadia = someone().sign_in("nadia")
    nadia.go(f"/worried?about={path.split('/')[-1]}")
    nadia.see("What it is about")
    nadia.page.get_by_label("What have you seen or heard?").fill("I am not sure about this.")
    nadia.page.locator("summary", has_text="Who is it about?").click()
    nadia.page.get_by_label("Mrs Doyle").check()
    nadia.page.get_by_label("Write to me here").check(force=True)
    nadia.press("Go on")
    nadia.see("Mrs Doyle")
    nadia.press("Send it to Mr Penhale")
    nadia.see("You were right to say it.")
    nadia.page.go_back()  # to an empty form: no question whether to send again, and the words are in no address
    expect(nadia.page.get_by_label("What have you seen or heard?")).to_have_value("")
    assert nadia.page.url.endswith(f"/worried?about={path.split('/')[-1]}")

    lead = someone().sign_in("penhale")
    lead.go("/concerns?order=newest")
    lead.page.locator(".case a").first.click()
    lead.see("I am not sure about this.")
    lead.see("unbroken")
    lead.page.get_by_label("Note", exact=True).fill("Looked at it with Mrs Kaur.")
    lead.press("Add the note")
    lead.see("Looked at it with Mrs Kaur.")
    lead.page.locator("summary", has_text="Add a step").click()
    lead.page.get_by_label("What", exact=True).first.fill("Ring Nadia")
    lead.press("Add the step")
    lead.see("Ring Nadia")
    lead.page.locator("summary", has_text="Put a hold on").click()
    lead.page.get_by_label("Why", exact=True).first.fill("It may be evidence")
    lead.press("Put the hold on")
    lead.see("Hold is on")
    pictures = lead.page.locator("figure").count()
    save = lead.page.get_by_role("button", name="Save it for another system")
    for _time in range(2):  # the page stays, and so does the way to save it again
        expect(save).not_to_have_attribute("aria-disabled", "true")
        with lead.page.expect_download():
            save.click()

    maya = someone().sign_in("maya")
    maya.go(path)
    maya.page.get_by_role("button", name="Delete it").first.click()
    maya.see("people whose job it is to keep children safe")
    maya.press("Yes, delete it")
    assert nadia.status(path) == 404
    lead.page.reload()
    lead.see("has deleted it")
    assert lead.page.locator("figure").count() == pictures
    lead.page.locator("summary", has_text="Close it, with a reason").click()
    lead.page.get_by_label("Why", exact=True).last.fill("Talked with everybody")
    lead.press("Close it")
    lead.see("Talked with everybody")
    assert lead.complaints == []
