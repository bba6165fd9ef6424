"""Something is opened without being shared: asked for with a reason, looked at, closed; and the child is told."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Served
from tests.browser.people import Person

pytestmark = pytest.mark.browser

Someone = Callable[..., Person]

PHONE = {"viewport": {"width": 390, "height": 844}}
WHY = "She told her teacher that she does not sleep at home on Fridays."


def test_a_lead_opens_what_was_not_shared_and_the_child_is_told(served: Served, someone: Someone) -> None:
    entry = served.world.entry("snail-hotel")
    path = f"/entries/{entry}"
    lead = someone().sign_in("penhale")
    assert lead.status(path) == 404
    lead.go("/break-glass")
    lead.page.get_by_label("Which pupil?").fill("Maya")
    lead.press("Look for them")
    lead.follow("Maya")
    why = lead.page.get_by_label("Why do you need to?")
    why.fill("worried")
    lead.press("Open it")
    expect(why).to_have_value("worried")
    why.fill(WHY)
    # Beside it stands what the child will read, or the reason why they are not told is asked for.
    reads, untold = (
        lead.page.get_by_text("You are not in trouble."),
        lead.page.get_by_label("Why telling would put them"),
    )
    for chosen, told in (("no", False), ("yes", True)):
        lead.page.locator(f"#f-tell-{chosen}").check()
        expect(reads).to_be_visible(visible=told)
        expect(untold).to_be_visible(visible=not told)
    lead.press("Open it")
    lead.see("Opened without being shared.")
    lead.page.locator(f"a[href$='{entry}']").click()
    lead.see("Open until")
    expect(lead.page.locator("main img").first).to_be_visible()
    opened = lead.page.url
    assert lead.status(path) == 404, "it is open on this page alone"

    maya = someone(**PHONE).sign_in("maya")
    expect(maya.page.get_by_text("Mr Penhale opened")).to_have_count(0)
    lead.go(opened.removeprefix(served.address))
    lead.press("Close it now")
    assert lead.status(opened.removeprefix(served.address)) == 404

    maya.go("/my-space")
    maya.see("You are not in trouble.")
    expect(maya.page.get_by_text(WHY)).to_have_count(0)
    maya.press("Ask why")
    maya.see("You asked why.")
    maya.press("I have read it")
    maya.go(path)
    maya.see("Mr Penhale opened this")

    head = someone().sign_in("kaur")
    head.go("/opened")
    head.see("Asked why")
    head.follow("Maya")
    head.see(WHY)
    assert lead.complaints == maya.complaints == head.complaints == []
