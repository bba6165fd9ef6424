"""Pages of this room."""

from flask import Blueprint

from journal.doors import ANYBODY, HATLESS, SIGNED_IN, open_to
from journal.refusals import Unseen
from journal.words import Role

blueprint = Blueprint("entries", __name__)


@blueprint.route("/my-space", methods=["GET"])
@open_to(Role.PUPIL)
def my_space(**_path):
    raise Unseen


@blueprint.route("/make", methods=["GET", "POST"])
@open_to(Role.PUPIL)
def make(**_path):
    raise Unseen


@blueprint.route("/entries/<uuid:entry>", methods=["GET"])
@open_to(*SIGNED_IN)
def show(**_path):
    raise Unseen
