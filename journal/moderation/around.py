"""One thing that waits, with everything that is needed to decide about it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Row,
    Select,
    Text,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from journal.circles import GROUP_KINDS, kind_of, owner_of
from journal.moderation.waiting import Waits
from journal.reasons import beyond
from journal.records import (
    Attachment,
    Decision,
    Enrolment,
    Group,
    Item,
    Membership,
    Placement,
    Revision,
    Shown,
    Teaching,
)
from journal.seeing import AM_LEAD, Viewer
from journal.text import excerpt
from journal.words import PictureState, Role, Verdict

UNDER = "names under what is shown"


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo that waits, or is shown."""

    id: UUID
    caption: str
    description: str
    width: int
    height: int
    ready: bool


@dataclass(frozen=True, slots=True)
class Said:
    """Words that help to decide: what it answers, or what is shown now."""

    item: UUID
    revision: UUID
    number: int
    title: str
    words: str
    name: str
    photos: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier decision."""

    verdict: Verdict
    name: str
    at: datetime
    number: int
    words: str
    """The note that the author read, or the reason for the record."""
    title: str = ""
    """What it was called, for somebody who does not have it before them any more."""


@dataclass(frozen=True, slots=True)
class Room:
    """A group that would see it: its name, how many pupils, its teachers by name."""

    group: UUID
    name: str
    pupils: int
    teachers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Detail:
    """Everything around one thing that waits."""

    photos: tuple[Picture, ...]
    now_shown: Said | None
    entry: Said | None
    parent: Said | None
    before: tuple[Before, ...]
    rooms: dict[UUID, Room]


def detail(session: Session, waits: Waits) -> Detail:
    """Return what is around a thing that waits for the session's viewer, in at most three queries."""
    rows = _around(session, waits) if waits.decided or waits.shown or waits.item.entry_id else []
    said = {row.item_id: _said(row) for row in rows if row.what == "said"}
    shown = said.get(waits.item.id)
    pictures = _pictures(session, [waits.revision.id, *([shown.revision] if shown else [])])
    return Detail(
        photos=pictures.get(waits.revision.id, ()),
        now_shown=replace(shown, photos=pictures.get(shown.revision, ())) if shown else None,
        entry=said.get(waits.item.entry_id) if waits.item.entry_id else None,
        parent=said.get(waits.item.parent_id) if waits.item.parent_id else None,
        before=tuple(_before(row) for row in rows if row.what == "decided"),
        rooms=_rooms(session, waits.circles),
    )


def _around(session: Session, waits: Waits) -> Sequence[Row[Any]]:
    """What the circles that wait see now (of it, of its entry, of what it answers), then earlier decisions."""
    ids = [one for one in (waits.item.id, waits.item.entry_id, waits.item.parent_id) if one]
    asked = {"items": ids, "circles": list(waits.circles), "item": waits.item.id}
    with beyond(session, UNDER):
        return session.execute(_AROUND, asked).all()


def _told() -> CompoundSelect[*tuple[Any, ...]]:
    items: BindParameter[Any] = bindparam("items", expanding=True)
    circles: BindParameter[Any] = bindparam("circles", expanding=True)
    said = (
        select(
            literal("said").label("what"),
            Item.id.label("item_id"),
            Revision.id.label("revision_id"),
            Revision.number.label("number"),
            type_coerce(Revision.title, Text).label("title"),
            Revision.words.label("words"),
            Membership.name.label("name"),
            Shown.released_at.label("at"),
        )
        .select_from(Shown)
        .join(Item, Item.id == Shown.item_id)
        .join(Revision, Revision.id == Shown.revision_id)
        .join(Membership, Membership.id == Item.author_id)
        .where(Shown.item_id.in_(items), Shown.circle.in_(circles), Item.deleted_at.is_(None))
    )
    decided = (
        select(
            literal("decided"),
            Decision.item_id,
            Decision.revision_id,
            Revision.number,
            type_coerce(Decision.verdict, Text),
            # A lead's reason may be about a worry: other leads read it, who moderates the thing later does not.
            case(
                (Decision.note != "", Decision.note),
                (or_(AM_LEAD, Membership.role != Role.LEAD), Decision.reason),
                else_="",
            ),
            Membership.name,
            Decision.created_at,
        )
        .select_from(Decision)
        .join(Revision, Revision.id == Decision.revision_id)
        .join(Membership, Membership.id == Decision.by_id)
        .where(Decision.item_id == bindparam("item"), Decision.undone_at.is_(None))
    )
    return union_all(said, decided).order_by("number", "at")


_AROUND = _told()


def _said(row: Row[Any]) -> Said:
    return Said(row.item_id, row.revision_id, row.number, row.title, row.words, row.name)


def _before(row: Row[Any]) -> Before:
    return Before(Verdict(row.title), row.name, row.at, row.number, row.words)


_PICTURES: Select[*tuple[Any, ...]] = (
    select(
        Placement.revision_id,
        Attachment.state,
        Attachment.id,
        Placement.caption,
        Placement.description,
        Attachment.width,
        Attachment.height,
    )
    .join(Attachment, Attachment.id == Placement.attachment_id)
    .where(Placement.revision_id.in_(bindparam("revisions", expanding=True)))
    .order_by(Placement.position, Placement.id)
)


def _pictures(session: Session, revisions: Sequence[UUID]) -> dict[UUID, tuple[Picture, ...]]:
    """The photos of revisions, as far as the net shows them, in order."""
    found: dict[UUID, list[Picture]] = defaultdict(list)
    for revision, state, photo, caption, words, width, height in session.execute(
        _PICTURES, {"revisions": list(revisions)}
    ).all():
        found[revision].append(Picture(photo, caption, words, width, height, state is PictureState.READY))
    return {revision: tuple(many) for revision, many in found.items()}


_PUPILS = (
    select(func.count(Enrolment.id))
    .where(Enrolment.group_id == Group.id, Enrolment.ended_at.is_(None))
    .correlate(Group)
    .scalar_subquery()
)
_ROOMS = (
    select(Group.id, Group.name, _PUPILS, Membership.name)
    .outerjoin(Teaching, and_(Teaching.group_id == Group.id, Teaching.ended_at.is_(None)))
    .outerjoin(Membership, and_(Membership.id == Teaching.teacher_id, Membership.ended_at.is_(None)))
    .where(Group.id.in_(bindparam("groups", expanding=True)))
    .order_by(Group.name, Group.id, Teaching.id)
)


def _rooms(session: Session, circles: Sequence[str]) -> dict[UUID, Room]:
    """The groups of circles: how many pupils each has today, and its teachers by name."""
    groups = {owner_of(one) for one in circles if kind_of(one) in GROUP_KINDS}
    if not groups:
        return {}
    rows = session.execute(_ROOMS, {"groups": list(groups)}).all()
    found: dict[UUID, Room] = {}
    for group, name, many, teacher in rows:
        before = found.get(group, Room(group, name, many, ()))
        found[group] = replace(before, teachers=(*before.teachers, teacher) if teacher else before.teachers)
    return found


def what_happened(session: Session, viewer: Viewer, item: UUID) -> tuple[Before, ...]:
    """Return who decided about an item, newest first, for somebody who was about to decide about it."""
    with beyond(session, UNDER):
        rows = session.execute(
            select(Decision, Membership.name, Revision)
            .join(Membership, Membership.id == Decision.by_id)
            .join(Revision, Revision.id == Decision.revision_id)
            .where(Decision.item_id == item, Decision.school_id == viewer.school, Decision.undone_at.is_(None))
            .order_by(Decision.id.desc())
            .limit(3)
        ).all()
    return tuple(
        Before(one.verdict, name, one.created_at, said.number, "", said.title or excerpt(said.words, 60))
        for one, name, said in rows
    )
