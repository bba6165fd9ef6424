"""Pages of this room."""

from flask import Blueprint

from journal.doors import ANYBODY, HATLESS, SIGNED_IN, open_to
from journal.refusals import Unseen
from journal.words import Role

blueprint = Blueprint("school", __name__)


@blueprint.route("/home", methods=['GET'])
@open_to(Role.RELATIVE)
def family_home(**_path):
    raise Unseen


@blueprint.route("/classes", methods=['GET'])
@open_to(*SIGNED_IN)
def classes(**_path):
    raise Unseen


@blueprint.route("/shared-with-me", methods=['GET'])
@open_to(Role.TEACHER)
def shared_with_me(**_path):
    raise Unseen


@blueprint.route("/people", methods=['GET'])
@open_to(Role.HEAD, Role.OFFICE)
def people(**_path):
    raise Unseen


@blueprint.route("/help", methods=['GET'])
@open_to(ANYBODY)
def help_page(**_path):
    raise Unseen


@blueprint.route("/keeping-safe", methods=['GET'])
@open_to(ANYBODY)
def keeping_safe(**_path):
    raise Unseen
