"""The page on which the head and the leads say when worries are read, who covers, and where there is help."""

from datetime import time
from types import SimpleNamespace

from flask import flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from journal.doors import db, open_to, viewer
from journal.errors import say
from journal.hours import read_time
from journal.refusals import Reason, Refusal
from journal.safeguarding.forms import read_id, read_long
from journal.safeguarding.reading import care_of
from journal.safeguarding.times import TimesInput, set_times, staff_to_name
from journal.safeguarding.views.blueprint import blueprint
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
        "words": school.worries_read,
        "help_lines": school.help_lines,
        "second": str(school.second_lead_id or ""),
    }
    nobody = [SimpleNamespace(value="", label=_("Nobody"))]
    page = render_template(
        "safeguarding/times.html",
        typed=request.form if refusal else kept,
        staff=[*nobody, *(SimpleNamespace(value=str(one.id), label=one.name) for one in staff_to_name(db()))],
        names_second=viewer().role is Role.HEAD,
        problem=say(refusal) if refusal else "",
        field=refusal.field if refusal else "",
    )
    return page if refusal is None else (page, 400)


def _read(form: MultiDict[str, str]) -> TimesInput:
    return TimesInput(
        opens=_clock(form, "opens"),
        shuts=_clock(form, "shuts"),
        by=_clock(form, "by"),
        words=read_long(form, "words", NOTE),
        help_lines=read_long(form, "help_lines", NOTE),
        second=read_id(form.get("second")),
    )


def _clock(form: MultiDict[str, str], name: str) -> time:
    found = read_time(form.get(name, ""))
    if found is None:
        raise Refusal(Reason.NOT_A_TIME, name)
    return found
