"""The page of pausing: what should stop, who will notice, and what is paused now."""

from types import SimpleNamespace
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from flask_babel import ngettext
from werkzeug.wrappers import Response

from journal.clock import now
from journal.doors import db, open_to, viewer
from journal.errors import say
from journal.languages import listed
from journal.names import Placed, placed
from journal.pages import face_url, locale, zone
from journal.pausing import acts, reading
from journal.pausing.forms import Asked, Until, end_of, read_asked, read_pause
from journal.pausing.reading import Noticers, PauseLine
from journal.refusals import Reason, Refusal
from journal.restbar import child_words, grown_words, until_words
from journal.roles import place_words
from journal.saying import gettext as _
from journal.site import url_for
from journal.words import PauseKind, Role

blueprint = Blueprint("pausing", __name__)
MAY = (Role.HEAD, Role.LEAD)


@blueprint.route("/pause", methods=["GET", "POST"])
@open_to(*MAY)
def page() -> str | Response | tuple[str, int]:
    """Pause something. Who will notice is shown for just what is chosen before it begins."""
    asked = read_asked(request.form)
    if request.method == "GET" or request.form.get("do") != "pause":
        return _page(asked)
    try:
        wanted = read_pause(request.form, asked, now(), zone())
        if request.form.get("seen") != asked.key:
            return _page(asked, look_first=True)
        acts.pause(db(), viewer(), wanted)
    except Refusal as refusal:
        db().rollback()
        return _page(asked, refusal), 409 if refusal.reason is Reason.PAUSED_ALREADY else 400
    flash(_("It is paused. Everything that is there stays."))
    return redirect(url_for("pausing.page"), 303)


@blueprint.route("/pause/<uuid:pause>/off", methods=["POST"])
@open_to(*MAY)
def off(pause: UUID) -> Response | tuple[str, int]:
    """Take a pause off."""
    try:
        acts.take_off(db(), viewer(), pause)
    except Refusal as refusal:
        db().rollback()
        flash(say(refusal), "sun")
        return redirect(url_for("pausing.page"), 303)
    flash(_("The pause is off. Everything goes on."))
    return redirect(url_for("pausing.page"), 303)


def _page(asked: Asked, refusal: Refusal | None = None, look_first: bool = False) -> str:
    groups = reading.classes(db())
    named = {one.id: one.name for one in groups}
    chosen = reading.member(db(), asked.member) if asked.member else None
    found, more = reading.people(db(), asked.find) if asked.find.strip() else ([], False)
    people = {one.id: one for one in [*([chosen] if chosen else []), *found]}
    name = named.get(asked.group, "") if asked.group else ""
    until = end_of(asked.until, now(), zone())
    return render_template(
        "pausing/pause.html",
        asked=asked,
        kinds=_kinds(),
        places=[SimpleNamespace(value="", label=_("All classes"))]
        + [SimpleNamespace(value=str(one.id), label=one.name) for one in groups],
        untils=_untils(),
        people=[_person(one) for one in placed(db(), people.values())],
        more=more,
        notices=_notices(asked, chosen.name if chosen else "", _noticers(asked)),
        ours=(child_words(asked.kind, name, until), grown_words(asked.kind, name, until)),
        rows=[_row(one) for one in reading.paused_now(db())],
        typed=request.form if request.method == "POST" else {},
        look_first=look_first,
        problem=say(refusal) if refusal else "",
        field=refusal.field if refusal else "",
    )


def _person(one: Placed) -> SimpleNamespace:
    who = one.who
    face = face_url(who.id, bool(who.face))
    return SimpleNamespace(value=str(who.id), label=who.name, hint=place_words(one), name=who.name, face_url=face)


def _kinds() -> list[SimpleNamespace]:
    words = (
        (PauseKind.COMMENTS, "chat-slash", _("Comments"), _("Nobody can write back")),
        (PauseKind.PERSON, "user-circle-dashed", _("One person"), _("They can read, not add")),
        (PauseKind.GROUP, "users-three", _("A class"), _("Nothing new in it or to it")),
        (
            PauseKind.EVERYTHING,
            "moon-stars",
            _("Everything"),
            _("Reading too. Only the three things on this page go on"),
        ),
    )
    return [SimpleNamespace(value=one.value, icon=icon, label=label, hint=hint) for one, icon, label, hint in words]


def _untils() -> list[SimpleNamespace]:
    words = {
        Until.TOMORROW: _("Tomorrow morning"),
        Until.MONDAY: _("Monday morning"),
        Until.OFF: _("Somebody takes it off"),
    }
    return [SimpleNamespace(value=one.value, label=label) for one, label in words.items()]


def _noticers(asked: Asked) -> Noticers:
    if asked.kind is PauseKind.PERSON:
        one = reading.member(db(), asked.member) if asked.member else None
        return reading.counts_as(one) if one else Noticers()
    return reading.noticers(db(), viewer().school, asked.group)


def _notices(asked: Asked, person: str, found: Noticers) -> list[str]:
    if asked.kind is PauseKind.PERSON:
        return [str(_("%(name)s, and nobody else", name=person))] if person else []
    said = [
        str(ngettext("%(num)s child", "%(num)s children", found.children)),
        str(ngettext("%(num)s family member", "%(num)s family members", found.families)),
    ]
    return [*said, listed(found.staff, locale())] if found.staff else said


def _row(line: PauseLine) -> SimpleNamespace:
    labels = {one.value: one.label for one in _kinds()}
    what = line.person or labels[line.pause.kind.value]
    where = line.group or (str(_("All classes")) if line.pause.kind is not PauseKind.PERSON else "")
    return SimpleNamespace(
        id=line.pause.id,
        what=f"{what}, {where}" if where else what,
        until=until_words(line.pause.until),
        by=line.by,
        reason=line.pause.reason,
    )
