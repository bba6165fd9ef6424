"""An entry as its page shows it: to its author the newest that was handed in, to a reader what was shown to them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from journal.circles import Kind, kind_of
from journal.conditions import READ_BY_ME, table
from journal.photos import Only
from journal.reasons import BY_THE_RULE
from journal.records import (
    Attachment,
    Entry,
    Item,
    KeptWords,
    LeftOut,
    Membership,
    NarrowedTo,
    Notice,
    Placement,
    Revision,
    School,
)
from journal.records.base import Id
from journal.refusals import Unseen
from journal.seeing import ME, Viewer
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
    kept: bool = False
    """Whether the viewer wrote something back here while that had a rest."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry of somebody else's, as one viewer may see it."""

    entry: Entry
    revision: Revision
    """The one that is shown to them; for who only decides about it, the one that waits."""
    decides: bool
    """Whether they only decide about it."""
    newer: bool
    """Whether they decide as well about a newer one."""


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


def _opened() -> Select[*tuple[Any, ...]]:
    mine = Entry.author_id == ME
    newest = and_(mine, Revision.id == Entry.revision_id)
    shown = and_(~mine, READ_BY_ME)
    about, entry = table(Item), bindparam("entry", type_=Id())
    talk = select(about.c.id).where(about.c.entry_id == entry)
    news = and_(Notice.membership_id == ME, Notice.seen_at.is_(None))
    unseen = exists().where(news, or_(Notice.item_id == entry, Notice.item_id.in_(talk)))
    kept = exists().where(KeptWords.membership_id == ME, KeptWords.entry_id == entry)
    return (
        select(Entry, Revision, School.class_families_may_comment, unseen, kept)
        .join(School, School.id == Entry.school_id)
        .outerjoin(Revision, and_(Revision.item_id == Entry.id, or_(newest, shown)))
        .where(Entry.id == entry, Entry.deleted_at.is_(None))
        .execution_options(**BY_THE_RULE)
    )


_OPENED = _opened()


def opened(session: Session, viewer: Viewer, entry: UUID) -> Opened:
    """Return an entry for its page, in one query. Raises ``Unseen`` for what is not there for this viewer."""
    row = session.execute(_OPENED, {"entry": entry}).one_or_none()
    if row is None:
        raise Unseen
    found, revision, families_may, told, kept = row
    return Opened(found, revision, found.author_id == viewer.membership, families_may, bool(told), bool(kept))


_SEEN: Select[*tuple[Any, ...]] = (
    select(Entry, Revision, READ_BY_ME)
    .join(Revision, Revision.item_id == Entry.id)
    .where(Entry.id == bindparam("entry", type_=Id()), Entry.author_id == bindparam("author", type_=Id()))
    .where(Entry.deleted_at.is_(None))
    .order_by(Revision.number.desc())
    .execution_options(**BY_THE_RULE)
)


def seen(session: Session, entry: UUID, author: UUID) -> Seen | None:
    """Return what the session's viewer may see of another's entry, in one query; None where it is nothing."""
    rows = session.execute(_SEEN, {"entry": entry, "author": author}).all()
    if not rows:
        return None
    newest = rows[0]
    read = next((row for row in rows if row[2]), None)
    return Seen(newest[0], (read or newest)[1], decides=read is None, newer=read is not None and read is not newest)


_PHOTOS = (
    select(
        Placement.id,
        Placement.revision_id,
        Placement.caption,
        Placement.description,
        Placement.narrowed,
        Attachment.id.label("photo"),
        Attachment.width,
        Attachment.height,
        Attachment.state,
        NarrowedTo.circle,
    )
    .join(Attachment, Attachment.id == Placement.attachment_id)
    .outerjoin(NarrowedTo, NarrowedTo.placement_id == Placement.id)
    .where(Placement.revision_id.in_(bindparam("revisions", expanding=True)))
    .order_by(Placement.position, Placement.id)
)


def photos_in(session: Session, revisions: Collection[UUID]) -> dict[UUID, list[Photo]]:
    """Return the photos in revisions that the session's viewer sees, in order, in one query."""
    found: dict[UUID, dict[UUID, Photo]] = {one: {} for one in revisions}
    if not found:
        return {}
    for row in session.execute(_PHOTOS, {"revisions": list(found)}).all():
        here = found[row.revision_id]
        if row.id not in here or row.circle is not None:
            here[row.id] = _photo(row)
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


def _photo(row: Row[*tuple[Any, ...]]) -> Photo:
    only = _ONLY.get(kind_of(row.circle), Only.ALL) if row.circle else Only.ME if row.narrowed else Only.ALL
    return Photo(
        id=row.photo,
        caption=row.caption,
        description=row.description,
        width=row.width,
        height=row.height,
        state=row.state,
        only=only,
    )
