"""Who will see it, in words."""

from dataclasses import dataclass, field

from journal.entries.foreseen import Foreseen
from journal.entries.views.parts import door_name
from journal.faces import Face
from journal.languages import listed
from journal.names import Known
from journal.pages import face_url, locale
from journal.promise import usual_time
from journal.saying import both
from journal.saying import gettext as _
from journal.strip import First, Seers, Strip


@dataclass(frozen=True, slots=True)
class StripGroup:
    """The people behind one door."""

    kind: str
    label: str
    people: list[Face]


@dataclass(frozen=True, slots=True)
class StripWords:
    """Who will see it, in words."""

    nobody: bool
    me: Face
    groups: list[StripGroup] = field(default_factory=list)
    first: list[str] = field(default_factory=list)
    stays: list[str] = field(default_factory=list)
    """Which pictures are not seen behind which doors, and that it is nobody's fault."""


def strip_words(strip: Strip, name: str, my_face: str | None, ahead: Foreseen) -> StripWords:
    """Who will see it, as the macro draws it."""
    counts = {one.door: sum(1 for other in strip.seers if other.door is one.door) for one in strip.seers}
    groups = [_group(one, counts[one.door] > 1) for one in strip.seers if one.people or one.families]
    first = [first_words(one) for one in strip.first]
    first += held_back_words(ahead)
    return StripWords(strip.nobody, Face(name, my_face), groups, first + usually_words(strip), stays_words(ahead))


def _group(seers: Seers, many: bool) -> StripGroup:
    families = [Face(_("%(name)s’s family", name=one.name), _face(one)) for one in seers.families]
    label = str(_("%(door)s: %(group)s", door=door_name(seers.door), group=seers.group)) if many and seers.group else ""
    return StripGroup(seers.door, label, families + [Face(one.name, _face(one)) for one in seers.people])


def _face(one: Known) -> str | None:
    return face_url(one.membership, one.has_face)


def first_words(first: First) -> str:
    """Who reads it first, and for which doors; and who may, should it wait too long."""
    doors = listed((door_name(door) for door in first.doors), locale())
    names = listed((one.name for one in first.people), locale(), "or")
    if not names:
        words = _("The school reads it first, to keep you safe (%(doors)s).", doors=doors)
    else:
        words = _("%(names)s reads it first, to keep you safe (%(doors)s).", names=names, doors=doors)
    if not first.later:
        return str(words)
    others = listed((one.name for one in first.later), locale(), "or")
    return both(words, _("If it has to wait too long, %(names)s may read it too.", names=others))


def usually_words(strip: Strip) -> list[str]:
    """Until when they usually have read it, where the school says so and anybody reads first."""
    usually = usual_time() if strip.first else ""
    return [_("Usually that is %(when)s.", when=usually)] if usually else []


def held_back_words(ahead: Foreseen) -> list[str]:
    """That something in it is read before the family gets it."""
    if not ahead.held_back:
        return []
    return [_("There is something in it that your school reads before your family gets it. You did nothing wrong.")]


def stays_words(ahead: Foreseen) -> list[str]:
    """Which pictures stay behind, and that it is nobody's fault."""
    if ahead.stays is None:
        return []
    places = ahead.stays.places
    here = {
        "nums": listed((str(one) for one in places), locale()),
        "doors": listed((door_name(one) for one in ahead.stays.doors), locale()),
    }
    if len(places) == 1:
        stays = _("Picture %(nums)s stays behind for now (%(doors)s). Everything else goes.", **here)
    else:
        stays = _("Pictures %(nums)s stay behind for now (%(doors)s). Everything else goes.", **here)
    why = _("Some families like faces kept at home. It is not because of you. Your picture is still good.")
    return [f"{stays} {why}"]


def handed_in_words(strip: Strip) -> list[str]:
    """Who has it now, and who reads it first."""
    later = {door for one in strip.first for door in one.doors}
    names = [one.name for seers in strip.seers if seers.door not in later for one in seers.people]
    families = [door_name(seers.door) for seers in strip.seers if seers.door not in later and seers.families]
    have = list(dict.fromkeys(names))
    if len(have) > 8:
        have = list(dict.fromkeys(door_name(seers.door) for seers in strip.seers if seers.door not in later))
    have += families
    if strip.nobody:
        return [_("It is in your space. Only you can see it.")]
    found = [_("Out it goes. These people have it now: %(names)s.", names=listed(have, locale()))] if have else []
    return found + [first_words(one) for one in strip.first] + usually_words(strip)
