"""Who will see it, in words."""

from collections.abc import Collection
from dataclasses import dataclass, field

from journal.entries.foreseen import Foreseen, Written
from journal.entries.views.parts import door_name, only_options
from journal.faces import Face
from journal.languages import listed
from journal.names import Known
from journal.pages import face_url, locale
from journal.photos import Only
from journal.promise import usual_time
from journal.saying import both
from journal.saying import gettext as _
from journal.strip import First, Seers, Strip
from journal.words import Door


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
    kept: list[str] = field(default_factory=list)
    """Which pictures the child keeps for fewer people."""
    shut: bool = True
    """Whether all doors are shut."""


def strip_words(strip: Strip, me: Face, ahead: Foreseen, doors: Collection[Door], written: Written) -> StripWords:
    """Who will see it through the open ones of the doors, as the macro draws it."""
    counts = {one.door: sum(1 for other in strip.seers if other.door is one.door) for one in strip.seers}
    groups = [_group(one, counts[one.door] > 1) for one in strip.seers if one.people or one.families]
    first = [first_words(one) for one in strip.first]
    first += held_back_words(ahead)
    kept = [] if strip.nobody else kept_words(written, doors)
    return StripWords(strip.nobody, me, groups, first + usually_words(strip), stays_words(ahead), kept, not doors)


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


BEHIND = {
    Only.FAMILY: {Door.FAMILY, Door.PICKED},
    Only.TEACHERS: {Door.TEACHERS},
    Only.CLASS: {Door.CLASS},
    Only.ME: set(Door),
}
"""Behind which doors those stand for whom a picture can be kept."""


def kept_words(written: Written, doors: Collection[Door]) -> list[str]:
    """Which pictures are kept for fewer people, and where nobody sees them, because that door is shut."""
    labels, found = {one.value: one.label for one in only_options()}, []
    for only, behind in BEHIND.items():
        places = [str(number) for number, (_photo, kept) in enumerate(written.photos, 1) if kept is only]
        if not places:
            continue
        here = {"nums": listed(places, locale()), "who": labels[only]}
        many = len(places) > 1
        words = _("Pictures %(nums)s: %(who)s.", **here) if many else _("Picture %(nums)s: %(who)s.", **here)
        shut = "" if behind & set(doors) else _("That door is shut, so nobody else sees it.")
        found.append(both(words, shut) if shut else str(words))
    return found


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
