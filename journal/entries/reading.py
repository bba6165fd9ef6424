"""An entry as its page shows it: to its author the newest that was handed in, to a reader what was shown to them."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from journal.circles import Kind, kind_of
from journal.conditions import READ_BY_ME, table
from journal.photos import Only
from journal.reasons import BY_THE_RULE
from journal.records import (
    Attachment,
    Entry,
    Item,
    LeftOut,
    Membership,
    NarrowedTo,
    Notice,
    Placement,
    Revision,
    School,
)
from journal.refusals import Unseen
from journal.seeing import Viewer
from journal.words import PictureState


@dataclass(frozen=True, slots=True)
class Opened:
    """An entry that somebody opened. ``revision`` None: they only decide about it, or never handed it in."""

    entry: Entry
    revision: Revision | None
    mine: bool
    families_may: bool
    """Whether the school lets other families comment."""
    news: bool
    """Whether the viewer was told of something here that they have not seen yet."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo where it stands. Sides in pixels, of its biggest size; ``only`` is known to its author alone."""

    id: UUID
    caption: str
    description: str
    width: int
    height: int
    state: PictureState
    only: Only


def opened(session: Session, viewer: Viewer, entry: UUID) -> Opened:
    """Return an entry for its page, in one query. Raises ``Unseen`` for what is not there for this viewer."""
    mine = Entry.author_id == viewer.membership
    newest = and_(mine, Revision.id == Entry.revision_id)
    shown = and_(~mine, READ_BY_ME)
    about = table(Item)
    talk = select(about.c.id).where(about.c.entry_id == entry)
    news = and_(Notice.membership_id == viewer.membership, Notice.seen_at.is_(None))
    unseen = exists().where(news, or_(Notice.item_id == entry, Notice.item_id.in_(talk)))
    row = session.execute(
        select(Entry, Revision, School.class_families_may_comment, unseen)
        .join(School, School.id == Entry.school_id)
        .outerjoin(Revision, and_(Revision.item_id == Entry.id, or_(newest, shown)))
        .where(Entry.id == entry, Entry.deleted_at.is_(None)),
        execution_options=BY_THE_RULE,
    ).one_or_none()
    if row is None:
        raise Unseen
    found, revision, families_may, told = row
    return Opened(found, revision, found.author_id == viewer.membership, families_may, bool(told))


def photos_in(session: Session, revisions: Collection[UUID]) -> dict[UUID, list[Photo]]:
    """Return the photos in revisions that the session's viewer sees, in order, in one query."""
    found: dict[UUID, dict[UUID, Photo]] = {one: {} for one in revisions}
    if not found:
        return {}
    rows = session.execute(
        select(Placement, Attachment, NarrowedTo.circle)
        .join(Attachment, Attachment.id == Placement.attachment_id)
        .outerjoin(NarrowedTo, NarrowedTo.placement_id == Placement.id)
        .where(Placement.revision_id.in_(revisions))
        .order_by(Placement.position, Placement.id)
    )
    for place, attachment, kept in rows:
        here = found[place.revision_id]
        if place.id not in here or kept is not None:
            here[place.id] = _photo(place, attachment, kept)
    return {one: list(many.values()) for one, many in found.items()}


def left_out_of(session: Session, viewer: Viewer, entry: UUID) -> frozenset[UUID]:
    """Return who is left out of one's own entry, as memberships in one's school."""
    persons = (
        select(LeftOut.person_id)
        .join(Entry, Entry.revision_id == LeftOut.revision_id)
        .where(Entry.id == entry, Entry.author_id == viewer.membership)
    )
    return frozenset(session.scalars(select(Membership.id).where(Membership.person_id.in_(persons))))


_ONLY = {
    Kind.FAMILY: Only.FAMILY,
    Kind.RELATIVE: Only.FAMILY,
    Kind.TEACHERS: Only.TEACHERS,
    Kind.CLASS: Only.CLASS,
}


def _photo(place: Placement, attachment: Attachment, kept: str | None) -> Photo:
    only = _ONLY.get(kind_of(kept), Only.ALL) if kept else Only.ME if place.narrowed else Only.ALL
    return Photo(
        id=attachment.id,
        caption=place.caption,
        description=place.description,
        width=attachment.width,
        height=attachment.height,
        state=attachment.state,
        only=only,
    )
