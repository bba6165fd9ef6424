"""Something comes back with a kind note, on a phone: read in two languages, answered, mended with suggested words."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from journal.languages import translations
from tests.browser.conftest import Served
from tests.browser.people import Person

pytestmark = pytest.mark.browser

Someone = Callable[..., Person]
PHONE = {"viewport": {"width": 360, "height": 780}}
NUMBER = "07700 900142"
WORDS = f"I swam 25 metres. Ring me on {NUMBER}!"
GOOD = "You kept going when it was tricky."
CHANGE = "Please take out the phone number. Only people you know should have it."
OWN = "With wet goggles!"


def no_wider_than_the_phone(person: Person) -> None:
    assert person.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def post(maya: Person, title: str, words: str) -> str:
    """Maya makes something for her class; return its address."""
    maya.go("/make")
    maya.press("Start with an empty page")
    maya.page.get_by_label("Give it a name").fill(title)
    maya.page.get_by_label("What happened?").fill(words)
    maya.page.locator("input[name=audience][value=class]").check()
    maya.press("Share it with these people")
    if NUMBER in words:  # she is asked once whether she wants to keep it in, and may
        maya.see("Do you want to keep this in?")
        maya.press("Keep it in")
    maya.page.wait_for_url(re.compile(r"/entries/[0-9a-f-]+$"))
    return maya.page.url


def open_waiting(teacher: Person, title: str) -> None:
    teacher.go("/to-read")
    teacher.page.locator(".queue").get_by_role("link", name=title).click()


def test_sent_back_read_answered_mended_and_let_through(served: Served, someone: Someone) -> None:
    maya = someone(**PHONE).sign_in("maya")
    entry = post(maya, "Twenty-five metres", WORDS)

    # The teacher builds a note with a thumb: chosen sentences, a few own words between, and words that are suggested.
    teacher = someone(**PHONE).sign_in("adeyemi", "teach")
    open_waiting(teacher, "Twenty-five metres")
    note = teacher.page.get_by_label("Note to Maya")
    teacher.page.get_by_label("One true thing that is good").select_option("good.idea")
    teacher.page.get_by_label("The way back").select_option("back.send")
    teacher.page.get_by_label("One thing to change, and why").select_option("change.number")
    teacher.page.get_by_label("One true thing that is good").select_option("good.tried")
    expect(note).to_have_value(f"{GOOD} {CHANGE} Then send it back to me. I cannot wait to share it.")
    note.fill((note.input_value()).replace(GOOD, f"{GOOD} {OWN}"))
    teacher.page.get_by_text("Suggest words").click()
    teacher.page.get_by_label("These words").fill("Ring me on 07700 900142!")
    teacher.page.get_by_label("could be these").fill("Ask me how!")
    no_wider_than_the_phone(teacher)
    teacher.press("Send back")
    teacher.page.wait_for_url(re.compile("/to-read"))

    # Maya reads it, in English and in Welsh: what came along is said in her language, his own words as he wrote them.
    maya.page.goto(entry)
    maya.see(f"{GOOD} {OWN} {CHANGE}")
    maya.follow("Answer, or ask")
    english = maya.page.url
    maya.page.locator("details.lang summary").click()
    maya.page.locator("button[name=locale][value=cy]").click()
    maya.page.wait_for_load_state()
    maya.page.goto(english)
    maya.see(f"{translations('cy').ugettext(GOOD)} {OWN} {translations('cy').ugettext(CHANGE)}")
    no_wider_than_the_phone(maya)
    maya.page.locator("details.lang summary").click()
    maya.page.locator("button[name=locale][value=en]").click()
    maya.page.wait_for_load_state()
    maya.page.goto(english)

    # She answers it, who can read that stands over the field; she takes the words, and hands it in again.
    maya.see("Mr Adeyemi and Mrs Doyle can read this. Nobody else.")
    maya.page.get_by_label("What do you want to say?").fill("They were VERY wet.")
    maya.press("Send my answer")
    maya.see("They were VERY wet.")
    maya.press("Use these words")
    expect(maya.page.get_by_label("What happened?")).to_have_value("I swam 25 metres. Ask me how!")
    maya.press("Share it with these people")
    maya.page.wait_for_url(re.compile(r"/entries/[0-9a-f-]+$"))
    teacher.go("/to-read")
    teacher.see("They were VERY wet.")
    teacher.press("I have read it")
    teacher.not_see("They were VERY wet.")
    open_waiting(teacher, "Twenty-five metres")
    teacher.see("Maya used the words that were suggested.")
    teacher.press("Let it through")
    oscar = someone().sign_in("oscar")
    oscar.page.goto(entry)
    oscar.see("Ask me how!")


def test_another_grown_up_looks_without_scripts(served: Served, someone: Someone) -> None:
    maya = someone(java_script_enabled=False, **PHONE).sign_in("maya")
    entry = post(maya, "My den", "We built a den in the wood.")
    teacher = someone(java_script_enabled=False, **PHONE).sign_in("adeyemi", "teach")
    open_waiting(teacher, "My den")
    teacher.page.get_by_label("One thing to change, and why").select_option("change.more")
    teacher.press("Put them in the note")
    expect(teacher.page.get_by_label("Note to Maya")).to_have_value(re.compile("^Please tell a little more"))
    teacher.press("Send back")
    maya.page.goto(entry)
    maya.follow("Answer, or ask")
    maya.see("Mrs Doyle can look at it.")
    maya.page.get_by_label("What should they know?").fill("That is all that happened.")
    maya.press("Ask another grown-up")
    maya.see("Another grown-up looks at it")
    teacher.go("/to-read")
    teacher.not_see("My den")
    doyle = someone(**PHONE).sign_in("doyle")
    open_waiting(doyle, "My den")
    doyle.see("Asked to look again")
    doyle.see("That is all that happened.")
    no_wider_than_the_phone(doyle)
    doyle.press("Let it through")
    oscar = someone().sign_in("oscar")
    oscar.page.goto(entry)
    oscar.see("We built a den in the wood.")
