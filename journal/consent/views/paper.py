"""What came on paper, for many children at once."""

from types import SimpleNamespace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from journal.consent import acts, reading
from journal.consent.forms import ON_PAPER, SOMEBODY, read_number, read_paper
from journal.consent.views.office import OFFICE, chosen
from journal.consent.views.shown import said_words
from journal.doors import db, open_to, viewer
from journal.errors import say
from journal.pages import face_url
from journal.refusals import Reason, Refusal, Unseen
from journal.saying import gettext as _
from journal.wordings import NEWEST, WORDINGS, asked, name_of
from journal.words import Purpose

AT_ONCE = 40
"""Children on a page: all fields of the form have to come through at once."""


def register(blueprint: Blueprint) -> None:
    """Add this page to the room's."""
    blueprint.add_url_rule("/people/consent/paper", view_func=open_to(*OFFICE)(paper), methods=["GET", "POST"])


def paper() -> str | Response | tuple[str, int]:
    """Write down what came on paper: a day and a version of the words for all, a line for each child."""
    group = chosen(reading.groups(db()))
    if group is None:
        raise Unseen
    everybody = reading.matrix(db(), viewer(), group.id)
    page = _page_number(len(everybody))
    people = everybody[page * AT_ONCE : (page + 1) * AT_ONCE]
    problems: list[SimpleNamespace] = []
    if request.method == "POST":
        try:
            problems = _take(people)
        except Refusal as refusal:
            db().rollback()
            problems = [SimpleNamespace(field=refusal.field, say=say(refusal))]
        if not problems:
            return redirect(url_for(".paper", group=group.id, page=page or None), 303)
    pages = (len(everybody) - 1) // AT_ONCE
    shown = render_template(
        "consent/paper.html",
        group=group,
        page=page,
        further=url_for(".paper", group=group.id, page=page + 1) if page < pages else None,
        typed=request.form,
        problems=problems,
        wrong={one.field: one.say for one in problems},
        rows=[_row(one) for one in people],
        purposes=[SimpleNamespace(value=one.value, name=name_of(one), asked=asked(one)) for one in Purpose],
        answers=[SimpleNamespace(value="", label="–"), *(_option(one.value, said_words(one)) for one in ON_PAPER)],
        versions=[_option(str(one), _("Version %(num)s", num=one)) for one in sorted(WORDINGS, reverse=True)],
        newest=NEWEST,
    )
    return shown if not problems else (shown, 400)


def _page_number(many: int) -> int:
    try:
        found = read_number(request.values.get("page") or "0", "page")
    except Refusal:
        found = 0
    return found if found * AT_ONCE < many else 0


def _take(people: list[reading.Row]) -> list[SimpleNamespace]:
    """Keep all of it, or nothing, and return what is wrong, by the child's name."""
    found = read_paper(request.form, people)
    if found.wrong:
        names = {one.id: one.name for one in people}
        return [
            SimpleNamespace(field=f"who-{pupil}", say=_wrong(names[pupil], field))
            for pupil, field in found.wrong.items()
        ]
    if not found.rows and not found.born:
        raise Refusal(Reason.NOTHING_CHOSEN)
    new = acts.enter_paper(db(), viewer(), found.rows)
    acts.set_birthdays(db(), viewer(), found.born)
    flash(ngettext("Kept: %(num)s new answer.", "Kept: %(num)s new answers.", new))
    return []


def _wrong(name: str, field: str) -> str:
    if field == "born":
        return str(_("%(name)s: we do not know that birthday. Write it like this: 2015-09-30.", name=name))
    if field == "who":
        return str(_("%(name)s: choose who said it, or write their name.", name=name))
    if field == "name":
        return str(_("%(name)s: that name is too long.", name=name))
    return str(_("%(name)s: we did not understand that answer.", name=name))


def _option(value: str, label: str) -> SimpleNamespace:
    return SimpleNamespace(value=value, label=label)


def _row(one: reading.Row) -> SimpleNamespace:
    who = [_option(str(carer), known_as) for carer, known_as in one.carers]
    return SimpleNamespace(
        id=str(one.id),
        name=one.name,
        face_url=face_url(one.id, one.face),
        who=[*who, _option(SOMEBODY, _("Somebody else"))],
        born=one.born,
    )
