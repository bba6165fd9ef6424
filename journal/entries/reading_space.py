"""What a pupil's own space shows: what they have made, what waits for them, what is new."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Row,
    Select,
    String,
    and_,
    bindparam,
    cast,
    func,
    literal,
    not_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from journal.circles import GROUP_KINDS, owner_of
from journal.conditions import table, there_is
from journal.entries.reading_names import Named, names_around, readers_of, takers_of
from journal.entries.reading_news import News, news
from journal.feeds import Mark
from journal.names import Known
from journal.names import Named as Member
from journal.reasons import BY_THE_RULE
from journal.records import (
    Choice,
    Entry,
    Placement,
    Revision,
)
from journal.records.base import Id, UtcTime
from journal.seeing import ME, Viewer
from journal.standing import CircleStanding, standings
from journal.store.seeking import unsought
from journal.words import PAGE, Learned, Standing
from journal.wroteback import talk_about, who_wrote_back

ON_THE_SHELF = 8
"""So much of what came back lies on the shelf, and so many drafts: the one never pushes out the other. All drafts stand
in the list of what is still being made, and what came back says so on its card."""


class Filter(StrEnum):
    """Which of the things that a pupil has made are listed."""

    ALL = "all"
    HOME = "home"
    MINE = "mine"
    MAKING = "making"


@dataclass(frozen=True, slots=True)
class Picture:
    """The first photo of something, and what is in it."""

    photo: UUID
    description: str


@dataclass(frozen=True, slots=True)
class Made:
    """Something that the pupil made."""

    entry: UUID
    title: str
    words: str
    at: datetime
    is_draft: bool
    """Nothing of it was handed in yet, or it is being changed."""
    handed_in: bool
    picture: Picture | None
    standing: list[CircleStanding]
    back: tuple[Known, ...] = ()
    """Who wrote back, on a page of the list."""

    @property
    def came_back(self) -> bool:
        """Whether a circle's moderator sent it back."""
        return any(one.standing is Standing.SENT_BACK for one in self.standing)

    @property
    def mark(self) -> Mark:
        """Its place in the list."""
        return Mark(self.at, self.entry)


@dataclass(frozen=True, slots=True)
class Space:
    """A pupil's space."""

    made: list[Made]
    older: Mark | None
    """Where the next page begins, if there is one."""
    shelf: list[Made]
    """Sent back, or still being made."""
    more_drafts: bool
    """Whether more is being made than lies on the shelf."""
    news: list[News]
    groups: list[str]
    takers: list[Named]
    """Who took the portfolio home for the school a little while ago, newest first."""
    names: dict[UUID, str] = field(default_factory=dict)
    """Who decided, by membership."""
    readers: dict[UUID | None, list[str]] = field(default_factory=dict)
    """Who reads first what waits: the teachers of each group who can; under None the safeguarding leads."""

    def first_readers(self, made: Made) -> list[str]:
        """Return the names of those whom something waits for."""
        waits = [one for one in made.standing if one.standing in (Standing.WAITING, Standing.PASSED_ON)]
        return list(dict.fromkeys(name for one in waits for name in self._readers_of(one)))

    def _readers_of(self, one: CircleStanding) -> list[str]:
        leads = self.readers.get(None, [])
        if one.past is not None:
            # Another grown-up was asked to look: anybody but who sent it back.
            past = self.names.get(one.decided_by) if one.decided_by else None
            group = owner_of(one.circle) if one.kind in GROUP_KINDS and not one.with_lead else None
            others = [name for name in self.readers.get(group, []) if name != past]
            return others or [name for name in leads if name != past]
        if one.with_lead or one.standing is Standing.PASSED_ON:
            return leads
        if one.kind in GROUP_KINDS:
            return self.readers.get(owner_of(one.circle)) or leads
        return sorted({name for group, some in self.readers.items() if group for name in some}) or leads


def space(session: Session, pupil: Viewer, wanted: Filter, before: Mark | None) -> Space:
    """Return a pupil's space, in seven queries whatever the history."""
    asked = {"before": before.item} if before else {}
    rows = [row for row in session.execute(_made_of(wanted, before is not None), asked).all() if row.said]
    stand = standings(session, {row.revision_id: row.id for row in rows if row.revision_id})
    pictures = _pictures(session, [row.said for row in rows])
    talk = talk_about(session, [row.id for row in rows if row.on_page])
    me = Member(pupil.membership, "", pupil.role, None)
    made = {row.id: _made(row, pictures, stand, who_wrote_back(pupil, talk, row.id, me)) for row in rows}
    page = [made[row.id] for row in rows if row.on_page]
    shelf = [made[row.id] for row in rows if row.on_shelf]
    over = [one.entry for one in shelf if one.is_draft and not one.came_back][ON_THE_SHELF:]
    by = {one.decided_by for many in stand.values() for one in many if one.decided_by}
    named = names_around(session, pupil, by)
    return Space(
        made=page[:PAGE],
        older=page[PAGE - 1].mark if len(page) > PAGE else None,
        shelf=[one for one in shelf if one.entry not in over],
        more_drafts=bool(over),
        news=news(session),
        groups=sorted(one.name for one in named if one.what == "group"),
        takers=takers_of(named),
        names={one.id: one.name for one in named if one.what == "member" and one.id},
        readers=readers_of(named),
    )


@lru_cache(maxsize=2 * len(Filter))
def _made_of(wanted: Filter, further: bool) -> Select[*tuple[Any, ...]]:
    """One page of the pupil's entries, and those on the shelf; ``further``: those before an entry ``before``.

    Their places by the bare tables, and through the net what stands there. The places come first, or all that the pupil
    ever made would be held against them.
    """
    page, back, drafts = (
        one.subquery(name)
        for name, one in (("listed", _listed(wanted, further)), ("back", _came_back()), ("drafts", _drafts()))
    )
    both = union_all(
        select(page.c.id, literal(1).label("on_page"), literal(0).label("on_shelf")),
        select(back.c.id, literal(0), literal(1)),
        select(drafts.c.id, literal(0), literal(1)),
    ).subquery("both")
    marks = (func.max(both.c.on_page).label("on_page"), func.max(both.c.on_shelf).label("on_shelf"))
    place = select(both.c.id, *marks).group_by(both.c.id).subquery("place")
    return (
        select(
            Entry.id,
            Entry.revision_id,
            Entry.draft_id,
            func.coalesce(Entry.handed_in_at, Entry.created_at, type_=UtcTime()).label("at"),
            Revision.id.label("said"),
            Revision.title,
            Revision.words,
            place.c.on_page,
            place.c.on_shelf,
        )
        .select_from(place)
        .outerjoin(Entry, Entry.id == place.c.id)
        .outerjoin(Revision, Revision.id == func.coalesce(Entry.revision_id, Entry.draft_id))
        .order_by(place.c.id.desc())
        .execution_options(**BY_THE_RULE)
    )


def _mine(*more: Callable[[FromClause], ColumnElement[bool]], few: bool = False) -> Select[UUID]:
    """The ids of the viewer's entries, newest first, by the bare table; ``few`` of them, which have an index apart."""
    mine = table(Entry)
    kind = unsought(mine.c.kind) if few else mine.c.kind
    still = and_(mine.c.author_id == ME, kind == "entry", mine.c.deleted_at.is_(None))
    return select(mine.c.id).where(still, *(one(mine) for one in more)).order_by(mine.c.id.desc())


def _listed(wanted: Filter, further: bool) -> Select[UUID]:
    """The entries of one page, and one more to know whether there is another page."""
    making = wanted is Filter.MAKING
    conditions = [lambda mine: mine.c.draft_id.is_not(None) if making else mine.c.revision_id.is_not(None)]
    if further:
        conditions.append(lambda mine: mine.c.id < bindparam("before", type_=Id()))
    if wanted in _ONLY:
        conditions.append(_ONLY[wanted])
    return _mine(*conditions, few=making).limit(PAGE + 1)


def _meant_for_nobody(mine: FromClause) -> ColumnElement[bool]:
    choice = table(Choice)
    return not_(there_is(choice, where=choice.c.revision_id == mine.c.revision_id))


def _from_home(mine: FromClause) -> ColumnElement[bool]:
    revision = table(Revision)
    home = cast(revision.c.learned, String).contains(f'"{Learned.HOME}"')
    return there_is(revision, where=and_(revision.c.id == mine.c.revision_id, home))


_ONLY = {Filter.MINE: _meant_for_nobody, Filter.HOME: _from_home}


def _came_back() -> Select[UUID]:
    """What came back; its index holds no other rows (``ix_item_back``)."""
    return _mine(lambda mine: mine.c.sent_back_at.is_not(None), few=True).limit(ON_THE_SHELF)


def _drafts() -> Select[UUID]:
    """What is being made, and one more to know whether there is more; likewise (``ix_item_drafts``)."""
    return _mine(lambda mine: mine.c.draft_id.is_not(None), few=True).limit(ON_THE_SHELF + 1)


def _made(
    row: Row[Any], pictures: dict[UUID, Picture], stand: dict[UUID, list[CircleStanding]], back: tuple[Known, ...]
) -> Made:
    return Made(
        entry=row.id,
        title=row.title,
        words=row.words,
        at=row.at,
        is_draft=row.draft_id is not None,
        handed_in=row.revision_id is not None,
        picture=pictures.get(row.said),
        standing=stand.get(row.id, []),
        back=back,
    )


_PICTURES = (
    select(Placement.revision_id, Placement.attachment_id, Placement.description, Placement.caption)
    .where(Placement.revision_id.in_(bindparam("revisions", expanding=True)))
    .order_by(Placement.position.desc(), Placement.id.desc())
)


def _pictures(session: Session, revisions: list[UUID]) -> dict[UUID, Picture]:
    rows = session.execute(_PICTURES, {"revisions": revisions}).all()
    return {revision: Picture(photo, description or caption) for revision, photo, description, caption in rows}
