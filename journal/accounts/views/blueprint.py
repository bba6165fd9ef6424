"""What the pages of this room share."""

from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request
from flask import session as browser
from flask_login import login_user
from werkzeug.wrappers import Response

from journal.accounts import acts, forms
from journal.accounts.agents import describe
from journal.accounts.devices import Browser, note_try
from journal.accounts.forms import Problem
from journal.accounts.people import Account
from journal.accounts.session import find_account
from journal.doors import at_the_door, db
from journal.refusals import Unseen
from journal.settings import Settings
from journal.words import Tried

blueprint = Blueprint("accounts", __name__)

Answer = str | Response | tuple[str, int]

DEVICE_KEPT = 400 * 24 * 3600
"""How long a browser is known again, in seconds: as long as browsers keep a cookie."""


def settings() -> Settings:
    """Return the settings of this copy."""
    found: Settings = current_app.config["SETTINGS"]
    return found


def page(name: str, status: int = 200, problems: tuple[Problem, ...] = (), /, **more: Any) -> tuple[str, int]:
    """Return a page of this room, with what needs another look."""
    wrong = {each.field: each.say for each in problems}
    more.update(problems_found=problems, wrong=wrong, next=forms.next_page())
    return render_template(f"accounts/{name}.html", **more), status


def go(address: str) -> Response:
    """Send the browser on."""
    return redirect(address, 303)  # the browser asks for the next page by GET


def enter(token: str) -> None:
    """Begin in a fresh browser session: whatever was in it, or was put there by somebody else, is gone."""
    acts.end(db(), browser.get("_user_id", ""))
    language = browser.get("locale")
    browser.clear()
    if language:
        browser["locale"] = language
    login_user(find_account(db(), token, settings()))


def knocking() -> Account:
    """Return who proved a password and works at a school, or has keys. Raises ``Unseen`` for everybody else."""
    found = at_the_door()
    if found is None or not (found.staff or found.keyed):
        raise Unseen
    return found


def here() -> Browser:
    """Return the browser that asks."""
    kind, software = describe(request.headers.get("User-Agent", ""))
    token = request.cookies.get(_cookie(), "")[:100]
    return Browser(kind, software, token) if token else Browser(kind, software)


def know_again(answer: Response, one: Browser) -> Response:
    """Let a browser be known again next time."""
    answer.set_cookie(
        _cookie(), one.token, max_age=DEVICE_KEPT, secure=settings().https, httponly=True, samesite="Lax", path="/"
    )
    return answer


def _cookie() -> str:
    return "__Host-thirdspace-device" if settings().https else "thirdspace-device"


def failed(person: Any, what: Tried) -> None:
    """Keep that a try failed. What the try itself began is dropped first."""
    db().rollback()
    note_try(db(), person, what, here())
    db().commit()
