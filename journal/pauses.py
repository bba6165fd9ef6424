"""What has a rest: who may not add now, and what is not read. Nothing that is kept is lost by it.

| what rests | what stops                                                                                           |
|------------|------------------------------------------------------------------------------------------------------|
| comments   | writing back to what pupils of the class made, by everybody; and by these pupils, to anything        |
| one person | they add nothing, in whatever hat: they read, keep drafts, take their own things back                |
| a class    | nothing new comes in or to it: nothing is handed in by its pupils or to its circles, no comments     |
| everything | the same for all its pupils' things, or the school's; and they are read by nobody but their author   |

What waits goes on waiting: it is let through when the rest is over. Three things never rest: telling a worry, taking
one's own things back, asking for one's own things.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session, aliased

from journal.circles import GROUP_KINDS, Kind, circle, kind_of, owner_of
from journal.clock import now
from journal.reasons import beyond
from journal.records import Enrolment, Group, Item, Membership, Pause
from journal.records.base import Id, UtcTime
from journal.seeing import NOBODY, Viewer
from journal.words import PauseKind, Role


class Doing(StrEnum):
    """What somebody wants to do that may have a rest."""

    HAND_IN = "hand_in"
    """Hand something in, or open a door of it."""
    SAY = "say"
    """Write back, or change what one wrote."""
    RELEASE = "release"
    """Let through what waits."""


@dataclass(frozen=True, slots=True)
class Resting:
    """A pause that is on. Words are empty where the school wrote none of its own."""

    id: UUID
    kind: PauseKind
    group: UUID | None
    group_name: str
    until: datetime | None
    child_words: str
    grown_words: str
    person: UUID | None
    """Whose pause it is, where it is one person's."""
    has_pupil: bool = False
    """Whether the pupil who was asked about is in its class."""
    by_author: bool = False
    """Whether it is that of the author who was asked about."""


def on(pause: Any, moment: Any) -> ColumnElement[bool]:
    """A pause that is on at a moment: not taken off, and not over."""
    return and_(pause.ended_at.is_(None), or_(pause.until.is_(None), pause.until > moment))


_MOMENT = bindparam("moment", type_=UtcTime())


_RESTS = aliased(Membership)


def _running(pupil: Any) -> Select[*tuple[Any, ...]]:
    has_pupil = exists().where(
        Enrolment.pupil_id == pupil, Enrolment.group_id == Pause.group_id, Enrolment.ended_at.is_(None)
    )
    return (
        select(Pause.id, Pause.kind, Pause.group_id, Group.name, Pause.until, Pause.child_words, Pause.grown_words)
        .add_columns(_RESTS.person_id, has_pupil.correlate(Pause, Item).label("has_pupil"))
        .outerjoin(Group, Group.id == Pause.group_id)
        .outerjoin(_RESTS, _RESTS.id == Pause.member_id)
        .where(Pause.school_id == bindparam("school", type_=Id()), on(Pause, _MOMENT))
        .order_by(Pause.id)
    )


def _beside_items() -> Select[*tuple[Any, ...]]:
    """The pauses that are on, beside each of some items."""
    author = aliased(Membership)
    wrote = exists().where(author.id == Item.author_id, author.person_id == _RESTS.person_id)
    return (
        _running(Item.pupil_id)
        .add_columns(Item.id.label("item"), Item.entry_id, wrote.correlate(Item, _RESTS).label("by_author"))
        .join(Item, Item.id.in_(bindparam("items", expanding=True, type_=Id())))
    )


_RUNNING, _BESIDE_ITEMS = _running(bindparam("pupil", type_=Id())), _beside_items()


def running(session: Session, school: UUID, pupil: UUID = NOBODY) -> list[Resting]:
    """Return the pauses that are on in a school, in one query; beside a pupil, if asked about any."""
    asked = {"school": school, "moment": now(), "pupil": pupil}
    with beyond(session, "who is in which circle"):
        return [_resting(row) for row in session.execute(_RUNNING, asked).all()]


def _resting(row: Row[*tuple[Any, ...]], by_author: bool = False) -> Resting:
    return Resting(
        id=row.id,
        kind=row.kind,
        group=row.group_id,
        group_name=row.name or "",
        until=row.until,
        child_words=row.child_words,
        grown_words=row.grown_words,
        person=row.person_id,
        has_pupil=bool(row.has_pupil),
        by_author=by_author,
    )


def resting(
    session: Session, viewer: Viewer, what: Doing, *, pupil: UUID, circles: Collection[str] = ()
) -> Resting | None:
    """Return the pause that keeps a viewer from doing something about a pupil's things, or None, in one query.

    ``circles`` are those that would be given something. Of several the one that is on longest.
    """
    groups = _groups(circles)
    found = running(session, viewer.school, pupil)
    return longest([one for one in found if _stops(one, viewer, what, groups, what is Doing.SAY)])


def kept_waiting(session: Session, viewer: Viewer, waiting: Mapping[UUID, Collection[str]]) -> set[UUID]:
    """Return those of some items that may not be let through now, in one query.

    ``waiting`` says which circles each would be given.
    """
    asked = {"school": viewer.school, "moment": now(), "items": list(waiting)}
    with beyond(session, "who is in which circle"):
        rows = session.execute(_BESIDE_ITEMS, asked).all()
    return {
        row.item
        for row in rows
        if _stops(
            _resting(row, bool(row.by_author)),
            viewer,
            Doing.RELEASE,
            _groups(waiting[row.item]),
            words=row.entry_id is not None,
        )
    }


def _groups(circles: Collection[str]) -> set[UUID | None]:
    return {owner_of(one) for one in circles if kind_of(one) in GROUP_KINDS}


def longest(found: Collection[Resting]) -> Resting | None:
    """Return that of several pauses which ends last; one that somebody takes off ends last of all."""
    return max(found, key=lambda one: (one.until is None, one.until.timestamp() if one.until else 0.0), default=None)


def _stops(one: Resting, viewer: Viewer, what: Doing, groups: Collection[UUID | None], words: bool) -> bool:
    if one.kind is PauseKind.PERSON:
        return one.by_author if what is Doing.RELEASE else one.person == viewer.person
    mine = viewer.role is Role.PUPIL and one.group is not None and circle(Kind.CLASS, one.group) in viewer.circles
    here = one.group is None or one.has_pupil or one.group in groups or (mine and what is not Doing.RELEASE)
    return here and (words or one.kind is not PauseKind.COMMENTS)


def concerning(session: Session, viewer: Viewer) -> list[Resting]:
    """Return the pauses that a viewer is told of on their pages, in one query."""
    groups = _groups(viewer.circles)
    return [
        one
        for one in running(session, viewer.school)
        if (one.person == viewer.person if one.kind is PauseKind.PERSON else one.group is None or one.group in groups)
    ]
