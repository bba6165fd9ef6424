"""Thirty things to read: by keyboard, by thumb, by two at once, taken back, and without scripts."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from sqlalchemy import delete

from journal.records import Waiting
from tests.browser.conftest import Served
from tests.browser.people import Person
from tests.school.telling import Door, Teller

pytestmark = pytest.mark.browser

Someone = Callable[..., Person]


@pytest.fixture
def tell(served: Served) -> Teller:
    """A school in which nothing waits yet."""
    with served.world.session() as session:
        session.execute(delete(Waiting))
        session.commit()
    return Teller(served.world)


def waiting(person: Person, many: int) -> None:
    """So many things stand in the list."""
    expect(person.page.locator("[data-queue] > li")).to_have_count(many)


def test_thirty_by_keyboard(tell: Teller, someone: Someone) -> None:
    for number in range(30):
        tell.share("maya" if number % 2 else "oscar", f"Number {number:02}", Door.CLASS)
    teacher = someone().sign_in("doyle")
    teacher.go("/to-read")
    keys = teacher.page.keyboard
    keys.press("j")
    expect(teacher.page.locator(".qrow [aria-current]")).to_have_text("Number 01")
    keys.press("k")
    expect(teacher.page.locator(".qrow [aria-current]")).to_have_text("Number 00")
    keys.press("b")  # a note is missing: it is asked for
    expect(teacher.page.locator("#f-note")).to_be_focused()
    keys.type("a j h: keys do nothing while one writes.")
    expect(teacher.page.locator("#f-note")).to_have_value("a j h: keys do nothing while one writes.")
    keys.press("Escape")
    keys.press("b")
    expect(teacher.page.locator("[data-undo]")).to_contain_text("Sent back")
    for number in range(1, 30):
        expect(teacher.page.locator(".qrow [aria-current]")).to_have_text(f"Number {number:02}")
        with teacher.page.expect_navigation():
            keys.press("a")
    teacher.see("Everything is read")
    keys.press("u")
    expect(teacher.page.locator(".qrow [aria-current]")).to_have_text("Number 29")
    keys.press("?")
    expect(teacher.page.locator("dialog#keys")).to_be_visible()
    teacher.page.get_by_role("link", name="Switch them off").click()
    teacher.press("Switch the keys off")
    teacher.see("Number 29")
    keys.press("a")
    waiting(teacher, 1)


def test_by_thumb_and_by_two_at_once(tell: Teller, someone: Someone) -> None:
    for number in range(6):
        tell.share("maya", f"Number {number}", Door.CLASS)
    phone = someone(viewport={"width": 360, "height": 740}, has_touch=True).sign_in("adeyemi", "teacher")
    other = someone().sign_in("doyle")
    phone.go("/to-read")
    other.go("/to-read?" + "after=")
    button = phone.page.get_by_role("button", name=re.compile("Let it through"))
    for left in (5, 4, 3):
        box = button.bounding_box()
        assert box
        assert box["height"] >= 44
        assert box["y"] > 740 / 2, "in reach of a thumb"
        assert box["y"] + box["height"] <= 740
        button.tap()
        waiting(phone, left)
        # The next thing is at hand, and so is the way back.
        expect(phone.page.locator("#item .who")).to_be_in_viewport()
        expect(phone.page.get_by_role("button", name="Undo")).to_be_in_viewport()
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 360
    # A note that is missing is asked for where it is written.
    phone.press("Send back")
    expect(phone.page.get_by_label("Note to Maya")).to_be_focused()
    waiting(phone, 3)
    # The strip of what waits begins with the one that is read.
    phone.page.locator(".qrow a").nth(2).evaluate("link => link.click()")
    expect(phone.page.locator(".qrow [aria-current]")).to_have_text("Number 5")
    begins = "row => { const box = row.getBoundingClientRect(); return box.left >= 0 && box.right <= innerWidth }"
    assert phone.page.locator(".qrow:has([aria-current])").evaluate(begins)
    # The other one sees it within seconds, and is not overwritten when they decide all the same.
    waiting(other, 3)
    expect(other.page.locator("[data-when=gone]")).to_be_visible()
    other.page.get_by_label("Note to Maya").fill("My note.")
    other.press("Send back")
    other.see("Somebody else has decided about this already.")
    other.see("Mr Adeyemi let it through")
    other.see("My note.")
    phone.press("Undo")
    waiting(phone, 4)


def test_what_is_typed_stays_with_its_thing_alone(tell: Teller, someone: Someone) -> None:
    for number in range(3):
        tell.share("maya" if number % 2 else "oscar", f"Number {number}", Door.CLASS)
    teacher = someone().sign_in("doyle")
    note, why = teacher.page.locator("#f-note"), teacher.page.locator("#f-reason")
    here = teacher.page.locator(".qrow [aria-current]")
    teacher.go("/to-read")
    note.fill("For Oscar alone.")
    teacher.press("Send back")
    expect(here).to_have_text("Number 1")
    teacher.page.go_back()  # the browser would put Oscar's note into the form that stands there now
    expect(here).to_have_text("Number 1")
    expect(note).to_have_value("")
    note.fill("For Maya.")
    why.fill("Why, for Maya.")
    teacher.follow("The next one")
    expect(here).to_have_text("Number 2")
    expect(note).to_have_value("")
    expect(why).to_have_value("")
    teacher.go("/to-read")
    expect(note).to_have_value("For Maya.")
    expect(why).to_have_value("Why, for Maya.")
    note.fill("For Maya, sent.")
    teacher.press("Send back")
    expect(here).to_have_text("Number 2")
    teacher.press("Undo")
    expect(here).to_have_text("Number 1")
    expect(note).to_have_value("For Maya, sent.")
    # What is missing is said in words, until something is written.
    note.fill("")
    teacher.press("Send back")
    expect(note).to_have_attribute("aria-invalid", "true")
    teacher.see("Write a kind note, so that they know what to change.")
    note.fill("A note.")
    teacher.not_see("Write a kind note, so that they know what to change.")


def test_without_scripts(tell: Teller, someone: Someone) -> None:
    for number in range(3):
        tell.share("maya", f"Number {number}", Door.CLASS)
    teacher = someone(java_script_enabled=False).sign_in("doyle")
    teacher.go("/to-read")
    teacher.press("Let it through")
    teacher.see("Let through. It is shared now.")
    teacher.press("Undo")
    waiting(teacher, 3)
    teacher.follow("The next one")
    teacher.follow("Let through several")
    teacher.press("Let these through")
    teacher.see("2 things let through.")
    waiting(teacher, 1)
    teacher.follow("Keys")
    teacher.see("Keys do nothing while you write.")
