"""Photos in revisions: where they stand, what is said about them, for whom they are kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from journal.circles import Kind, circle, kind_of
from journal.clock import now
from journal.jobs import Work, ask_for, index_later
from journal.reasons import beyond
from journal.records import Attachment, FamilyLink, Item, NarrowedTo, Placement, Revision
from journal.refusals import Reason, Refusal, Unseen
from journal.release import ACT
from journal.seeing import Viewer
from journal.viewers import open_groups
from journal.words import MOST_PHOTOS, PictureState


class Only(StrEnum):
    """For whom a photo is kept."""

    ALL = "all"  # everyone who sees the entry
    FAMILY = "family"
    TEACHERS = "teachers"
    CLASS = "class"
    ME = "me"


def fewer(now: Only) -> frozenset[Only]:
    """Return for whom a photo of something that was handed in can be kept at once: as it is, or for fewer people."""
    return frozenset(Only) if now is Only.ALL else frozenset({now, Only.ME})


@dataclass(frozen=True, slots=True)
class PhotoInput:
    """What is said about one photo. Photos stand in the order in which they are given."""

    attachment: UUID
    caption: str = ""
    description: str = ""
    only: Only = Only.ALL


def placements(session: Session, revision: UUID) -> list[Placement]:
    """Return a revision's placements that the session's viewer sees, in order."""
    return list(
        session.scalars(
            select(Placement).where(Placement.revision_id == revision).order_by(Placement.position, Placement.id)
        )
    )


def has_photos(session: Session, revision: Revision) -> bool:
    """Tell whether any photo stands in a revision."""
    return session.scalar(select(Placement.id).where(Placement.revision_id == revision.id).limit(1)) is not None


def place(session: Session, actor: Viewer, item: Item, revision: Revision, attachment: Attachment) -> Placement:
    """Put a photo behind those that stand in a revision. Raises Refusal(TOO_MANY_PHOTOS) past the most."""
    # Two pictures may come at once: the second one waits here, and then counts the first one too.
    session.execute(update(Revision).where(Revision.id == revision.id).values(saved_at=now()))
    here = session.execute(
        select(func.count(), func.coalesce(func.max(Placement.position), 0)).where(Placement.revision_id == revision.id)
    ).one()
    if here[0] >= MOST_PHOTOS:
        raise Refusal(Reason.TOO_MANY_PHOTOS, "photo", MOST_PHOTOS)
    if attachment.owner_id != actor.membership:
        raise Unseen
    attachment.item_id = item.id
    placed = Placement(
        school_id=item.school_id,
        revision_id=revision.id,
        attachment_id=attachment.id,
        position=here[1] + 1,
    )
    session.add(placed)
    session.flush()
    return placed


def save_photos(session: Session, actor: Viewer, item: Item, revision: Revision, photos: Iterable[PhotoInput]) -> None:
    """Save what was said about photos, and their order.

    A photo that is not named keeps its place behind the others: it may have arrived while the form was on its way.
    One that does not stand here is passed over: it was taken away meanwhile.
    """
    found = {row.attachment_id: row for row in placements(session, revision.id)}
    position = 0
    for photo in photos:
        row = found.pop(photo.attachment, None)
        if row is None:
            continue
        position += 1
        row.position, row.caption, row.description = position, photo.caption, photo.description
        keep_for(session, actor, item, row, photo.only)
    for row in found.values():
        position += 1
        row.position = position
    session.flush()


def keep_for(session: Session, actor: Viewer, item: Item, placement: Placement, only: Only) -> None:
    """Keep a photo for some circles of its entry, or for all of them."""
    wanted = circles_for(session, actor, only)
    placement.narrowed = only is not Only.ALL
    with beyond(session, ACT):
        rows = list(session.scalars(select(NarrowedTo).where(NarrowedTo.placement_id == placement.id)))
    for row in rows:
        if row.circle not in wanted:
            session.delete(row)
    for value in sorted(wanted - {row.circle for row in rows}):
        session.add(NarrowedTo(school_id=item.school_id, placement_id=placement.id, circle=value))
    session.flush()


def circles_for(session: Session, pupil: Viewer, only: Only) -> set[str]:
    """Return the circles that a photo kept so is kept for; none for all and for just me."""
    if only is Only.FAMILY:
        links = session.scalars(
            select(FamilyLink.id).where(FamilyLink.pupil_id == pupil.membership, FamilyLink.ended_at.is_(None))
        )
        return {circle(Kind.FAMILY, pupil.membership)} | {circle(Kind.RELATIVE, link) for link in links}
    kind = {Only.TEACHERS: Kind.TEACHERS, Only.CLASS: Kind.CLASS}.get(only)
    if kind is None:
        return set()
    return {circle(kind, group.id) for group in open_groups(session, pupil.membership)}


def kept_for(session: Session, rows: Iterable[Placement]) -> dict[UUID, Only]:
    """Return for whom the author kept each placement."""
    narrowed = {row.id: row.narrowed for row in rows}
    circles: dict[UUID, list[str]] = {one: [] for one in narrowed}
    if any(narrowed.values()):
        for row in session.scalars(select(NarrowedTo).where(NarrowedTo.placement_id.in_(narrowed))):
            circles[row.placement_id].append(row.circle)
    return {one: only_of(narrowed[one], circles[one]) for one in narrowed}


def only_of(narrowed: bool, circles: Iterable[str]) -> Only:
    """Return for whom a photo is kept, from the circles it is narrowed to."""
    words = {Kind.FAMILY: Only.FAMILY, Kind.TEACHERS: Only.TEACHERS, Kind.CLASS: Only.CLASS}
    found = [words[kind] for kind in map(kind_of, circles) if kind in words]
    return found[0] if found else Only.ME if narrowed else Only.ALL


def narrow_now(session: Session, actor: Viewer, item: Item, attachment: UUID, only: Only) -> None:
    """Keep a photo of something that was handed in for fewer people, at once and in every revision.

    Raises Refusal(NOT_NOW) for more people than before: that is asked again, with a new revision.
    """
    with beyond(session, ACT):
        rows = list(
            session.scalars(
                select(Placement)
                .join(Revision, Revision.id == Placement.revision_id)
                .where(Revision.item_id == item.id, Placement.attachment_id == attachment)
            )
        )
        before = set(kept_for(session, rows).values())
        if only is Only.ALL or (not before <= {Only.ALL, only} and only is not Only.ME):
            raise Refusal(Reason.NOT_NOW)
        for row in rows:
            keep_for(session, actor, item, row, only)
    index_later(session, item.school_id, item.id)


def copy_photos(session: Session, item: Item, old: Revision, new: Revision) -> None:
    """Put the photos of one revision into another, with all that is said about them."""
    for row in placements(session, old.id):
        copied = Placement(
            school_id=item.school_id,
            revision_id=new.id,
            attachment_id=row.attachment_id,
            position=row.position,
            caption=row.caption,
            description=row.description,
            narrowed=row.narrowed,
        )
        session.add(copied)
        session.flush()
        for kept in session.scalars(select(NarrowedTo).where(NarrowedTo.placement_id == row.id)):
            session.add(NarrowedTo(school_id=item.school_id, placement_id=copied.id, circle=kept.circle))
    session.flush()


def take_away(session: Session, revision: Revision, attachment: UUID) -> None:
    """Take a photo out of a revision; one that stands nowhere else is deleted."""
    index_later(session, revision.school_id, revision.item_id, soon=False)
    with beyond(session, ACT):
        session.execute(
            delete(Placement).where(Placement.revision_id == revision.id, Placement.attachment_id == attachment)
        )
        elsewhere = session.scalar(select(Placement.id).where(Placement.attachment_id == attachment).limit(1))
    if elsewhere is None:
        ask_for(session, Work.REMOVE_PHOTO, attachment)


def broken_photos(session: Session, revision: Revision) -> bool:
    """Tell whether a photo in a revision could not be made."""
    return (
        session.scalar(
            select(Attachment.id)
            .join(Placement, Placement.attachment_id == Attachment.id)
            .where(Placement.revision_id == revision.id, Attachment.state == PictureState.BROKEN)
            .limit(1)
        )
        is not None
    )
