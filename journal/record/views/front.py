"""The record for those who read it: narrowed, a page at a time, and as a file. Both are on it."""

import csv
from collections.abc import Iterator
from io import StringIO
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from flask import Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from journal.doors import db, open_to, viewer
from journal.errors import say
from journal.net import for_viewer
from journal.pages import zone
from journal.reasons import GatedSession
from journal.record import acts, reading
from journal.record.forms import Asked, read_asked, read_id, read_years
from journal.record.views import shown
from journal.record.views.blueprint import blueprint
from journal.refusals import Refusal
from journal.saying import gettext as _
from journal.words import Role

READERS = (Role.LEAD, Role.HEAD)


@blueprint.route("/record", methods=["GET"])
@open_to(*READERS)
def front() -> str:
    """A page of the record."""
    asked = read_asked(request.args)
    after = read_id(request.args.get("before"))
    if after is None:
        acts.read(db(), viewer(), asked.narrow)
    return _page(asked)


def _page(asked: Asked, refusal: Refusal | None = None) -> str:
    narrow, after = asked.narrow, read_id(request.args.get("before"))
    people = reading.pupils_like(db(), asked.pupil) if asked.pupil and narrow.about is None else []
    people = [one for one in people if one.name.lower() == asked.pupil.lower()] or people
    if len(people) == 1:
        narrow = shown.about(narrow, people[0].id)
    found, more = reading.lines(db(), narrow, zone(), after)
    known = people[0] if len(people) == 1 else None
    chosen = known or (reading.member(db(), narrow.about) if narrow.about else None)
    seal = reading.seal(db(), viewer())
    return render_template(
        "record/front.html",
        rows=[shown.row(one) for one in found],
        narrowed=narrow != reading.Narrow(),
        asked=shown.typed(asked, narrow, chosen),
        which=[SimpleNamespace(name=one.name, url=shown.address(shown.about(narrow, one.id))) for one in people]
        if len(people) > 1
        else [],
        nobody=bool(asked.pupil) and narrow.about is None and not people,
        staff=shown.options(_("Anyone"), ((str(one.id), one.name) for one in reading.staff(db()))),
        kinds=shown.kinds(),
        chosen=SimpleNamespace(name=chosen.name, url=shown.address(shown.about(narrow, None))) if chosen else None,
        fields=shown.fields(narrow),
        seal=shown.seal(seal),
        years=request.form.get("years", str(seal.years)),
        sets_years=viewer().role is Role.HEAD,
        problem=say(refusal) if refusal else "",
        wrong_day=asked.wrong,
        older=shown.address(narrow, more) if more else None,
        newest=shown.address(narrow) if after else None,
    )


@blueprint.route("/record/check", methods=["POST"])
@open_to(*READERS)
def check() -> AnyResponse:
    """Have the chain checked now."""
    acts.have_checked(db(), viewer())
    flash(_("The record is being checked. In a while this page says what was found."))
    return redirect(url_for(".front"), 303)


@blueprint.route("/record/years", methods=["POST"])
@open_to(Role.HEAD)
def years() -> AnyResponse | tuple[str, int]:
    """Say how long the record is kept."""
    try:
        acts.set_years(db(), viewer(), read_years(request.form.get("years", "").strip()))
    except Refusal as problem:
        db().rollback()
        return _page(Asked(reading.Narrow()), problem), 400
    flash(_("It is written down."))
    return redirect(url_for(".front"), 303)


@blueprint.route("/record/file", methods=["POST"])
@open_to(*READERS)
def file() -> Response:
    """The lines that are like what was chosen, as CSV; they leave as they are read."""
    narrow = read_asked(request.form).narrow
    acts.take_along(db(), viewer(), narrow)
    db().commit()
    here = zone()
    rows = _csv(for_viewer(db(), viewer()), narrow, here)
    answer = Response(rows, mimetype="text/csv")
    answer.headers["Content-Disposition"] = "attachment; filename=record.csv"
    answer.headers["Cache-Control"] = "no-store"
    return answer


COLUMNS = ("number", "when_utc", "from", "who", "who_id", "act", "about", "about_id", "subject_id", "details", "hash")


def _csv(eyes: GatedSession, narrow: reading.Narrow, here: ZoneInfo) -> Iterator[str]:
    with eyes:
        yield _row(COLUMNS)
        for one in reading.all_lines(eyes, narrow, here):
            line = one.line
            yield _row(
                (
                    str(one.number or ""),
                    line.created_at.isoformat(timespec="microseconds"),
                    line.place,
                    one.doer.name if one.doer else "",
                    str(line.membership_id or ""),
                    line.act,
                    one.about,
                    str(line.about_id or ""),
                    str(line.subject_id or ""),
                    shown.details(line.details),
                    one.hash or "",
                )
            )


def _row(cells: tuple[str, ...]) -> str:
    """One line of CSV. A name that begins like a formula is made words, or a table would work it out."""
    out = StringIO()
    csv.writer(out).writerow("'" + one if one[:1] in ("=", "+", "-", "@", "\t", "\r") else one for one in cells)
    return out.getvalue()
