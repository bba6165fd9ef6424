"""The holds that somebody sees."""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session, aliased

from journal.records import Hold, HoldReview, Membership
from journal.refusals import Unseen
from journal.words import PAGE

Pupil = aliased(Membership)


@dataclass(frozen=True, slots=True)
class HoldRow:
    """A hold, who put it on, and whose things it keeps where it keeps all of them."""

    hold: Hold
    by: str
    pupil: str
    reviews: list[tuple[HoldReview, str]] = field(default_factory=list)
    """Who looked at it again, oldest first."""


def holds_of(session: Session, after: UUID | None) -> tuple[list[HoldRow], UUID | None]:
    """Return a page of the holds that are on, what is to be looked at first on top, and the next place."""
    statement = _rows().where(Hold.ended_at.is_(None)).order_by(Hold.review_on, Hold.id)
    if after is not None:
        last = session.execute(select(Hold.review_on, Hold.id).where(Hold.id == after)).one_or_none()
        if last is not None:
            behind = and_(Hold.review_on == last.review_on, Hold.id > last.id)
            statement = statement.where(or_(Hold.review_on > last.review_on, behind))
    found = [HoldRow(*row) for row in session.execute(statement.limit(PAGE + 1))]
    return found[:PAGE], found[PAGE - 1].hold.id if len(found) > PAGE else None


def one_hold(session: Session, hold: UUID) -> HoldRow:
    """Return one hold, with who looked at it again. Raises ``Unseen``."""
    row = session.execute(_rows().where(Hold.id == hold)).one_or_none()
    if row is None:
        raise Unseen
    reviews = session.execute(
        select(HoldReview, Membership.name)
        .join(Membership, Membership.id == HoldReview.by_id)
        .where(HoldReview.hold_id == hold)
        .order_by(HoldReview.id)
    )
    return HoldRow(row[0], row[1], row[2] or "", [(one, name) for one, name in reviews])


def _rows() -> Select[Hold, str, str]:
    return (
        select(Hold, Membership.name, Pupil.name)
        .join(Membership, Membership.id == Hold.by_id)
        .outerjoin(Pupil, Pupil.id == Hold.pupil_id)
    )
