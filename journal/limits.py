"""How often one may try: for each account and for each address.

What counts is a try that failed: looking at the page, or signing in rightly, costs nothing. Beyond the limit a right
password is not tried either, or guessing could go on.
"""

import hashlib
import ipaddress
from collections.abc import Callable
from typing import TypeVar

from flask import Flask, Response, current_app, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from journal.accounts.proof import tidy_email
from journal.doors import at_the_door

LETTERS = "5 per hour"
"""How many letters one address may be sent, so that nobody fills another's mailbox."""

View = TypeVar("View", bound=Callable[..., object])


def caller() -> str:
    """Return where a request comes from. One home or phone has a whole /64 of the new addresses: they count as one."""
    raw = get_remote_address()
    try:
        address = ipaddress.ip_address(raw)
    except ValueError:
        return raw
    return raw if address.version == 4 else str(ipaddress.ip_network((address, 64), strict=False))


limiter = Limiter(caller, storage_uri="memory://", default_limits=[])


def add_limits(app: Flask) -> None:
    """Begin to count. The views that have a limit ask for it; at all others there is nothing to look for."""
    limiter.init_app(app)
    app.before_request_funcs[None].remove(limiter._check_request_limit)


def of_address() -> str:
    """Return how often one address may try to sign in; a school shares one, so it is generous."""
    return str(current_app.config["SETTINGS"].sign_in_address_limit)


def of_account() -> str:
    """Return how often one account may be tried, from wherever."""
    return str(current_app.config["SETTINGS"].sign_in_limit)


def account_tried() -> str:
    """Return which account a form is about, known or not. Hashed: what is typed here is kept and logged nowhere."""
    name = tidy_email(request.form.get("email", "")) or str((request.view_args or {}).get("membership", ""))
    return "account:" + hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()


def failed(response: Response) -> bool:
    """Tell whether a try failed. One that was not made, because there were too many, counts no further."""
    return response.status_code == 400


def tries_by_address(view: View) -> View:
    """Let one address fail only so often, at all doors together."""
    limit = limiter.shared_limit(of_address, scope="sign-in", methods=["POST"], deduct_when=failed)
    return limit(view)  # type: ignore[return-value] # it wraps the view and keeps its signature


def tries_by_account(view: View) -> View:
    """Let one account be tried wrongly only so often."""
    limit = limiter.limit(of_account, key_func=account_tried, methods=["POST"], deduct_when=failed)
    return limit(view)  # type: ignore[return-value]


def somebody() -> str:
    """Return whose second factor or password is being tried: known by the password, or by the whole session."""
    found = at_the_door()
    return f"person:{found.person.hex}" if found else caller()


def tries_by_person(view: View) -> View:
    """Let one person's second factor be tried wrongly only so often, by all ways together, on whatever device."""
    limit = limiter.shared_limit(
        lambda: str(current_app.config["SETTINGS"].second_limit),
        scope="second",
        key_func=somebody,
        methods=["POST"],
        deduct_when=failed,
    )
    return limit(view)  # type: ignore[return-value]


def letters(view: View) -> View:
    """Let letters be asked for only so often, for one account and from one address. Each asking counts."""
    by_account = limiter.limit(LETTERS, key_func=account_tried, methods=["POST"])
    by_address = limiter.shared_limit(of_address, scope="letters", methods=["POST"])
    return by_address(by_account(view))  # type: ignore[return-value]
