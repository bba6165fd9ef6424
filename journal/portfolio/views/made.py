"""A portfolio that somebody ordered: how far it has come, taking it home, having it made anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, flash, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from journal.doors import SIGNED_IN, db, open_to, viewer
from journal.errors import say
from journal.pages import face_url, wants_fragment
from journal.portfolio import acts, choosing, reading, taking
from journal.portfolio.scope import read
from journal.portfolio.views import said
from journal.portfolio.views.blueprint import Answer, Way, front_of, go, house
from journal.portfolio.views.state import Made, mades
from journal.portfolio.views.state import made as as_made
from journal.portfolio.views.words import Line, outside_lines, scope_words
from journal.refusals import Refusal, Unseen
from journal.saying import gettext as _
from journal.words import ExportState


@dataclass(frozen=True, slots=True)
class MadePage:
    """What stands around it."""

    title: str
    what: str
    steps: Sequence[str]
    back: Way
    cover: said.Cover
    outside: Sequence[Line]
    each: Sequence[Made]
    how: Sequence[str]


def register(blueprint: Blueprint) -> None:
    """Add these pages to the room's."""
    for rule, view, methods in (
        ("/portfolio/made/<uuid:export>", made, ["GET"]),
        ("/portfolio/made/<uuid:export>/file", file, ["GET"]),
        ("/portfolio/made/<uuid:export>/anew", anew, ["POST"]),
    ):
        blueprint.add_url_rule(rule, view_func=open_to(*SIGNED_IN)(view), methods=methods)


def made(export: UUID) -> str:
    """How far it has come. A script asks for the piece of the page that says so."""
    found = reading.export(db(), viewer(), export)
    shown = as_made(found)
    if wants_fragment():
        return render_template("portfolio/piece.html", made=shown)
    one = found.export
    whole = one.group_id is not None and one.pupil_id is None
    each = mades(reading.of_class(db(), viewer(), one.id)) if whole else []
    page = MadePage(
        title=shown.title,
        what=scope_words(read(one.scope), one.stand),
        steps=said.steps(),
        back=_back(found),
        cover=said.cover_called(shown.title, found.about, _pupil(one.pupil_id)),
        outside=outside_lines(one.left_out, one.stand, "" if whole else found.about),
        each=each,
        how=said.how_to_open(),
    )
    return render_template("portfolio/made.html", page=page, made=shown)


def _back(found: reading.Ordered) -> Way:
    """Where one comes from: for one pupil's out of a class, the class's."""
    one = found.export
    if one.batch_id is None:
        return front_of(one.stand)
    return Way(url_for("portfolio.made", export=one.batch_id), str(_("The whole class")))


def _pupil(pupil: UUID | None) -> str | None:
    """The address of the face on the cover."""
    one = choosing.members(db(), [pupil]).get(pupil) if pupil else None
    return face_url(one.id, bool(one.face)) if one else None


def file(export: UUID) -> Answer:
    """The file, after everything in it was judged again. Where something changed it is made anew, and that is said."""
    if request.environ["REQUEST_METHOD"] == "HEAD":
        return _head(export)
    try:
        handed = taking.fetch(db(), viewer(), house(), export)
    except Refusal as refusal:
        # A class of which somebody left, and that cannot be ordered anew as it was.
        db().rollback()
        flash(say(refusal), "sun")
        return go("portfolio.made", export=export)
    if handed.path is None:
        flash(
            _("Something in it changed since it was made. So it is being made anew. Wait a little, then take it home."),
            "sun",
        )
        return go("portfolio.made", export=handed.export)
    what = handed.opened() if handed.part else handed.path
    answer = send_file(
        what, "application/zip", as_attachment=True, download_name=handed.name, conditional=False, etag=False
    )
    answer.content_length = handed.length
    return _unkept(answer)


def _head(export: UUID) -> Response:
    """Whether there is a file, to who only asks: nothing is taken home, so nothing is noted."""
    found = reading.export(db(), viewer(), export)
    if as_made(found).state != ExportState.READY:
        raise Unseen
    return _unkept(Response(mimetype="application/zip"))


def _unkept(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    for name in ("Expires", "Last-Modified"):
        answer.headers.pop(name, None)
    return answer


def anew(export: UUID) -> Answer:
    """Have it made again, from what there is now."""
    try:
        found = acts.make_again(db(), viewer(), house(), export)
    except Refusal as refusal:
        db().rollback()
        flash(say(refusal), "sun")
        return go("portfolio.made", export=export)
    return go("portfolio.made", export=found.id)
