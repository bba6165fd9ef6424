"""Pages of this room."""

from flask import Blueprint

from journal.doors import ANYBODY, HATLESS, SIGNED_IN, open_to
from journal.refusals import Unseen
from journal.words import Role

blueprint = Blueprint("talk", __name__)


@blueprint.route("/comments/<uuid:comment>", methods=["GET"])
@open_to(*SIGNED_IN)
def show(**_path):
    raise Unseen
