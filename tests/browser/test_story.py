"""The story of the first issue, told by real browsers: a pupil posts, a teacher lets it through, the family answers."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Served
from tests.browser.people import Person
from tests.fixtures.pictures import PRIVATE, heic, jpeg

pytestmark = pytest.mark.browser

Someone = Callable[..., Person]

WORDS = "We put a bean in a jar with wet paper. On day 4 it had a tail! My number is 07700 900142."
MENDED = "We put a bean in a jar with wet paper. On day 4 it had a tail!"


@pytest.fixture
def photos(tmp_path: Path) -> list[str]:
    """Two photos from phones, with the place they were taken at inside."""
    first, second = tmp_path / "bean.jpg", tmp_path / "jar.heic"
    first.write_bytes(jpeg(gps=True, orientation=6, comment=b"secret"))
    second.write_bytes(heic(gps=True))
    return [str(first), str(second)]


def door(person: Person, kind: str) -> None:
    person.page.locator(f"input[name=audience][value={kind}]").check()


def test_from_a_bean_in_a_jar_to_a_long_talk(served: Served, someone: Someone, photos: list[str]) -> None:
    maya = someone().sign_in("maya")
    maya.see("Maya’s space")

    # She writes, with two photos, and opens the doors of her family and her class.
    maya.press("I made")
    maya.page.get_by_label("Give it a name").fill("A bean with a tail")
    maya.page.get_by_label("What happened?").fill(WORDS)
    maya.page.locator("input[type=file]").set_input_files(photos)
    tiles = maya.page.locator("[data-pics] > li[data-pic]")
    expect(tiles).to_have_count(2)
    expect(tiles.locator("img")).to_have_count(2)
    tiles.nth(0).get_by_label("Words under this picture").fill("Day 4")
    tiles.nth(0).get_by_label("What is in this picture?").fill("A bean in a jar with a white root")
    second = tiles.nth(1).get_attribute("data-pic") or ""
    tiles.nth(1).get_by_role("button", name="Move this picture earlier").click()
    expect(tiles.nth(0)).to_have_attribute("data-pic", second)
    tiles.nth(0).get_by_label("Keep this one for").select_option("family")
    maya.page.get_by_text("Outdoors", exact=True).first.scroll_into_view_if_needed()
    maya.page.locator("input[name=learned][value=home]").check()
    door(maya, "family")
    door(maya, "class")
    strip = maya.page.locator("[data-strip]")
    for name in ("Mum", "Dad", "Grandad Joe", "Nani", "Oscar", "Mr Adeyemi"):
        expect(strip).to_contain_text(name)
    expect(strip).to_contain_text("first")
    expect(strip).not_to_contain_text("Claire")  # her link has ended
    expect(maya.page.locator("[data-saved]")).to_contain_text("Saved")

    # She closes the window. Nothing is lost.
    draft = maya.page.url
    maya.page.wait_for_timeout(2500)
    maya.page.close()
    maya.page = maya_again(someone, maya)
    maya.go("/my-space")
    maya.see("A bean with a tail")
    maya.page.goto(draft)
    expect(maya.page.get_by_label("What happened?")).to_have_value(WORDS)
    expect(maya.page.locator("[data-pics] > li[data-pic]")).to_have_count(2)
    maya.press("Share it with these people")
    maya.see("Do you want to keep this in?")
    maya.press("Keep it in")
    maya.page.wait_for_url(re.compile(r"/entries/[0-9a-f-]+$"))
    entry = maya.page.url.removeprefix(served.address)
    maya.see("Where it stands")

    # Her family has it, her class not yet.
    nadia = someone().sign_in("nadia")
    nadia.see("A bean with a tail")
    oscar = someone().sign_in("oscar")
    assert oscar.status(entry) == 404

    # The teacher sends it back with a kind note.
    teacher = someone().sign_in("adeyemi", "teach")
    teacher.go("/to-read")
    teacher.page.locator(".queue").get_by_role("link", name="A bean with a tail").click()
    teacher.see("On day 4 it had a tail")
    teacher.page.get_by_label("Note to Maya").fill("Maya, a tail on day 4! Please take the phone number out.")
    teacher.press("Send back")

    # She mends it and hands it in again; he lets it through.
    maya.go("/my-space")
    maya.see("Please take the phone number out")
    maya.go(f"{entry}/edit")
    maya.page.get_by_label("What happened?").fill(MENDED)
    maya.press("Share it with these people")
    maya.page.wait_for_url(re.compile(r"/entries/[0-9a-f-]+$"))
    teacher.go("/to-read")
    teacher.page.locator(".queue").get_by_role("link", name="A bean with a tail").click()
    teacher.not_see("07700 900142")
    teacher.press("Let it through")

    # Now it is on the class's page, with one photo; the other is for the family.
    oscar.go("/classes")
    oscar.follow("A bean with a tail")
    oscar.see("On day 4 it had a tail")
    expect(oscar.page.locator("main figure img")).to_have_count(1)
    assert oscar.pictures_seen()
    image = oscar.page.locator("main figure img").first.get_attribute("src") or ""
    body = oscar.page.request.get(served.address + image).body()
    assert body.startswith(b"\xff\xd8")
    assert not any(secret in body for secret in (b"secret", b"Exif", PRIVATE.encode()))

    # Nadia opens it from her home page and writes at length, for the child and the family.
    nadia.go("/home")
    nadia.follow("A bean with a tail")
    expect(nadia.page.locator("main figure img").first).to_be_visible()
    assert nadia.page.locator("main figure").count() == 2
    nadia.page.locator("input[name=starter][value^='Tell me more']").check()
    editor = nadia.page.locator("trix-editor")
    editor.click()
    nadia.page.keyboard.press("Control+End")
    nadia.page.keyboard.type(" the paper. Did you keep it wet?")
    nadia.page.locator("summary", has_text="Pictures").last.click()
    nadia.page.locator("form[data-talk] input[type=file]").set_input_files(photos[0])
    expect(nadia.page.locator("form[data-talk] [data-pics] > li[data-pic]")).to_have_count(1)
    nadia.page.locator("form[data-talk] button[value=send]").last.click()
    nadia.page.wait_for_url(re.compile("#c-"))
    nadia.see("Did you keep it wet?")

    # It is there at once for the child and the family, and never for the class.
    maya.go(entry)
    maya.see("Did you keep it wet?")
    maya.see("Mum")
    oscar.go(entry)
    oscar.not_see("Did you keep it wet?")

    # Maya answers in the thread; Grandad Joe answers too.
    maya.page.get_by_role("link", name="Write back").first.click()
    maya.page.locator("form[data-talk] textarea").fill("Yes. Dad made a roof for it.")
    maya.page.locator("form[data-talk] button[value=send]").last.click()
    maya.page.wait_for_url(re.compile("#c-"))
    joe = someone().sign_in("joe")
    joe.go(entry)
    joe.see("Dad made a roof for it.")

    # Nadia writes for everyone: that waits for the teacher.
    nadia.go(f"{entry}#say")
    nadia.page.locator("trix-editor").click()
    nadia.page.keyboard.type("Has anybody else grown one?")
    nadia.page.locator("input[name=reach][value=everyone]").check()
    nadia.page.locator("form[data-talk] button[value=send]").last.click()
    nadia.page.wait_for_url(re.compile("#c-"))
    oscar.go(entry)
    oscar.not_see("Has anybody else grown one?")
    teacher.go("/to-read")
    teacher.page.locator(".queue").get_by_role("link", name="Has anybody else").click()
    teacher.press("Let it through")
    oscar.go(entry)
    oscar.see("Has anybody else grown one?")

    # Maya sees who has looked, and takes the class away: it is gone for Oscar at once, in every size.
    maya.go(entry)
    looked = maya.page.locator("main", has_text="Who has looked")
    for name in ("Mum", "Oscar", "Grandad Joe", "Mr Adeyemi"):
        expect(looked).to_contain_text(name)
    maya.follow("Who sees this")
    maya.follow("Change the doors")
    maya.page.locator("input[name=audience][value=class]").uncheck()
    maya.press("Change the doors")
    assert oscar.status(entry) == 404
    for size in ("small", "medium", "large", "master"):
        address = served.address + re.sub(r"/(small|medium|large|master)$", f"/{size}", image)
        assert oscar.page.request.get(address).status == 404, size
    oscar.go("/classes")
    oscar.not_see("A bean with a tail")

    # She deletes it, and can bring it back for a while.
    maya.go(entry)
    maya.page.get_by_role("button", name="Delete it").click()
    maya.page.get_by_role("button", name="Yes, delete it").click()
    maya.page.wait_for_load_state()
    assert nadia.status(entry) == 404
    maya.go("/gone")
    maya.see("A bean with a tail")
    maya.press("Bring it back")
    assert nadia.status(entry) == 200


def maya_again(someone: Someone, maya: Person):  # type: ignore[no-untyped-def]
    """The same device, a new window."""
    return maya.page.context.new_page()


def test_a_worry_goes_to_the_lead_and_is_answered(served: Served, someone: Someone) -> None:
    oscar = someone().sign_in("oscar")
    oscar.go("/classes")
    oscar.page.locator("a.entry__link").first.click()
    oscar.page.wait_for_load_state()
    title = oscar.page.locator("h1").inner_text()
    oscar.page.get_by_role("link", name="I am worried about this").first.click()
    oscar.see("999")
    oscar.page.get_by_label("Your words").fill("This made me feel odd.")
    oscar.press("Go on")
    oscar.see("Nothing has gone yet")
    oscar.press("Send it")
    oscar.see("It has gone to")

    lead = someone().sign_in("penhale")
    lead.go("/concerns")
    lead.page.locator(".case", has_text="From Oscar").first.locator("a").first.click()
    lead.see("This made me feel odd.")
    lead.see(title)
    lead.page.locator("summary", has_text="Write back to").first.click()
    lead.page.get_by_label("Your answer").first.fill("Thank you for telling me, Oscar. Come and find me at break.")
    lead.press("Send the answer")

    oscar.go("/worried/mine")
    oscar.see("Come and find me at break.")


def test_a_forgotten_password_is_mended_by_a_letter(served: Served, someone: Someone, smtp_server) -> None:  # type: ignore[no-untyped-def]
    smtp_server.clear()
    joe = someone()
    joe.go("/sign-in")
    joe.follow("I forgot my password")
    from tests.browser.people import GROWNUPS

    joe.page.get_by_label("Your e-mail address").fill(GROWNUPS["joe"].email)
    joe.page.locator("main form button[type=submit]").last.click()
    joe.see("letter")
    letter = smtp_server.wait_for(1, 30)[0]
    link = re.search(r"http://\S+/reset/\S+", letter.get_content())
    assert link
    joe.page.goto(link.group(0))
    fields = joe.page.locator("main input[type=password]")
    for number in range(fields.count()):
        fields.nth(number).fill("lantern-otter-quilt-9")
    joe.page.locator("main form button[type=submit]").last.click()
    joe.see("Your new password is kept.")
    joe.go("/sign-in")
    joe.page.get_by_label("Your e-mail address").fill(GROWNUPS["joe"].email)
    joe.page.get_by_label("Your password").fill("lantern-otter-quilt-9")
    joe.press("Come in")
    joe.see("Maya")
