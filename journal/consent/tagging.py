"""Saying who is in a picture. People say it, nothing recognises anybody, and nobody is told that they were named."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, Select, and_, bindparam, delete, false, select, true, union_all
from sqlalchemy.orm import Session, aliased

from journal.circles import GROUP_KINDS, Kind, kind_of, owner_of
from journal.conditions import mine_to_decide, table, there_is
from journal.consents import lacks
from journal.reasons import beyond
from journal.records import (
    Attachment,
    Enrolment,
    Group,
    Item,
    Membership,
    Placement,
    Revision,
    Shown,
    Tagged,
    Waiting,
)
from journal.refusals import Reason, Refusal, Unseen
from journal.release import ACT
from journal.seeing import MY_SCHOOL, Viewer
from journal.trail import record
from journal.words import Purpose, Role, TagKind

TOLD_TO_GROUPS = (*GROUP_KINDS, Kind.TEACHERS)
UNDER = "names under what is shown"
MOST_NAMED = 60


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that somebody may name people in."""

    photo: UUID
    item: UUID
    entry: UUID
    """The entry that it stands in, or under."""
    pupil: UUID
    """In whose space."""
    own: bool
    """Whether it is their own; else they are a moderator."""
    handed_in: bool
    seen: bool
    """Whether they see it now: a moderator may name who is in it when it is kept back from them as well."""
    revision: UUID | None
    """The newest revision that it stands in, as far as they see it."""
    description: str
    groups: frozenset[UUID]
    """Where it went or waits; names are of their pupils, and of the author's own groups."""


@dataclass(frozen=True, slots=True)
class Pupil:
    """A pupil who may be in the picture."""

    id: UUID
    name: str
    face: bool
    chosen: bool
    kept: bool
    """Whether the name stays: a moderator set it, or it was handed in."""
    lacks: bool
    """Whether, named, they would be without a yes for the class journal."""


@dataclass(frozen=True, slots=True)
class Others:
    """What is said besides pupils."""

    grown_up: bool = False
    nobody: bool = False


def picture(session: Session, viewer: Viewer, photo: UUID) -> Picture:
    """Return a picture in which the viewer may name people: its author, or who moderates it; three queries.

    A moderator is whoever decides about what waits of it, and a teacher of a class that it was released to; never a
    relative of the child. Raises ``Unseen`` for anybody else.
    """
    with beyond(session, ACT):
        row = session.execute(_PICTURE, {"photo": photo}).one_or_none()
        if row is None:
            raise Unseen
        item = row.item
        told = session.execute(_TOLD, {"item": item.id}).all()
    of_groups = [(owner_of(circle), shown) for circle, shown in told if kind_of(circle) in TOLD_TO_GROUPS]
    own = row.owner_id == viewer.membership and item.gone_at is None
    released = {group for group, shown in of_groups if shown}
    near = item.pupil_id in viewer.kin or row.person_id == viewer.person
    if not own and (near or not (row.decides or released & viewer.decides_for)):
        raise Unseen
    place = session.execute(_PLACE, {"photo": photo}).first()
    return Picture(
        photo=photo,
        item=item.id,
        entry=item.entry_id or item.id,
        pupil=item.pupil_id,
        own=own,
        handed_in=item.revision_id is not None,
        seen=own or place is not None,
        revision=place.revision_id if place else None,
        description=place.description if place else "",
        groups=frozenset(group for group, _ in of_groups),
    )


def _picture() -> Select[*tuple[Any, ...]]:
    """A picture of the viewer's school with its item and its author, and whether the viewer decides about it."""
    wait, item = table(Waiting), table(Item)
    decides = there_is(wait, where=and_(wait.c.item_id == item.c.id, mine_to_decide(wait, item)))
    return (
        select(aliased(Item, item, name="item"), Attachment.owner_id, Membership.person_id, decides.label("decides"))
        .join(Attachment, Attachment.item_id == item.c.id)
        .join(Membership, Membership.id == item.c.author_id)
        .where(Attachment.id == bindparam("photo"), Attachment.school_id == MY_SCHOOL, item.c.deleted_at.is_(None))
    )


def _told() -> CompoundSelect[*tuple[Any, ...]]:
    """The circles that an item is shown to, or waits for."""
    shown = select(Shown.circle, true()).where(Shown.item_id == bindparam("item"))
    waits = select(Waiting.circle, false()).where(Waiting.item_id == bindparam("item"))
    return union_all(shown, waits)


_PICTURE, _TOLD = _picture(), _told()
_PLACE = (
    select(Placement.revision_id, Placement.description)
    .join(Revision, Revision.id == Placement.revision_id)
    .where(Placement.attachment_id == bindparam("photo"))
    .order_by(Revision.number.desc())
    .limit(1)
)


def pupils(session: Session, viewer: Viewer, picture: Picture) -> tuple[tuple[Pupil, ...], Others]:
    """Return who may be named in a picture, by name, who is, and what is said besides; two queries."""
    tag = table(Tagged)
    with beyond(session, UNDER):
        tags = list(session.scalars(select(Tagged).where(Tagged.attachment_id == picture.photo)))
        named = {row.pupil_id: row for row in tags if row.pupil_id is not None}
        beside = aliased(Enrolment)
        of_author = (
            select(beside.group_id)
            .join(Group, Group.id == beside.group_id)
            .where(beside.pupil_id == picture.pupil, beside.ended_at.is_(None), Group.closed_at.is_(None))
        )
        there = Enrolment.group_id.in_(picture.groups) | Enrolment.group_id.in_(of_author)
        here = select(Enrolment.pupil_id).where(there, Enrolment.ended_at.is_(None))
        lacking = (
            select(tag.c.pupil_id)
            .where(tag.c.attachment_id == picture.photo, lacks(tag, Purpose.CLASS_JOURNAL))
            .correlate(None)
        )
        rows = session.execute(
            select(Membership.id, Membership.name, Membership.face, Membership.id.in_(lacking).label("lacks"))
            .where(
                Membership.school_id == viewer.school,
                Membership.role == Role.PUPIL,
                (Membership.id.in_(here) & Membership.ended_at.is_(None)) | Membership.id.in_(list(named)),
            )
            .order_by(Membership.name, Membership.id)
        ).all()
    found = tuple(
        Pupil(
            id=row.id,
            name=row.name,
            face=bool(row.face),
            chosen=row.id in named,
            kept=row.id in named and not _may_take_away(viewer, picture, named[row.id]),
            lacks=bool(row.lacks),
        )
        for row in rows
    )
    kinds = {row.kind for row in tags}
    return found, Others(TagKind.GROWN_UP in kinds, TagKind.NOBODY in kinds)


def _may_take_away(viewer: Viewer, picture: Picture, tag: Tagged) -> bool:
    return not picture.own or (tag.by_id == viewer.membership and not picture.handed_in)


def say_who(
    session: Session,
    actor: Viewer,
    photo: UUID,
    chosen: Collection[UUID],
    others: Others,
    before: Collection[UUID] | None = None,
) -> int:
    """Say who is in a picture; it holds at once, and everywhere. Returns how many names were added or taken away.

    A pupil takes away what they said themselves, as long as it was not handed in; a moderator anything. ``before``:
    who was named on the page that was looked at; whom somebody else has named since stays named. Raises ``Unseen``, and
    Refusal(NOT_UNDERSTOOD) for somebody who is not among those to choose from.
    """
    found = picture(session, actor, photo)
    known, _others = pupils(session, actor, found)
    if len(chosen) > MOST_NAMED or not set(chosen) <= {one.id for one in known}:
        raise Refusal(Reason.NOT_UNDERSTOOD, "pupil")
    add = set(chosen) - {one.id for one in known if one.chosen}
    gone = {one.id for one in known if one.chosen and not one.kept} - set(chosen)
    gone &= gone if before is None else set(before)
    with beyond(session, ACT):
        if gone:
            session.execute(delete(Tagged).where(Tagged.attachment_id == photo, Tagged.pupil_id.in_(gone)))
        besides = [TagKind.GROWN_UP] * others.grown_up + [TagKind.NOBODY] * others.nobody
        session.execute(delete(Tagged).where(Tagged.attachment_id == photo, Tagged.kind != TagKind.PUPIL))
        for kind, pupil in [*((TagKind.PUPIL, one) for one in sorted(add)), *((kind, None) for kind in besides)]:
            session.add(
                Tagged(school_id=actor.school, attachment_id=photo, kind=kind, pupil_id=pupil, by_id=actor.membership)
            )
        session.flush()
    record(session, actor, "say_who", photo, added=len(add), taken=len(gone), item=str(found.item))
    return len(add) + len(gone)
