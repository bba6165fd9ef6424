"""Proving a second factor again before what weighs much, though one is signed in."""

from datetime import timedelta

from flask import redirect, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from journal.accounts.people import Account
from journal.clock import now
from journal.reasons import beyond
from journal.records import SignIn


def proved_lately(session: Session, account: Account, minutes: int) -> bool:
    """Tell whether this session's person proved a second factor within so many minutes.

    A moment that lies ahead of us does not count: the clock was put back.
    """
    with beyond(session, "who is signing in"):
        at = session.scalar(select(SignIn.second_at).where(SignIn.id == account.sign_in, SignIn.ended_at.is_(None)))
    return at is not None and now() - timedelta(minutes=minutes) <= at <= now()


def ask_again(then: str = "") -> Response:
    """Return the way to the page that asks for the second factor, and from there to ``then``, or back here."""
    return redirect(url_for("accounts.second_step", next=then or request.full_path.rstrip("?")), 303)
