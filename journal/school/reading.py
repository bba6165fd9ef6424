"""Lists of entries as cards, alike on the family's home, a class's page and the list of what was shared with teachers.

A page of cards takes four queries however long it and its past are: the entries, their pictures, who wrote back, and
what others' children call their relatives. Only what the viewer reads as one of its readers stands on a card.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, literal, or_, select
from sqlalchemy.orm import Session

from journal.conditions import READ_BY_ME, SHOWN_TO_ME, table, there_is
from journal.feeds import Mark, newest
from journal.names import Known, called
from journal.reasons import BY_THE_RULE, beyond
from journal.records import (
    Attachment,
    Comment,
    FamilyLink,
    HiddenForMe,
    Item,
    Look,
    Membership,
    Notice,
    Placement,
    Revision,
    Shown,
)
from journal.seeing import Viewer
from journal.words import PAGE, NoticeKind, PictureState

Calls = Mapping[tuple[UUID, UUID], str]
"""What a pupil (second) calls a relative (first)."""

NEWS_AT_ONCE = 12
"""Notices on one page at most; the others come when these were opened."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The first picture of an entry that the viewer sees."""

    photo: UUID
    description: str


@dataclass(frozen=True, slots=True)
class Card:
    """One entry as a viewer reads it, in the revision that is shown to them."""

    entry: UUID
    title: str
    words: str
    at: datetime
    """When the viewer's circles first saw it."""
    pupil: Known
    picture: Picture | None
    back: tuple[Known, ...]
    """Who wrote back, as far as the viewer sees it, in the order in which they first did."""
    new: bool
    """Whether the viewer has not opened it yet."""
    in_news: bool
    """Whether it is shown to one of the circles that were asked about."""


@dataclass(frozen=True, slots=True)
class News:
    """Something about a comment that a notice tells its reader."""

    kind: NoticeKind
    comment: UUID
    author: Membership
    pupil: UUID


@dataclass(frozen=True, slots=True)
class _Read:
    """An entry as the viewer reads it."""

    item: Item
    revision: Revision
    pupil: Membership
    looked: bool
    in_news: bool


@dataclass(frozen=True, slots=True)
class Talk:
    """Who wrote back under entries, and what notices tell."""

    back: dict[UUID, list[Membership]] = field(default_factory=lambda: defaultdict(list))
    news: list[News] = field(default_factory=list)


def page_of(
    session: Session, viewer: Viewer, circles: Sequence[str], before: Mark | None
) -> tuple[list[Mark], Mark | None]:
    """Return a page of places in a list, and the place after which the next page begins if there is one."""
    if not circles:
        return [], None
    marks = newest(session, viewer, circles, before, PAGE + 1)
    return marks[:PAGE], marks[PAGE - 1] if len(marks) > PAGE else None


def cards(
    session: Session,
    viewer: Viewer,
    marks: Sequence[Mark],
    talk: Talk | None = None,
    calls: Calls | None = None,
    asked: Collection[str] = (),
) -> list[Card]:
    """Return the cards for places in a list, in their order; a place that the viewer does not read has none.

    ``talk`` and ``calls`` save their queries where a page has asked already; ``asked`` are circles for ``in_news``.
    """
    rows = _entries(session, viewer, [mark.item for mark in marks], asked)
    pictures = _pictures(session, [row.revision.id for row in rows.values()])
    talk = talk or talk_about(session, viewer, list(rows))
    if calls is None:
        calls = _calls(session, viewer, rows, talk)
    return [
        _card(viewer, mark, rows[mark.item], pictures, talk.back.get(mark.item, []), calls)
        for mark in marks
        if mark.item in rows
    ]


def _entries(session: Session, viewer: Viewer, entries: Sequence[UUID], asked: Collection[str]) -> dict[UUID, _Read]:
    if not entries:
        return {}
    looked = select(Look.id).where(Look.item_id == Item.id, Look.membership_id == viewer.membership).exists()
    rows = session.execute(
        select(Item, Revision, Membership, looked.label("looked"), _shown_to(asked).label("in_news"))
        .join(Revision, Revision.item_id == Item.id)
        .join(Membership, Membership.id == Item.pupil_id)
        .where(Item.id.in_(entries), READ_BY_ME)
        .execution_options(**BY_THE_RULE)
    )
    return {row[0].id: _Read(*row) for row in rows}


def _shown_to(circles: Collection[str]) -> ColumnElement[bool]:
    """The entry is shown to one of these circles of the viewer's own."""
    shown = table(Shown)
    wanted: BindParameter[Any] = bindparam("asked", sorted(circles) or [""], expanding=True)
    return there_is(shown, where=and_(shown.c.item_id == Item.id, shown.c.circle.in_(wanted)))


def _pictures(session: Session, revisions: Sequence[UUID]) -> dict[UUID, Picture]:
    """The first picture of each revision that the session's viewer sees and that is ready."""
    if not revisions:
        return {}
    rows = session.execute(
        select(Placement)
        .join(Attachment, Attachment.id == Placement.attachment_id)
        .where(Placement.revision_id.in_(revisions), Attachment.state == PictureState.READY)
        .order_by(Placement.position.desc(), Placement.id.desc())
    )
    return {one.revision_id: Picture(one.attachment_id, one.description or one.caption) for (one,) in rows}


def talk_about(session: Session, viewer: Viewer, entries: Sequence[UUID], *, notices: bool = False) -> Talk:
    """Return who wrote back under entries, and with ``notices`` what is new for the viewer elsewhere as well.

    Comments that wait, were taken back or that the viewer hid do not count.
    """
    unseen = and_(Notice.membership_id == viewer.membership, Notice.seen_at.is_(None))
    wanted = select(Comment.id).where(Comment.entry_id.in_(entries))
    latest = select(Notice.item_id).where(unseen).order_by(Notice.id.desc()).limit(NEWS_AT_ONCE).subquery()
    which = wanted.union_all(select(latest.c.item_id)) if notices else wanted
    rows = session.execute(
        select(Item, Membership, Notice.kind)
        .join(Membership, Membership.id == Item.author_id)
        .outerjoin(Notice, and_(Notice.item_id == Item.id, unseen))
        .where(Item.id.in_(which), Item.entry_id.is_not(None), Item.deleted_at.is_(None))
        .where(or_(Item.author_id == viewer.membership, SHOWN_TO_ME))
        .where(~select(literal(1)).where(HiddenForMe.item_id == Item.id).correlate(Item).exists())
        .order_by(Item.id)
        .execution_options(**BY_THE_RULE)
    )
    here, talk = set(entries), Talk()
    for item, author, kind in rows:
        if item.entry_id in here and author.id != item.pupil_id and author not in talk.back[item.entry_id]:
            talk.back[item.entry_id].append(author)
        if notices and kind is not None:
            talk.news.append(News(kind, item.id, author, item.pupil_id))
    return talk


def _calls(session: Session, viewer: Viewer, rows: Mapping[UUID, _Read], talk: Talk) -> Calls:
    pupils = {row.pupil.id for row in rows.values()}
    people = {author.id for back in talk.back.values() for author in back} - {viewer.membership}
    if not people:
        return {}
    with beyond(session, "names under what is shown"):
        found = session.execute(
            select(FamilyLink.relative_id, FamilyLink.pupil_id, FamilyLink.known_as)
            .where(FamilyLink.relative_id.in_(people), FamilyLink.pupil_id.in_(pupils))
            .order_by(FamilyLink.id)
        )
        return {(row.relative_id, row.pupil_id): row.known_as for row in found}


def _card(
    viewer: Viewer,
    mark: Mark,
    row: _Read,
    pictures: Mapping[UUID, Picture],
    back: Sequence[Membership],
    calls: Calls,
) -> Card:
    pupil, revision = row.pupil, row.revision
    return Card(
        entry=mark.item,
        title=revision.title,
        words=revision.words,
        at=mark.at,
        pupil=called(viewer, pupil, pupil, None),
        picture=pictures.get(revision.id),
        back=tuple(called(viewer, one, pupil, calls.get((one.id, pupil.id))) for one in back),
        new=not row.looked and pupil.id != viewer.membership,
        in_news=row.in_news,
    )
