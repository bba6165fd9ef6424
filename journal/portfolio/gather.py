"""The entries of a portfolio as plain objects, read through its reader's eyes, a batch at a time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.names import Known, known
from journal.portfolio.inside import BATCH, made_at
from journal.portfolio.shapes import Found
from journal.records import Attachment, Comment, Entry, ExportPart, Placement, Revision
from journal.seeing import Viewer


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo in its place. ``file`` is its name in the portfolio; sides are pixels of the biggest size."""

    id: UUID
    file: str
    caption: str
    description: str
    width: int
    height: int
    missing: bool


@dataclass(slots=True)
class Said:
    """A comment. ``gap``: what it answers is not in this portfolio, whatever became of it."""

    id: UUID
    answers: UUID | None
    author: Known
    at: datetime
    revision: Revision
    photos: list[Photo]
    depth: int = 0
    gap: bool = False


@dataclass(slots=True)
class Leaf:
    """An entry with all that belongs to it, its comments in the order of the talk."""

    id: UUID
    pupil: UUID
    at: datetime
    revision: Revision
    kept_out: bool
    photos: list[Photo] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)


def entries_of(session: Session, export: UUID) -> list[Found]:
    """Return the entries of a portfolio that its reader still sees, in order, in one query."""
    rows = session.execute(
        select(Entry.id, Revision.id, Revision.title, Revision.words, made_at)
        .select_from(ExportPart)
        .join(Entry, Entry.id == ExportPart.item_id)
        .join(Revision, Revision.id == ExportPart.revision_id)
        .where(ExportPart.export_id == export, ExportPart.placement_id.is_(None))
        .order_by(ExportPart.position)
    )
    return [Found(entry, revision, title, words[:200], at) for entry, revision, title, words, at in rows]


def photo_files(session: Session, export: UUID) -> Iterator[list[tuple[UUID, str]]]:
    """Return the photos of a portfolio in order, in batches: which photo, and what its file is called there."""
    after = -1
    while True:
        rows = session.execute(
            select(ExportPart.position, ExportPart.attachment_id, ExportPart.file)
            .where(ExportPart.export_id == export, ExportPart.placement_id.is_not(None), ExportPart.position > after)
            .order_by(ExportPart.position)
            .limit(4 * BATCH)
        ).all()
        if not rows:
            return
        after = rows[-1].position
        yield [(row.attachment_id, row.file) for row in rows]


def leaves(
    session: Session, viewer: Viewer, export: UUID, entries: Iterable[Found], missing: frozenset[str]
) -> Iterator[Leaf]:
    """Return entries of a portfolio with what belongs to them; five queries for a batch, and no more in memory."""
    batch: list[Found] = []
    for one in entries:
        batch.append(one)
        if len(batch) == BATCH:
            yield from _batch(session, viewer, export, batch, missing)
            batch = []
    if batch:
        yield from _batch(session, viewer, export, batch, missing)


def _batch(session: Session, viewer: Viewer, export: UUID, entries: list[Found], missing: frozenset[str]) -> list[Leaf]:
    session.expunge_all()
    ids = [one.entry for one in entries]
    parts = session.scalars(
        select(ExportPart)
        .where(ExportPart.export_id == export, ExportPart.entry_id.in_(ids))
        .order_by(ExportPart.position)
    ).all()
    photos = _photos(session, [one for one in parts if one.placement_id is not None], missing)
    entry_revisions = [one.revision_id for one in parts if one.item_id == one.entry_id and one.placement_id is None]
    comment_revisions = [one.revision_id for one in parts if one.item_id != one.entry_id and one.placement_id is None]
    found: dict[UUID, Leaf] = {}
    for entry, revision in session.execute(
        select(Entry, Revision)
        .join(Revision, Revision.item_id == Entry.id)
        .where(Revision.id.in_(entry_revisions))
        .order_by(made_at, Entry.id)
    ):
        at = entry.handed_in_at or entry.created_at
        found[entry.id] = Leaf(entry.id, entry.pupil_id, at, revision, entry.kept_out_at is not None)
        found[entry.id].photos = photos.get(revision.id, [])
    rows = session.execute(
        select(Comment, Revision)
        .join(Revision, Revision.item_id == Comment.id)
        .where(Revision.id.in_(comment_revisions))
        .order_by(Comment.handed_in_at, Comment.id)
    ).all()
    names = known(session, viewer, {(comment.author_id, comment.pupil_id) for comment, _ in rows})
    talk: dict[UUID, list[Said]] = {one: [] for one in found}
    for comment, revision in rows:
        if comment.entry_id in talk:
            author = names[comment.author_id, comment.pupil_id]
            at = comment.handed_in_at or comment.created_at
            said = Said(comment.id, comment.parent_id, author, at, revision, photos.get(revision.id, []))
            talk[comment.entry_id].append(said)
    for one, many in talk.items():
        found[one].said = in_threads(many)
    return [found[one] for one in ids if one in found]


def _photos(session: Session, parts: list[ExportPart], missing: frozenset[str]) -> dict[UUID, list[Photo]]:
    files = {part.placement_id: part.file for part in parts}
    found: dict[UUID, list[Photo]] = {}
    for place, attachment in session.execute(
        select(Placement, Attachment)
        .join(Attachment, Attachment.id == Placement.attachment_id)
        .where(Placement.id.in_(files))
        .order_by(Placement.position, Placement.id)
    ):
        found.setdefault(place.revision_id, []).append(
            Photo(
                id=attachment.id,
                file=files[place.id],
                caption=place.caption,
                description=place.description,
                width=attachment.width,
                height=attachment.height,
                missing=files[place.id] in missing,
            )
        )
    return found


def in_threads(said: list[Said]) -> list[Said]:
    """Return comments in the order of the talk: each followed by its answers. Given and kept oldest first.

    An answer to something that is not among them begins a thread of its own, which says so. Without recursion: people
    may answer one another a thousand times.
    """
    here = {one.id for one in said}
    answers: dict[UUID, list[Said]] = {}
    roots: list[Said] = []
    for one in said:
        if one.answers in here and one.answers is not None:
            answers.setdefault(one.answers, []).append(one)
        else:
            one.gap = one.answers is not None
            roots.append(one)
    found: list[Said] = []
    stack = list(reversed(roots))
    while stack:
        one = stack.pop()
        found.append(one)
        for answer in reversed(answers.get(one.id, [])):
            answer.depth = one.depth + 1
            stack.append(answer)
    return found
