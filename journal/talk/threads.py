"""The talk about an entry, as one viewer reads it: whole threads, the oldest first, a page at a time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import CTE, ColumnElement, FromClause, Row, Select, and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session, aliased

from journal.circles import Kind
from journal.conditions import READ_BY_ME, shown_to_me, table, there_is
from journal.feeds import Mark
from journal.reasons import BY_THE_RULE, beyond
from journal.records import Comment, Decision, HiddenForMe, Item, Revision, Shown, Waiting
from journal.records.base import Id, UtcTime
from journal.seeing import ME, Viewer
from journal.words import PAGE, Verdict


class Words(NamedTuple):
    """A comment's words, in the revision that the viewer reads."""

    id: UUID
    number: int
    html: str


@dataclass(frozen=True, slots=True)
class Said:
    """One comment in its place. ``revision`` None: it was taken back, and stands there for the answers' sake."""

    id: UUID
    author: UUID
    parent: UUID | None
    to: UUID | None
    """For an answer to an answer: whose words it answers."""
    at: datetime
    revision: Words | None
    hidden: bool
    waits: bool
    desk: UUID | None
    """For one's own that waits: the group whose teachers read it first; None for the safeguarding lead."""
    shown: bool
    """For one's own: whether somebody has this revision already."""
    verdict: Verdict | None
    note: str
    pieces: Sequence[Mapping[str, Any]] = ()
    """The note in pieces, see ``Decision.pieces``."""
    decision: UUID | None = None


@dataclass(slots=True)
class Thread:
    """A comment about the entry, with all answers under it in the order of the talk."""

    first: Said
    answers: list[Said] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Talk:
    """A page of threads. ``after`` names the next page, None at the end."""

    threads: tuple[Thread, ...]
    after: Mark | None

    def said(self) -> Iterable[Said]:
        """Return every comment on the page."""
        for thread in self.threads:
            yield thread.first
            yield from thread.answers


def talk_about(session: Session, entry: UUID, after: Mark | None) -> Talk:
    """Return a page of the talk about an entry, in one query. The entry was asked for first."""
    asked = {"entry": entry} | ({"after": after.at, "after_item": after.item} if after else {})
    rows = session.execute(_statement(after is not None), asked).all()
    threads: dict[UUID, Thread] = {}
    children: dict[UUID, list[Said]] = {}
    for row in rows:
        said = _said(row)
        if said.parent is None:
            threads[said.id] = Thread(said)
        else:
            children.setdefault(said.parent, []).append(said)
    page = list(threads.values())
    rest = Mark(page[PAGE - 1].first.at, page[PAGE - 1].first.id) if len(page) > PAGE else None
    for thread in page[:PAGE]:
        thread.answers = _answers(thread.first, children)
    return Talk(tuple(one for one in page[:PAGE] if one.first.revision or one.answers), rest)


def reads(session: Session, viewer: Viewer, comment: Comment) -> bool:
    """Tell whether a comment that the viewer sees stands on its entry's page for them, not only where they decide."""
    if comment.author_id == viewer.membership:
        return True
    here = select(Revision.id).where(Revision.item_id == comment.id, READ_BY_ME).limit(1)
    return session.scalar(here, execution_options=BY_THE_RULE) is not None


def page_of(session: Session, comment: Comment) -> Mark | None:
    """Return the place after which a page begins that holds a comment; None for the first page."""
    with beyond(session, "carrying out an act that was allowed"):
        root = session.execute(_ROOT, {"comment": comment.id}).one()
        asked = {"entry": comment.entry_id, "at": root.handed_in_at, "item": root.id}
        rows = session.execute(_BEFORE, asked).all()
    return Mark(rows[0].handed_in_at, rows[0].id) if len(rows) == PAGE else None


def _root() -> Select[*tuple[Any, ...]]:
    """The comment with which the thread of a comment begins."""
    one, above = table(Item), table(Item)
    start = one.c.id == bindparam("comment", type_=Id())
    way = select(one.c.id, one.c.parent_id, one.c.handed_in_at).where(start).cte(recursive=True)
    way = way.union_all(
        select(above.c.id, above.c.parent_id, above.c.handed_in_at).where(above.c.id == way.c.parent_id)
    )
    return select(way).where(way.c.parent_id.is_(None))


def _before() -> Select[*tuple[Any, ...]]:
    """The page's length of threads that begin before one, the last first."""
    part, at = table(Item), bindparam("at", type_=UtcTime())
    here = and_(part.c.handed_in_at == at, part.c.id < bindparam("item", type_=Id()))
    return (
        select(part.c.handed_in_at, part.c.id)
        .where(part.c.entry_id == bindparam("entry", type_=Id()), part.c.parent_id.is_(None))
        .where(or_(part.c.handed_in_at < at, here))
        .order_by(part.c.handed_in_at.desc(), part.c.id.desc())
        .limit(PAGE)
    )


_ROOT, _BEFORE = _root(), _before()


def _mine_or_shown(one: FromClause) -> ColumnElement[bool]:
    return or_(one.c.author_id == ME, shown_to_me(one))


def _places(further: bool) -> CTE:
    """The places of a page's threads, those of taken-back comments too; ``further``: those after a place."""
    first, answer, child = table(Item), table(Item), table(Item)
    still = or_(first.c.deleted_at.is_(None), there_is(answer, where=answer.c.parent_id == first.c.id))
    begins = (
        select(first.c.id)
        .where(first.c.entry_id == bindparam("entry"), first.c.parent_id.is_(None), _mine_or_shown(first), still)
        .order_by(first.c.handed_in_at, first.c.id)
        .limit(PAGE + 1)
    )
    if further:
        at, item = bindparam("after", type_=UtcTime()), bindparam("after_item", type_=Id())
        here = and_(first.c.handed_in_at == at, first.c.id > item)
        begins = begins.where(or_(first.c.handed_in_at > at, here))
    start = begins.subquery()
    part = select(start.c.id).cte("part", recursive=True)
    return part.union_all(select(child.c.id).where(child.c.parent_id == part.c.id, _mine_or_shown(child)))


@lru_cache(maxsize=2)
def _statement(further: bool) -> Select[*tuple[Any, ...]]:
    """The places of a page's threads from the bare table, and through the net what stands there.

    What was taken back keeps its place, which says nothing but that there was something.
    """
    part = _places(further)
    place, parent, above = table(Item), table(Item), table(Item)
    mine = Comment.author_id == ME
    hid = HiddenForMe.membership_id == ME
    # Not EXISTS: PostgreSQL would rather read all that was ever shown once than look here for each comment.
    waits = select(Waiting.id).where(Waiting.item_id == Comment.id, mine).limit(1)
    asked = select(Waiting.group_id).where(Waiting.item_id == Comment.id, mine).limit(1)
    decision = aliased(Decision)
    this = and_(decision.item_id == Comment.id, decision.revision_id == Comment.revision_id)
    about = and_(this, decision.undone_at.is_(None))
    decided = select(decision.id).where(about, mine)
    last = decided.order_by(decision.id.desc()).limit(1).scalar_subquery()
    # What is with the teachers is with those who read it first.
    others = Shown.circle.not_like(f"{Kind.TEACHERS}/%")
    of_this = and_(Shown.item_id == Comment.id, Shown.revision_id == Comment.revision_id)
    given = select(Shown.id).where(of_this, others, mine).limit(1)
    of_mine, of_others = Revision.id == Comment.revision_id, READ_BY_ME
    return (
        select(
            place.c.id,
            place.c.author_id,
            place.c.parent_id,
            place.c.handed_in_at,
            above.c.author_id.label("to"),
            Revision.id.label("revision"),
            Revision.number,
            Revision.html,
            exists().where(HiddenForMe.item_id == Comment.id, hid).label("hidden"),
            waits.scalar_subquery().is_not(None).label("waits"),
            asked.scalar_subquery().label("desk"),
            given.scalar_subquery().is_not(None).label("given"),
            Decision.verdict,
            Decision.note,
            Decision.pieces,
            Decision.id.label("decision"),
        )
        .select_from(part)
        .join(place, place.c.id == part.c.id)
        .outerjoin(parent, parent.c.id == place.c.parent_id)
        .outerjoin(above, and_(above.c.id == parent.c.id, parent.c.parent_id.is_not(None)))
        .outerjoin(Comment, and_(Comment.id == part.c.id, Comment.deleted_at.is_(None)))
        .outerjoin(Revision, and_(Revision.item_id == Comment.id, or_(and_(mine, of_mine), and_(~mine, of_others))))
        .outerjoin(Decision, Decision.id == last)
        .order_by(place.c.handed_in_at, place.c.id)
        .execution_options(**BY_THE_RULE)
    )


def _said(row: Row[Any]) -> Said:
    return Said(
        id=row.id,
        author=row.author_id,
        parent=row.parent_id,
        to=row.to,
        at=row.handed_in_at,
        revision=Words(row.revision, row.number, row.html) if row.revision else None,
        hidden=bool(row.hidden),
        waits=bool(row.waits),
        desk=row.desk,
        shown=bool(row.given),
        verdict=row.verdict,
        note=row.note or "",
        pieces=row.pieces or (),
        decision=row.decision,
    )


def _answers(first: Said, children: dict[UUID, list[Said]]) -> list[Said]:
    """Return the answers below a comment, each followed by its own; taken-back ones only where an answer follows.

    Without recursion: people may answer one another a thousand times.
    """
    found: list[Said] = []
    stack = list(reversed(children.get(first.id, [])))
    while stack:
        said = stack.pop()
        found.append(said)
        stack.extend(reversed(children.get(said.id, [])))
    alive: set[UUID] = set()
    kept: list[Said] = []
    for said in reversed(found):
        if said.revision is None and said.id not in alive:
            continue
        if said.parent is not None:
            alive.add(said.parent)
        kept.append(said)
    return kept[::-1]
