"""Finding: the index proposes, the gate disposes. Hits, counts and suggestions are made of gated rows alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from journal.names import Known, known
from journal.reasons import beyond
from journal.records import Attachment, Item, Placement, Revision, SearchOutbox
from journal.search import tokens
from journal.search.among import among
from journal.search.asking import Ask, Found, Hit, Order, Piece, Place
from journal.search.calendar import half_term
from journal.search.gated import Row, seen
from journal.search.marking import marked, says, spans, stretch
from journal.search.question import Question, read_question
from journal.search.spelling import respelled
from journal.seeing import ME, Viewer
from journal.store.index import AWAY, Condition, Index, IndexAway, Kind, Proposal, Wanted
from journal.words import PictureState

__all__ = ["Health", "find", "half_term", "index_health"]

SHOWN = 10
"""Hits on a page."""
MOST = 50
"""Hits that are shown, and counted, at all."""
FIRST_LOOK = 64
"""How much is asked of the index at first: a little more than is shown, for some of it may not be for the viewer."""
LONGEST_LOOK = 4096


@dataclass(frozen=True, slots=True)
class Health:
    """How the search index is, for a line that says so."""

    condition: Condition
    waiting: int
    """How many changes of the viewer's school it does not know yet."""

    @property
    def mending(self) -> bool:
        """Whether it is being made anew."""
        return self.condition in AWAY


def find(session: Session, viewer: Viewer, index: Index, ask: Ask) -> Found:
    """Return a page of what the viewer may see and that says what was asked for, in at most five statements.

    (PostgreSQL is asked besides which words are common, every ten minutes.)
    Raises Refusal(TOO_LONG, TOO_MANY_WORDS, NOTHING_TO_FIND). Where the index cannot be read nothing is found, and the
    answer says that it is being mended.
    """
    question = read_question(ask.words)
    try:
        rows = _all(session, viewer, index, ask, question)
        loosely = question.loosely() if not rows else None
        if loosely is not None:
            question, rows = loosely, _all(session, viewer, index, ask, loosely)
        suggestion = None if rows else respelled(session, viewer, index, ask, question)
    except IndexAway:
        _mend_soon(session)
        return Found(hits=(), total=0, pages=0, mending=True)
    total = len(rows)
    pages = -(-min(total, MOST) // SHOWN)
    page = min(max(ask.page, 1), max(pages, 1))
    shown = rows[:MOST][(page - 1) * SHOWN : page * SHOWN]
    return Found(
        hits=tuple(_hits(session, viewer, question, shown)),
        total=total if total <= MOST else None,
        pages=pages,
        suggestion=suggestion,
    )


def index_health(session: Session, viewer: Viewer, index: Index) -> Health:
    """Return how the search index is, and how much of the viewer's school waits for it."""
    count = select(func.count()).select_from(SearchOutbox).where(SearchOutbox.school_id == viewer.school)
    with beyond(session, "whether search is up to date"):
        return Health(index.condition(), session.scalar(count) or 0)


def _mend_soon(session: Session) -> None:
    if "queue" in session.info:
        session.info["queue"].wake()


def _all(session: Session, viewer: Viewer, index: Index, ask: Ask, question: Question) -> list[Row]:
    """Return all that is found, in order, or one more than are shown."""
    wanted = Wanted(
        clauses=question.clauses,
        circles=tokens.held_by(viewer),
        about=tokens.chosen_by(viewer, ask),
        since=ask.since,
        until=ask.until,
        newest=ask.order is Order.NEWEST,
    )
    found: dict[tuple[UUID, UUID | None], Row] = {}
    for proposals in _windows(index, wanted):
        rows = {row.unit: row for row in seen(session, viewer, ask, proposals) if says(question, row.texts)}
        for one in proposals:
            row = rows.get(one.id)
            if row is not None and (row.key not in found or found[row.key].number < row.number):
                found[row.key] = row
        if len(found) > MOST:
            break
    rows_in_order = list(found.values())
    if wanted.newest:
        rows_in_order.sort(key=lambda row: (row.at, row.item), reverse=True)
    return rows_in_order


def _windows(index: Index, wanted: Wanted) -> Iterator[list[Proposal]]:
    start, most = 0, FIRST_LOOK
    while True:
        proposals = index.propose(wanted, start, most)
        if proposals:
            yield proposals
        if len(proposals) < most:
            return
        start, most = start + most, min(4 * most, LONGEST_LOOK)


# --- the hits of a page -----------------------------------------------------------------------------------------------


def _hits(session: Session, viewer: Viewer, question: Question, rows: list[Row]) -> Iterator[Hit]:
    if not rows:
        return
    entries = _entries(session, {row.entry for row in rows})
    pairs = {(one, row.pupil) for row in rows for one in (row.author, row.pupil)}
    names = known(session, viewer, pairs)
    for row in rows:
        yield _hit(question, row, entries.get(row.entry, _Entry("", None)), names)


@dataclass(frozen=True, slots=True)
class _Entry:
    title: str
    picture: UUID | None


def _of_entries() -> Any:
    ready = and_(Attachment.id == Placement.attachment_id, Attachment.state == PictureState.READY)
    newest = Revision.id == func.coalesce(Item.revision_id, Item.draft_id)
    return (
        select(Item.id, Revision.number, Revision.title, Attachment.id.label("picture"))
        .join(Revision, Revision.item_id == Item.id)
        .outerjoin(Placement, Placement.revision_id == Revision.id)
        .outerjoin(Attachment, ready)
        .where(among(Item.id, "entries"), or_(Item.author_id != ME, newest))
        .order_by(Item.id, Revision.number.desc(), Placement.position, Placement.id)
    )


OF_ENTRIES = _of_entries()


def _entries(session: Session, ids: set[UUID]) -> dict[UUID, _Entry]:
    """Return what entries are called and a photo of each, as the viewer sees them."""
    found: dict[UUID, _Entry] = {}
    newest: dict[UUID, int] = {}
    for row in session.execute(OF_ENTRIES, {"entries": sorted(ids)}).all():
        if newest.setdefault(row.id, row.number) != row.number:
            continue
        if row.id not in found or (found[row.id].picture is None and row.picture is not None):
            found[row.id] = _Entry(row.title, row.picture)
    return found


def _hit(question: Question, row: Row, entry: _Entry, names: dict[tuple[UUID, UUID], Known]) -> Hit:
    short, long = row.texts
    in_short = bool(spans(question, short))
    if row.kind is Kind.PICTURE:
        place = Place.CAPTION if in_short else Place.DESCRIPTION
    elif row.kind is Kind.COMMENT:
        place = Place.COMMENT
    else:
        place = Place.TITLE if in_short else Place.WORDS
    own_title = row.kind is Kind.WORDS
    return Hit(
        entry=row.entry,
        comment=row.comment,
        place=place,
        title=marked(question, short) if own_title else tuple(Piece(one) for one in [entry.title] if one),
        text=stretch(question, short if place is Place.CAPTION else long),
        pupil=names[row.pupil, row.pupil],
        author=names[row.author, row.pupil],
        at=row.at,
        picture=(row.picture if row.ready else None) if row.picture else entry.picture,
        words_of=row.picture,
    )
