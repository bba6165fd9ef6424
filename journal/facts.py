"""What the rule asks about one item, as plain values."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Select, and_, bindparam, select
from sqlalchemy.orm import Session

from journal.conditions import late, rests, seconded, staffed, table, there_is
from journal.consents import lacks
from journal.reasons import beyond
from journal.records import (
    Item,
    LeftOut,
    Membership,
    NarrowedTo,
    Placement,
    Revision,
    Shown,
    Tagged,
    Waiting,
)
from journal.seeing import NOBODY, NOW
from journal.words import Purpose


@dataclass(frozen=True, slots=True)
class Wait:
    """A circle that waits: for which revision, whose teachers decide, and whether any of them can.

    ``late``: it has waited too long; ``seconded``: whom the school named for that can decide.
    """

    circle: str
    number: int
    group: UUID | None
    staffed: bool
    past: UUID | None = None
    """The person who sent it back, where another grown-up was asked to look."""
    late: bool = False
    seconded: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """One item. Revisions are named by their number."""

    school: UUID
    author: UUID
    author_person: UUID
    pupil: UUID
    deleted: bool = False
    gone: bool = False
    """It would be gone for good, and is kept under a hold."""
    left_out: frozenset[UUID] = frozenset()
    """Persons, whatever their hat."""
    shown: frozenset[tuple[str, int]] = frozenset()
    waiting: frozenset[Wait] = frozenset()
    entry: "Facts | None" = None
    """For a comment: the entry it is about."""
    answers: frozenset[str] | None = None
    """For an answer: the circles that all that it answers is shown to."""
    rests: bool = False
    """Everything of its pupil's class, or of the school, has a rest."""
    id: UUID = NOBODY
    """Which item; that of none for one that is only thought of."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo where it stands in one revision."""

    number: int
    """The revision's."""
    kept: frozenset[str] | None
    """The circles that it is kept for, None for all."""
    lacks: bool
    """Whether a pupil is named in it without a yes for the class journal."""


def facts_of(session: Session, items: Iterable[Item]) -> dict[UUID, Facts]:
    """Return the facts of items by id, in at most eight queries however many there are."""
    with beyond(session, "the facts that the rule asks about"):
        return _load(session, list(items))


def photos_of(session: Session, placements: Iterable[Placement]) -> dict[UUID, Photo]:
    """Return the facts of photos in their places, by the placement's id, in two queries."""
    here = {row.id: row for row in placements}
    kept: dict[UUID, set[str]] = defaultdict(set)
    with beyond(session, "the facts that the rule asks about"):
        for row in session.scalars(select(NarrowedTo).where(NarrowedTo.placement_id.in_(here))):
            kept[row.placement_id].add(row.circle)
        found = session.execute(_PHOTOS, {"placements": list(here)}).all()
    return {
        one: Photo(number, frozenset(kept[one]) if here[one].narrowed else None, lacks) for one, number, lacks in found
    }


def _photos() -> Select[*tuple[Any, ...]]:
    tag = table(Tagged)
    lacking = and_(tag.c.attachment_id == Placement.attachment_id, lacks(tag, Purpose.CLASS_JOURNAL))
    return (
        select(Placement.id, Revision.number, there_is(tag, where=lacking))
        .join(Revision, Revision.id == Placement.revision_id)
        .where(Placement.id.in_(bindparam("placements", expanding=True)))
    )


_PHOTOS = _photos()


def _load(session: Session, items: list[Item]) -> dict[UUID, Facts]:
    missing = {item.entry_id for item in items if item.entry_id} - {item.id for item in items}
    entries = list(session.scalars(select(Item).where(Item.id.in_(missing)))) if missing else []
    everything = entries + items
    above = _above(session, items)
    ids = {item.id for item in everything} | {one for many in above.values() for one in many}
    persons = dict(
        session.execute(
            select(Membership.id, Membership.person_id).where(
                Membership.id.in_({item.author_id for item in everything})
            )
        ).all()
    )
    shown: dict[UUID, set[tuple[str, int]]] = defaultdict(set)
    for row in session.execute(select(Shown.item_id, Shown.circle, Shown.number).where(Shown.item_id.in_(ids))):
        shown[row.item_id].add((row.circle, row.number))
    left: dict[UUID, set[UUID]] = defaultdict(set)
    for out in session.execute(select(LeftOut.item_id, LeftOut.person_id).where(LeftOut.item_id.in_(ids))):
        left[out.item_id].add(out.person_id)
    waiting = _waiting(session, ids)
    resting = _resting(session, {item.id for item in everything})
    facts: dict[UUID, Facts] = {}
    for item in sorted(everything, key=lambda one: one.entry_id is not None):
        facts[item.id] = Facts(
            id=item.id,
            rests=item.id in resting,
            school=item.school_id,
            author=item.author_id,
            author_person=persons[item.author_id],
            pupil=item.pupil_id,
            deleted=item.deleted_at is not None,
            gone=item.gone_at is not None,
            left_out=frozenset(left[item.id]),
            shown=frozenset(shown[item.id]),
            waiting=frozenset(waiting[item.id]),
            entry=facts[item.entry_id] if item.entry_id else None,
            answers=_in_all(shown, above[item.id]) if item.parent_id else None,
        )
    return {item.id: facts[item.id] for item in items}


def _resting(session: Session, ids: set[UUID]) -> set[UUID]:
    return set(session.scalars(_RESTING, {"items": list(ids)}))


def _above(session: Session, items: list[Item]) -> dict[UUID, list[UUID]]:
    """What each item answers, what that answers, and so on up."""
    entries = {item.entry_id for item in items if item.parent_id}
    answers = select(Item.id, Item.parent_id).where(Item.entry_id.in_(entries), Item.parent_id.is_not(None))
    parents: dict[UUID, UUID | None] = dict(session.execute(answers).all()) if entries else {}
    found: dict[UUID, list[UUID]] = {}
    for item in items:
        found[item.id] = []
        above = item.parent_id
        while above is not None:
            found[item.id].append(above)
            above = parents.get(above)
    return found


def _in_all(shown: dict[UUID, set[tuple[str, int]]], items: list[UUID]) -> frozenset[str]:
    return frozenset.intersection(*(frozenset(circle for circle, _ in shown[one]) for one in items))


def _waiting(session: Session, ids: set[UUID]) -> dict[UUID, set[Wait]]:
    found: dict[UUID, set[Wait]] = defaultdict(set)
    for row in session.execute(_WAITING, {"items": list(ids)}):
        yes = {name: bool(getattr(row, name)) for name in ("staffed", "late", "seconded")}
        found[row.item_id].add(Wait(row.circle, row.number, row.group_id, past=row.past_id, **yes))
    return found


def _resting_items() -> Select[*tuple[Any, ...]]:
    item = table(Item)
    return select(item.c.id).where(item.c.id.in_(_ITEMS), rests(item, item.c.school_id, NOW))


def _waiting_of_items() -> Select[*tuple[Any, ...]]:
    wait, item = table(Waiting), table(Item)
    return (
        select(
            wait.c.item_id,
            wait.c.circle,
            Revision.number,
            wait.c.group_id,
            wait.c.past_id,
            staffed(wait, item).label("staffed"),
            late(wait).label("late"),
            seconded(wait, item).label("seconded"),
        )
        .join(Revision, Revision.id == wait.c.revision_id)
        .join(item, item.c.id == wait.c.item_id)
        .where(wait.c.item_id.in_(_ITEMS))
    )


_ITEMS: BindParameter[Any] = bindparam("items", expanding=True)
# Made once: to make them takes ten times as long as to ask them.
_RESTING, _WAITING = _resting_items(), _waiting_of_items()
