"""A moderator's desk: whose things come to it, whether single keys decide, and what was just decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Row,
    Select,
    Text,
    bindparam,
    case,
    cast,
    distinct,
    func,
    literal,
    null,
    select,
    type_coerce,
    union_all,
    update,
)
from sqlalchemy.orm import Session, aliased

from journal.clock import now
from journal.moderation.undoing import UNDO
from journal.reasons import beyond
from journal.records import Decision, Group, Person
from journal.records.base import UtcTime
from journal.release import ACT
from journal.seeing import ME, MY_GROUPS, MY_PERSON, Viewer
from journal.words import Verdict


@dataclass(frozen=True, slots=True)
class Fresh:
    """What was decided in one go less than a minute ago, and can be undone."""

    go: UUID
    verdict: Verdict
    at: datetime
    things: int


@dataclass(frozen=True, slots=True)
class Desk:
    """What belongs to a moderator's pages besides what waits."""

    groups: dict[UUID, str]
    """The groups whose things they decide, by name."""
    keys: bool
    fresh: Fresh | None


def desk_of(session: Session) -> Desk:
    """Return the desk of the session's viewer, in one query."""
    with beyond(session, "names under what is shown"):
        return desk_from(session.execute(_DESK, {"fresh": now() - UNDO}).all())


def desk_from(rows: Sequence[Row[Any]]) -> Desk:
    """Return the desk that these rows tell of, see ``desk_parts``; rows of other things are passed over."""
    groups = {row.id: row.name for row in rows if row.what == "group"}
    fresh = next((row for row in rows if row.what == "fresh"), None)
    return Desk(
        groups=dict(sorted(groups.items(), key=lambda one: one[1])),
        keys=any(row.kind == "keys" for row in rows if row.what == "person"),
        fresh=Fresh(fresh.id, Verdict(fresh.kind), fresh.at, int(fresh.words)) if fresh else None,
    )


def use_keys(session: Session, actor: Viewer, keys: bool) -> None:
    """Let single keys decide in the queue, or not; kept for the person, on every device."""
    with beyond(session, ACT):
        session.execute(update(Person).where(Person.id == actor.person).values(keys=keys))


def row_of(what: str, id_: Any, at: Any, **more: Any) -> Select[Any]:
    """One part of what a moderator's page asks in one go; what is not named is empty."""
    texts = [
        type_coerce(more.get(name, literal("")), Text).label(name)
        for name in ("kind", "name", "words", "old", "note", "about")
    ]
    return select(literal(what).label("what"), id_.label("id"), at.label("at"), *texts)


def desk_parts() -> list[Select[Any]]:
    """The parts that a desk is made of; ``fresh`` is from when on what was decided can be undone."""
    no_time = cast(null(), UtcTime())
    groups = row_of("group", Group.id, no_time, name=Group.name).where(Group.id.in_(MY_GROUPS))
    keys = case((Person.keys, literal("keys")), else_=literal(""))
    person = row_of("person", Person.id, no_time, kind=keys).where(Person.id == MY_PERSON)
    beside = aliased(Decision)
    things = (
        select(cast(func.count(distinct(beside.item_id)), Text))
        .where(beside.go_id == Decision.go_id, beside.by_id == ME)
        .scalar_subquery()
    )
    last = (
        row_of("fresh", Decision.go_id, Decision.created_at, kind=cast(Decision.verdict, Text), words=things)
        .where(Decision.by_id == ME, Decision.undone_at.is_(None), Decision.go_id.is_not(None))
        .where(Decision.created_at > bindparam("fresh", type_=UtcTime()))
        .order_by(Decision.id.desc())
        .limit(1)
    )
    return [groups, person, last]


_DESK = union_all(*(select(part.subquery()) for part in desk_parts()))
