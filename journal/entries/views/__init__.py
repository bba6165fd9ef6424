"""Pages of this room: a pupil's space, making something, its doors, and the page on which it is read."""

from flask import Blueprint

from journal.entries.views import doors, look_as, notes, photos, show, space, write

blueprint = Blueprint("entries", __name__)

for pages in (space, write, photos, doors, show, look_as, notes):
    pages.register(blueprint)
