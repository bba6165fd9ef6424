"""What the rule asks about one item, as plain values."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.conditions import staffed
from journal.reasons import beyond
from journal.records import Item, LeftOut, Membership, Revision, Shown, Waiting


@dataclass(frozen=True, slots=True)
class Wait:
    """A circle that waits: for which revision, whose teachers decide, and whether any of them can."""

    circle: str
    number: int
    group: UUID | None
    staffed: bool
    past: UUID | None = None
    """The person who sent it back, where another grown-up was asked to look."""


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


def facts_of(session: Session, items: Iterable[Item]) -> dict[UUID, Facts]:
    """Return the facts of items by id, in at most seven queries however many there are."""
    with beyond(session, "the facts that the rule asks about"):
        return _load(session, list(items))


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
    facts: dict[UUID, Facts] = {}
    for item in sorted(everything, key=lambda one: one.entry_id is not None):
        facts[item.id] = Facts(
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
    rows = session.execute(
        select(
            Waiting.item_id,
            Waiting.circle,
            Revision.number,
            Waiting.group_id,
            Waiting.past_id,
            staffed(Waiting.__table__, Item.__table__).label("staffed"),
        )
        .join(Revision, Revision.id == Waiting.revision_id)
        .join(Item, Item.id == Waiting.item_id)
        .where(Waiting.item_id.in_(ids))
    )
    for row in rows:
        found[row.item_id].add(Wait(row.circle, row.number, row.group_id, bool(row.staffed), row.past_id))
    return found
