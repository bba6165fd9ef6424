"""What is known of photos: the size to send, how far each has come, whose face."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from journal.images import SIZES
from journal.reasons import beyond
from journal.records import Attachment, Enrolment, Membership, Rendition
from journal.refusals import Unseen
from journal.seeing import Viewer
from journal.words import PictureState


@dataclass(frozen=True, slots=True)
class PhotoState:
    """How far a photo has come, for its owner to know. ``percent`` of its sizes are made; ``problem`` is a code."""

    photo: UUID
    state: PictureState
    percent: int
    problem: str


def best_rendition(session: Session, photo: UUID, size: str) -> Rendition:
    """Return a size of a photo, or the biggest smaller one while it is not made.

    Raises ``Unseen`` for a photo that the session's viewer does not see, and for a size that there never is.
    """
    if size not in SIZES:
        raise Unseen
    rows = session.scalars(select(Rendition).where(Rendition.attachment_id == photo))
    here = [row for row in rows if SIZES.get(row.size, 0) <= SIZES[size]]
    if not here:
        raise Unseen
    return max(here, key=lambda row: SIZES.get(row.size, 0))


def states(session: Session, photos: Collection[UUID]) -> dict[UUID, PhotoState]:
    """Return how far photos have come that the session's viewer sees."""
    rows = session.scalars(select(Attachment).where(Attachment.id.in_(photos)))
    return {row.id: state_of(row) for row in rows}


def state_of(row: Attachment) -> PhotoState:
    """Return how far a photo has come."""
    return PhotoState(row.id, row.state, min(100, row.done * 100 // len(SIZES)), row.problem)


def own_photo(session: Session, viewer: Viewer, photo: UUID) -> PhotoState:
    """Return how far one's own photo has come. Raises ``Unseen`` for any other."""
    row = session.scalars(
        select(Attachment).where(Attachment.id == photo, Attachment.owner_id == viewer.membership)
    ).one_or_none()
    if row is None:
        raise Unseen
    return state_of(row)


def face_file(session: Session, viewer: Viewer | None, group: UUID | None, membership: UUID) -> str:
    """Return the kept file of somebody's face.

    It shows to people of the same school, and before signing in to whoever typed the class code of that pupil's group.
    Raises ``Unseen`` for any other, and where there is no face.
    """
    known = []
    if viewer is not None:
        known.append(Membership.school_id == viewer.school)
    if group is not None:
        of_group = select(Enrolment.pupil_id).where(Enrolment.group_id == group, Enrolment.ended_at.is_(None))
        known.append(Membership.id.in_(of_group))
    if not known:
        raise Unseen
    with beyond(session, "who is signing in"):
        file = session.scalar(select(Membership.face).where(Membership.id == membership, or_(*known)))
    if not file:
        raise Unseen
    return file
