"""What the pages of writing hand to the macros: labels in the person's language, addresses, choices."""

from contextlib import suppress
from dataclasses import dataclass, replace
from uuid import UUID

from journal.attachments.acts import refusal_for
from journal.entries.around import Around, Somebody
from journal.entries.foreseen import Written
from journal.entries.forms import FAMILY_OF, ME, Typed, TypedPhoto
from journal.entries.reading_draft import DraftPage, DraftPhoto
from journal.errors import say
from journal.pages import face_url
from journal.photos import Only
from journal.saying import gettext as _
from journal.site import url_for
from journal.words import Door, PictureState


@dataclass(frozen=True, slots=True)
class Tick:
    """One of the pupil's people, to be ticked."""

    value: str
    name: str
    face_url: str | None
    checked: bool


@dataclass(frozen=True, slots=True)
class Ticks:
    """Some people under one heading."""

    legend: str
    people: list[Tick]


@dataclass(frozen=True, slots=True)
class DoorChoice:
    """One door."""

    kind: str
    checked: bool
    name: str = ""
    hint: str = ""
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class Pic:
    """One photo in the composer."""

    id: UUID
    url: str | None
    name: str
    caption: str
    description: str
    only: str
    state: str
    words: str
    progress: int | None


@dataclass(frozen=True, slots=True)
class Option:
    """One choice."""

    value: str
    label: str
    icon: str = ""


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


def door_choices(around: Around, audience: tuple[str, ...]) -> list[DoorChoice]:
    """All doors, the open ones ticked; one behind which nobody stands says why it cannot be opened."""
    relatives, groups = around.relatives(), around.groups
    alone = _("Nobody from your family is here yet.")
    classless = _("You are not in a class yet.")
    hints = dict.fromkeys((Door.FAMILY, Door.PICKED), "" if relatives else alone) | dict.fromkeys(
        (Door.TEACHERS, Door.CLASS, Door.CLASS_FAMILIES), "" if groups else classless
    )
    doors = [
        DoorChoice(door, door in audience and not hints[door], "", hints[door], bool(hints[door])) for door in Door
    ]
    return [DoorChoice(ME, ME in audience), *doors]


def picks(around: Around, picked: tuple[str, ...]) -> list[Ticks]:
    """The pupil's family, to pick people one by one."""
    people = [_tick(one, one.value in picked) for one in around.relatives()]
    return [Ticks(_("My family"), people)] if people else []


def leave_outs(around: Around, chosen: tuple[str, ...], others: list[Somebody]) -> list[Ticks]:
    """Everybody behind the pupil's doors, to leave people out one by one."""
    found = []
    for door, people in around.can_be_left_out().items():
        prefix = FAMILY_OF if door is Door.CLASS_FAMILIES else ""
        ticks = [_tick(one, f"{prefix}{one.value}" in chosen, prefix) for one in people]
        found.append(Ticks(door_name(door), ticks))
    if others:
        found.append(Ticks(_("Left out before"), [_tick(one, one.value in chosen) for one in others]))
    return found


def left_out_values(around: Around, persons: frozenset[UUID]) -> tuple[str, ...]:
    """The values of the people who are left out."""
    found = []
    for door, people in around.can_be_left_out().items():
        prefix = FAMILY_OF if door is Door.CLASS_FAMILIES else ""
        found += [f"{prefix}{one.value}" for one in people if one.persons <= persons]
    return tuple(found)


def _tick(one: Somebody, checked: bool, prefix: str = "") -> Tick:
    name = _("%(name)s’s family", name=one.name) if prefix else one.name
    return Tick(f"{prefix}{one.value}", name, face_url(one.face, one.face is not None), checked)


def pics(photos: tuple[DraftPhoto, ...], typed: Typed | None = None) -> list[Pic]:
    """The photos of a draft; what was typed about them, where something was typed, in the order that it had."""
    said = typed.photos if typed else {}
    place = {one: at for at, one in enumerate(typed.order)} if typed else {}
    ordered = sorted(photos, key=lambda one: place.get(str(one.id), len(place)))
    return [pic(one, said.get(str(one.id))) for one in ordered]


def pic(photo: DraftPhoto, typed: TypedPhoto | None = None) -> Pic:
    """One photo of a draft."""
    typed = typed or TypedPhoto(photo.caption, photo.description, photo.only)
    state, words, progress = "ready", "", None
    if photo.state is PictureState.WAITING:
        state, words, progress = "working", _("Getting it ready"), photo.percent
    elif photo.state is PictureState.BROKEN:
        state, words = "failed", say(refusal_for(photo.problem))
    url = url_for("attachments.photo", photo=photo.id, size="small" if state == "working" else "medium")
    return Pic(photo.id, url, "", typed.caption, typed.description, typed.only, state, words, progress)


def typed_of(page: DraftPage, left_out: tuple[str, ...]) -> Typed:
    """A draft in the words of its form."""
    return Typed(
        title=page.title,
        words=page.words,
        version=str(page.version),
        learned=tuple(page.learned),
        audience=tuple(page.doors.open),
        picked=tuple(str(link) for link in page.doors.picked),
        left_out=left_out,
        order=tuple(str(one.id) for one in page.photos),
        photos={str(one.id): TypedPhoto(one.caption, one.description, one.only) for one in page.photos},
    )


def written(page: DraftPage, typed: Typed) -> Written:
    """What is being written, as its page has it."""
    found = typed_written(page.entry, page.revision, typed, page.revision if page.is_draft else None)
    return replace(found, lacking=_lacking(page))


def written_before(page: DraftPage, typed: Typed) -> Written:
    """What was handed in and is given to more people now: its words stand, its pictures may be kept for fewer."""
    whole = typed_of(page, ())
    kept = {
        one: replace(said, only=typed.photos[one].only) for one, said in whole.photos.items() if one in typed.photos
    }
    there = replace(whole, photos=whole.photos | kept)
    found = typed_written(page.entry, page.revision, there, page.revision)
    return replace(found, lacking=_lacking(page), given=page.circles)


def _lacking(page: DraftPage) -> frozenset[UUID]:
    return frozenset(one.id for one in page.photos if one.lacks)


def typed_written(entry: UUID, revision: UUID | None, typed: Typed, own: UUID | None) -> Written:
    """What is being written, out of its form. What is no photo is passed over."""
    photos, texts = [], {"title": typed.title, "words": typed.words}
    for number, one in enumerate(typed.order, start=1):
        said = typed.photos[one]
        texts |= {f"caption-{number}": said.caption, f"description-{number}": said.description}
        with suppress(ValueError):
            photos.append((UUID(one), Only(said.only)))
    return Written(entry, revision, texts, tuple(photos), own)
