"""The page on which the head and the leads say when worries are read, who covers, and where there is help."""

from datetime import time
from types import SimpleNamespace

from flask import flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from journal.doors import db, open_to, viewer
from journal.errors import say
from journal.pages import locale
from journal.refusals import Reason, Refusal
from journal.safeguarding.forms import read_id, read_long
from journal.safeguarding.hours import read_clock, read_closed
from journal.safeguarding.reading import care_of
from journal.safeguarding.times import TimesInput, set_times, staff_to_name
from journal.safeguarding.views.blueprint import blueprint
from journal.safeguarding.views.promise import weekdays
from journal.saying import gettext as _
from journal.text import NOTE
from journal.words import Role


@blueprint.route("/concerns/times", methods=["GET", "POST"])
@open_to(Role.HEAD, Role.LEAD)
def times() -> str | Response | tuple[str, int]:
    """When worries are read."""
    refusal = None
    if request.method == "POST":
        try:
            set_times(db(), viewer(), _read(request.form))
            flash(_("It is written down. Everybody sees it from now on."))
            return redirect(url_for(".concerns"), 303)
        except Refusal as problem:
            db().rollback()
            refusal = problem
    school = care_of(db(), viewer().school).readers.school
    kept = {
        "opens": school.worry_opens,
        "shuts": school.worry_shuts,
        "by": school.worry_by,
        "closed": school.school_closed,
        "words": school.worries_read,
        "help_lines": school.help_lines,
        "second": str(school.second_lead_id or ""),
    }
    nobody = [SimpleNamespace(value="", label=_("Nobody"))]
    page = render_template(
        "safeguarding/times.html",
        typed=request.form if refusal else kept,
        days=[
            SimpleNamespace(value=str(number), label=label, on=str(number) in _chosen_days(school.worry_days, refusal))
            for number, label in weekdays(locale())
        ],
        staff=[*nobody, *(SimpleNamespace(value=str(one.id), label=one.name) for one in staff_to_name(db()))],
        names_second=viewer().role is Role.HEAD,
        problem=say(refusal) if refusal else "",
        field=refusal.field if refusal else "",
    )
    return page if refusal is None else (page, 400)


def _chosen_days(kept: str, refusal: Refusal | None) -> str:
    return "".join(request.form.getlist("day")) if refusal else kept


def _read(form: MultiDict[str, str]) -> TimesInput:
    closed = read_long(form, "closed", NOTE)
    if None in list(read_closed(closed)):
        raise Refusal(Reason.NOT_A_DAY, "closed")
    days = "".join(sorted({one for one in form.getlist("day") if one in "1234567" and len(one) == 1}))
    if not days:
        raise Refusal(Reason.NOTHING_CHOSEN, "day-1")
    return TimesInput(
        days=days,
        opens=_clock(form, "opens"),
        shuts=_clock(form, "shuts"),
        by=_clock(form, "by"),
        closed=closed,
        words=read_long(form, "words", NOTE),
        help_lines=read_long(form, "help_lines", NOTE),
        second=read_id(form.get("second")),
    )


def _clock(form: MultiDict[str, str], name: str) -> time:
    found = read_clock(form.get(name, ""))
    if found is None:
        raise Refusal(Reason.NOT_A_TIME, name)
    return found
