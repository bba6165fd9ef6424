"""Pages of this room."""

from flask import Blueprint

from journal.doors import ANYBODY, HATLESS, SIGNED_IN, open_to
from journal.refusals import Unseen
from journal.words import Role

blueprint = Blueprint("attachments", __name__)


@blueprint.route("/faces/<uuid:membership>", methods=['GET'])
@open_to(ANYBODY)
def face(**_path):
    raise Unseen


@blueprint.route("/media/<uuid:photo>/<size>", methods=['GET'])
@open_to(*SIGNED_IN)
def photo(**_path):
    raise Unseen
