"""The room's blueprint, and what its pages share."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, current_app, redirect, url_for
from werkzeug.wrappers import Response

from journal.doors import account, db, viewer
from journal.errors import say
from journal.house import House
from journal.portfolio.choosing import Book, Whose, open_book
from journal.portfolio.forms import Typed
from journal.portfolio.scope import Scope
from journal.refusals import Refusal
from journal.saying import gettext as _
from journal.words import Stand

blueprint = Blueprint("portfolio", __name__)

LONGEST_ADDRESS = 1_800
"""Letters that an address of a step may have: what every browser and every server on the way takes."""

Answer = str | Response | tuple[str, int]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and with which field."""

    field: str
    say: str


@dataclass(frozen=True, slots=True)
class Way:
    """A way on or back."""

    url: str
    label: str


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


def front_of(stand: Stand) -> Way:
    """Return the way back to one's first page of portfolios."""
    return Way(url_for("portfolio.front"), str(_("My portfolio") if stand is Stand.PUPIL else _("Portfolios")))


def opened(pupil: UUID, scope: Scope) -> Book:
    """Open a portfolio before whoever is looking. Raises ``Unseen``."""
    here, known = viewer(), account()
    me = Whose(here.membership, known.name, known.face) if known else None
    return open_book(db(), here, pupil, scope, me)


def carried(typed: Typed, step: str) -> list[Hidden]:
    """Return what a form carries along from the pages before it."""
    return [
        Hidden("step", step),
        Hidden("part", typed.part),
        Hidden("since", typed.since),
        Hidden("until", typed.until),
        *(Hidden("learned", one) for one in typed.learned),
        Hidden("chosen", typed.chosen_words),
        Hidden("kept_out_too", "yes" if typed.kept_out_too else ""),
        Hidden("here", typed.here),
        Hidden("shown", typed.shown),
    ]


def address_of(here: str, typed: Typed, step: str) -> str:
    """Return the address of a step, which carries the same along: no words of anybody's are in it."""
    fields = [*carried(typed, step), Hidden("month", typed.month)]
    return f"{here}?{urlencode([(one.name, one.value) for one in fields if one.value])}"
