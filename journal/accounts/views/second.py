"""The second step: six numbers, a passkey or a recovery code; also before what weighs much."""

from flask import Response as JsonResponse
from flask import flash, redirect, request, url_for
from flask_babel import ngettext

from journal.accounts import codes, devices, forms, passkeys, second
from journal.accounts.people import Account
from journal.accounts.second import Typed, Ways
from journal.accounts.views.blueprint import Answer, blueprint, enter, failed, go, knocking, page, settings
from journal.doors import HALF, db, open_to
from journal.limits import tries_by_person
from journal.refusals import Refusal
from journal.saying import gettext as _
from journal.words import Key, Tried


def _step(account: Account, ways: Ways, refusal: Refusal | None = None) -> Answer:
    return page(
        "second_step",
        400 if refusal else 200,
        (forms.problem(refusal),) if refusal else (),
        name=devices.name_for(db(), account.person),
        ways=ways,
        keys_work=passkeys.possible(settings()),
        again=not account.half,
    )


def _let_on(account: Account, by: Key, typed: Typed) -> Answer:
    enter(second.finish(db(), account, by, remember=typed.remember))
    return go(forms.onward())


@blueprint.route("/second-step", methods=["GET", "POST"])
@open_to(HALF)
@tries_by_person
def second_step() -> Answer:
    """Six numbers from one's app. Who has set nothing up yet is led to that."""
    account = knocking()
    ways = second.ways_of(db(), account.person)
    if not ways.any:
        return redirect(url_for("accounts.set_up", next=forms.next_page() or None))
    if request.method == "GET":
        return _step(account, ways)
    typed = forms.numbers()
    try:
        second.prove_numbers(db(), account.person, typed, settings().secret_key)
    except Refusal as refusal:
        failed(account.person, Tried.NUMBERS)
        return _step(account, ways, refusal)
    return _let_on(account, Key.APP, typed)


@blueprint.route("/second-step/code", methods=["GET", "POST"])
@open_to(HALF)
@tries_by_person
def second_code() -> Answer:
    """One of ten recovery codes, or the one that the office gives in person."""
    account = knocking()
    if request.method == "GET":
        return page("second_code")
    typed = forms.code()
    try:
        by = codes.prove_code(db(), account.person, typed, settings())
    except Refusal as refusal:
        failed(account.person, Tried.CODE)
        return page("second_code", 400, (forms.problem(refusal),))
    answer = _let_on(account, by, typed)
    if by is Key.OFFICE:
        flash(_("You are in, this once. Now set up your app or a passkey anew."), "sun")
        return go(url_for("accounts.set_up", next=forms.next_page() or None))
    left = second.ways_of(db(), account.person).codes
    flash(ngettext("%(num)s recovery code is left.", "%(num)s recovery codes are left.", left), "sun")
    return answer


@blueprint.route("/second-step/passkey", methods=["POST"])
@open_to(HALF)
@tries_by_person
def second_passkey() -> Answer:
    """A passkey, as the browser's script had it signed."""
    account = knocking()
    try:
        passkeys.prove(db(), account, forms.signed(""), settings())
    except Refusal as refusal:
        failed(account.person, Tried.PASSKEY)
        passkeys.forget(db(), account)
        db().commit()
        return _step(account, second.ways_of(db(), account.person), refusal)
    return _let_on(account, Key.PASSKEY, Typed("", forms.remember()))


@blueprint.route("/second-step/passkey/ask", methods=["POST"])
@open_to(HALF)
def ask_passkey() -> Answer:
    """What is to be signed, for the script, as JSON."""
    return JsonResponse(passkeys.ask_to_sign(db(), knocking(), settings()), mimetype="application/json")
