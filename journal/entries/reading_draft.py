"""What the pages of writing show: the draft with its photos, the note that came back with it, what is gone."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, cast, func, null, select, union_all
from sqlalchemy.orm import Session, aliased

from journal.clock import now
from journal.consents import LACKS_A_YES
from journal.entries.doors_of import Doors, doors_from
from journal.photos import Only, only_of
from journal.reasons import BY_THE_RULE
from journal.records import (
    Attachment,
    Choice,
    Decision,
    Entry,
    LeftOut,
    Membership,
    NarrowedTo,
    Placement,
    Revision,
    Shown,
)
from journal.refusals import Unseen
from journal.seeing import Viewer
from journal.words import PictureState, Verdict


@dataclass(frozen=True, slots=True)
class DraftPhoto:
    """A photo in a draft. ``percent`` of its sizes are made; ``problem`` is a code where it could not be made."""

    id: UUID
    caption: str
    description: str
    only: Only
    state: PictureState
    percent: int
    problem: str
    lacks: bool
    """Whether somebody in it lacks a yes: it stays behind where a class's circles would see it."""


@dataclass(frozen=True, slots=True)
class DraftPage:
    """An entry as its author writes on: the draft, or with none the newest revision that one will begin from."""

    entry: UUID
    handed_in: bool
    """Whether an older revision was handed in."""
    is_draft: bool
    version: int
    revision: UUID
    title: str
    words: str
    learned: frozenset[str]
    circles: frozenset[str]
    left_out: frozenset[UUID]
    """Persons."""
    photos: tuple[DraftPhoto, ...]
    handed_in_other: bool
    """Whether the pupil handed in something else before, whose doors can be opened again."""
    shown: bool = False
    """Whether somebody sees an older revision until this one is handed in."""

    @property
    def doors(self) -> Doors:
        """The doors that are open."""
        return doors_from(set(self.circles))


def draft_page(session: Session, pupil: Viewer, entry: UUID) -> DraftPage:
    """Return an entry as its author writes on. Raises ``Unseen`` for anybody else's and for a deleted one."""
    row = session.execute(
        select(Entry, Revision, _handed_in_other(pupil, entry), _is_shown(entry))
        .join(Revision, Revision.id == func.coalesce(Entry.draft_id, Entry.revision_id))
        .where(Entry.id == entry, Entry.author_id == pupil.membership, Entry.deleted_at.is_(None))
    ).one_or_none()
    if row is None:
        raise Unseen
    return _page(session, *row)


def handed_in_page(session: Session, pupil: Viewer, entry: UUID) -> DraftPage | None:
    """Return the newest revision that was handed in, or None where there is none. Raises ``Unseen`` as above."""
    row = session.execute(
        select(Entry, Revision)
        .outerjoin(Revision, Revision.id == Entry.revision_id)
        .where(Entry.id == entry, Entry.author_id == pupil.membership, Entry.deleted_at.is_(None))
    ).one_or_none()
    if row is None:
        raise Unseen
    return None if row.Revision is None else _page(session, row.Entry, row.Revision, False)


def _handed_in_other(pupil: Viewer, entry: UUID) -> ColumnElement[bool]:
    other = aliased(Entry)
    return (
        select(other.id)
        .where(other.author_id == pupil.membership, other.id != entry)
        .where(other.revision_id.is_not(None), other.deleted_at.is_(None))
        .exists()
    )


def _is_shown(entry: UUID) -> ColumnElement[bool]:
    return select(Shown.id).where(Shown.item_id == entry).exists()


def _page(session: Session, entry: Entry, revision: Revision, handed_in_other: bool, shown: bool = False) -> DraftPage:
    is_draft = entry.draft_id == revision.id
    circles, left, kept = _choices(session, revision.id)
    return DraftPage(
        entry=entry.id,
        handed_in=entry.revision_id is not None,
        is_draft=is_draft,
        version=revision.version if is_draft else revision.version + 1,
        revision=revision.id,
        title=revision.title,
        words=revision.words,
        learned=frozenset(revision.learned),
        circles=circles,
        left_out=left,
        photos=_photos(session, revision.id, kept),
        handed_in_other=handed_in_other,
        shown=shown,
    )


def _choices(session: Session, revision: UUID) -> tuple[frozenset[str], frozenset[UUID], dict[UUID, list[str]]]:
    """Return what the author chose for a revision: circles, persons left out, and for whom photos are kept."""
    none = cast(null(), LeftOut.person_id.type)  # typed, or ids would come back as they are kept
    rows = session.execute(
        union_all(
            select(Choice.circle, none.label("person"), none.label("placement")).where(Choice.revision_id == revision),
            select(null(), LeftOut.person_id, none).where(LeftOut.revision_id == revision),
            select(NarrowedTo.circle, none, NarrowedTo.placement_id)
            .join(Placement, Placement.id == NarrowedTo.placement_id)
            .where(Placement.revision_id == revision),
        )
    ).all()
    kept: dict[UUID, list[str]] = defaultdict(list)
    for circle, _, placement in rows:
        if placement is not None:
            kept[placement].append(circle)
    return (
        frozenset(circle for circle, person, placement in rows if person is None and placement is None),
        frozenset(person for _, person, _ in rows if person is not None),
        kept,
    )


def photos_of(session: Session, revision: UUID) -> tuple[DraftPhoto, ...]:
    """Return the photos of a revision of one's own, in order."""
    return _photos(session, revision, _choices(session, revision)[2])


def _photos(session: Session, revision: UUID, kept: dict[UUID, list[str]]) -> tuple[DraftPhoto, ...]:
    rows = session.execute(
        select(Placement, Attachment, LACKS_A_YES)
        .join(Attachment, Attachment.id == Placement.attachment_id)
        .where(Placement.revision_id == revision)
        .order_by(Placement.position, Placement.id),
        execution_options=BY_THE_RULE,
    ).all()
    return tuple(
        DraftPhoto(
            id=photo.id,
            caption=placed.caption,
            description=placed.description,
            only=only_of(placed.narrowed, kept.get(placed.id, ())),
            state=photo.state,
            percent=min(100, photo.done * 25),
            problem=photo.problem,
            lacks=bool(lacks),
        )
        for placed, photo, lacks in rows
    )


def last_doors(session: Session, pupil: Viewer, entry: UUID) -> Doors | None:
    """Return the doors of what the pupil handed in last, other than this entry; None if there is nothing such."""
    rows = session.execute(
        select(Entry.id, Choice.circle)
        .outerjoin(Choice, Choice.revision_id == Entry.revision_id)
        .where(
            Entry.id
            == select(Entry.id)
            .where(Entry.author_id == pupil.membership, Entry.id != entry)
            .where(Entry.revision_id.is_not(None), Entry.deleted_at.is_(None))
            .order_by(Entry.handed_in_at.desc(), Entry.id.desc())
            .limit(1)
            .scalar_subquery()
        )
    ).all()
    return doors_from({row.circle for row in rows if row.circle}) if rows else None


def note_of(session: Session, page: DraftPage, entry: UUID) -> tuple[Decision, Membership] | None:
    """Return the decision with which the newest revision was sent back, and who decided, if it was."""
    if not page.handed_in:
        return None
    row = session.execute(
        select(Decision, Membership)
        .join(Entry, Entry.revision_id == Decision.revision_id)
        .join(Membership, Membership.id == Decision.by_id)
        .where(Entry.id == entry, Decision.undone_at.is_(None))
        .order_by(Decision.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None or row.Decision.verdict is not Verdict.SENT_BACK:
        return None
    return row.Decision, row.Membership


@dataclass(frozen=True, slots=True)
class Gone:
    """A deleted entry that can be brought back until then."""

    entry: UUID
    title: str
    words: str
    until: datetime


def gone(session: Session, pupil: Viewer, undo_time: int) -> list[Gone]:
    """Return the pupil's deleted entries that can be brought back, newest first. ``undo_time`` is in seconds."""
    rows = session.execute(
        select(Entry, Revision)
        .join(Revision, Revision.id == func.coalesce(Entry.draft_id, Entry.revision_id))
        .where(Entry.author_id == pupil.membership, Entry.deleted_at > now() - timedelta(seconds=undo_time))
        .order_by(Entry.deleted_at.desc())
        .limit(50)
    )
    wait = timedelta(seconds=undo_time)
    return [
        Gone(entry.id, revision.title, revision.words, entry.deleted_at + wait)
        for entry, revision in rows
        if entry.deleted_at is not None
    ]


def version_handed_in(session: Session, pupil: Viewer, entry: UUID) -> tuple[int, str, str] | None:
    """Return the version, title and words of what was handed in, if no draft was begun since. Raises ``Unseen``."""
    row = session.execute(
        select(Entry.draft_id, Revision.version, Revision.title, Revision.words)
        .outerjoin(Revision, Revision.id == Entry.revision_id)
        .where(Entry.id == entry, Entry.author_id == pupil.membership, Entry.deleted_at.is_(None))
    ).one_or_none()
    if row is None:
        raise Unseen
    return None if row.draft_id is not None or row.version is None else (row.version, row.title, row.words)
