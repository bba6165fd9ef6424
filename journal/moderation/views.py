"""Pages of this room."""

from flask import Blueprint

from journal.doors import ANYBODY, HATLESS, SIGNED_IN, open_to
from journal.refusals import Unseen
from journal.words import Role

blueprint = Blueprint("moderation", __name__)


@blueprint.route("/to-read", methods=["GET"])
@open_to(Role.TEACHER, Role.LEAD)
def to_read(**_path):
    raise Unseen
