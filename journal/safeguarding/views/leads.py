"""The safeguarding leads' list of worries, one worry, and the pictures kept with it."""

from uuid import UUID

from flask import Response as FlaskResponse
from flask import current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from journal.doors import db, open_to, viewer
from journal.errors import say
from journal.house import House
from journal.refusals import Reason, Refusal, Unseen
from journal.safeguarding import acts, reading
from journal.safeguarding.forms import read_answer
from journal.safeguarding.reading import read_place
from journal.safeguarding.views import cases, shown
from journal.safeguarding.views.blueprint import blueprint
from journal.saying import gettext as _
from journal.words import Role


@blueprint.route("/concerns", methods=["GET"])
@open_to(Role.LEAD)
def concerns() -> str:
    """All worries of the school, unread first, then the newest."""
    found, older = reading.concerns(db(), read_place(request.args.get("before")))
    return render_template(
        "safeguarding/concerns.html",
        cases=[cases.case(one) for one in found],
        count=cases.count_words(sum(one.concern.read_at is None for one in found)),
        older=url_for(".concerns", before=str(older)) if older else None,
        newest=url_for(".concerns") if request.args.get("before") else None,
    )


@blueprint.route("/concerns/<uuid:concern>", methods=["GET", "POST"])
@open_to(Role.LEAD)
def concern(concern: UUID) -> str | Response | tuple[str, int]:
    """One worry, with what it is about as it was, and the answer."""
    refusal = None
    if request.method == "POST":
        try:
            acts.answer_worry(db(), viewer(), concern, read_answer(request.form))
            flash(_("Your answer is there for them to read."))
            return redirect(url_for(".concern", concern=concern), 303)
        except Refusal as problem:
            refusal = problem
    acts.read_worry(db(), viewer(), concern)
    db().flush()
    told, pictures = reading.one(db(), concern)
    row = told.concern
    page = render_template(
        "safeguarding/concern.html",
        case=cases.case(told),
        mine=shown.my_worry(told),
        teller=cases.teller(told),
        can_answer=row.by_id is not None and row.answered_at is None,
        known=row.by_id is not None,
        snapped=cases.snapped(row, pictures),
        put_away=row.item_id if reading.still_shown(db(), row) else None,
        typed=request.form.get("answer", ""),
        problem=say(refusal) if refusal else "",
        field=refusal.field if refusal else "",
    )
    if refusal is None:
        return page
    return page, 409 if refusal.reason is Reason.DECIDED_ALREADY else 400


@blueprint.route("/concerns/<uuid:concern>/pictures/<uuid:picture>", methods=["GET"])
@open_to(Role.LEAD)
def picture(concern: UUID, picture: UUID) -> Response:
    """A picture as it was kept."""
    kept = reading.picture(db(), concern, picture)
    house: House = current_app.config["HOUSE"]
    try:
        body = house.files.path(kept.file).read_bytes()
    except FileNotFoundError:
        raise Unseen from None
    answer = FlaskResponse(body, mimetype="image/jpeg")
    answer.set_etag(kept.sha256)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Content-Disposition"] = 'inline; filename="photo.jpg"'
    return answer.make_conditional(request)
