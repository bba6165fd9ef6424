"""A moderator's desk: whose things come to it, whether single keys decide, and what was just decided."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CompoundSelect,
    Text,
    bindparam,
    cast,
    distinct,
    false,
    func,
    literal,
    null,
    select,
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
        rows = session.execute(_DESK, {"fresh": now() - UNDO}).all()
    groups = {row.id: row.words for row in rows if row.what == "group"}
    fresh = next((row for row in rows if row.what == "fresh"), None)
    return Desk(
        groups=dict(sorted(groups.items(), key=lambda one: one[1])),
        keys=any(row.yes for row in rows if row.what == "person"),
        fresh=Fresh(fresh.id, Verdict(fresh.words), fresh.at, fresh.many) if fresh else None,
    )


def use_keys(session: Session, actor: Viewer, keys: bool) -> None:
    """Let single keys decide in the queue, or not; kept for the person, on every device."""
    with beyond(session, ACT):
        session.execute(update(Person).where(Person.id == actor.person).values(keys=keys))


def _desk() -> CompoundSelect[Any]:
    no_time, none = cast(null(), UtcTime()), literal(0)
    groups = select(
        literal("group").label("what"),
        Group.id.label("id"),
        Group.name.label("words"),
        no_time.label("at"),
        none.label("many"),
        false().label("yes"),
    ).where(Group.id.in_(MY_GROUPS))
    person = select(literal("person"), Person.id, literal(""), no_time, none, Person.keys).where(Person.id == MY_PERSON)
    beside = aliased(Decision)
    things = (
        select(func.count(distinct(beside.item_id))).where(beside.go_id == Decision.go_id, beside.by_id == ME)
    ).scalar_subquery()
    last = (
        select(
            literal("fresh"),
            Decision.go_id,
            cast(Decision.verdict, Text),
            Decision.created_at,
            things,
            false(),
        )
        .where(Decision.by_id == ME, Decision.undone_at.is_(None), Decision.go_id.is_not(None))
        .where(Decision.created_at > bindparam("fresh", type_=UtcTime()))
        .order_by(Decision.id.desc())
        .limit(1)
        .subquery()
    )
    return union_all(groups, person, select(last))


_DESK = _desk()
