"""The second step in a real browser: an app, a passkey (Chromium's virtual device), recovery, without scripts."""

import re
from collections.abc import Callable

import pyotp
import pytest
from playwright.sync_api import CDPSession, expect
from sqlalchemy import select, update

from journal.records import Authenticator, Membership, Passkey
from tests.browser.conftest import Served
from tests.browser.people import GROWNUPS, Person

pytestmark = pytest.mark.browser

Someone = Callable[..., Person]
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def nothing_set_up(served: Served, key: str) -> None:
    """Somebody has neither an app nor a passkey yet."""
    person = select(Membership.person_id).where(Membership.id == served.world.member(key)).scalar_subquery()
    with served.world.session() as session:
        theirs = update(Authenticator).where(Authenticator.person_id == person)
        session.execute(theirs.values(secret="", set_up_at=None))
        session.commit()


def by_password(person: Person, key: str) -> None:
    person.go("/sign-in")
    person.page.get_by_label("Your e-mail address").fill(GROWNUPS[key].email)
    person.page.get_by_label("Your password").fill(GROWNUPS[key].password)
    person.press("Come in")
    person.page.wait_for_url(re.compile("/second-step"))


def with_key_device(person: Person) -> tuple[CDPSession, str]:
    """Plug a device for passkeys into the browser. They need the address by name."""
    person.address = person.address.replace("127.0.0.1", "localhost")
    tools = person.page.context.new_cdp_session(person.page)
    tools.send("WebAuthn.enable")
    return tools, tools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]


def codes_on(person: Person) -> list[str]:
    expect(person.page.locator("[data-codes] code")).to_have_count(10)
    return person.page.locator("[data-codes] code").all_inner_texts()


def test_a_passkey_is_made_used_and_lost(served: Served, someone: Someone) -> None:
    nothing_set_up(served, "lowe")
    lowe = someone()
    tools, device = with_key_device(lowe)
    by_password(lowe, "lowe")
    lowe.see("Set up the second step")
    lowe.press("Make a passkey")
    codes = codes_on(lowe)
    lowe.follow("I have put them away")
    lowe.page.wait_for_url(re.compile("/today"))
    assert tools.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]
    with served.world.session() as session:
        key = session.scalars(select(Passkey)).one()
        assert key.public_key
    # Out and in again, with the passkey.
    lowe.page.locator(".foot").get_by_role("button", name="Close my space").click()
    by_password(lowe, "lowe")
    lowe.press("Use my passkey")
    lowe.page.wait_for_url(re.compile("/today"))
    lowe.go("/signed-in")
    lowe.see("Passkey: Chrome, Linux")
    # The same key, copied: one that counts backwards is refused.
    with served.world.session() as session:
        session.execute(update(Passkey).values(count=1_000_000))
        session.commit()
    lowe.page.locator(".foot").get_by_role("button", name="Close my space").click()
    by_password(lowe, "lowe")
    lowe.press("Use my passkey")
    lowe.see("The passkey did not work this time")
    # The device is lost: a recovery code.
    tools.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": device})
    lowe.follow("Use a recovery code")
    lowe.page.get_by_label("Your code").fill(codes[0])
    lowe.press("Come in")
    lowe.page.wait_for_url(re.compile("/today"))
    lowe.see("9 recovery codes are left")


def test_a_device_that_knows_no_key_says_so_and_the_other_ways_stay(served: Served, someone: Someone) -> None:
    nothing_set_up(served, "lowe")
    with served.world.session() as session:
        person = session.scalars(select(Membership.person_id).where(Membership.id == served.world.member("lowe"))).one()
        session.add(Passkey(person_id=person, key_id="bm90LWhlcmU", public_key="bm90LWhlcmU", name="Another phone"))
        session.commit()
    lowe = someone()
    with_key_device(lowe)
    by_password(lowe, "lowe")
    lowe.press("Use my passkey")
    expect(lowe.page.locator("[data-passkey-wrong]")).to_contain_text("did not work this time")
    expect(lowe.page.get_by_role("link", name="Use a recovery code")).to_be_visible()


def test_all_but_passkeys_works_without_scripts(served: Served, someone: Someone) -> None:
    nothing_set_up(served, "doyle")
    doyle = someone(java_script_enabled=False, viewport={"width": 360, "height": 740})
    by_password(doyle, "doyle")
    doyle.see("A passkey needs a browser with scripts")
    expect(doyle.page.get_by_role("button", name="Make a passkey")).to_be_hidden()
    picture = doyle.page.locator("img.squares")
    expect(picture).to_be_visible()
    answer = doyle.page.request.get(doyle.address + (picture.get_attribute("src") or ""))
    assert answer.ok
    assert answer.headers["content-type"].startswith("image/svg+xml")
    doyle.page.get_by_text("It cannot scan").click()
    secret = doyle.page.locator("code.typed").inner_text().replace(" ", "")
    doyle.page.get_by_label("The six numbers that it shows now").fill("000 000")
    doyle.press("Try it")
    doyle.see("Those are not the numbers of this half minute")
    doyle.page.get_by_label("The six numbers that it shows now").fill(pyotp.TOTP(secret).now())
    doyle.press("Try it")
    codes = codes_on(doyle)
    doyle.follow("I have put them away")
    doyle.go("/signed-in")
    doyle.see("Six numbers from my app")
    doyle.see("10 of ten left")
    doyle.page.locator(".foot").get_by_role("button", name="Close my space").click()
    by_password(doyle, "doyle")
    doyle.follow("Use a recovery code")
    doyle.page.get_by_label("Your code").fill(codes[4].upper().replace("-", " "))
    doyle.press("Come in")
    doyle.page.wait_for_url(re.compile("/today"))


def test_somebody_joins_and_leaves_while_they_look(served: Served, someone: Someone) -> None:
    """The office lets a teacher out, whose next tap leads to the door."""
    grant = someone().sign_in("grant", "teach")
    bright = someone().sign_in("bright")
    bright.go("/people/staff")
    bright.page.get_by_role("link", name=re.compile("Their page Ms Grant")).click()
    bright.press("Let them out")
    bright.page.locator("dialog").get_by_role("button", name="Let them out").click()
    bright.see("They are signed out everywhere")
    grant.go("/to-read")
    grant.page.wait_for_url(re.compile("/sign-in"))
