"""Photos and faces: every byte goes through the gate, every time."""

from hashlib import sha256
from typing import BinaryIO, cast
from uuid import UUID

from flask import Blueprint, Response, current_app, render_template, request, session

from journal.accounts.reading import class_kept
from journal.attachments import acts, reading
from journal.clock import now
from journal.doors import ANYBODY, SIGNED_IN, db, open_to, viewer
from journal.doors import account as who_is_here
from journal.errors import say
from journal.house import House
from journal.refusals import Reason, Refusal, Unseen
from journal.saying import gettext as _
from journal.words import PictureState

blueprint = Blueprint("attachments", __name__)


@blueprint.route("/media/<uuid:photo>/<size>", methods=["GET"])
@open_to(*SIGNED_IN)
def photo(photo: UUID, size: str) -> Response:
    """One size of a photo; while it is not made, the biggest smaller one."""
    viewer()
    found = reading.best_rendition(db(), photo, size)
    return _picture(_bytes(found.file), found.sha256)


@blueprint.route("/faces/<uuid:membership>", methods=["GET"])
@open_to(ANYBODY)
def face(membership: UUID) -> Response:
    """Somebody's face: for people of the same school, and for a class that is signing in."""
    here = who_is_here()
    file = reading.face_file(db(), here.viewer if here else None, class_kept(session, now()), membership)
    body = _bytes(file)
    return _picture(body, sha256(body).hexdigest())


@blueprint.route("/photos", methods=["POST"])
@open_to(*SIGNED_IN)
def upload() -> tuple[str | dict[str, str], int]:
    """A photo for something that is not sent yet."""
    actor = viewer()
    sent = request.files.getlist("photo")
    try:
        if len(sent) != 1:
            raise Refusal(Reason.NOT_UNDERSTOOD, "photo")
        taken = acts.take_in_ahead(db(), actor, _house().files, cast(BinaryIO, sent[0].stream))
    except Refusal as refusal:
        return {"message": say(refusal)}, 400
    return _tile(reading.state_of(taken)), 201


@blueprint.route("/photos/<uuid:photo>", methods=["GET"])
@open_to(*SIGNED_IN)
def tile(photo: UUID) -> str:
    """How far one's own photo has come, as its tile."""
    return _tile(reading.own_photo(db(), viewer(), photo))


def _tile(state: reading.PhotoState) -> str:
    words = ""
    if state.state is PictureState.WAITING:
        words = _("Getting it ready")
    elif state.state is PictureState.BROKEN:
        words = say(acts.refusal_for(state.problem))
    return render_template("attachments/tile.html", state=state, words=words)


def _picture(body: bytes, digest: str) -> Response:
    """An answer that may be kept by one person's browser, and is asked about each time before it is shown."""
    answer = Response(body, mimetype="image/jpeg")
    answer.set_etag(digest)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Content-Disposition"] = 'inline; filename="photo.jpg"'
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.make_conditional(request)
    return answer


def _bytes(file: str) -> bytes:
    """Return a kept file. Raises ``Unseen`` where it is gone: it was deleted this very moment."""
    try:
        return _house().files.path(file).read_bytes()
    except FileNotFoundError:
        raise Unseen from None


def _house() -> House:
    return current_app.config["HOUSE"]  # type: ignore[no-any-return]
