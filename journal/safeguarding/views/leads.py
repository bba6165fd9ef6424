"""The list of worries, one as a case, and the pictures kept with it: for those who read them."""

from dataclasses import asdict
from uuid import UUID

from flask import Response as FlaskResponse
from flask import current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from journal.doors import db, open_to, viewer
from journal.errors import say
from journal.house import House
from journal.refusals import Reason, Refusal, Unseen
from journal.safeguarding import acts, listing, reading
from journal.safeguarding.caseload import main_of
from journal.safeguarding.forms import read_narrow
from journal.safeguarding.listing import Narrow, read_mark
from journal.safeguarding.reading import care_of
from journal.safeguarding.sealing import look_at_seal
from journal.safeguarding.shapes import Case
from journal.safeguarding.views import cases, course, doing, kept, lists
from journal.safeguarding.views.blueprint import blueprint
from journal.words import STAFF, Role

READERS = tuple(sorted(STAFF))
"""Any of the staff may be the second lead; to those who read no worries these pages are not there."""


@blueprint.route("/concerns", methods=["GET"])
@open_to(*READERS)
def concerns() -> str:
    """The worries that the viewer reads, narrowed and in order."""
    me = viewer()
    care = care_of(db(), me.school)
    mine = next((one for one in care.readers.there if one.id == me.membership), None)
    if mine is None:
        raise Unseen
    narrow = read_narrow(request.args)
    found, older = listing.listed(db(), narrow, read_mark(request.args.get("before")))
    late = listing.unread_late(db(), care.hours)
    here = {name: value for name, value in asdict(narrow).items() if value and value != getattr(Narrow(), name)}
    return render_template(
        "safeguarding/concerns.html",
        cases=[lists.case(one, care.hours) for one in found],
        heading=lists.heading(found, care.hours),
        tabs=lists.tabs(narrow, here),
        selects=lists.selects(narrow, listing.open_groups(db())),
        tab=narrow.tab.value,
        opens=me.role in (Role.LEAD, Role.HEAD),
        narrowed=bool(here.keys() - {"tab", "order"}),
        late=lists.late_words(late, mine.second) if late else "",
        away=lists.away(care),
        names_second=me.role is Role.HEAD or mine.role is Role.LEAD,
        older=url_for(".concerns", before=str(older), **here) if older else None,
        newest=url_for(".concerns", **here) if request.args.get("before") else None,
    )


@blueprint.route("/concerns/<uuid:concern>", methods=["GET", "POST"])
@open_to(*READERS)
def concern(concern: UUID) -> str | Response | tuple[str, int]:
    """One worry as a case: what was told, as it was, its course, and what is to be done; doing something about it."""
    if request.method == "POST":
        return _do(main_of(db(), concern))
    found = acts.read_worry(db(), viewer(), concern)
    if found.case.joined_to_id is not None:
        return redirect(url_for(".concern", concern=found.case.joined_to_id))
    return _page(found, None)


def _do(main: UUID) -> Response | tuple[str, int]:
    """Do what was asked; where that cannot be, give the page again with what was typed."""
    try:
        done = doing.do(db(), viewer(), main, request.form)
        db().flush()
    except Refusal as refusal:
        db().rollback()
        code = 409 if refusal.reason in (Reason.DECIDED_ALREADY, Reason.NOT_NOW) else 400
        return _page(acts.read_worry(db(), viewer(), main), refusal), code
    flash(done)
    still = reading.may_read(db(), main)
    return redirect(url_for(".concern", concern=main) if still else url_for(".concerns"), 303)


def _page(found: Case, refusal: Refusal | None) -> str:
    house: House = current_app.config["HOUSE"]
    pictures = [one for one in found.pictures if one.concern_id == found.concern.id]
    return render_template(
        "safeguarding/concern.html",
        case=cases.head(found),
        told=kept.tellings(found, look_at_seal(found.concern, pictures, house.files)),
        course=course.lines(found),
        steps=cases.steps(found),
        holds=cases.holds(found),
        alike=cases.alike(found),
        choices=cases.choices(found, viewer()),
        typed=request.form,
        problem=say(refusal) if refusal else "",
        field=refusal.field if refusal else "",
    )


@blueprint.route("/concerns/<uuid:concern>/pictures/<uuid:picture>", methods=["GET"])
@open_to(*READERS)
def picture(concern: UUID, picture: UUID) -> Response:
    """A picture as it was kept."""
    copy = reading.picture(db(), concern, picture)
    house: House = current_app.config["HOUSE"]
    try:
        body = house.files.path(copy.file).read_bytes()
    except FileNotFoundError:
        raise Unseen from None
    answer = FlaskResponse(body, mimetype="image/jpeg")
    answer.set_etag(copy.sha256)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Content-Disposition"] = 'inline; filename="photo.jpg"'
    return answer.make_conditional(request)
