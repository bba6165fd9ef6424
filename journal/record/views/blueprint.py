"""The room's blueprint; its pages stand beside this file."""

from flask import Blueprint

blueprint = Blueprint("record", __name__)
