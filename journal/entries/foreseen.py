"""What will become of something that is being written, told before it is handed in: by the same rules."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from journal.aids import Texts
from journal.circles import FAMILY_KINDS, Kind, kind_of
from journal.consents import missing
from journal.flagging import kinds_in, would_hold
from journal.photos import Only
from journal.roll import Roll
from journal.seeing import Viewer
from journal.words import Door

ASKING = {Kind.CLASS: Door.CLASS, Kind.CLASS_FAMILIES: Door.CLASS_FAMILIES}
"""The circles that ask for consent, with their doors (``journal.consents.may_be_shown``)."""


@dataclass(frozen=True, slots=True)
class Written:
    """What is being written, as it stands on the page."""

    entry: UUID
    revision: UUID | None
    """The revision whose pictures they are; None where nothing was saved yet."""
    texts: Texts
    photos: tuple[tuple[UUID, Only], ...]
    """In order, each with whom it is kept for."""
    own: UUID | None = None
    """The revision that the words stand in, where that is the one to be released."""
    lacking: frozenset[UUID] | None = None
    """The photos in which somebody lacks a yes, where that was read already."""
    given: frozenset[str] = frozenset()
    """Circles that were chosen for it before: what they have, they keep."""


@dataclass(frozen=True, slots=True)
class Stays:
    """Pictures that stay behind, by their places from 1, and the doors behind which they are not seen."""

    places: tuple[int, ...]
    doors: tuple[Door, ...]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What will happen to it."""

    held_back: bool = False
    """Whether something in it is read before the family gets it."""
    stays: Stays | None = None


def foresee(session: Session, pupil: Viewer, roll: Roll, circles: Collection[str], written: Written) -> Foreseen:
    """Return what will become of something if it is given to these circles; at most two queries.

    None of them where nothing could be kept back: no family, no flag that the school holds, no picture for a class.
    """
    new_family = any(kind_of(one) in FAMILY_KINDS for one in set(circles) - written.given)
    kinds = frozenset().union(*(kinds_in(one) for one in roll.flags_hold))
    held_back = (
        new_family
        and not roll.family_first
        and would_hold(session, pupil, kinds, written.texts, written.entry, written.own)
    )
    return Foreseen(held_back, _stays(session, circles, written))


def _stays(session: Session, circles: Collection[str], written: Written) -> Stays | None:
    """Which pictures lack a yes for the class's circles among these. Whose, and who said what, is nobody's business."""
    doors = tuple(door for kind, door in ASKING.items() if any(kind_of(one) is kind for one in circles))
    kept_for = {Only.ALL} | ({Only.CLASS} if Door.CLASS in doors else set())
    asked = {photo for photo, only in written.photos if only in kept_for}
    if not (doors and asked and written.revision):
        return None
    lacking = asked & (_lacking(session, written.revision) if written.lacking is None else written.lacking)
    places = tuple(number for number, (photo, _) in enumerate(written.photos, 1) if photo in lacking)
    return Stays(places, doors) if places else None


def _lacking(session: Session, revision: UUID) -> set[UUID]:
    return {one.photo for one in missing(session, [revision]).get(revision, ())}
