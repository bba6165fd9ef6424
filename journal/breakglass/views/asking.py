"""Asking to open what was not shared: of whom, why, for how long, and what the child is told."""

from dataclasses import dataclass
from types import SimpleNamespace
from uuid import UUID

from flask import redirect, render_template, request
from flask_babel import ngettext
from werkzeug.wrappers import Response

from journal.breakglass import acts, reading
from journal.breakglass.forms import Asked, read_asked, read_open
from journal.breakglass.views.blueprint import blueprint
from journal.clock import now
from journal.doors import account, db, open_to, viewer
from journal.errors import say
from journal.faces import Face
from journal.names import placed
from journal.pages import face_url, when_within
from journal.records import Membership
from journal.refusals import Reason, Refusal
from journal.roles import place_words
from journal.saying import gettext as _
from journal.site import url_for
from journal.stepup import ask_again, proved_lately
from journal.told import opened_words
from journal.words import Role

ASKED_MINUTES, SENT_MINUTES = 10, 30
"""How long ago a second factor may have been proved when the page is opened, and when it is sent."""


@dataclass(frozen=True, slots=True)
class _About:
    asked: Asked
    pupil: Membership
    title: str


@blueprint.route("/break-glass", methods=["GET", "POST"])
@open_to(Role.LEAD)
def ask() -> str | Response | tuple[str, int]:
    """Ask to open something. Without a pupil or an item it is first said whose."""
    found = _about(read_asked(request.values))
    if found is None:
        return _whose(read_asked(request.values))
    if request.method == "GET":
        return _page(found) if _proved(ASKED_MINUTES) else ask_again()
    try:
        if not _proved(SENT_MINUTES):
            raise Refusal(Reason.PROVE_AGAIN)
        grant = acts.open_it(db(), viewer(), read_open(request.form, found.asked, found.pupil.id))
    except Refusal as refusal:
        db().rollback()
        return _page(found, refusal), 400
    return redirect(url_for("breakglass.look", grant=grant.id), 303)


def _proved(minutes: int) -> bool:
    here = account()
    return here is not None and proved_lately(db(), here, minutes)


def _about(asked: Asked) -> _About | None:
    """Whose it is; None where that is still to be said. Raises ``Unseen``."""
    session, who = db(), viewer()
    item, pupil, title = asked.item, asked.pupil, ""
    if asked.concern is not None:
        about = reading.pupils_of(session, asked.concern)
        named, called = reading.item_of(session, asked.concern)
        if item is None and named is not None and reading.is_there(session, named):
            item = named
        title = called if item == named else ""
        if pupil is None and item is None and len(about) == 1:
            pupil = about[0].id
    if item is not None:
        pupil = acts.whose(session, who, item)
    if pupil is None:
        return None
    found = acts.pupil_to_open(session, who, pupil)
    return _About(Asked(item, pupil, asked.concern, ""), found, title)


def _whose(asked: Asked) -> str | tuple[str, int]:
    named = reading.pupils_of(db(), asked.concern) if asked.concern else []
    pupils, more = reading.find_pupils(db(), asked.find) if asked.find.strip() else (named, False)
    rows = [
        SimpleNamespace(
            name=one.who.name,
            face_url=face_url(one.who.id, bool(one.who.face)),
            place=place_words(one),
            url=url_for("breakglass.ask", pupil=one.who.id, concern=asked.concern),
        )
        for one in placed(db(), (one for one in pupils if one.id not in viewer().kin))
    ]
    page = render_template(
        "breakglass/whose.html",
        rows=rows,
        more=more,
        find=asked.find,
        concern=asked.concern,
        looked=bool(asked.find.strip()),
    )
    return page if request.method == "GET" else (page, 400)


def _page(found: _About, refusal: Refusal | None = None) -> str:
    me, here = viewer(), account()
    name = here.name if here else ""
    talk = acts.who_may_talk(db(), me, found.pupil.id)
    item = found.asked.item
    title = found.title or (_("begun %(day)s", day=when_within(reading.begun(db(), item))) if item else "")
    return render_template(
        "breakglass/ask.html",
        asked=found.asked,
        child=found.pupil.name,
        what=_options(found, str(title)),
        minutes=[SimpleNamespace(value=str(one), label=_minutes(one)) for one in acts.MINUTES],
        talks=_talkers(talk, me.membership),
        me=Face(name, face_url(me.membership, here is not None and here.face)),
        opened=opened_words(name, now()),
        typed=request.form if request.method == "POST" else {},
        prove_url=url_for("accounts.second_step", next="/") if refusal and refusal.reason is Reason.PROVE_AGAIN else "",
        problem=say(refusal) if refusal else "",
        field=refusal.field if refusal else "",
        back=url_for("safeguarding.concern", concern=found.asked.concern) if found.asked.concern else "",
    )


def _talkers(found: list[Membership], me: UUID) -> list[SimpleNamespace]:
    named = [SimpleNamespace(value=str(one.id), label=_("I do") if one.id == me else one.name) for one in found]
    return [SimpleNamespace(value="", label=_("Nobody is chosen")), *named]


def _options(found: _About, title: str) -> list[SimpleNamespace]:
    name = found.pupil.name
    every = SimpleNamespace(
        value="all",
        label=_("All of %(name)s’s items", name=name),
        hint=_("Every state, with comments. Ask yourself if one is enough."),
    )
    if found.asked.item is None:
        return [every]
    one = SimpleNamespace(value="item", label=_("One item"), hint=title)
    return [one, every]


def _minutes(minutes: int) -> str:
    if minutes < 60:
        return str(ngettext("%(num)s minute", "%(num)s minutes", minutes))
    return str(ngettext("%(num)s hour", "%(num)s hours", minutes // 60))
