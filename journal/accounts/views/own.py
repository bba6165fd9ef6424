"""What is one's own: who one is here, language, colours and letters."""

from flask import flash, redirect, request, url_for
from flask import session as browser

from journal.accounts import acts, chosen, forms
from journal.accounts.views.blueprint import Answer, blueprint, enter, failed, go, page, settings
from journal.doors import ANYBODY, HATLESS, account, at_the_door, db, open_to
from journal.limits import tries_by_person
from journal.refusals import Reason, Refusal, Unseen
from journal.roles import role_words
from journal.saying import gettext as _
from journal.words import Role, Tried


@blueprint.route("/language", methods=["POST"])
@open_to(ANYBODY)
def language() -> Answer:
    """Speak another language from now on."""
    _keep_choice(forms.language())
    return go(forms.onward())


@blueprint.route("/easier", methods=["GET", "POST"])
@open_to(ANYBODY)
def easier() -> Answer:
    """Colours and letters that are easier on the eyes."""
    if request.method == "POST":
        _keep_choice(forms.easier())
        flash(_("Saved."))
        return go(url_for("accounts.easier"))
    return page("easier", choices=forms.easier_choices(at_the_door()))


def _keep_choice(chosen: dict[str, str]) -> None:
    found = at_the_door()
    if found is None:
        browser.update(chosen)
    elif chosen:
        acts.make_own(db(), found.person, **chosen)


@blueprint.route("/new-password", methods=["GET", "POST"])
@open_to(HATLESS)
@tries_by_person
def new_password() -> Answer:
    """Choose another password, knowing the one of now. All other sessions end."""
    found = account()
    if found is None or not chosen.has_password(db(), found.person):
        raise Unseen
    if request.method == "GET":
        return page("new_password")
    try:
        token = chosen.change(db(), found, forms.change(), settings())
    except forms.NotTheSame:
        return page("new_password", 400, (forms.two_ways(),))
    except Refusal as refusal:
        if refusal.reason is Reason.WRONG_PASSWORD:
            failed(found.person, Tried.PASSWORD)
        return page("new_password", 400, (forms.problem(refusal),))
    enter(token)
    flash(_("Your new password is kept, and you are signed out everywhere else."), "leaf")
    return go(forms.next_page() or url_for("accounts.signed_in"))


@blueprint.route("/me", methods=["GET"])
@open_to(HATLESS)
def me() -> Answer:
    """Who I am here, and what I can do about it."""
    found = account()
    if found is None or found.viewer is None:
        return redirect(url_for("accounts.hats"))
    role = found.viewer.role
    is_pupil = role is Role.PUPIL
    return page("me", me=found, role=role_words(role), is_pupil=is_pupil)
