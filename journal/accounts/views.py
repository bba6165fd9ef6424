"""Signing in and out, hats, and what makes pages easier."""

from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask import session as browser
from flask_login import login_user, logout_user
from werkzeug.wrappers import Response

from journal.accounts import acts, forms, proof, reading, resets
from journal.accounts.forms import Problem
from journal.clock import now
from journal.doors import ANYBODY, HATLESS, account, db, open_to, viewer
from journal.limits import letters, tries_by_account, tries_by_address
from journal.pages import HOME, face_url, when, with_link
from journal.passwords import tidy_class_code
from journal.refusals import Reason, Refusal, Unseen
from journal.saying import gettext as _
from journal.settings import Settings
from journal.words import Role

blueprint = Blueprint("accounts", __name__)

Answer = str | Response | tuple[str, int]


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def _page(page: str, status: int = 200, problems: tuple[Problem, ...] = (), /, **more: Any) -> tuple[str, int]:
    wrong = {each.field: each.say for each in problems}
    more.update(problems_found=problems, wrong=wrong, next=forms.next_page())
    return render_template(f"accounts/{page}.html", **more), status


def _go(address: str) -> Response:
    return redirect(address, 303)  # the browser asks for the next page by GET


def _enter(token: str) -> None:
    """Begin in a fresh browser session: whatever was in it, or was put there by somebody else, is gone."""
    acts.end(db(), browser.get("_user_id", ""))
    language = browser.get("locale")
    browser.clear()
    if language:
        browser["locale"] = language
    login_user(acts.find_account(db(), token, _settings()))


@blueprint.route("/", methods=["GET"])
@open_to(ANYBODY)
def home() -> Answer:
    """Send everybody to where they begin."""
    found = account()
    if found is None:
        return redirect(url_for("accounts.sign_in"))
    if found.viewer is None:
        return redirect(url_for("accounts.hats"))
    if "told_kept" not in browser:
        _tell_kept()
    return redirect(url_for(HOME[found.viewer.role]))


def _tell_kept() -> None:
    """Say once where writing waits."""
    for kept in reading.all_kept(db(), viewer()):
        browser["told_kept"] = True
        page = forms.page_of(kept.address) or url_for("accounts.me")
        words = _("You wrote something, and it could not be sent (%(day)s). It is kept.", day=when(kept.at))
        flash(with_link(words, page, _("Go back to it")), "sun")


@blueprint.route("/sign-in", methods=["GET", "POST"])
@open_to(ANYBODY)
@tries_by_address
@tries_by_account
def sign_in() -> Answer:
    """The two ways in; a grown-up's e-mail address and password."""
    if request.method == "GET":
        return redirect(forms.onward()) if account() else _page("sign_in", email="")
    try:
        proved = proof.prove_grown_up(db(), forms.by_password(), _settings())
    except Refusal as refusal:
        return _page("sign_in", 400, (forms.problem(refusal),), email=forms.email())
    return _let_in(proved)


def _let_in(proved: proof.Proved) -> Response:
    _enter(acts.begin(db(), proved.person, proved.hat))
    if proved.hat is None:
        return _go(url_for("accounts.hats", next=forms.next_page() or None))
    return _go(forms.onward())


@blueprint.route("/sign-in/class", methods=["GET", "POST"])
@open_to(ANYBODY)
@tries_by_address
def class_code() -> Answer:
    """A pupil's class, by its code."""
    if request.method == "GET":
        return _page("class_code", code="")
    typed = request.form.get("code", "")[:80]
    group = reading.find_class(db(), tidy_class_code(typed))
    if group is None:
        return _page("class_code", 400, (forms.problem(Refusal(Reason.WRONG_CLASS_CODE, "code")),), code=typed)
    browser.update(reading.class_to_keep(group, now()))
    return _go(url_for("accounts.pick_pupil", next=forms.next_page() or None))


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
    return _page("pick_pupil", class_name=found.name, pupils=pupils)


@blueprint.route("/sign-in/class/pupils/<uuid:membership>", methods=["GET", "POST"])
@open_to(ANYBODY)
@tries_by_address
@tries_by_account
def pass_phrase(membership: UUID) -> Answer:
    """A pupil's three words."""
    group = reading.class_kept(browser, now())
    if group is None:
        return _go(url_for("accounts.class_code", next=forms.next_page() or None))
    pupil = reading.pupil_of(db(), group, membership)
    if pupil is None:
        raise Unseen
    shown: dict[str, Any] = {"name": pupil.name, "face_url": face_url(pupil.id, pupil.face), "membership": membership}
    if request.method == "GET":
        return _page("pass_phrase", **shown)
    try:
        proved = proof.prove_pupil(db(), forms.by_phrase(group, membership), _settings())
    except Refusal as refusal:
        return _page("pass_phrase", 400, (forms.problem(refusal),), **shown)
    return _let_in(proved)


@blueprint.route("/sign-out", methods=["POST"])
@open_to(HATLESS)
def sign_out() -> Answer:
    """End the session, here and on the server; a shared tablet keeps nothing."""
    acts.end(db(), browser.get("_user_id", ""))
    logout_user()
    browser.clear()
    flash(_("Your space is closed. See you soon."))
    answer = _go(url_for("accounts.sign_in"))
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@blueprint.route("/forgotten", methods=["GET", "POST"])
@open_to(ANYBODY)
@letters
def forgotten() -> Answer:
    """Ask for a letter. Everybody gets the same answer."""
    if request.method == "GET":
        return _page("forgotten", sent=request.args.get("sent") == "yes")
    resets.ask_for_letter(db(), forms.email())
    return _go(url_for("accounts.forgotten", sent="yes"))


@blueprint.route("/reset/<token>", methods=["GET", "POST"])
@open_to(ANYBODY)
@tries_by_address
def reset(token: str) -> Answer:
    """Choose a new password, once. Opening the page uses nothing up: mail programs open links too."""
    try:
        resets.owner_of(db(), token)
        if request.method == "GET":
            return _page("reset", token=token)
        resets.choose_password(db(), forms.new_password(token), _settings())
    except forms.NotTheSame:
        return _page("reset", 400, (forms.two_ways(),), token=token)
    except Refusal as refusal:
        if refusal.reason is Reason.LINK_OLD:
            return _page("forgotten", 400, (forms.problem(refusal),), sent=False)
        return _page("reset", 400, (forms.problem(refusal),), token=token)
    flash(_("Your new password is kept. Sign in with it."), "leaf")
    return _go(url_for("accounts.sign_in"))


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
            _enter(acts.wear(db(), found, forms.hat()))
            return _go(forms.onward())
        except Refusal as refusal:
            problems = (forms.problem(refusal),)
    options = forms.hat_choices(reading.hats_of(db(), found.person))
    now_worn = found.viewer.membership if found.viewer else ""
    return _page("hats", 400 if problems else 200, problems, options=options, worn=str(now_worn))


@blueprint.route("/language", methods=["POST"])
@open_to(ANYBODY)
def language() -> Answer:
    """Speak another language from now on."""
    _keep_choice(forms.language())
    return _go(forms.onward())


@blueprint.route("/easier", methods=["GET", "POST"])
@open_to(ANYBODY)
def easier() -> Answer:
    """Colours and letters that are easier on the eyes."""
    if request.method == "POST":
        _keep_choice(forms.easier())
        flash(_("Saved."))
        return _go(url_for("accounts.easier"))
    return _page("easier", choices=forms.easier_choices(account()))


def _keep_choice(chosen: dict[str, str]) -> None:
    found = account()
    if found is None:
        browser.update(chosen)
    elif chosen:
        acts.make_own(db(), found.person, **chosen)


@blueprint.route("/me", methods=["GET"])
@open_to(HATLESS)
def me() -> Answer:
    """Who I am here, and what I can do about it."""
    found = account()
    if found is None or found.viewer is None:
        return redirect(url_for("accounts.hats"))
    role = found.viewer.role
    return _page("me", me=found, role=forms.role_words(role), is_pupil=role is Role.PUPIL)
