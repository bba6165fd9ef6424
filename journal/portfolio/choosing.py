"""What the pages show before a portfolio is ordered: whose it is, what could be ticked, what would be in it.

One opening of it (``open_book``) serves a whole page, so that whose eyes see it is asked once.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.clock import now
from journal.feeds import END_OF_TIME, Mark
from journal.portfolio import inside
from journal.portfolio.orderers import eyes_of, wanted_by, wanted_of_class
from journal.portfolio.scope import MOST_CHOSEN, Scope
from journal.portfolio.shapes import NOTHING, Found, Preview, Wanted
from journal.records import Entry, Membership, Placement, Revision
from journal.refusals import Unseen
from journal.seeing import Viewer
from journal.words import PAGE, Stand


@dataclass(frozen=True, slots=True)
class Whose:
    """The pupil whose portfolio it is."""

    membership: UUID
    name: str
    has_face: bool


@dataclass(frozen=True, slots=True)
class Book:
    """A pupil's portfolio, open before somebody who may take it home."""

    pupil: Whose
    wanted: Wanted

    @property
    def stand(self) -> Stand:
        """As whom they take it home."""
        return self.wanted.stand


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of what could be in it, newest first, and where the next page begins; photos by revision."""

    rows: Sequence[Found]
    older: Mark | None
    photos: dict[UUID, UUID]


def open_book(session: Session, viewer: Viewer, pupil: UUID, scope: Scope, me: Whose | None = None) -> Book:
    """Open a portfolio in at most three queries. Raises ``Unseen`` for who may not take it home.

    ``me``: who is looking, if the page knows that already; a pupil's own portfolio then takes no query at all.
    """
    wanted = wanted_by(session, viewer, pupil, scope)
    if me is not None and me.membership == pupil:
        return Book(me, wanted)
    one = session.scalars(select(Membership).where(Membership.id == pupil)).one()
    return Book(Whose(one.id, one.name, bool(one.face)), wanted)


def listed(session: Session, book: Book, before: Mark | None = None, limit: int = PAGE) -> Listed:
    """Return a page of what is in a portfolio, in one query, two with photos.

    Who takes it home for the school is shown no photos on these pages: as themselves they may not see them.
    """
    with eyes_of(session, book.wanted) as eyes:
        found = inside.newest(eyes, book.wanted, before or END_OF_TIME, limit + 1)
    older = Mark(found[limit - 1].at, found[limit - 1].entry) if len(found) > limit else None
    rows = found[:limit]
    photos = {} if book.stand is Stand.SCHOOL else first_photos(session, [one.revision for one in rows])
    return Listed(rows, older, photos)


def first_photos(session: Session, revisions: Collection[UUID]) -> dict[UUID, UUID]:
    """Return the first photo of each revision that the session's viewer sees, in one query."""
    if not revisions:
        return {}
    placed = session.execute(
        select(Placement.revision_id, Placement.attachment_id)
        .where(Placement.revision_id.in_(revisions))
        .order_by(Placement.position.desc(), Placement.id.desc())
    )
    return {row.revision_id: row.attachment_id for row in placed}


def own_thing(session: Session, viewer: Viewer, entry: UUID) -> tuple[str, bool]:
    """Return what one's own entry is called ('' without a name), and whether it is kept out. Raises ``Unseen``."""
    newest = func.coalesce(Entry.revision_id, Entry.draft_id)
    row = session.execute(
        select(Revision.title, Entry.kept_out_at)
        .join(Revision, Revision.id == newest)
        .where(Entry.id == entry, Entry.author_id == viewer.membership, Entry.deleted_at.is_(None))
    ).one_or_none()
    if row is None:
        raise Unseen
    return row.title, row.kept_out_at is not None


def members(session: Session, ids: Collection[UUID]) -> dict[UUID, Membership]:
    """Return members of the school by their ids, in one query."""
    return {one.id: one for one in session.scalars(select(Membership).where(Membership.id.in_(ids)))} if ids else {}


def preview(session: Session, book: Book) -> Preview:
    """Return what would be in it, in at most four queries."""
    with eyes_of(session, book.wanted) as eyes:
        return inside.preview(eyes, book.wanted)


def preview_of_class(session: Session, viewer: Viewer, pupils: Collection[UUID], scope: Scope) -> Preview:
    """Return what would be in the portfolios of some pupils together. Raises ``Unseen``.

    Two queries, and three for each set of pupils that are in the same groups.
    """
    total = NOTHING
    for wanted in wanted_of_class(session, viewer, pupils, scope):
        with eyes_of(session, wanted) as eyes:
            total = total.and_also(inside.preview(eyes, wanted))
    return total


def months(session: Session, book: Book) -> list[date]:
    """Return the first days of the months from this one back to the oldest thing's, newest first; one query."""
    first = (
        select(func.coalesce(Entry.handed_in_at, Entry.created_at))
        .where(Entry.author_id.in_(book.wanted.pupils), Entry.deleted_at.is_(None))
        .order_by(Entry.id)
        .limit(1)
    )
    with eyes_of(session, book.wanted) as eyes:
        oldest = eyes.scalar(first)
    here = book.wanted.scope.here
    return _between(_month_of(oldest, here), _month_of(now(), here)) if oldest is not None else []


def of_month(book: Book, month: date) -> Book:
    """Return the same portfolio, of one month alone."""
    whole = book.wanted.scope
    within = Scope(month, _last_day(month), kept_out_too=whole.kept_out_too, zone=whole.zone)
    return replace(book, wanted=replace(book.wanted, scope=within))


def all_in(session: Session, book: Book) -> frozenset[UUID]:
    """Return the entries in a portfolio, in one query; of more than can be chosen, one more than that."""
    with eyes_of(session, book.wanted) as eyes:
        found = inside.newest(eyes, book.wanted, END_OF_TIME, MOST_CHOSEN + 1)
    return frozenset(one.entry for one in found)


def _month_of(moment: datetime, here: ZoneInfo) -> date:
    return moment.astimezone(here).date().replace(day=1)


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _last_day(month: date) -> date:
    return date.fromordinal(_next(month).toordinal() - 1)


def _between(oldest: date, newest: date) -> list[date]:
    found = [oldest]
    while found[-1] < newest:
        found.append(_next(found[-1]))
    return found[::-1]
