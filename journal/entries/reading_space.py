"""What a pupil's own space shows: what they have made, what waits for them, what is new."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Row,
    Select,
    String,
    and_,
    bindparam,
    cast,
    exists,
    func,
    not_,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased

from journal.circles import GROUP_KINDS, owner_of
from journal.entries.reading_names import Named, names_around, readers_of, takers_of
from journal.feeds import Mark
from journal.records import (
    Choice,
    Comment,
    Decision,
    Entry,
    FamilyLink,
    Membership,
    Notice,
    Placement,
    Revision,
)
from journal.records.base import Id, UtcTime
from journal.seeing import ME, Viewer
from journal.standing import CircleStanding, standings
from journal.words import PAGE, Learned, NoticeKind, Standing, Verdict

ON_THE_SHELF = 8
MOST_NEWS = 30


class Filter(StrEnum):
    """Which of the things that a pupil has made are listed."""

    ALL = "all"
    HOME = "home"
    MINE = "mine"


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

    @property
    def mark(self) -> Mark:
        """Its place in the list."""
        return Mark(self.at, self.entry)


@dataclass(frozen=True, slots=True)
class News:
    """Something that somebody said."""

    comment: UUID
    entry: UUID
    title: str
    name: str
    face: UUID | None
    kind: NoticeKind


@dataclass(frozen=True, slots=True)
class Space:
    """A pupil's space."""

    made: list[Made]
    older: Mark | None
    """Where the next page begins, if there is one."""
    shelf: list[Made]
    """Sent back, or still being made."""
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
        if one.with_lead or one.standing is Standing.PASSED_ON:
            return leads
        if one.kind in GROUP_KINDS:
            return self.readers.get(owner_of(one.circle)) or leads
        return sorted({name for group, some in self.readers.items() if group for name in some}) or leads


def space(session: Session, pupil: Viewer, wanted: Filter, before: Mark | None) -> Space:
    """Return a pupil's space, in six queries whatever the history."""
    asked = {"before": before.item} if before else {}
    rows = session.execute(_made_of(wanted, before is not None), asked).all()
    stand = standings(session, {row.revision_id: row.id for row in rows if row.revision_id})
    pictures = _pictures(session, [row.said for row in rows])
    made = {row.id: _made(row, pictures, stand) for row in rows}
    page = [made[row.id] for row in rows if row.on_page]
    by = {one.decided_by for many in stand.values() for one in many if one.decided_by}
    named = names_around(session, pupil, by)
    return Space(
        made=page[:PAGE],
        older=page[PAGE - 1].mark if len(page) > PAGE else None,
        shelf=[made[row.id] for row in rows if row.on_shelf],
        news=_news(session),
        groups=sorted(one.name for one in named if one.what == "group"),
        takers=takers_of(named),
        names={one.id: one.name for one in named if one.what == "member" and one.id},
        readers=readers_of(named),
    )


_MINE = and_(Entry.author_id == ME, Entry.deleted_at.is_(None))


@lru_cache(maxsize=2 * len(Filter))
def _made_of(wanted: Filter, further: bool) -> Select[*tuple[Any, ...]]:
    """One page of the pupil's entries, and those on the shelf; ``further``: those before an entry ``before``."""
    listed, shelf = _ids(wanted, further), _shelf_ids()
    return (
        select(
            Entry.id,
            Entry.revision_id,
            Entry.draft_id,
            func.coalesce(Entry.handed_in_at, Entry.created_at, type_=UtcTime()).label("at"),
            Revision.id.label("said"),
            Revision.title,
            Revision.words,
            Entry.id.in_(listed).label("on_page"),
            Entry.id.in_(shelf).label("on_shelf"),
        )
        .join(Revision, Revision.id == func.coalesce(Entry.revision_id, Entry.draft_id))
        .where(_MINE, or_(Entry.id.in_(listed), Entry.id.in_(shelf)))
        .order_by(Entry.id.desc())
    )


def _ids(wanted: Filter, further: bool):  # type: ignore[no-untyped-def] # a plain sub-query
    """The entries of one page, and one more to know whether there is another page."""
    here = select(Entry.id).where(_MINE, Entry.revision_id.is_not(None))
    if further:
        here = here.where(Entry.id < bindparam("before", type_=Id()))
    if wanted is Filter.MINE:
        here = here.where(not_(exists().where(Choice.revision_id == Entry.revision_id)))
    if wanted is Filter.HOME:
        home = cast(Revision.learned, String).contains(f'"{Learned.HOME}"')
        here = here.where(exists().where(Revision.id == Entry.revision_id, home))
    return select(here.order_by(Entry.id.desc()).limit(PAGE + 1).subquery().c.id)


def _shelf_ids() -> Select[UUID]:
    back = exists().where(Decision.revision_id == Entry.revision_id, Decision.verdict == Verdict.SENT_BACK)
    waits = select(Entry.id).where(_MINE, or_(Entry.draft_id.is_not(None), back))
    return select(waits.order_by(Entry.id.desc()).limit(ON_THE_SHELF).subquery().c.id)


def _made(row: Row[Any], pictures: dict[UUID, Picture], stand: dict[UUID, list[CircleStanding]]) -> Made:
    return Made(
        entry=row.id,
        title=row.title,
        words=row.words,
        at=row.at,
        is_draft=row.draft_id is not None,
        handed_in=row.revision_id is not None,
        picture=pictures.get(row.said),
        standing=stand.get(row.id, []),
    )


_PICTURES = (
    select(Placement.revision_id, Placement.attachment_id, Placement.description, Placement.caption)
    .where(Placement.revision_id.in_(bindparam("revisions", expanding=True)))
    .order_by(Placement.position.desc(), Placement.id.desc())
)


def _pictures(session: Session, revisions: list[UUID]) -> dict[UUID, Picture]:
    rows = session.execute(_PICTURES, {"revisions": revisions}).all()
    return {revision: Picture(photo, description or caption) for revision, photo, description, caption in rows}


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


def _news(session: Session) -> list[News]:
    """What was said and not looked at yet, as far as the pupil may see it."""
    found = {}
    for row in session.execute(_NEWS).all():
        name, face = row.known_as or row.name, row.author_id if row.face else None
        found[row.id] = News(row.id, row.entry_id, row.title, name, face, row.kind)
    return list(found.values())
