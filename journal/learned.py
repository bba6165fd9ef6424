"""Where something can be learned, as pages say it."""

from dataclasses import dataclass

from journal.saying import gettext as _
from journal.words import Learned


@dataclass(frozen=True, slots=True)
class Place:
    """A place where something can be learned, for the macros of choices and tags."""

    value: str
    label: str
    icon: str


def learned_places() -> list[Place]:
    """Return all places, in the order in which they are offered."""
    return [
        Place(Learned.HOME, _("At home"), "house"),
        Place(Learned.OUTDOORS, _("Outdoors"), "tree"),
        Place(Learned.FAMILY, _("With family"), "users"),
        Place(Learned.CLUB, _("A club"), "soccer-ball"),
        Place(Learned.TRIP, _("A trip"), "backpack"),
        Place(Learned.LIBRARY, _("Library or museum"), "book-open"),
        Place(Learned.WORSHIP, _("Mosque, church, temple"), "hands-praying"),
        Place(Learned.LANGUAGE, _("In my other language"), "translate"),
        Place(Learned.SCHOOL, _("At school"), "chalkboard-teacher"),
    ]
