"""The room's blueprint, and what its pages share."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, redirect, url_for
from werkzeug.wrappers import Response

from journal.errors import say
from journal.house import House
from journal.refusals import Refusal

blueprint = Blueprint("portfolio", __name__)

Answer = str | Response | tuple[str, int]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and with which field."""

    field: str
    say: str


@dataclass(frozen=True, slots=True)
class Hidden:
    """A hidden field, by which a form carries on what was typed."""

    name: str
    value: str


def refused(refusal: Refusal) -> Problem:
    """Return a refusal in words."""
    return Problem(refusal.field, say(refusal))


def house() -> House:
    """Return what this copy works with."""
    return current_app.config["HOUSE"]  # type: ignore[no-any-return]


def go(endpoint: str, **values: Any) -> Response:
    """Go on to another page after a form was taken."""
    return redirect(url_for(endpoint, **values), 303)
