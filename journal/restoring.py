"""How the rows of the gate stand around an item, what changed of it, and putting that back when it is undone.

What is put back is what was, row by row, and only while nothing else has touched the rows since and every circle is
still one that the author chose: undoing never shows anything to a circle that it was not shown to before.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from journal.jobs import index_later
from journal.reasons import beyond
from journal.records import Choice, Item, Shown, Waiting
from journal.release import ACT

Place = tuple[str, str, str]
"""A table of the gate, an item, a circle."""
Stand = dict[Place, dict[str, Any]]
"""The rows of the gate, as plain values that JSON holds."""
Change = dict[str, Any]
"""``row``, ``item`` and ``circle`` say where; ``was`` and ``now`` how the row stood before and after, or None."""

SHOWN, WAITING = "shown", "waiting"


def stand_of(session: Session, item: UUID) -> Stand:
    """Return where an item is shown and waits, and where what was said about it waits."""
    there = select(Item.id).where(or_(Item.id == item, Item.entry_id == item))
    with beyond(session, ACT):
        shown = session.execute(select(*_SHOWN).where(Shown.item_id == item)).all()
        waiting = session.execute(select(*_WAITING).where(Waiting.item_id.in_(there))).all()
    found: Stand = {}
    for kind, rows in ((SHOWN, shown), (WAITING, waiting)):
        for row in rows:
            values = {name: _plain(value) for name, value in row._mapping.items()}
            found[kind, values.pop("item_id"), values.pop("circle")] = values
    return found


_SHOWN = (Shown.item_id, Shown.circle, Shown.revision_id, Shown.number, Shown.decision_id, Shown.released_at)
_WAITING = (
    Waiting.item_id,
    Waiting.circle,
    Waiting.revision_id,
    Waiting.group_id,
    Waiting.since,
    Waiting.late_at,
    Waiting.past_id,
)
_IDS = frozenset({"revision_id", "decision_id", "group_id", "past_id"})
_MOMENTS = frozenset({"released_at", "since", "late_at"})


def changes_between(before: Stand, after: Stand) -> list[Change]:
    """Return the rows that are not as they were."""
    places = sorted(place for place in before.keys() | after.keys() if before.get(place) != after.get(place))
    return [
        {"row": place[0], "item": place[1], "circle": place[2], "was": before.get(place), "now": after.get(place)}
        for place in places
    ]


def put_back(session: Session, item: Item, changes: list[Change]) -> bool:
    """Put rows back as they were; return whether that could be done. All or nothing, but for what others said.

    A comment that waited is put back where its place is still free; it goes its own way otherwise.
    """
    stand = stand_of(session, item.id)
    own = [one for one in changes if one["item"] == str(item.id)]
    if any(stand.get(_place(one)) != one["now"] for one in own):
        return False
    chosen = _chosen(session, {UUID(one["item"]) for one in changes})
    if any(one["was"] and not _still_meant(one, chosen) for one in own):
        return False
    others = [one for one in changes if one not in own]
    free = [one for one in others if stand.get(_place(one)) == one["now"] and _still_meant(one, chosen)]
    for one in (*own, *free):
        _put(session, item, one)
    session.flush()
    for changed in {UUID(one["item"]) for one in (*own, *free)} | {item.id}:
        index_later(session, item.school_id, changed)
    return True


def _chosen(session: Session, items: set[UUID]) -> set[tuple[str, str, str]]:
    """The circles that items are meant for, in the revision that was handed in last: (item, revision, circle)."""
    with beyond(session, ACT):
        rows = session.execute(
            select(Choice.item_id, Choice.revision_id, Choice.circle)
            .join(Item, Item.revision_id == Choice.revision_id)
            .where(Item.id.in_(items), Item.deleted_at.is_(None))
        ).all()
    return {(str(item), str(revision), circle) for item, revision, circle in rows}


def _still_meant(one: Change, chosen: set[tuple[str, str, str]]) -> bool:
    """Whether the author still means the circle; what waited must be what was handed in last."""
    revisions = {revision for item, revision, circle in chosen if (item, circle) == (one["item"], one["circle"])}
    return bool(revisions) if one["row"] == SHOWN else one["was"]["revision_id"] in revisions


def _put(session: Session, item: Item, one: Change) -> None:
    table = Shown if one["row"] == SHOWN else Waiting
    where = {"item_id": UUID(one["item"]), "circle": one["circle"]}
    with beyond(session, ACT):
        session.execute(delete(table).where(table.item_id == where["item_id"], table.circle == one["circle"]))
        whose = select(Item.kind, Item.pupil_id, Item.author_id).where(Item.id == where["item_id"])
        written = session.execute(whose).one()
    if one["was"] is None:
        return
    values = {name: _rich(name, value) for name, value in one["was"].items()}
    more: dict[str, Any] = {"kind": written.kind}
    if table is Waiting:
        more = {"pupil_id": written.pupil_id, "author_id": written.author_id}
    session.add(table(school_id=item.school_id, **where, **values, **more))


def _place(one: Change) -> Place:
    return one["row"], one["item"], one["circle"]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _rich(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _IDS:
        return UUID(value)
    return datetime.fromisoformat(value) if name in _MOMENTS else value
