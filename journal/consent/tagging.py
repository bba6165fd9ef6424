"""Saying who is in a picture. People say it, nothing recognises anybody, and nobody is told that they were named."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from journal.circles import GROUP_KINDS, Kind, kind_of, owner_of
from journal.conditions import table
from journal.consents import lacks
from journal.facts import Facts, facts_of
from journal.reasons import beyond
from journal.records import Attachment, Enrolment, Group, Item, Membership, Placement, Revision, Tagged
from journal.refusals import Reason, Refusal, Unseen
from journal.release import ACT
from journal.seeing import Viewer
from journal.trail import record
from journal.visibility import may_decide
from journal.words import Purpose, Role, TagKind

UNDER = "names under what is shown"
MOST_NAMED = 60


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that somebody may name people in."""

    photo: UUID
    item: UUID
    entry: UUID
    """The entry that it stands in, or under."""
    own: bool
    """Whether it is their own; else they are a moderator."""
    handed_in: bool
    seen: bool
    """Whether they see it now: a moderator may name who is in it when it is kept back from them as well."""
    description: str
    groups: frozenset[UUID]
    """Of whose pupils they may choose names."""


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
    """Return a picture in which the viewer may name people: its author, or who moderates it.

    A moderator is whoever decides about what waits of it, and a teacher of a class that it was released to; never a
    relative of the child. Raises ``Unseen`` for anybody else.
    """
    with beyond(session, ACT):
        row = session.scalars(
            select(Attachment).where(Attachment.id == photo, Attachment.school_id == viewer.school)
        ).one_or_none()
        item = session.scalars(select(Item).where(Item.id == row.item_id)).one_or_none() if row else None
    if row is None or item is None or item.deleted_at is not None:
        raise Unseen
    own = row.owner_id == viewer.membership and item.gone_at is None
    facts = facts_of(session, [item])[item.id]
    if not own and not moderates(viewer, facts):
        raise Unseen
    words = select(Placement.description).where(Placement.attachment_id == photo).order_by(Placement.id.desc()).limit(1)
    described = session.scalars(words).first()
    here = session.scalars(select(Attachment.id).where(Attachment.id == photo)).one_or_none()
    groups = _groups(session, viewer, item, facts)
    return Picture(
        photo=photo,
        item=item.id,
        entry=item.entry_id or item.id,
        own=own,
        handed_in=item.revision_id is not None,
        seen=here is not None,
        description=described or "",
        groups=groups,
    )


def moderates(viewer: Viewer, facts: Facts) -> bool:
    """Tell whether somebody says who is in the pictures of an item because they moderate it."""
    if facts.pupil in viewer.kin or viewer.person == facts.author_person or viewer.school != facts.school:
        return False
    if any(may_decide(viewer, facts, wait) for wait in facts.waiting):
        return True
    released = {owner_of(one) for one, _ in facts.shown if kind_of(one) in (*GROUP_KINDS, Kind.TEACHERS)}
    return bool(released & viewer.decides_for)


def _groups(session: Session, viewer: Viewer, item: Item, facts: Facts) -> frozenset[UUID]:
    """The groups of the author, and those to which it goes or went."""
    with beyond(session, UNDER):
        of_author = set(
            session.scalars(
                select(Enrolment.group_id)
                .join(Group, Group.id == Enrolment.group_id)
                .where(Enrolment.pupil_id == item.pupil_id, Enrolment.ended_at.is_(None), Group.closed_at.is_(None))
            )
        )
    told = {one for one, _ in facts.shown} | {wait.circle for wait in facts.waiting}
    return frozenset(of_author | {owner_of(one) for one in told if kind_of(one) in (*GROUP_KINDS, Kind.TEACHERS)})


def pupils(session: Session, viewer: Viewer, picture: Picture) -> tuple[tuple[Pupil, ...], Others]:
    """Return who may be named in a picture, by name, who is, and what is said besides; two queries."""
    tag = table(Tagged)
    with beyond(session, UNDER):
        tags = list(session.scalars(select(Tagged).where(Tagged.attachment_id == picture.photo)))
        named = {row.pupil_id: row for row in tags if row.pupil_id is not None}
        here = select(Enrolment.pupil_id).where(Enrolment.group_id.in_(picture.groups), Enrolment.ended_at.is_(None))
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


def say_who(session: Session, actor: Viewer, photo: UUID, chosen: Collection[UUID], others: Others) -> int:
    """Say who is in a picture; it holds at once, and everywhere. Returns how many names were added or taken away.

    A pupil takes away what they said themselves, as long as it was not handed in; a moderator anything. Raises
    ``Unseen``, and Refusal(NOT_UNDERSTOOD) for somebody who is not among those to choose from.
    """
    found = picture(session, actor, photo)
    known, _others = pupils(session, actor, found)
    if len(chosen) > MOST_NAMED or not set(chosen) <= {one.id for one in known}:
        raise Refusal(Reason.NOT_UNDERSTOOD, "pupil")
    add = set(chosen) - {one.id for one in known if one.chosen}
    gone = {one.id for one in known if one.chosen and not one.kept} - set(chosen)
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


def revision_of(session: Session, photo: UUID) -> UUID | None:
    """Return the newest revision that a picture stands in, as far as the viewer sees it."""
    stands = select(Revision.id).join(Placement, Placement.revision_id == Revision.id)
    return session.scalars(
        stands.where(Placement.attachment_id == photo).order_by(Revision.number.desc()).limit(1)
    ).first()
