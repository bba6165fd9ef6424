"""Pages of this room."""

from flask import Blueprint

from journal.doors import ANYBODY, HATLESS, SIGNED_IN, open_to
from journal.refusals import Unseen
from journal.words import Role

blueprint = Blueprint("accounts", __name__)


@blueprint.route("/", methods=["GET"])
@open_to(ANYBODY)
def home(**_path):
    raise Unseen


@blueprint.route("/sign-in", methods=["GET", "POST"])
@open_to(ANYBODY)
def sign_in(**_path):
    raise Unseen


@blueprint.route("/hats", methods=["GET", "POST"])
@open_to(HATLESS)
def hats(**_path):
    raise Unseen


@blueprint.route("/sign-out", methods=["POST"])
@open_to(HATLESS)
def sign_out(**_path):
    raise Unseen


@blueprint.route("/language", methods=["POST"])
@open_to(ANYBODY)
def language(**_path):
    raise Unseen


@blueprint.route("/easier", methods=["GET", "POST"])
@open_to(ANYBODY)
def easier(**_path):
    raise Unseen


@blueprint.route("/me", methods=["GET"])
@open_to(HATLESS)
def me(**_path):
    raise Unseen
