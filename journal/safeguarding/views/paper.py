"""A worry on paper for a meeting, and as a file for the school's own case system. Both are on record."""

from io import BytesIO
from pathlib import Path
from uuid import UUID

from flask import Response as FlaskResponse
from flask import current_app, render_template, send_file

from journal.doors import account, db, open_to, viewer
from journal.house import House
from journal.safeguarding import acts
from journal.safeguarding.caseload import main_of
from journal.safeguarding.file import picture_name, write_file
from journal.safeguarding.sealing import look_at_seal
from journal.safeguarding.shapes import Case
from journal.safeguarding.views import cases, course, kept
from journal.safeguarding.views.blueprint import blueprint
from journal.safeguarding.views.leads import READERS
from journal.safeguarding.views.shown import on_paper
from journal.words import NoteKind


@blueprint.route("/concerns/<uuid:concern>/paper", methods=["GET"])
@open_to(*READERS)
def paper(concern: UUID) -> str:
    """All of a worry on one page, to be printed on A4."""
    found = acts.take_out(db(), viewer(), main_of(db(), concern), NoteKind.PRINTED)
    return render_template("safeguarding/paper.html", **_all_of_it(found))


@blueprint.route("/concerns/<uuid:concern>/file", methods=["POST"])
@open_to(*READERS)
def save(concern: UUID) -> FlaskResponse:
    """All of a worry as a ZIP."""
    house: House = current_app.config["HOUSE"]
    found = acts.take_out(db(), viewer(), main_of(db(), concern), NoteKind.EXPORTED)
    style = Path(current_app.static_folder or "", "css", "components", "paper.css").read_text()
    files = {one.id: picture_name(one) for one in found.pictures}
    page = render_template("safeguarding/file.html", files=files, **_all_of_it(found))
    out = BytesIO()
    known = account()
    write_file(out, found, known.school_name if known else "", page, style, house.files)
    out.seek(0)
    name = f"concern-{cases.reference(found.concern)}.zip"
    answer: FlaskResponse = send_file(out, "application/zip", as_attachment=True, download_name=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _all_of_it(found: Case) -> dict[str, object]:
    house: House = current_app.config["HOUSE"]
    pictures = [one for one in found.pictures if one.concern_id == found.concern.id]
    with on_paper():
        return {
            "case": cases.head(found),
            "told": kept.tellings(found, look_at_seal(found.concern, pictures, house.files)),
            "course": course.lines(found),
            "steps": cases.steps(found),
            "holds": cases.holds(found),
        }
