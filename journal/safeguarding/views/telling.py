"""Telling a worry in two steps, and seeing what became of it. For everybody, signed in or not."""

from dataclasses import dataclass
from types import SimpleNamespace
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
from journal.pages import face_url
from journal.passwords import tidy_class_code
from journal.refusals import Reason, Refusal
from journal.safeguarding import acts, reading
from journal.safeguarding.about import named_in
from journal.safeguarding.forms import Draft, read_draft, read_id, read_worry
from journal.safeguarding.people import may_name, to_name, to_talk_to
from journal.safeguarding.reading import Care, care_of, read_place
from journal.safeguarding.snapshot import first_photo, seen
from journal.safeguarding.views import promise, shown
from journal.safeguarding.views.blueprint import blueprint
from journal.saying import gettext as _
from journal.seeing import Viewer
from journal.words import Role
from journal.worries import Near, Reader, near, readers

SENDS = "5 per 10 minutes"
"""How often one address may send a worry, or try a class code here, without signing in."""


@dataclass(frozen=True, slots=True)
class _Here:
    """Who tells: a signed-in viewer, or somebody of a school whose class code they know."""

    viewer: Viewer | None
    school: UUID | None
    name: str

    @property
    def child(self) -> bool:
        """Whether a child is asked, in a child's words."""
        return self.viewer is not None and self.viewer.role is Role.PUPIL


@blueprint.route("/worried", methods=["GET", "POST"])
@open_to(ANYBODY)
def worried() -> str | Response | tuple[str, int]:
    """The form (first step), what will be sent (second step), and sending it."""
    here = _here()
    if request.method == "GET":
        return _form(here, Draft(item=read_id(request.args.get("about"))))
    draft = read_draft(request.form)
    if request.form.get("do") in ("back", "find"):
        return _form(here, draft)
    try:
        school = here.school or _school_of(draft)
        told = read_worry(draft)
        something = told.picks or told.words or named_in(db(), here.viewer, school, told.people)
        if not (something or (here.viewer and told.item and seen(db(), told.item))):
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
    care = care_of(db(), school)
    ids = {read_id(one) for one in told.get("to", "").split()}
    found = [one for one in care.readers.there if one.id in ids]
    said = promise.Sent(
        at=told.get("at", ""),
        signed_in=here.viewer is not None,
        child=here.child,
        talk_with=told.get("talk_with", ""),
        contact=told.get("contact", ""),
    )
    return render_template(
        "safeguarding/sent.html",
        to=promise.names(found) if found else "",
        steps=promise.steps(care, found, said),
        lines=promise.lines(care),
        watch=promise.watch(care),
        name=here.name,
        child=here.child,
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
        older=url_for(".mine", before=older.hex) if older else None,
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
    found, to = _readers(here, school, told.people, told.item), ""
    try:
        acts.tell_worry(db(), here.viewer, school, told, house.files)
    except IntegrityError:  # pressed twice at once: the other press has sent it, and it is found; else it is sent now
        db().rollback()
        acts.tell_worry(db(), here.viewer, school, told, house.files)
    to = " ".join(one.id.hex for one in found)
    talk_with = next((one.label for one in _talkers(here) if one.value == str(told.talk_with)), "")
    browser["told"] = {
        "school": school.hex,
        "at": now().isoformat(),
        "to": to,
        "talk_with": talk_with,
        "contact": told.contact.value,
    }
    return redirect(url_for(".sent"), 303)


def _readers(here: _Here, school: UUID, people: tuple[UUID, ...], item: UUID | None) -> list[Reader]:
    """Who reads a worry that is about these people and this item, by the rule that decides it."""
    named = named_in(db(), here.viewer, school, people)
    found = seen(db(), item) if here.viewer and item else None
    about = [*named, *([found.item.author_id, found.item.pupil_id] if found else [])]
    return readers(db(), school).of(near(db(), school, about))


def _talkers(here: _Here) -> list[SimpleNamespace]:
    """Whom a child can talk to: whoever reads worries, and their own teachers."""
    if here.viewer is None or not here.child:
        return []
    return [
        SimpleNamespace(value=str(one.id), label=one.name, face_url=face_url(one.id, bool(one.face)))
        for one in to_talk_to(db(), here.viewer)
    ]


def _form(here: _Here, draft: Draft, refusal: Refusal | None = None) -> str:
    care = care_of(db(), here.school) if here.school else None
    problems = shown.problems(refusal)
    found = care.readers.of(Near()) if care else []
    mind = SimpleNamespace(value="", label=_("I do not mind"), icon="hand-waving", tone="leaf")
    return render_template(
        "safeguarding/worried.html" if here.child or here.viewer is None else "safeguarding/worried_adult.html",
        draft=draft,
        about=_about(here, draft.item),
        signed_in=here.viewer is not None,
        needs_code=here.school is None,
        care=care,
        watch=promise.watch(care) if care else None,
        cover=promise.cover(care, found) if care else "",
        to=promise.names(found),
        readers=promise.readers(found, here.viewer is not None),
        people=_people(here, draft, found),
        talkers=[*_talkers(here), mind],
        contacts=shown.contacts(),
        lines=promise.lines(care),
        options=shown.worry_options(),
        answered=reading.new_answer(db(), here.viewer) if here.viewer else None,
        problems=problems,
        wrong={one.field: one.say for one in problems if one.field},
    )


def _people(here: _Here, draft: Draft, found: list[Reader]) -> SimpleNamespace:
    """Whom the teller can name; on the street those who read worries, for their names stand on the page."""
    if here.viewer is None:
        rows = [SimpleNamespace(id=one.id, name=one.name, face_url=None, rel="") for one in found]
        return SimpleNamespace(groups=[("", rows)] if rows else [], many=False, chosen=set(draft.people), found=True)
    choice = to_name(db(), here.viewer, draft.find, draft.people)
    return SimpleNamespace(
        groups=shown.named_groups(choice.people),
        many=choice.many,
        chosen=set(draft.people),
        found=bool(choice.people) or not draft.find.strip(),
    )


def _check(here: _Here, draft: Draft, school: UUID) -> str:
    care: Care = care_of(db(), school)
    found = _readers(here, school, draft.people, draft.item)
    return render_template(
        "safeguarding/check.html",
        draft=draft,
        words=read_worry(draft).words.split("\n"),
        about=_about(here, draft.item),
        named=_named(here, school, draft.people),
        people=None if here.viewer else _people(here, draft, care.readers.of(Near())),
        picks=shown.pick_labels(draft.picks),
        to=promise.names(found) if found else "",
        care=care,
        watch=promise.watch(care),
        cover=promise.cover(care, found),
        readers=promise.readers(found, here.viewer is not None),
        lines=promise.lines(care),
        teller=here.name or draft.name or _("Somebody who did not say their name"),
    )


def _named(here: _Here, school: UUID, people: tuple[UUID, ...]) -> list[str]:
    """Whom it is about, by the names that the teller knows them under."""
    if here.viewer is None:
        known = set(named_in(db(), None, school, people))
        return [one.name for one in readers(db(), school).there if one.id in known]
    return list(dict.fromkeys(shown.known_as(one) for one in may_name(db(), here.viewer, people)))


def _about(here: _Here, item: UUID | None) -> object | None:
    """What it is about, in short, as far as whoever tells sees it. This is no look that anybody is shown."""
    found = seen(db(), item) if here.viewer and item else None
    return shown.about(found, first_photo(db(), found.revision.id)) if found else None
