"""The office's table of a class: names and answers, and nothing that anybody wrote."""

import csv
import io
from types import SimpleNamespace

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from journal.consent import acts, reading
from journal.consent.forms import read_id, read_number
from journal.consent.views.shown import columns, day, holds
from journal.doors import db, open_to, viewer
from journal.errors import say
from journal.pages import face_url
from journal.records import Group
from journal.refusals import Refusal, Unseen
from journal.saying import gettext as _
from journal.trail import sight
from journal.words import Answer, Purpose, Role

OFFICE = (Role.OFFICE, Role.HEAD)
FIRST = "=+-@\t\r"
"""What a table program would take for the beginning of a sum."""


def register(blueprint: Blueprint) -> None:
    """Add these pages to the room's."""
    blueprint.add_url_rule("/people/consent", view_func=open_to(*OFFICE)(table), methods=["GET", "POST"])
    blueprint.add_url_rule("/people/consent.csv", view_func=open_to(*OFFICE)(download), methods=["GET"])


def table() -> str | AnyResponse | tuple[str, int]:
    """What each family of a class said; and from which age on a pupil's own word counts."""
    refusal = None
    if request.method == "POST":
        try:
            acts.set_own_say_age(db(), viewer(), read_number(request.form.get("age"), "age"))
            flash(_("Kept."))
            return redirect(url_for(".table", group=request.form.get("group") or None), 303)
        except Refusal as problem:
            db().rollback()
            refusal = problem
    groups = reading.groups(db())
    group = chosen(groups)
    only = request.args.get("only", "")
    rows = [one for one in reading.matrix(db(), viewer(), group.id) if _wanted(one, only)] if group else []
    page = render_template(
        "consent/table.html",
        filters=[_link(one, one == group) for one in groups],
        narrow=_narrow(group, only) if group else [],
        group=group,
        columns=columns(),
        rows=[_row(one) for one in rows],
        missing=sum(1 for one in rows if None in one.holds.values()),
        age=request.form.get("age") or acts.own_say_age(db(), viewer()),
        problem=say(refusal) if refusal else "",
    )
    return page if refusal is None else (page, 400)


def _narrow(group: Group, only: str) -> list[SimpleNamespace]:
    choices = {"": _("Everybody"), "open": _("No answer yet"), "no": _("No"), "ask": _("Ask each time")}
    return [
        SimpleNamespace(url=url_for(".table", group=group.id, only=one or None), label=label, current=only == one)
        for one, label in choices.items()
    ]


def chosen(groups: list[Group]) -> Group | None:
    """Return the group that was asked for, else the first."""
    wanted = read_id(request.values.get("group"))
    return next((one for one in groups if one.id == wanted), groups[0] if groups else None)


def _wanted(row: reading.Row, only: str) -> bool:
    kinds: dict[str, Answer | None] = {"open": None, "no": Answer.NO, "ask": Answer.ASK}
    return only not in kinds or kinds[only] in row.holds.values()


def _link(group: Group, current: bool) -> SimpleNamespace:
    return SimpleNamespace(url=url_for(".table", group=group.id), label=group.name, current=current)


def _row(one: reading.Row) -> SimpleNamespace:
    return SimpleNamespace(
        who=SimpleNamespace(name=one.name, face_url=face_url(one.id, one.face)),
        answers=[holds(one.holds[purpose]) for purpose in Purpose],
        said=[_("%(name)s, %(day)s", name=name, day=day(on)) for name, on in one.said] or [_("Nobody yet")],
    )


def download() -> Response:
    """The table as a file for a table program."""
    groups = reading.groups(db())
    group = chosen(groups)
    if group is None:
        raise Unseen
    sight(db(), viewer(), "take_consents", group.id)
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow([_("Pupil"), *columns(), _("Said by")])
    for one in reading.matrix(db(), viewer(), group.id):
        said = "; ".join(f"{name}, {on.isoformat()}" for name, on in one.said)
        answers = [holds(one.holds[purpose]).words for purpose in Purpose]
        lines.writerow([_plain(cell) for cell in (one.name, *answers, said)])
    answer = Response("\ufeff" + out.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="consent.csv"'
    return answer


def _plain(cell: str) -> str:
    return f"'{cell}" if cell[:1] in FIRST and cell else cell
