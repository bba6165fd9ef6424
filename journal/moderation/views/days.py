"""On which days there is school: one page for all that is counted in them or promised for them."""

from datetime import date, timedelta
from types import SimpleNamespace

from babel.dates import format_date
from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from journal.doors import db, open_to, viewer
from journal.errors import say
from journal.hours import read_closed
from journal.languages import formats_of, listed
from journal.moderation.staffing import set_school_days
from journal.pages import locale
from journal.records import School
from journal.refusals import Reason, Refusal
from journal.saying import gettext as _
from journal.words import Role

CLOSED = 4000
"""Letters in the list of days without school."""
MONDAY = date(2024, 1, 1)


def register(blueprint: Blueprint) -> None:
    """Add this page to the room's."""
    view = open_to(Role.HEAD, Role.LEAD, Role.OFFICE)(school_days)
    blueprint.add_url_rule("/school-days", "school_days", view, methods=["GET", "POST"])


def school_days() -> str | Response | tuple[str, int]:
    """The days with school, and the holidays."""
    if request.method == "GET":
        return _page()
    try:
        set_school_days(db(), viewer(), *_read(request.form))
    except Refusal as refusal:
        db().rollback()
        return _page(refusal), 400
    flash(_("Kept. It holds from now on."))
    return redirect(url_for(".school_days"), 303)


def _read(form: MultiDict[str, str]) -> tuple[str, str]:
    """Return the days and the lines, each day or first and last day in one way to write it."""
    days = "".join(day for day in "1234567" if day in form.getlist("day"))
    if not days:
        raise Refusal(Reason.NOTHING_CHOSEN, "day-1")
    raw = form.get("closed", "")
    if len(raw) > CLOSED:
        raise Refusal(Reason.TOO_LONG, "closed", CLOSED)
    lines = []
    for span in read_closed(raw):
        if span is None:
            raise Refusal(Reason.NOT_A_DAY, "closed")
        lines.append(" ".join(one.isoformat() for one in span))
    return days, "\n".join(lines)


def _page(refusal: Refusal | None = None) -> str:
    school = db().scalars(select(School).where(School.id == viewer().school)).one()
    on = "".join(request.form.getlist("day")) if refusal else school.school_days
    return render_template(
        "moderation/school_days.html",
        days=[SimpleNamespace(value=value, label=label, on=value in on) for value, label in _weekdays()],
        closed=request.form.get("closed", "") if refusal else school.closed_days,
        problems=[SimpleNamespace(field=refusal.field, say=say(refusal))] if refusal else [],
        wrong={refusal.field: say(refusal)} if refusal else {},
    )


def days_words(school: School) -> str:
    """Return the days of the week with school, by name."""
    return listed((label for value, label in _weekdays() if value in school.school_days), locale())


def _weekdays() -> list[tuple[str, str]]:
    """The days of the week as ISO numbers, with their names."""
    language = formats_of(locale())
    return [(str(day + 1), str(format_date(MONDAY + timedelta(days=day), "EEEE", locale=language))) for day in range(7)]
