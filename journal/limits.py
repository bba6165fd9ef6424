"""How often one may try: for each account and for each address."""

from flask import Flask, current_app, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address, storage_uri="memory://", default_limits=[])


def add_limits(app: Flask) -> None:
    """Begin to count."""
    limiter.init_app(app)


def of_address() -> str:
    """Return how often one address may try to sign in; a school shares one, so it is generous."""
    return str(current_app.config["SETTINGS"].sign_in_address_limit)


def of_account() -> str:
    """Return how often one account may be tried, from wherever."""
    return str(current_app.config["SETTINGS"].sign_in_limit)


def account_tried() -> str:
    """Return which account a sign-in form is about; the address keeps strangers from locking each other out."""
    name = request.form.get("email", "") or str((request.view_args or {}).get("membership", ""))
    return f"account:{name.strip().casefold()}"
