"""People who use a served copy of the demo school with a real browser."""

import re
from dataclasses import dataclass, field

import pyotp
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect
from sqlalchemy import update

from journal.demo.content import cast
from journal.demo.secrets import app_secret
from journal.records import Authenticator
from journal.words import STAFF
from tests.world import World

CAST = cast()
PUPILS = {one.key: one for one in CAST.pupils}
GROWNUPS = {one.key: one for one in CAST.grownups}
CODES = {one.key: one.class_code for one in CAST.groups}

LONGEST_WAIT = 20_000
"""Milliseconds that a page may take on a busy machine before a test gives up."""


@dataclass
class Person:
    """Somebody at a device of their own. Whatever the browser complains about is kept in ``complaints``."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)
    world: World | None = None
    """The copy behind the address, where used numbers are forgotten: many come in within half a minute."""

    def go(self, path: str) -> Response | None:
        """Open a page of the school."""
        return self.page.goto(self.address + path)

    def status(self, path: str) -> int:
        """Open a page and return what the server answered."""
        answer = self.go(path)
        return answer.status if answer else 0

    def see(self, words: str) -> None:
        """Fail unless the page says these words."""
        expect(self.page.locator("main")).to_contain_text(words)

    def not_see(self, words: str) -> None:
        """Fail if the page says these words."""
        expect(self.page.locator("main")).not_to_contain_text(words)

    def press(self, words: str) -> None:
        """Press a button, and wait for the page after it."""
        self.page.get_by_role("button", name=words, exact=False).first.click()
        self.page.wait_for_load_state()

    def follow(self, words: str) -> None:
        """Follow a link, and wait for the page behind it."""
        self.page.get_by_role("link", name=words, exact=False).first.click()
        self.page.wait_for_load_state()

    def sign_in(self, key: str, hat: str = "") -> "Person":
        """Come in as somebody of the demo, by typing what they type."""
        self.go("/sign-in")
        if key in PUPILS:
            self._as_pupil(key)
        else:
            self._as_grownup(key, hat)
        expect(self.page.locator("a.me")).to_be_visible()
        return self

    def _as_pupil(self, key: str) -> None:
        pupil = PUPILS[key]
        self.page.get_by_label("Your class code").fill(CODES[pupil.group])
        self.press("Find my picture")
        self.page.get_by_role("link", name=pupil.known_as, exact=True).click()
        self.page.get_by_label("Your three secret words").fill(pupil.pass_phrase)
        self.page.keyboard.press("Enter")

    def _as_grownup(self, key: str, hat: str) -> None:
        grownup = GROWNUPS[key]
        self.page.get_by_label("Your e-mail address").fill(grownup.email)
        self.page.get_by_label("Your password").fill(grownup.password)
        self.press("Come in")
        if any(one.role in STAFF for one in grownup.hats):
            self.second_step(key)
        if hat:
            self.page.wait_for_url(re.compile("/hats"))
            self.page.get_by_role("radio", name=re.compile(hat, re.IGNORECASE)).first.check()
            self.press("Go on")

    def second_step(self, key: str) -> None:
        """Type the six numbers that somebody's app shows."""
        self.page.wait_for_url(re.compile("/second-step"))
        if self.world is not None:
            with self.world.session() as session:
                session.execute(update(Authenticator).values(last_step=0, used_steps=[]))
                session.commit()
        self.page.get_by_label("The six numbers in your app").fill(pyotp.TOTP(app_secret(key)).now())
        self.press("Come in")

    def pictures_seen(self) -> bool:
        """Whether every picture on the page has pixels (those further down are scrolled to first)."""
        self.page.evaluate("document.querySelectorAll('img[loading=lazy]').forEach(i => { i.loading = 'eager' })")
        self.page.wait_for_function("[...document.images].every(i => i.complete)")
        return bool(self.page.evaluate("[...document.images].every(i => i.naturalWidth > 0)"))

    def leave(self) -> None:
        """Put the device away; doing it twice does no harm."""
        self.page.context.close()


def arrive(browser: Browser, address: str, **options: object) -> Person:
    """Somebody takes a device out; ``options`` are Playwright's for a context (size, colours, language, scripts)."""
    settings = {"viewport": {"width": 1366, "height": 900}, "locale": "en-GB"} | options
    context: BrowserContext = browser.new_context(**settings)  # type: ignore[arg-type]
    context.set_default_timeout(LONGEST_WAIT)
    page = context.new_page()
    person = Person(page, address)
    page.on("pageerror", lambda problem: person.complaints.append(str(problem)))
    page.on(
        "console",
        lambda said: (
            person.complaints.append(said.text)
            if "Content Security Policy" in said.text or "Content-Security-Policy" in said.text
            else None
        ),
    )
    return person
