"""What the pages of writing send: kept as it was typed, and read into what acts want."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from uuid import UUID

from werkzeug.datastructures import MultiDict

from journal.entries.acts import DraftInput
from journal.entries.doors_of import Doors
from journal.photos import Only, PhotoInput
from journal.refusals import Reason, Refusal
from journal.text import CAPTION, DESCRIPTION, ENTRY_WORDS, TITLE, TooLong, clean_line, clean_words
from journal.words import Door, Learned

ME = "me"
FAMILY_OF = "family-"
"""How somebody else's family is named among those who are left out, before the pupil's id."""
MOST_NAMES = 500


@dataclass(frozen=True, slots=True)
class TypedPhoto:
    """What was typed about one photo."""

    caption: str = ""
    description: str = ""
    only: str = Only.ALL


@dataclass(frozen=True, slots=True)
class Typed:
    """A form as it came, to be given back if something is wrong with it."""

    title: str = ""
    words: str = ""
    version: str = ""
    do: str = ""
    learned: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    picked: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    photos: dict[str, TypedPhoto] = field(default_factory=dict)
    twice: frozenset[str] = frozenset()
    """Single fields that came more than once."""


@dataclass(frozen=True, slots=True)
class DoorsInput:
    """Doors as ticked, and the pupils whose families are left out."""

    doors: Doors
    families_out: frozenset[UUID]


def read_typed(form: MultiDict[str, str]) -> Typed:
    """Return a form as it was typed. Never raises."""
    singles = ("title", "words", "version", "do")
    order = tuple(dict.fromkeys(form.getlist("order")))
    photos = {
        one: TypedPhoto(
            form.get(f"caption-{one}", ""), form.get(f"description-{one}", ""), form.get(f"only-{one}", Only.ALL)
        )
        for one in order
    }
    return Typed(
        title=form.get("title", ""),
        words=form.get("words", ""),
        version=form.get("version", ""),
        do=form.get("do", ""),
        learned=tuple(form.getlist("learned")),
        audience=tuple(form.getlist("audience")),
        picked=tuple(form.getlist("picked")),
        left_out=tuple(form.getlist("left_out")),
        order=order,
        photos=photos,
        twice=frozenset(name for name in singles if len(form.getlist(name)) > 1),
    )


def kept_typed(fields: dict[str, list[str]]) -> Typed:
    """Return a form that was kept for somebody whose session ran out."""
    return read_typed(MultiDict([(name, value) for name, values in fields.items() for value in values]))


def read_draft(typed: Typed, doors: Doors) -> DraftInput:
    """Return what acts want. Raises Refusal naming the field that cannot be taken so."""
    if typed.twice:
        raise Refusal(Reason.NOT_UNDERSTOOD, min(typed.twice))
    return DraftInput(
        version=_version(typed.version),
        title=_clean("title", typed.title, TITLE),
        words=_clean("words", typed.words, ENTRY_WORDS),
        learned=frozenset(_learned(typed.learned)),
        doors=doors,
        photos=tuple(_photo(one, typed.photos[one]) for one in typed.order),
    )


def read_doors(typed: Typed) -> DoorsInput:
    """Return the doors that are ticked. Just me beats the others. Raises Refusal(NOT_YOUR_DOOR)."""
    kinds = set(typed.audience)
    if kinds - {ME, *Door}:
        raise Refusal(Reason.NOT_YOUR_DOOR, "audience")
    if len(typed.left_out) + len(typed.picked) > MOST_NAMES:
        raise Refusal(Reason.NOT_UNDERSTOOD, "audience")
    families = [one.removeprefix(FAMILY_OF) for one in typed.left_out if one.startswith(FAMILY_OF)]
    doors = Doors(
        open=frozenset() if ME in kinds else frozenset(Door(kind) for kind in kinds),
        picked=_ids(typed.picked, "picked"),
        left_out=_ids((one for one in typed.left_out if not one.startswith(FAMILY_OF)), "left_out"),
    )
    return DoorsInput(doors, _ids(families, "left_out"))


def check_picks(typed: Typed, before: Doors | None = None) -> None:
    """Ask about people who were picked behind a shut door, and about that door open for nobody.

    ``before``: the doors until now. Who was picked then may be shut out, and a door that was open for nobody stays so.
    Raises Refusal(PICKED_SHUT_OUT) or Refusal(NOBODY_PICKED).
    """
    picked, opened = set(typed.picked), Door.PICKED in typed.audience
    if before is not None:
        picked -= {str(one) for one in before.picked}
        opened = opened and Door.PICKED not in before.open
    if ME in typed.audience:
        return
    if picked and Door.PICKED not in typed.audience:
        raise Refusal(Reason.PICKED_SHUT_OUT, "audience")
    if opened and not typed.picked:
        raise Refusal(Reason.NOBODY_PICKED, "audience")


def read_only(typed: Typed) -> dict[UUID, Only]:
    """Return for whom each named photo is to be kept. Raises Refusal(NOT_UNDERSTOOD)."""
    return {_photo_id(one): _only(one, photo.only) for one, photo in typed.photos.items()}


def read_action(do: str) -> tuple[str, UUID | None]:
    """Return what was pressed, and for which photo. Raises Refusal(NOT_UNDERSTOOD) for a photo that is none."""
    word, _, about = do.partition(":")
    return word, _photo_id(about) if about else None


def moved(typed: Typed, photo: UUID, by: int) -> Typed:
    """Return a form in which a photo stands one place earlier (-1) or later (1)."""
    order = list(typed.order)
    here = next((at for at, one in enumerate(order) if one == str(photo)), None)
    there = None if here is None else here + by
    if here is not None and there is not None and 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
    return replace(typed, order=tuple(order))


def _clean(name: str, raw: str, limit: int) -> str:
    clean = clean_words if name == "words" else clean_line
    try:
        return clean(raw, limit)
    except TooLong as problem:
        raise Refusal(Reason.TOO_LONG, name, problem.limit) from None


def _version(raw: str) -> int:
    if not (raw.isascii() and raw.isdigit() and len(raw) < 10):
        raise Refusal(Reason.NOT_UNDERSTOOD, "version")
    return int(raw)


def _learned(values: Iterable[str]) -> list[Learned]:
    try:
        return [Learned(value) for value in values]
    except ValueError:
        raise Refusal(Reason.NOT_UNDERSTOOD, "learned") from None


def _photo(raw: str, typed: TypedPhoto) -> PhotoInput:
    return PhotoInput(
        attachment=_photo_id(raw),
        caption=_clean(f"caption-{raw}", typed.caption, CAPTION),
        description=_clean(f"description-{raw}", typed.description, DESCRIPTION),
        only=_only(raw, typed.only),
    )


def _only(photo: str, raw: str) -> Only:
    try:
        return Only(raw)
    except ValueError:
        raise Refusal(Reason.NOT_UNDERSTOOD, f"only-{photo}") from None


def _photo_id(raw: str) -> UUID:
    try:
        return UUID(raw)
    except ValueError:
        raise Refusal(Reason.NOT_UNDERSTOOD, "photo") from None


def _ids(values: Iterable[str], name: str) -> frozenset[UUID]:
    try:
        return frozenset(UUID(value) for value in values)
    except ValueError:
        raise Refusal(Reason.NOT_YOUR_DOOR, name) from None
