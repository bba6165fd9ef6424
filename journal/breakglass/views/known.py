"""What was opened without being shared: the list, for leads and the head, and all that is known of one."""

from datetime import datetime
from types import SimpleNamespace
from uuid import UUID

from babel.dates import format_date
from flask import flash, redirect, render_template, request
from flask_babel import ngettext
from werkzeug.wrappers import Response

from journal.breakglass import acts, reading
from journal.breakglass.forms import read_day, read_id, read_words
from journal.breakglass.reading import GrantFile, GrantLine, Looked
from journal.breakglass.views.blueprint import blueprint
from journal.clock import now
from journal.doors import db, open_to, viewer
from journal.errors import say
from journal.languages import formats_of
from journal.opened import running
from journal.pages import clock, day_and_time, face_url, locale, zone
from journal.records import Grant
from journal.refusals import Reason, Refusal
from journal.saying import gettext as _
from journal.site import url_for
from journal.text import excerpt
from journal.words import Role


@blueprint.route("/opened", methods=["GET"])
@open_to(Role.LEAD, Role.HEAD)
def opened() -> str:
    """All that was opened without being shared, the newest first; on top what is to be decided."""
    before = read_id(request.args.get("before"))
    found, older = reading.grants(db(), before)
    today = now().astimezone(zone()).date()
    return render_template(
        "breakglass/opened.html",
        rows=[_row(one) for one in found],
        due=[_row(one) for one in reading.to_decide(db(), today)] if before is None else [],
        lead=viewer().leads,
        older=url_for("breakglass.opened", before=older) if older else None,
        newest=url_for("breakglass.opened") if before else None,
    )


@blueprint.route("/opened/<uuid:grant>/record", methods=["GET", "POST"])
@open_to(Role.LEAD, Role.HEAD)
def known_of(grant: UUID) -> str | Response | tuple[str, int]:
    """All that is known of one; deciding again whether the child is told."""
    found = reading.grant_file(db(), grant)
    if request.method == "GET":
        return _page(found)
    try:
        if request.form.get("do") == "tell":
            acts.tell_now(db(), viewer(), grant)
            flash(_("%(name)s is told now.", name=found.line.pupil.name))
        else:
            acts.leave_untold(
                db(), viewer(), grant, read_words(request.form, "untold"), read_day(request.form, "decide_on")
            )
            flash(_("It is written down. You are asked again."))
    except Refusal as refusal:
        db().rollback()
        return _page(found, refusal), 409 if refusal.reason is Reason.DECIDED_ALREADY else 400
    return redirect(url_for("breakglass.known_of", grant=grant), 303)


def _page(found: GrantFile, refusal: Refusal | None = None) -> str:
    grant = found.line.grant
    return render_template(
        "breakglass/known.html",
        row=_row(found.line),
        reason=grant.reason,
        looks=[_looked(one) for one in found.looks],
        talks=found.talks.name if found.talks else "",
        untold=[
            SimpleNamespace(
                words=one.reason,
                meta=_("%(name)s, %(at)s. To be decided again on %(day)s.", name=name, at=_at(one.created_at),
                       day=_day(one.decide_on)),
            )
            for one, name in found.untold
        ],
        concern_url=url_for("safeguarding.concern", concern=grant.concern_id)
        if grant.concern_id and viewer().leads
        else None,
        decides=grant.told_at is None and viewer().leads,
        over=not running(grant, now()) and grant.by_id == viewer().membership,
        typed=request.form if request.method == "POST" else {},
        problem=say(refusal) if refusal else "",
        field=refusal.field if refusal else "",
    )  # fmt: skip


def _looked(one: Looked) -> SimpleNamespace:
    """What was looked at, as it was called then, and when."""
    title = one.title or excerpt(one.words, 60)
    what = title or (_("A picture") if one.there else _("Something that was begun"))
    if one.gone:
        what = _("Something that was deleted since")
    elif one.comment:
        what = _("A comment on “%(title)s”", title=title) if title else _("A comment")
    return SimpleNamespace(what=what, at=f"{_at(one.look.first_at)} – {clock(one.look.last_at)}")


def _row(line: GrantLine) -> SimpleNamespace:
    grant, by, pupil, looked = line
    open_now = running(grant, now())
    mine = open_now and grant.by_id == viewer().membership
    return SimpleNamespace(
        id=grant.id,
        url=url_for("breakglass.known_of", grant=grant.id),
        look_url=url_for("breakglass.look", grant=grant.id) if mine else None,
        name=pupil.name,
        face_url=face_url(pupil.id, bool(pupil.face)),
        what=_("One item") if grant.item_id else _("All items"),
        by=by.name,
        at=_("%(at)s, until %(time)s", at=_at(grant.created_at), time=clock(grant.ended_at or grant.until)),
        open=open_now,
        looked=ngettext("%(num)s thing looked at", "%(num)s things looked at", looked) if looked else _("Unread"),
        told=_told(grant),
        is_told=grant.told_at is not None,
        asked=grant.asked_at is not None,
        decide=_day(grant.decide_on) if grant.told_at is None and grant.decide_on else "",
    )


def _told(grant: Grant) -> str:
    if grant.told_at is None:
        return str(_("Not told"))
    if grant.told_at > now():
        return str(_("Told when it closes"))
    return str(_("Told: %(at)s", at=_at(grant.told_at)))


def _at(moment: datetime) -> str:
    return day_and_time(moment)


def _day(day: object) -> str:
    return str(format_date(day, "EEEE d MMMM", locale=formats_of(locale())))  # type: ignore[arg-type]
