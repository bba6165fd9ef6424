"""What was said about a pupil's things and not looked at yet, for the first page of their space."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from journal.records import Comment, Entry, FamilyLink, Membership, Notice, Revision
from journal.seeing import ME
from journal.words import NoticeKind

MOST_NEWS = 30


@dataclass(frozen=True, slots=True)
class News:
    """Something that somebody said."""

    comment: UUID
    entry: UUID
    title: str
    name: str
    face: UUID | None
    kind: NoticeKind


_ABOUT = aliased(Entry)
_NEWS = (
    select(
        Notice.kind,
        Comment.id,
        Comment.entry_id,
        Comment.author_id,
        Membership.name,
        Membership.face,
        FamilyLink.known_as,
        Revision.title,
    )
    .join(Comment, Comment.id == Notice.item_id)
    .join(_ABOUT, _ABOUT.id == Comment.entry_id)
    .join(Revision, Revision.id == _ABOUT.revision_id)
    .join(Membership, Membership.id == Comment.author_id)
    .outerjoin(FamilyLink, and_(FamilyLink.relative_id == Comment.author_id, FamilyLink.pupil_id == ME))
    .where(Notice.membership_id == ME, Notice.seen_at.is_(None))
    .where(Notice.kind.in_((NoticeKind.SAID, NoticeKind.ANSWERED)))
    .where(Comment.deleted_at.is_(None), _ABOUT.deleted_at.is_(None))
    .order_by(Notice.id.desc())
    .limit(MOST_NEWS)
)


def news(session: Session) -> list[News]:
    """What was said and not looked at yet, as far as the pupil may see it."""
    found = {}
    for row in session.execute(_NEWS).all():
        name, face = row.known_as or row.name, row.author_id if row.face else None
        found[row.id] = News(row.id, row.entry_id, row.title, name, face, row.kind)
    return list(found.values())
