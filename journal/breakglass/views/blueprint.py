"""The room's blueprint; its pages stand beside this file."""

from flask import Blueprint

blueprint = Blueprint("breakglass", __name__)
