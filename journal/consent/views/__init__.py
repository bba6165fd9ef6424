"""Pages of this room: who is in a picture; what a family said; the office's table, and what came on paper."""

from flask import Blueprint

from journal.consent.views import mine, office, paper, who

blueprint = Blueprint("consent", __name__)
for page in (mine, office, paper, who):
    page.register(blueprint)
