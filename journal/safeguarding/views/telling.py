"""Telling a worry in two steps, and seeing what became of it. For everybody, signed in or not."""

from dataclasses import dataclass
from uuid import UUID

from flask import current_app, redirect, render_template, request, url_for
from flask import session as browser
from flask_limiter import RateLimitExceeded
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from journal.accounts.reading import class_kept, find_class
from journal.clock import now
from journal.doors import ANYBODY, SIGNED_IN, account, db, open_to, viewer
from journal.house import House
from journal.limits import limiter
from journal.passwords import tidy_class_code
from journal.refusals import Reason, Refusal
from journal.safeguarding import acts, reading
from journal.safeguarding.forms import Draft, read_draft, read_id, read_worry
from journal.safeguarding.reading import Care, care_of, read_place
from journal.safeguarding.snapshot import first_photo, seen
from journal.safeguarding.views import shown
from journal.safeguarding.views.blueprint import blueprint
from journal.saying import gettext as _
from journal.seeing import Viewer

SENDS = "5 per 10 minutes"
"""How often one address may send a worry, or try a class code here, without signing in."""


@dataclass(frozen=True, slots=True)
class _Here:
    """Who tells: a signed-in viewer, or somebody of a school whose class code they know."""

    viewer: Viewer | None
    school: UUID | None
    name: str


@blueprint.route("/worried", methods=["GET", "POST"])
@open_to(ANYBODY)
def worried() -> str | Response | tuple[str, int]:
    """The form (first step), what will be sent (second step), and sending it."""
    here = _here()
    if request.method == "GET":
        return _form(here, Draft(item=read_id(request.args.get("about"))))
    draft = read_draft(request.form)
    if request.form.get("do") == "back":
        return _form(here, draft)
    try:
        school = here.school or _school_of(draft)
        told = read_worry(draft)
        if not (told.picks or told.words or (here.viewer and told.item and seen(db(), told.item))):
            raise Refusal(Reason.EMPTY_WORDS, "words")
        if request.form.get("do") != "send":
            return _check(here, draft, school)
        return _send(here, told, school)
    except Refusal as refusal:
        db().rollback()
        return _form(here, draft, refusal), 429 if refusal.reason is Reason.TOO_OFTEN else 400


@blueprint.route("/worried/sent", methods=["GET"])
@open_to(ANYBODY)
def sent() -> str | Response:
    """It has gone: to whom, when it is read, what happens next."""
    told: dict[str, str] = browser.get("told") or {}
    school = read_id(told.get("school"))
    here = _here()
    if school is None or (here.viewer and here.viewer.school != school):
        return redirect(url_for(".worried"))
    care = care_of(db(), school, here.viewer)
    return render_template(
        "safeguarding/sent.html",
        to=shown.names(care),
        steps=shown.steps(care, told.get("at", ""), here.viewer is not None),
        lines=shown.lines(care),
        name=here.name,
        signed_in=here.viewer is not None,
    )


@blueprint.route("/worried/mine", methods=["GET"])
@open_to(*SIGNED_IN)
def mine() -> str:
    """What I was worried about, and what was answered."""
    found, older = reading.mine(db(), viewer(), read_place(request.args.get("before")))
    page = render_template(
        "safeguarding/mine.html",
        worries=[shown.my_worry(one) for one in found],
        older=url_for(".mine", before=str(older)) if older else None,
        newest=url_for(".mine") if request.args.get("before") else None,
    )
    acts.see_answers(db(), viewer())
    return page


def _here() -> _Here:
    found = account()
    if found is not None and found.viewer is not None:
        return _Here(found.viewer, found.viewer.school, found.name)
    group = class_kept(browser, now())
    return _Here(None, reading.school_of_class(db(), group) if group else None, "")


def _school_of(draft: Draft) -> UUID:
    """The school of a class code. Raises Refusal(WRONG_CLASS_CODE), as signing in does, and Refusal(TOO_OFTEN)."""
    group = find_class(db(), tidy_class_code(draft.code))
    school = reading.school_of_class(db(), group) if group else None
    if school is None:
        _count("a class code")
        raise Refusal(Reason.WRONG_CLASS_CODE, "code")
    return school


def _count(what: str) -> None:
    try:
        with limiter.shared_limit(SENDS, scope=f"worried: {what}"):
            return
    except RateLimitExceeded:
        raise Refusal(Reason.TOO_OFTEN) from None


def _send(here: _Here, told: acts.TellInput, school: UUID) -> Response:
    if here.viewer is None:
        _count("sending")
    house: House = current_app.config["HOUSE"]
    try:
        acts.tell_worry(db(), here.viewer, school, told, house.files)
    except IntegrityError:  # pressed twice at once: the other press has sent it
        db().rollback()
    browser["told"] = {"school": school.hex, "at": now().isoformat()}
    return redirect(url_for(".sent"), 303)


def _form(here: _Here, draft: Draft, refusal: Refusal | None = None) -> str:
    care = care_of(db(), here.school, here.viewer) if here.school else None
    problems = shown.problems(refusal)
    return render_template(
        "safeguarding/worried.html",
        draft=draft,
        about=_about(here, draft.item),
        signed_in=here.viewer is not None,
        needs_code=here.school is None,
        care=care,
        readers=shown.readers(care),
        lines=shown.lines(care),
        options=shown.worry_options(),
        answered=reading.new_answer(db(), here.viewer) if here.viewer else None,
        problems=problems,
        wrong={one.field: one.say for one in problems if one.field},
    )


def _check(here: _Here, draft: Draft, school: UUID) -> str:
    care: Care = care_of(db(), school, here.viewer)
    return render_template(
        "safeguarding/check.html",
        draft=draft,
        words=read_worry(draft).words.split("\n"),
        about=_about(here, draft.item),
        picks=shown.pick_labels(draft.picks),
        to=shown.names(care),
        care=care,
        readers=shown.readers(care),
        teller=here.name or draft.name or _("Somebody who did not say their name"),
    )


def _about(here: _Here, item: UUID | None) -> object | None:
    """What it is about, in short, as far as whoever tells sees it. This is no look that anybody is shown."""
    found = seen(db(), item) if here.viewer and item else None
    return shown.about(found, first_photo(db(), found.revision.id)) if found else None
