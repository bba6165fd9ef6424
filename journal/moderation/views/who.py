"""Who reads what waits, and until when: a page for the office and the safeguarding lead."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID

from babel.dates import format_date
from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from journal.clock import now
from journal.doors import db, open_to, viewer
from journal.errors import say
from journal.hours import read_time
from journal.languages import formats_of
from journal.moderation.staffing import (
    Covering,
    ReadingInput,
    Staffing,
    add_cover,
    end_cover,
    set_reading,
    set_second,
    staffing_of,
)
from journal.moderation.views.asked import read_id
from journal.moderation.views.days import days_words
from journal.pages import locale, zone
from journal.refusals import Reason, Refusal
from journal.saying import gettext as _
from journal.words import Role

Answer = str | Response | tuple[str, int]

HOURS = (0, 12, 24, 48, 72)
"""After how many hours of school days something goes to a second one."""


def register(blueprint: Blueprint) -> None:
    """Add this page to the room's."""
    view = open_to(Role.OFFICE, Role.LEAD)(who_reads)
    blueprint.add_url_rule("/who-reads", "who_reads", view, methods=["GET", "POST"])


def who_reads() -> Answer:
    """The school's hours, cover teachers, and who reads what waits too long."""
    if request.method == "GET":
        return _page()
    do = {"hours": _hours, "cover": _cover, "end": _end, "second": _second}.get(request.form.get("do", ""))
    try:
        if do is None:
            raise Refusal(Reason.NOT_UNDERSTOOD)
        flash(do(request.form))
    except Refusal as refusal:
        db().rollback()
        return _page(refusal), 400
    return redirect(url_for(".who_reads"), 303)


def _hours(form: MultiDict[str, str]) -> str:
    late = form.get("late_after", "0")
    if late not in {str(one) for one in HOURS}:
        raise Refusal(Reason.NOT_UNDERSTOOD, "late_after")
    before = read_time(form.get("before", ""))
    if form.get("before", "").strip() and before is None:
        raise Refusal(Reason.NOT_A_TIME, "before")
    typed = ReadingInput(
        before=f"{before:%H:%M}" if before else "",
        late_after=int(late),
        family_first=form.get("family_first") == "yes",
    )
    set_reading(db(), viewer(), typed)
    return _("Kept. It holds from now on.")


def _cover(form: MultiDict[str, str]) -> str:
    group, teacher = _chosen(form, "cover_group"), _chosen(form, "cover_teacher")
    first, last = _day(form.get("first", ""), "first"), _day(form.get("last", ""), "last")
    add_cover(db(), viewer(), group, teacher, first, last)
    return _("Kept. It ends by itself after the last day.")


def _end(form: MultiDict[str, str]) -> str:
    end_cover(db(), viewer(), _chosen(form, "cover"))
    return _("Ended. They decide no more for this class.")


def _second(form: MultiDict[str, str]) -> str:
    group = _chosen(form, "group")
    teacher = form.get(f"second-{group}", "")
    set_second(db(), viewer(), group, _id(teacher, "group") if teacher else None)
    return _("Kept.")


def _chosen(form: MultiDict[str, str], field: str) -> UUID:
    return _id(form.get(field, ""), field)


def _id(raw: str, field: str) -> UUID:
    found = read_id(raw)
    if found is None:
        raise Refusal(Reason.NOTHING_CHOSEN, field)
    return found


def _day(raw: str, field: str) -> date:
    try:
        return date.fromisoformat(raw.strip())
    except ValueError:
        raise Refusal(Reason.NOT_A_DAY, field) from None


def _page(refusal: Refusal | None = None) -> str:
    found = staffing_of(db(), viewer())
    form = request.form
    return render_template(
        "moderation/who_reads.html",
        typed=_typed(found, form) if form.get("do") == "hours" else _kept(found),
        hours=[SimpleNamespace(value=str(one), label=_hour_words(one)) for one in HOURS],
        days=days_words(found.school),
        groups=_options(found.groups),
        teachers=_options(found.teachers),
        nobody=SimpleNamespace(value="", label=_("The safeguarding lead")),
        covers=[_covering(one) for one in found.covers],
        seconds=[(str(one), name, str(found.seconds.get(one, ""))) for one, name in found.groups],
        cover={name: form.get(name, "") for name in ("cover_group", "cover_teacher", "first", "last")},
        problems=[SimpleNamespace(field=refusal.field, say=say(refusal))] if refusal else [],
        wrong={refusal.field: say(refusal)} if refusal and refusal.field else {},
    )


def _kept(found: Staffing) -> SimpleNamespace:
    school = found.school
    late, first = str(school.late_after), school.family_checked_first
    return SimpleNamespace(before=school.reads_before, late=late, family_first=first)


def _typed(found: Staffing, form: MultiDict[str, str]) -> SimpleNamespace:
    return SimpleNamespace(
        before=form.get("before", ""),
        late=form.get("late_after", str(found.school.late_after)),
        family_first=form.get("family_first") == "yes",
    )


def _hour_words(hours: int) -> str:
    words = {
        0: _("Never"),
        12: _("Half a school day (12 hours)"),
        24: _("A school day (24 hours)"),
        48: _("Two school days (48 hours)"),
        72: _("Three school days (72 hours)"),
    }
    return str(words[hours])


def _options(rows: object) -> list[SimpleNamespace]:
    return [SimpleNamespace(value=str(one), label=name) for one, name in rows]  # type: ignore[attr-defined]


def _covering(one: Covering) -> SimpleNamespace:
    last = one.ends_at - timedelta(microseconds=1)
    now_on = one.starts_at <= now()
    said = {"teacher": one.teacher, "group": one.group, "first": _date(one.starts_at), "last": _date(last)}
    words = _("%(teacher)s for %(group)s, from %(first)s to %(last)s.", **said)
    return SimpleNamespace(id=one.id, words=words, now=now_on)


def _date(moment: datetime) -> str:
    return str(format_date(moment.astimezone(zone()).date(), "EEEE d MMMM", locale=formats_of(locale())))
