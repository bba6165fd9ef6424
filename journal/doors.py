"""Sealed doors: every page says who may open it, or the app does not start.

``@open_to(Role.PUPIL)`` admits pupils, ``@open_to(*SIGNED_IN)`` everybody with a hat, ``@open_to(ANYBODY)`` the street.
To anybody else a page does not exist. Who is signed out is asked to sign in, and what they sent is kept for them.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Request, Response, current_app, flash, g, jsonify, redirect, request, session, url_for
from flask_login import LoginManager, current_user
from flask_wtf.csrf import validate_csrf
from werkzeug.datastructures import MultiDict
from werkzeug.formparser import FormDataParser
from werkzeug.wrappers import Response as AnyResponse
from wtforms import ValidationError

from journal.accounts import acts
from journal.accounts.people import Account
from journal.accounts.session import find_account
from journal.net import open_session
from journal.reasons import GatedSession
from journal.refusals import Unseen
from journal.saying import gettext as _
from journal.seeing import Viewer
from journal.trail import network_of
from journal.words import Role

ANYBODY = "anybody"
HATLESS = "hatless"
"""Signed in, with a hat or still choosing one."""
HALF = "half"
"""The same, and also who proved a password and has a second thing still to prove."""
SIGNED_IN = tuple(Role)

View = TypeVar("View", bound=Callable[..., object])


def open_to(*who: str) -> Callable[[View], View]:
    """Say who may open a page: roles, ``ANYBODY``, ``HATLESS`` or ``HALF``."""

    def mark(view: View) -> View:
        view.open_to = frozenset(who)  # type: ignore[attr-defined]
        return view

    return mark


def by_itself(view: View) -> View:
    """Say of a view that pages ask for it again and again: that keeps nobody signed in who has gone away."""
    view.by_itself = True  # type: ignore[attr-defined]
    return view


class Named(FormDataParser):
    """Reads a form. A part that has no name is passed over: no page sends one, and all look fields up by name."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        """Return what is left of the stream, the fields, the files."""
        stream, form, files = super().parse(*args, **kwargs)
        return stream, self._named(form), self._named(files)

    def _named(self, parts: MultiDict[Any, Any]) -> MultiDict[str, Any]:
        return self.cls((name, part) for name, part in parts.items(multi=True) if name is not None)


class Knock(Request):
    """A request. HEAD reaches the views as the GET that it is, so that none takes it for a sent form."""

    form_data_parser_class = Named

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.method == "HEAD":
            self.method = "GET"


def seal(app: Flask) -> None:
    """Refuse to start while a page does not say who may open it. Raises RuntimeError naming it."""
    app.request_class = Knock
    open_to(ANYBODY)(app.view_functions["static"])
    bare = [name for name, view in app.view_functions.items() if not hasattr(view, "open_to")]
    if bare:
        raise RuntimeError(f"nobody said who may open {sorted(bare)}")
    app.before_request(_knock)
    app.after_request(_keep)
    app.teardown_request(_close)


def db() -> GatedSession:
    """Return the request's database session; it belongs to the request's viewer."""
    return g.db  # type: ignore[no-any-return]


def viewer() -> Viewer:
    """Return who is looking. Raises ``Unseen`` where nobody is."""
    if g.viewer is None:
        raise Unseen
    return g.viewer  # type: ignore[no-any-return]


def account() -> Account | None:
    """Return who is signed in, with or without a hat. Who has a second thing still to prove is not."""
    found = at_the_door()
    return None if found is None or found.half else found


def at_the_door() -> Account | None:
    """Return who proved a password, whether or not they have a second thing still to prove."""
    found = current_user._get_current_object()
    return found if found.is_authenticated else None


def add_login(app: Flask) -> None:
    """Let Flask-Login find the account of a session: the cookie holds a token, the row is on the server."""
    manager = LoginManager()
    manager.session_protection = None  # the row, not the browser's name, decides
    manager.init_app(app, add_context_processor=False)  # the page of our own mistakes asks no database

    @manager.user_loader  # type: ignore[untyped-decorator]
    def load(token: str) -> Account | None:
        asked = current_app.view_functions.get(request.endpoint or "")
        return find_account(db(), token, current_app.config["SETTINGS"], visit=not hasattr(asked, "by_itself"))


def _knock() -> AnyResponse | tuple[Response, int] | None:
    g.db = open_session(current_app.config["ENGINE"])
    g.db.info["queue"] = current_app.config["QUEUE"]
    g.db.info["place"] = network_of(request.remote_addr)
    g.viewer = None
    if request.endpoint == "static":
        return None
    found, knocking = account(), at_the_door()
    if found is not None:
        g.viewer = g.db.viewer = found.viewer
    if request.endpoint is None:
        return None
    allowed: frozenset[str] = getattr(current_app.view_functions[request.endpoint], "open_to", frozenset())
    if ANYBODY in allowed or (knocking is not None and HALF in allowed):
        return None
    if found is not None and HATLESS in allowed:
        return None
    if found is None:
        return _ask_to_sign_in("accounts.second_step" if knocking is not None else "accounts.sign_in")
    if found.viewer is None:
        return redirect(url_for("accounts.hats"))
    if found.viewer.role not in allowed:
        raise Unseen
    return None


def _ask_to_sign_in(where: str) -> AnyResponse | tuple[Response, int]:
    """Send a signed-out person to the sign-in page or its second step; what they sent stays for them alone."""
    kept = (
        request.method == "POST"
        and _own_form()
        and acts.keep_writing(db(), session.get("_user_id", ""), request.path, request.form.to_dict(flat=False))
    )
    if kept:
        db().commit()
    if request.headers.get("X-Fragment"):
        return jsonify(signed_out=True, kept=bool(kept)), 401
    if kept:
        flash(_("You were away for a while. Sign in again. Your words are kept."), "sun")
    wanted = request.full_path.rstrip("?") if request.method == "GET" else request.path
    return redirect(url_for(where, next=wanted))


def _own_form() -> bool:
    """Tell whether the form is one that we gave to this browser."""
    try:
        validate_csrf(request.form.get("csrf_token"))
    except ValidationError:
        return False
    return True


def _keep(response: Response) -> Response:
    """Keep what a good answer changed; drop what a refused one began."""
    if "db" in g:
        if response.status_code < 400:
            g.db.commit()
        else:
            g.db.rollback()
    return response


def _close(_problem: BaseException | None) -> None:
    if "db" in g:
        g.db.close()
