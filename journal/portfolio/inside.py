"""What is in a portfolio: what its orderer sees of one pupil's things, at this moment, through the gate.

Three statements say it: which entries, which photos, which comments. The preview counts them, the making writes them
down part by part, and the judging asks whether every part written down would still be among them.
"""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, ColumnElement, Select, String, and_, case, cast, exists, false, func, or_, select
from sqlalchemy.orm import Session

from journal.conditions import READ_BY_ME
from journal.feeds import Mark
from journal.images.names import MASTER
from journal.portfolio.scope import Scope
from journal.portfolio.shapes import Found, Piece, Preview, Wanted, Why
from journal.reasons import BY_THE_RULE
from journal.records import (
    Attachment,
    Comment,
    Entry,
    Export,
    ExportPart,
    HiddenForMe,
    Item,
    Placement,
    Rendition,
    Revision,
)
from journal.seeing import Viewer
from journal.words import PictureState, Stand

BATCH = 50
"""Entries whose photos and comments are read together."""

made_at: ColumnElement[datetime] = func.coalesce(Entry.handed_in_at, Entry.created_at)
"""When an entry was made, as its page says."""


def preview(session: Session, wanted: Wanted) -> Preview:
    """Return what would be in a portfolio, in four queries however much there is."""
    mine = wanted.stand is Stand.PUPIL
    inside = _inside(wanted).with_only_columns(
        func.count(), func.count(case((_kept_out(wanted.scope), 1))), maintain_column_froms=True
    )
    found, kept_out = session.execute(inside, execution_options=BY_THE_RULE).one()
    drafts = session.scalar(_drafts(wanted)) if mine else 0
    entries = _entries(wanted)
    photos, length, not_ready = session.execute(_photo_sums(wanted, entries), execution_options=BY_THE_RULE).one()
    comments, hidden = session.execute(
        _comments(wanted, entries).with_only_columns(
            func.count(case((~_hidden(wanted.viewer), 1))),
            func.count(case((_hidden(wanted.viewer), 1))),
            maintain_column_froms=True,
        ),
        execution_options=BY_THE_RULE,
    ).one()
    counted = {Why.KEPT_OUT: kept_out, Why.DRAFT: drafts or 0, Why.NOT_READY: not_ready, Why.HIDDEN: hidden}
    left_out = {why: number for why, number in counted.items() if number}
    return Preview(found - kept_out, photos, comments, int(length or 0), left_out)


def entries_in(session: Session, wanted: Wanted) -> list[Found]:
    """Return the entries that are in it, oldest first: their ids, names and times, in one query."""
    rows = session.execute(
        _inside(wanted)
        .with_only_columns(Entry.id, Revision.id, Revision.title, func.substr(Revision.words, 1, 200), made_at)
        .where(~_kept_out(wanted.scope))
        .order_by(made_at, Entry.id),
        execution_options=BY_THE_RULE,
    )
    return [Found(*row) for row in rows]


def newest(session: Session, wanted: Wanted, before: Mark, limit: int) -> list[Found]:
    """Return the newest entries that are in it and stand before a place, in one query."""
    rows = session.execute(
        _inside(wanted)
        .with_only_columns(Entry.id, Revision.id, Revision.title, func.substr(Revision.words, 1, 200), made_at)
        .where(~_kept_out(wanted.scope), or_(made_at < before.at, and_(made_at == before.at, Entry.id < before.item)))
        .order_by(made_at.desc(), Entry.id.desc())
        .limit(limit),
        execution_options=BY_THE_RULE,
    )
    return [Found(*row) for row in rows]


def pieces_of(session: Session, wanted: Wanted, entries: list[Found]) -> dict[UUID, list[Piece]]:
    """Return, by entry, its photos in order, then its comments, oldest first, each with its own photos.

    Two queries for a batch of entries. Hidden comments and photos that are not ready are not among them.
    """
    stands_in: dict[UUID, tuple[UUID, UUID]] = {one.revision: (one.entry, one.entry) for one in entries}
    comments: list[Any] = list(
        session.execute(
            _comments(wanted, [one.entry for one in entries])
            .with_only_columns(Comment.id, Comment.entry_id, Revision.id, maintain_column_froms=True)
            .where(~_hidden(wanted.viewer))
            .order_by(func.coalesce(Comment.handed_in_at, Comment.created_at), Comment.id),
            execution_options=BY_THE_RULE,
        )
    )
    stands_in |= {revision: (entry, comment) for comment, entry, revision in comments}
    photos: dict[UUID, list[Piece]] = {one: [] for one in stands_in}
    for place in session.scalars(
        select(Placement)
        .join(Attachment, Attachment.id == Placement.attachment_id)
        .where(Placement.revision_id.in_(stands_in), Attachment.state == PictureState.READY)
        .order_by(Placement.position, Placement.id)
    ):
        where = stands_in[place.revision_id]
        photos[place.revision_id].append(Piece(*where, place.revision_id, place.id, place.attachment_id))
    found = {one.entry: photos[one.revision] for one in entries}
    for comment, entry, revision in comments:
        found[entry] += [Piece(entry, comment, revision), *photos[revision]]
    return found


def changed(session: Session, wanted: Wanted, exports: Collection[UUID]) -> set[UUID]:
    """Return those of some portfolios of which a part would not be there now, in that very revision. Three queries.

    They are of pupils who are seen with the same eyes; the session is that viewer's. One whose parts are not known
    counts as changed.
    """
    whole = and_(ExportPart.export_id.in_(exports), ExportPart.placement_id.is_(None))
    photo = and_(ExportPart.export_id.in_(exports), ExportPart.placement_id.is_not(None))
    of = ExportPart.export_id
    counted = select(of, func.count(case((whole, 1))), func.count(case((photo, 1)))).where(of.in_(exports)).group_by(of)
    seen = (
        select(of, func.count())
        .join(Export, Export.id == of)
        .join(Item, Item.id == ExportPart.item_id)
        .join(Revision, and_(Revision.id == ExportPart.revision_id, Revision.item_id == Item.id))
        .where(whole, Item.pupil_id == Export.pupil_id, Item.deleted_at.is_(None), _revision(wanted, Item))
        .group_by(of)
    )
    if not wanted.scope.kept_out_too:
        seen = seen.where(Item.kept_out_at.is_(None))
    placed = (
        select(of, func.count())
        .join(
            Placement,
            and_(Placement.id == ExportPart.placement_id, Placement.revision_id == ExportPart.revision_id),
        )
        .where(photo)
        .group_by(of)
    )
    parts = {one: (wholes, photos) for one, wholes, photos in session.execute(counted)}
    here: dict[UUID, int] = dict(session.execute(seen, execution_options=BY_THE_RULE).all())
    shots: dict[UUID, int] = dict(session.execute(placed).all())
    return {one for one in exports if one not in parts or parts[one] != (here.get(one, 0), shots.get(one, 0))}


def batches(entries: list[Found]) -> Iterator[list[Found]]:
    """Return the entries in batches."""
    return (entries[start : start + BATCH] for start in range(0, len(entries), BATCH))


def _revision(wanted: Wanted, of: type[Item]) -> ColumnElement[bool]:
    """The revision that the reader has: of what is theirs the newest that was handed in, else what they are shown."""
    mine = of.author_id == wanted.viewer.membership
    return or_(and_(mine, Revision.id == of.revision_id), and_(~mine, READ_BY_ME))


def _inside(wanted: Wanted) -> Select[Any]:
    """The entries in scope, what is kept out of the portfolio among them."""
    scope = wanted.scope
    statement = (
        select(Entry.id)
        .join(Revision, Revision.item_id == Entry.id)
        .where(Entry.pupil_id.in_(wanted.pupils), Entry.deleted_at.is_(None), _revision(wanted, Entry))
    )
    if scope.begins:
        statement = statement.where(made_at >= scope.begins)
    if scope.ends:
        statement = statement.where(made_at < scope.ends)
    if scope.learned:
        # The column is a list of words out of a closed list, kept as JSON.
        kept = cast(Revision.learned, String)
        statement = statement.where(or_(*(kept.like(f'%"{place}"%') for place in sorted(scope.learned))))
    if scope.entries is not None:
        statement = statement.where(Entry.id.in_(scope.entries))
    return statement


def _kept_out(scope: Scope) -> ColumnElement[bool]:
    return false() if scope.kept_out_too else Entry.kept_out_at.is_not(None)


def _drafts(wanted: Wanted) -> Select[Any]:
    return select(func.count(Entry.id)).where(
        Entry.author_id == wanted.viewer.membership, Entry.deleted_at.is_(None), Entry.revision_id.is_(None)
    )


def _entries(wanted: Wanted) -> CTE:
    return (
        _inside(wanted)
        .with_only_columns(Entry.id.label("entry"), Revision.id.label("revision"))
        .where(~_kept_out(wanted.scope))
        .cte("wanted")
    )


def _comments(wanted: Wanted, entries: CTE | list[UUID]) -> Select[Any]:
    """The comments under some entries that are the reader's own or shown to them, those they have hidden too."""
    under = Comment.entry_id.in_(entries if isinstance(entries, list) else select(entries.c.entry))
    return (
        select(Comment.id)
        .join(Revision, Revision.item_id == Comment.id)
        .where(under, Comment.deleted_at.is_(None), _revision(wanted, Comment))
    )


def _hidden(viewer: Viewer) -> ColumnElement[bool]:
    return exists().where(HiddenForMe.item_id == Comment.id, HiddenForMe.membership_id == viewer.membership)


def _photo_sums(wanted: Wanted, entries: CTE) -> Select[Any]:
    """How many photos, how many bytes their biggest size has, and how many have no sizes yet."""
    talk = (
        _comments(wanted, entries)
        .with_only_columns(Revision.id.label("revision"), maintain_column_froms=True)
        .where(~_hidden(wanted.viewer))
        .cte("talk")
    )
    ready = Attachment.state == PictureState.READY
    sums: tuple[Any, ...] = func.count(case((ready, 1))), func.sum(Rendition.length), func.count(case((~ready, 1)))
    return (
        select(*sums)
        .select_from(Placement)
        .join(Attachment, Attachment.id == Placement.attachment_id)
        .outerjoin(Rendition, and_(Rendition.attachment_id == Attachment.id, Rendition.size == MASTER, ready))
        .where(
            or_(
                Placement.revision_id.in_(select(entries.c.revision)),
                Placement.revision_id.in_(select(talk.c.revision)),
            )
        )
    )
