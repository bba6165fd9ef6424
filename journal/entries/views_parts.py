"""Labels that several pages of entries share, in the person's language."""

from dataclasses import dataclass

from flask_babel import gettext as _

from journal.photos import Only
from journal.words import Door, Learned


@dataclass(frozen=True, slots=True)
class Option:
    """One choice."""

    value: str
    label: str
    icon: str = ""


def learned_options() -> list[Option]:
    """Where something can be learned."""
    return [
        Option(Learned.HOME, _("At home"), "house"),
        Option(Learned.OUTDOORS, _("Outdoors"), "tree"),
        Option(Learned.FAMILY, _("With family"), "users"),
        Option(Learned.CLUB, _("A club"), "soccer-ball"),
        Option(Learned.TRIP, _("A trip"), "backpack"),
        Option(Learned.LIBRARY, _("Library or museum"), "book-open"),
        Option(Learned.WORSHIP, _("Mosque, church, temple"), "hands-praying"),
        Option(Learned.LANGUAGE, _("In my other language"), "translate"),
        Option(Learned.SCHOOL, _("At school"), "chalkboard-teacher"),
    ]


def only_options() -> list[Option]:
    """For whom a photo can be kept."""
    return [
        Option(Only.ALL, _("Everyone I let in")),
        Option(Only.FAMILY, _("Only my family")),
        Option(Only.TEACHERS, _("Only my teachers")),
        Option(Only.CLASS, _("Only my class")),
        Option(Only.ME, _("Just me")),
    ]


def door_name(door: Door) -> str:
    """A door's name, as the child says it."""
    names: dict[Door, str] = {
        Door.FAMILY: _("My family"),
        Door.PICKED: _("People I pick"),
        Door.TEACHERS: _("My teachers"),
        Door.CLASS: _("My class"),
        Door.CLASS_FAMILIES: _("My class’s families"),
    }
    return names[door]
