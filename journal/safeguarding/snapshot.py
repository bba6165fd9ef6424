"""An item as one viewer sees it now: shown in short before a worry is sent, and kept whole with it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from journal.circles import GROUP_KINDS, Kind, kind_of, owner_of
from journal.clock import now
from journal.reasons import beyond
from journal.records import Attachment, Entry, FamilyLink, Group, Item, Membership, Placement, Rendition, Revision
from journal.release import ACT, shown_to
from journal.seeing import Viewer

Child = aliased(Membership)
KEPT_SIZE = "large"


@dataclass(frozen=True, slots=True)
class Seen:
    """An item that somebody sees, in the newest revision that they see."""

    item: Item
    revision: Revision
    author: Membership
    child: Membership


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo that is to be copied: the biggest size there is, up to ``KEPT_SIZE``."""

    file: str
    sha256: str
    caption: str
    description: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What is kept of an item, and the photos to copy."""

    item: UUID
    kept: dict[str, Any]
    photos: tuple[Photo, ...]


def seen(session: Session, item: UUID) -> Seen | None:
    """Return an item as the session's viewer sees it, or None: it is not there, or not for them."""
    row = session.execute(
        select(Item, Revision, Membership, Child)
        .join(Revision, Revision.item_id == Item.id)
        .join(Membership, Membership.id == Item.author_id)
        .join(Child, Child.id == Item.pupil_id)
        .where(Item.id == item)
        .order_by(Revision.number.desc())
        .limit(1)
    ).one_or_none()
    return Seen(*row) if row else None


def first_photo(session: Session, revision: UUID) -> tuple[UUID, str] | None:
    """Return the first photo of a revision that the session's viewer sees, and its description."""
    row = session.execute(
        select(Attachment.id, Placement.description)
        .join(Placement, Placement.attachment_id == Attachment.id)
        .where(Placement.revision_id == revision)
        .order_by(Placement.position, Placement.id)
        .limit(1)
    ).one_or_none()
    return (row[0], row[1]) if row else None


def snapshot_of(session: Session, viewer: Viewer, item: UUID) -> Snapshot | None:
    """Return what a viewer sees of an item, to keep; None if that is nothing."""
    found = seen(session, item)
    if found is None:
        return None
    revision = found.revision
    kept = {
        "kind": found.item.kind,
        "title": revision.title,
        "words": revision.words,
        "html": revision.html,
        "learned": list(revision.learned),
        "author": found.author.name,
        "author_id": found.author.id.hex,
        "pupil": found.child.name,
        "pupil_id": found.child.id.hex,
        "number": revision.number,
        "at": (revision.handed_in_at or revision.saved_at).isoformat(),
        "kept_at": now().isoformat(),
        "entry_title": _entry_title(session, found.item),
        "circles": _circles(session, found),
    }
    return Snapshot(found.item.id, kept, _photos(session, revision.id))


def _entry_title(session: Session, item: Item) -> str:
    """For a comment: the name of its entry, as the viewer sees it."""
    if item.entry_id is None:
        return ""
    rows = session.scalars(
        select(Revision.title)
        .join(Entry, Entry.id == Revision.item_id)
        .where(Entry.id == item.entry_id)
        .order_by(Revision.number.desc())
        .limit(1)
    )
    return rows.one_or_none() or ""


def _circles(session: Session, found: Seen) -> list[dict[str, str]]:
    """The circles that it is shown to now, by name."""
    circles = sorted(shown_to(session, found.item.id))
    groups = {owner_of(one) for one in circles if kind_of(one) in (*GROUP_KINDS, Kind.TEACHERS)}
    links = {owner_of(one) for one in circles if kind_of(one) is Kind.RELATIVE}
    with beyond(session, ACT):
        rows = list(session.execute(select(Group.id, Group.name).where(Group.id.in_(groups))))
        rows += session.execute(select(FamilyLink.id, FamilyLink.known_as).where(FamilyLink.id.in_(links)))
    names = {row[0]: row[1] for row in rows}
    return [{"kind": str(kind_of(one)), "name": names.get(owner_of(one), found.child.name)} for one in circles]


def _photos(session: Session, revision: UUID) -> tuple[Photo, ...]:
    rows = session.execute(
        select(Placement, Rendition)
        .join(Rendition, Rendition.attachment_id == Placement.attachment_id)
        .where(Placement.revision_id == revision)
        .order_by(Placement.position, Placement.id, Rendition.width)
    )
    best: dict[UUID, Photo] = {}
    settled: set[UUID] = set()
    for place, size in rows:
        if place.id not in settled:
            best[place.id] = Photo(size.file, size.sha256, place.caption, place.description)
        if size.size == KEPT_SIZE:
            settled.add(place.id)
    return tuple(best.values())
