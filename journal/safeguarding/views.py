"""Pages of this room."""

from flask import Blueprint

from journal.doors import ANYBODY, HATLESS, SIGNED_IN, open_to
from journal.refusals import Unseen
from journal.words import Role

blueprint = Blueprint("safeguarding", __name__)


@blueprint.route("/worried", methods=['GET', 'POST'])
@open_to(ANYBODY)
def worried(**_path):
    raise Unseen


@blueprint.route("/concerns", methods=['GET'])
@open_to(Role.LEAD)
def concerns(**_path):
    raise Unseen
