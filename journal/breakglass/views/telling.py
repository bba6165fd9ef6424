"""What a child answers to what they are told."""

from uuid import UUID

from flask import flash, redirect, request
from werkzeug.wrappers import Response

from journal.breakglass import acts
from journal.breakglass.views.blueprint import blueprint
from journal.doors import db, open_to, viewer
from journal.pages import local_path
from journal.saying import gettext as _
from journal.site import url_for
from journal.words import Role


@blueprint.route("/told/<uuid:grant>/seen", methods=["POST"])
@open_to(Role.PUPIL)
def seen(grant: UUID) -> Response:
    """They have read it."""
    acts.has_read(db(), viewer(), grant)
    flash(_("Good. It stays written on what was opened."))
    return redirect(url_for("entries.my_space"), 303)


@blueprint.route("/told/<uuid:grant>/why", methods=["POST"])
@open_to(Role.PUPIL)
def why(grant: UUID) -> Response:
    """They ask why. It is theirs to know, from a person and not from a page."""
    acts.ask_why(db(), viewer(), grant)
    flash(_("We passed it on that you want to know why. Somebody will tell you."))
    return redirect(_back(), 303)


def _back() -> str:
    here = (request.referrer or "").removeprefix(request.host_url.rstrip("/"))
    return local_path(here, url_for("entries.my_space"))
