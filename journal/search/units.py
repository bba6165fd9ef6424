"""Items as units for the index: each revision that somebody may find, each picture in it, each comment."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from journal.circles import GROUP_KINDS, kind_of
from journal.circles import Kind as CircleKind
from journal.records import Item, NarrowedTo, Placement, Revision, Shown, Waiting
from journal.search import tokens
from journal.store.index import Kind, Unit

_IN_A_CLASS = GROUP_KINDS | {CircleKind.TEACHERS}
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Around:
    """What belongs to some items, by the revision or the item."""

    revisions: dict[UUID, list[Revision]]
    shown: dict[UUID, list[Shown]]
    waiting: dict[UUID, list[Waiting]]
    placed: dict[UUID, list[Placement]]
    kept: dict[UUID, list[NarrowedTo]]


def units_of(session: Session, items: Collection[UUID]) -> list[Unit]:
    """Return all units of some items, in six queries. What was deleted and what is gone has none.

    The session must see all.
    """
    rows = session.scalars(select(Item).where(Item.id.in_(items), Item.deleted_at.is_(None))).all()
    around = _around(session, rows)
    return [unit for item in rows for unit in _units(item, around)]


def _around(session: Session, items: Collection[Item]) -> _Around:
    ids = [item.id for item in items]
    drafts = [item.draft_id for item in items if item.draft_id]
    newest = drafts + [item.revision_id for item in items if item.revision_id]
    shown = list(session.scalars(select(Shown).where(Shown.item_id.in_(ids))))
    waiting = list(session.scalars(select(Waiting).where(Waiting.item_id.in_(ids))))
    wanted = {*newest, *(row.revision_id for row in shown), *(row.revision_id for row in waiting)}
    revisions = list(session.scalars(select(Revision).where(Revision.id.in_(wanted))))
    said = or_(Placement.caption != "", Placement.description != "")
    placed = list(session.scalars(select(Placement).where(Placement.revision_id.in_(wanted), said)))
    narrowed = [row.id for row in placed if row.narrowed]
    kept = list(session.scalars(select(NarrowedTo).where(NarrowedTo.placement_id.in_(narrowed)))) if narrowed else []
    return _Around(
        revisions=_by("item_id", revisions),
        shown=_by("item_id", shown),
        waiting=_by("item_id", waiting),
        placed=_by("revision_id", placed),
        kept=_by("placement_id", kept),
    )


def _by(name: str, rows: Iterable[_T]) -> dict[UUID, list[_T]]:
    found: dict[UUID, list[_T]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found


def _units(item: Item, around: _Around) -> Iterator[Unit]:
    shown, waiting = around.shown[item.id], around.waiting[item.id]
    about = {tokens.pupil(item.pupil_id)}
    about |= {tokens.inside(row.circle) for row in shown if kind_of(row.circle) in _IN_A_CLASS}
    for revision in around.revisions[item.id]:
        readers = {row.circle for row in shown if row.revision_id == revision.id}
        others = set[str]()
        for row in waiting:
            if row.revision_id == revision.id:
                others |= {tokens.lead(item.school_id)} | ({tokens.desk(row.group_id)} if row.group_id else set())
        if revision.id == (item.draft_id or item.revision_id):
            others.add(tokens.author(item.author_id))
        for kind, id_, title, words, kept in _texts(item, revision, around):
            circles = (readers if kept is None else kept if readers else set()) | others
            if circles and (title or words):
                yield Unit(
                    id=id_,
                    item=item.id,
                    school=item.school_id,
                    kind=kind,
                    circles=frozenset(circles),
                    about=frozenset(about | {tokens.kind(kind)}),
                    at=item.handed_in_at or item.created_at,
                    title=title,
                    words=words,
                )


def _texts(item: Item, revision: Revision, around: _Around) -> Iterator[tuple[Kind, UUID, str, str, set[str] | None]]:
    """What a revision says: kind, id, short text, long text, and for a picture that is kept for some, for whom.

    Who sees such a picture holds one of these circles and one that the revision is shown to, not always the same.
    """
    yield (Kind.COMMENT if item.entry_id else Kind.WORDS), revision.id, revision.title, revision.words, None
    for row in around.placed[revision.id]:
        kept = {one.circle for one in around.kept[row.id]} if row.narrowed else None
        yield Kind.PICTURE, row.id, row.caption, row.description, kept
