"""What a pupil keeps out of the portfolio: at once, and undone by one press."""

from uuid import UUID

from flask import Blueprint, flash, request

from journal.doors import db, open_to, viewer
from journal.portfolio import choosing, rights
from journal.portfolio.views.blueprint import Answer, go
from journal.refusals import Reason, Refusal
from journal.saying import gettext as _
from journal.words import Role

IN, OUT = "in", "out"


def register(blueprint: Blueprint) -> None:
    """Add this page to the room's."""
    blueprint.add_url_rule("/portfolio/entries/<uuid:entry>", view_func=open_to(Role.PUPIL)(put), methods=["POST"])


def put(entry: UUID) -> Answer:
    """Put one's own entry into the portfolio, or leave it out. Raises Refusal for who says neither."""
    choosing.own_thing(db(), viewer(), entry)
    wanted = request.form.get("put", "")
    if wanted not in (IN, OUT):
        raise Refusal(Reason.NOT_UNDERSTOOD, "put")
    rights.keep_out(db(), viewer(), entry, wanted == OUT)
    if "before" in request.form:
        # From the list: back to the same page of it, which shows what was moved and the way back.
        return go("portfolio.front", moved=entry, before=request.form["before"] or None)
    flash(_("It stays out of your portfolio now.") if wanted == OUT else _("It is in your portfolio now."))
    return go("entries.show", entry=entry)
