"""The front door: the demo school, one browser, and what people type."""

from dataclasses import dataclass
from datetime import timedelta

import pyotp
import pytest
from werkzeug.test import TestResponse

from journal.clock import now
from journal.demo.content import cast
from journal.demo.secrets import app_secret
from tests.world import Browser, World


@dataclass
class Door:
    """A browser at the sign-in page of the demo school."""

    world: World
    at: Browser

    def grown_up(self, key: str, password: str = "", **more: str) -> TestResponse:
        """Send a grown-up's e-mail address with their password, or with another one."""
        person = next(one for one in cast().grownups if one.key == key)
        return self.typed(person.email, password or person.password, **more)

    def typed(self, email: str, password: str, **more: str) -> TestResponse:
        """Send an e-mail address and a password."""
        return self.at.post("/sign-in", {"email": email, "password": password, **more}, token_from="/sign-in")

    def class_code(self, code: str, **more: str) -> TestResponse:
        """Send a class code."""
        return self.at.post("/sign-in/class", {"code": code, **more}, token_from="/sign-in/class")

    def words(self, key: str, phrase: str, **more: str) -> TestResponse:
        """Send three words for a pupil of the class whose code was typed."""
        address = f"/sign-in/class/pupils/{self.world.member(key)}"
        return self.at.post(address, {"phrase": phrase, **more}, token_from="/sign-in")

    def pupil(self, key: str, **more: str) -> TestResponse:
        """Sign a pupil in with all that it takes."""
        self.class_code(code_of(key))
        return self.words(key, phrase_of(key), **more)

    def numbers(self, key: str, steps: int = 0, **more: str) -> TestResponse:
        """Type the six numbers that somebody's app shows; ``steps`` half minutes later or earlier."""
        return self.second(numbers_of(key, steps), **more)

    def second(self, numbers: str, **more: str) -> TestResponse:
        """Send the form of the second step."""
        return self.at.post("/second-step", {"numbers": numbers, **more})

    def staff(self, key: str, **more: str) -> TestResponse:
        """Come in as somebody of the staff: password, then numbers."""
        self.grown_up(key, **more)
        return self.numbers(key, **more)

    def another(self) -> "Door":
        """The same door, another browser."""
        return Door(self.world, self.world.client())

    def token(self) -> str:
        """The token in this browser's cookie, or nothing."""
        with self.at.client.session_transaction() as cookie:
            return str(cookie.get("_user_id", ""))

    def is_in(self) -> bool:
        """Whether somebody is signed in here: their own page is there."""
        return self.at.get("/hats").status_code == 200


def phrase_of(key: str) -> str:
    """A pupil's three words."""
    return next(one for one in cast().pupils if one.key == key).pass_phrase


def code_of(key: str) -> str:
    """The class code of a pupil."""
    group = next(one for one in cast().pupils if one.key == key).group
    return next(one for one in cast().groups if one.key == group).class_code


def numbers_of(key: str, steps: int = 0) -> str:
    """What the app of somebody of the demo's staff shows now, or some half minutes away from now."""
    return pyotp.TOTP(app_secret(key)).at(now() + timedelta(seconds=30 * steps))


def email_of(key: str) -> str:
    """A grown-up's e-mail address."""
    return next(one for one in cast().grownups if one.key == key).email


@pytest.fixture
def door(world: World) -> Door:
    """A fresh browser at the door."""
    return Door(world, world.client())


@pytest.fixture
def door_on_both(world_on_both: World) -> Door:
    """The same on each database in turn."""
    return Door(world_on_both, world_on_both.client())
