"""Signing in and out, hats, and a forgotten password."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask import session as browser
from flask_login import logout_user
from werkzeug.wrappers import Response

from journal.accounts import acts, devices, forms, lately, proof, reading, resets
from journal.accounts.forms import Problem
from journal.accounts.views.blueprint import Answer, blueprint, enter, failed, go, here, know_again, page, settings
from journal.clock import now
from journal.doors import ANYBODY, HALF, HATLESS, account, at_the_door, db, open_to, viewer
from journal.limits import letters, tries_by_account, tries_by_address
from journal.pages import HOME, face_url, when_within, with_link
from journal.passwords import tidy_class_code
from journal.refusals import Reason, Refusal, Unseen
from journal.saying import gettext as _
from journal.words import Tried


@blueprint.route("/", methods=["GET"])
@open_to(ANYBODY)
def home() -> Answer:
    """Send everybody to where they begin."""
    found = account()
    if found is None:
        return redirect(url_for("accounts.second_step" if at_the_door() else "accounts.sign_in"))
    if found.viewer is None:
        return redirect(url_for("accounts.hats"))
    if "told_kept" not in browser:
        _tell_kept()
    if "told_new" not in browser and lately.unsure_devices(db(), found):
        browser["told_new"] = True
        words = _("Somebody came in as you on a new device. Was it you?")
        flash(with_link(words, url_for("accounts.signed_in"), _("Look")), "sun")
    return redirect(url_for(HOME[found.viewer.role]))


def _tell_kept() -> None:
    """Say once where writing waits."""
    for kept in reading.all_kept(db(), viewer()):
        browser["told_kept"] = True
        page = forms.page_of(kept.address) or url_for("accounts.me")
        words = _("You wrote something, and it could not be sent (%(day)s). It is kept.", day=when_within(kept.at))
        flash(with_link(words, page, _("Go back to it")), "sun")


@blueprint.route("/sign-in", methods=["GET", "POST"])
@open_to(ANYBODY)
@tries_by_address
@tries_by_account
def sign_in() -> Answer:
    """The two ways in; a grown-up's e-mail address and password."""
    if request.method == "GET":
        return redirect(forms.onward()) if account() else page("sign_in", email="")
    owner = devices.owner_of(db(), forms.email())
    try:
        proved = proof.prove_grown_up(db(), forms.by_password(), settings())
    except Refusal as refusal:
        failed(owner, Tried.PASSWORD)
        return page("sign_in", 400, (forms.problem(refusal),), email=forms.email())
    browser_here = here()
    device = devices.arrive(db(), proved.person, browser_here)
    token = acts.begin(db(), proved.person, proved.hat, devices.still_proved(device), device.id)
    return know_again(_let_in(proved, token), browser_here)


def _let_in(proved: proof.Proved, token: str) -> Response:
    enter(token)
    if proved.hat is None:
        return go(url_for("accounts.hats", next=forms.next_page() or None))
    return go(forms.onward())


@blueprint.route("/sign-in/class", methods=["GET", "POST"])
@open_to(ANYBODY)
@tries_by_address
def class_code() -> Answer:
    """A pupil's class, by its code."""
    if request.method == "GET":
        return page("class_code", code="")
    typed = request.form.get("code", "")[:80]
    group = reading.find_class(db(), tidy_class_code(typed))
    if group is None:
        return page("class_code", 400, (forms.problem(Refusal(Reason.WRONG_CLASS_CODE, "code")),), code=typed)
    browser.update(reading.class_to_keep(group, now()))
    return go(url_for("accounts.pick_pupil", next=forms.next_page() or None))


@blueprint.route("/sign-in/class/pupils", methods=["GET"])
@open_to(ANYBODY)
def pick_pupil() -> Answer:
    """The faces and names of the class whose code was typed here."""
    group = reading.class_kept(browser, now())
    found = reading.class_list(db(), group) if group else None
    if found is None:
        return redirect(url_for("accounts.class_code", next=forms.next_page() or None))
    onward = forms.next_page() or None
    pupils = [
        (url_for("accounts.pass_phrase", membership=each.id, next=onward), each.name, face_url(each.id, each.face))
        for each in found.pupils
    ]
    return page("pick_pupil", class_name=found.name, pupils=pupils)


@blueprint.route("/sign-in/class/pupils/<uuid:membership>", methods=["GET", "POST"])
@open_to(ANYBODY)
@tries_by_address
@tries_by_account
def pass_phrase(membership: UUID) -> Answer:
    """A pupil's three words."""
    group = reading.class_kept(browser, now())
    if group is None:
        return go(url_for("accounts.class_code", next=forms.next_page() or None))
    pupil = reading.pupil_of(db(), group, membership)
    if pupil is None:
        raise Unseen
    shown: dict[str, Any] = {"name": pupil.name, "face_url": face_url(pupil.id, pupil.face), "membership": membership}
    if request.method == "GET":
        return page("pass_phrase", **shown)
    try:
        proved = proof.prove_pupil(db(), forms.by_phrase(group, membership), settings())
    except Refusal as refusal:
        return page("pass_phrase", 400, (forms.problem(refusal),), **shown)
    return _let_in(proved, acts.begin(db(), proved.person, proved.hat))


@blueprint.route("/sign-out", methods=["POST"])
@open_to(HALF)
def sign_out() -> Answer:
    """End the session, here and on the server; a shared tablet keeps nothing."""
    acts.end(db(), browser.get("_user_id", ""))
    logout_user()
    browser.clear()
    flash(_("Your space is closed. See you soon."))
    answer = go(url_for("accounts.sign_in"))
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@blueprint.route("/forgotten", methods=["GET", "POST"])
@open_to(ANYBODY)
@letters
def forgotten() -> Answer:
    """Ask for a letter. Everybody gets the same answer."""
    if request.method == "GET":
        return page("forgotten", sent=request.args.get("sent") == "yes")
    resets.ask_for_letter(db(), forms.email())
    return go(url_for("accounts.forgotten", sent="yes"))


@blueprint.route("/reset/<token>", methods=["GET", "POST"])
@open_to(ANYBODY)
@tries_by_address
def reset(token: str) -> Answer:
    """Choose a new password, once. Opening the page uses nothing up: mail programs open links too."""
    try:
        resets.owner_of(db(), token)
        if request.method == "GET":
            return page("reset", token=token)
        resets.choose_password(db(), forms.new_password(token), settings())
    except forms.NotTheSame:
        return page("reset", 400, (forms.two_ways(),), token=token)
    except Refusal as refusal:
        if refusal.reason is Reason.LINK_OLD:
            return page("forgotten", 400, (forms.problem(refusal),), sent=False)
        return page("reset", 400, (forms.problem(refusal),), token=token)
    flash(_("Your new password is kept. Sign in with it."), "leaf")
    return go(url_for("accounts.sign_in"))


@blueprint.route("/hats", methods=["GET", "POST"])
@open_to(HATLESS)
def hats() -> Answer:
    """Choose who to be now."""
    found = account()
    if found is None:
        raise Unseen
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            enter(acts.wear(db(), found, forms.hat()))
            return go(forms.onward())
        except Refusal as refusal:
            problems = (forms.problem(refusal),)
    options = forms.hat_choices(reading.hats_of(db(), found.person))
    now_worn = found.viewer.membership if found.viewer else ""
    return page("hats", 400 if problems else 200, problems, options=options, worn=str(now_worn))
