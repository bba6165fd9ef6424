"""The page of this room: look for something, and see what was found."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from journal.clock import now
from journal.doors import SIGNED_IN, db, open_to, viewer
from journal.errors import say
from journal.pages import zone
from journal.refusals import Refusal
from journal.search.asking import Found, Order
from journal.search.choices import Choices, choices_of
from journal.search.forms import Typed, ask_of, read_typed
from journal.search.question import MOST_LETTERS
from journal.search.reading import find
from journal.search.views.drawer import drawer
from journal.search.views.said import address, results_of
from journal.words import Role

blueprint = Blueprint("search", __name__)

ROOM = MOST_LETTERS + 100
"""Letters that fit into the field: more than can be looked for, so that who pastes too much is told, not cut short."""


@blueprint.route("/search", methods=["GET"])
@open_to(*SIGNED_IN)
def results() -> str | tuple[str, int] | Response:
    """What says these words, as far as the viewer may see it. To stand in this list is not to be looked at."""
    choices = choices_of(db(), viewer())
    typed = read_typed(request.args, choices)
    if not typed.asks:
        return _page(typed, choices)
    try:
        found = find(db(), viewer(), current_app.config["HOUSE"].index, ask_of(typed, now(), zone()))
    except Refusal as refusal:
        return _page(typed, choices, problem=say(refusal)), 400
    if typed.page > max(found.pages, 1):
        return redirect(address(typed, found.pages), 303)
    return _page(typed, choices, found)


def _page(typed: Typed, choices: Choices, found: Found | None = None, problem: str = "") -> str:
    me = viewer()
    return render_template(
        "search/search.html",
        words=typed.words,
        search_url=url_for("search.results"),
        drawer=drawer(me, typed, choices),
        open=typed.narrow or (found is not None and found.total is None),
        order="" if typed.order is Order.BEST else typed.order,
        most=ROOM,
        problem=problem,
        found=results_of(me, typed, choices, found) if found else None,
        pupil=me.role is Role.PUPIL,
        quiet=me.role in (Role.HEAD, Role.OFFICE),
    )
