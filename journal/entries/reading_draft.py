"""What the pages of writing show: the draft with its photos, the note that came back with it, what is gone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.clock import now
from journal.entries.doors_of import Doors, doors_from
from journal.photos import Only, kept_for
from journal.records import Attachment, Choice, Decision, Entry, LeftOut, Placement, Revision
from journal.refusals import Unseen
from journal.release import chosen
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

    @property
    def doors(self) -> Doors:
        """The doors that are open."""
        return doors_from(set(self.circles))


def draft_page(session: Session, pupil: Viewer, entry: UUID) -> DraftPage:
    """Return an entry as its author writes on. Raises ``Unseen`` for anybody else's and for a deleted one."""
    row = session.execute(
        select(Entry, Revision)
        .join(Revision, Revision.id == func.coalesce(Entry.draft_id, Entry.revision_id))
        .where(Entry.id == entry, Entry.author_id == pupil.membership, Entry.deleted_at.is_(None))
    ).one_or_none()
    if row is None:
        raise Unseen
    found, revision = row
    return _page(session, found, revision)


def handed_in_page(session: Session, pupil: Viewer, entry: UUID) -> DraftPage | None:
    """Return the newest revision that was handed in, or None where there is none. Raises ``Unseen`` as above."""
    found = session.scalars(
        select(Entry).where(Entry.id == entry, Entry.author_id == pupil.membership, Entry.deleted_at.is_(None))
    ).one_or_none()
    if found is None:
        raise Unseen
    if found.revision_id is None:
        return None
    return _page(session, found, session.scalars(select(Revision).where(Revision.id == found.revision_id)).one())


def _page(session: Session, entry: Entry, revision: Revision) -> DraftPage:
    is_draft = entry.draft_id == revision.id
    left = session.scalars(select(LeftOut.person_id).where(LeftOut.revision_id == revision.id))
    return DraftPage(
        entry=entry.id,
        handed_in=entry.revision_id is not None,
        is_draft=is_draft,
        version=revision.version if is_draft else revision.version + 1,
        revision=revision.id,
        title=revision.title,
        words=revision.words,
        learned=frozenset(revision.learned),
        circles=frozenset(chosen(session, revision.id)),
        left_out=frozenset(left),
        photos=photos_of(session, revision.id),
    )


def photos_of(session: Session, revision: UUID) -> tuple[DraftPhoto, ...]:
    """Return the photos of a revision of one's own, in order."""
    rows = session.execute(
        select(Placement, Attachment)
        .join(Attachment, Attachment.id == Placement.attachment_id)
        .where(Placement.revision_id == revision)
        .order_by(Placement.position, Placement.id)
    ).all()
    kept = kept_for(session, [row.Placement for row in rows])
    return tuple(
        DraftPhoto(
            id=photo.id,
            caption=placed.caption,
            description=placed.description,
            only=kept[placed.id],
            state=photo.state,
            percent=min(100, photo.done * 25),
            problem=photo.problem,
        )
        for placed, photo in rows
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


def note_of(session: Session, page: DraftPage, entry: UUID) -> tuple[str, UUID] | None:
    """Return the note with which the newest revision was sent back, and who wrote it, if it was."""
    if not page.handed_in:
        return None
    row = session.execute(
        select(Decision.note, Decision.by_id, Decision.verdict)
        .join(Entry, Entry.revision_id == Decision.revision_id)
        .where(Entry.id == entry)
        .order_by(Decision.id.desc())
        .limit(1)
    ).one_or_none()
    return (row.note, row.by_id) if row is not None and row.verdict is Verdict.SENT_BACK else None


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
