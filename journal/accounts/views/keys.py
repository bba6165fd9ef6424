"""Setting up what one proves besides the password: an app, passkeys, recovery codes."""

from io import BytesIO

import segno
from flask import Response as Plain
from flask import flash, redirect, request, url_for

from journal.accounts import codes, forms, passkeys, second
from journal.accounts.people import Account
from journal.accounts.second import Ways
from journal.accounts.views.blueprint import Answer, blueprint, enter, go, here, knocking, page, settings
from journal.doors import HALF, db, open_to
from journal.limits import tries_by_person
from journal.refusals import Refusal
from journal.saying import gettext as _
from journal.stepup import ask_again, proved_lately
from journal.words import Key

LATELY = 10
"""Minutes since the second step within which one may change what one proves."""


def first_prove(account: Account, ways: Ways) -> Answer | None:
    """Return the way to the second step for whoever has to take it first; None for who may change what they prove.

    Who knows the password alone may set up the first thing, and never another.
    """
    if not ways.any or (not account.half and proved_lately(db(), account, LATELY)):
        return None
    return ask_again(url_for("accounts.set_up", next=forms.next_page() or None))


def _shown(account: Account, ways: Ways, refusal: Refusal | None = None) -> Answer:
    secret = second.secret_to_set_up(db(), account.person, settings().secret_key)
    return page(
        "set_up",
        400 if refusal else 200,
        (forms.problem(refusal),) if refusal else (),
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        address=second.address_to_scan(db(), account.person, secret),
        anew=ways.app,
        keys_work=passkeys.possible(settings()),
    )


def _begun(account: Account, ways: Ways, by: Key) -> Answer:
    """Let what was set up count, and show the recovery codes, if there are none yet."""
    enter(second.finish(db(), account, by, remember=False))
    if not ways.codes:
        return _show(account)
    flash(_("That works. From now on you can come in with it."), "leaf")
    return go(forms.next_page() or url_for("accounts.signed_in"))


def _show(account: Account) -> Answer:
    return page("recovery_codes", codes=codes.make_codes(db(), account.person, settings()), onward=forms.onward())


@blueprint.route("/second-step/set-up", methods=["GET", "POST"])
@open_to(HALF)
@tries_by_person
def set_up() -> Answer:
    """Give an app its secret, by picture or typed, and type the numbers that it shows then."""
    account = knocking()
    ways = second.ways_of(db(), account.person)
    if (way := first_prove(account, ways)) is not None:
        return way
    if request.method == "GET":
        return _shown(account, ways)
    try:
        second.set_up(db(), account.person, forms.numbers(), settings().secret_key)
    except Refusal as refusal:
        return _shown(account, ways, refusal)
    return _begun(account, ways, Key.APP)


@blueprint.route("/second-step/set-up/picture", methods=["GET"])
@open_to(HALF)
def set_up_picture() -> Answer:
    """The squares that an app reads: the secret that is being set up."""
    account = knocking()
    if (way := first_prove(account, second.ways_of(db(), account.person))) is not None:
        return way
    secret = second.secret_to_set_up(db(), account.person, settings().secret_key)
    drawn = BytesIO()
    squares = segno.make(second.address_to_scan(db(), account.person, secret), error="m", micro=False)
    squares.save(drawn, kind="svg", scale=6, border=4, dark="#000", light="#fff", xmldecl=False)
    return Plain(drawn.getvalue(), mimetype="image/svg+xml")


@blueprint.route("/second-step/set-up/passkey", methods=["POST"])
@open_to(HALF)
@tries_by_person
def add_passkey() -> Answer:
    """Keep the public half of a passkey that the browser made."""
    account = knocking()
    ways = second.ways_of(db(), account.person)
    if (way := first_prove(account, ways)) is not None:
        return way
    try:
        passkeys.add(db(), account, forms.signed(here().software), settings())
    except Refusal as refusal:
        db().rollback()
        passkeys.forget(db(), account)
        db().commit()
        return _shown(account, ways, refusal)
    return _begun(account, ways, Key.PASSKEY)


@blueprint.route("/second-step/set-up/passkey/ask", methods=["POST"])
@open_to(HALF)
def ask_new_passkey() -> Answer:
    """What a browser needs to make a passkey, for the script, as JSON."""
    account = knocking()
    if (way := first_prove(account, second.ways_of(db(), account.person))) is not None:
        return way
    return Plain(passkeys.ask_to_make(db(), account, settings()), mimetype="application/json")


@blueprint.route("/second-step/codes", methods=["POST"])
@open_to(HALF)
def new_codes() -> Answer:
    """Ten new recovery codes; the old ones stop."""
    account = knocking()
    ways = second.ways_of(db(), account.person)
    if account.half or not ways.any:
        return redirect(url_for("accounts.second_step"))
    if not proved_lately(db(), account, LATELY):
        return ask_again(url_for("accounts.signed_in"))
    return _show(account)
