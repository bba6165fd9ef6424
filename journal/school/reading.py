"""Lists of entries as cards, alike on the family's home, a class's page and the list of what was shared with teachers.

A page of cards takes two queries however long it and its past are: the entries in their places with their pictures, and
who wrote back. Only what the viewer reads as one of its readers stands on a card.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session, aliased

from journal.conditions import PHOTO_READY, READ_BY_ME, SHOWN_TO_ME, table, there_is
from journal.feeds import CHUNK, Mark, Shape, asked, ranges
from journal.names import NAMED, Known, Named, called, word_for
from journal.reasons import BY_THE_RULE
from journal.records import (
    HiddenForMe,
    Item,
    Look,
    Membership,
    Notice,
    Placement,
    Revision,
)
from journal.seeing import ME, Viewer
from journal.words import PAGE, NoticeKind

LATELY = 100
"""Who has not heard back is looked for among so many of the newest that were shared."""

NEWS_AT_ONCE = 12
"""Notices on one page at most; the others come when these were opened."""


class Picture(NamedTuple):
    """The first picture of an entry that the viewer sees."""

    photo: UUID
    description: str


class Card(NamedTuple):
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


@dataclass(frozen=True, slots=True)
class News:
    """Something about a comment that a notice tells its reader."""

    kind: NoticeKind
    comment: UUID
    author: Named
    pupil: UUID
    child: str
    """The pupil's name."""
    word: str | None
    """The pupil's own word for the author, for a relative."""


class Read(NamedTuple):
    """An entry as the viewer reads it, in its place."""

    mark: Mark
    title: str
    words: str
    looked: bool
    pupil: Named
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class Talk:
    """Who wrote back under entries, and what notices tell."""

    back: dict[UUID, dict[Named, str | None]] = field(default_factory=lambda: defaultdict(dict))
    """By entry, in the order in which they first did, with the child's own word for them."""
    news: list[News] = field(default_factory=list)


@lru_cache(maxsize=2 * CHUNK)
def _page(shape: Shape) -> Select[*tuple[Any, ...]]:
    """The places of a list by the bare tables, and through the net what stands there, beside each of its pictures."""
    place = ranges(shape).subquery("place")
    return (
        select(place.c.released_at, place.c.item_id, Revision.id, Revision.title, Revision.words)
        .add_columns(exists().where(Look.item_id == Item.id, Look.membership_id == ME), *NAMED)
        .add_columns(Placement.attachment_id, Placement.description, Placement.caption)
        .select_from(place)
        .outerjoin(Item, Item.id == place.c.item_id)
        .outerjoin(Revision, and_(Revision.item_id == Item.id, READ_BY_ME))
        .outerjoin(Membership, Membership.id == Item.pupil_id)
        .outerjoin(Placement, and_(Placement.revision_id == Revision.id, PHOTO_READY))
        .order_by(place.c.released_at.desc(), place.c.item_id.desc(), Placement.position, Placement.id)
        .execution_options(**BY_THE_RULE)
    )


def _places(
    session: Session,
    viewer: Viewer,
    circles: Sequence[str],
    before: Mark | None,
    limit: int,
    besides: Sequence[str] = (),
) -> tuple[list[Read], list[Mark]]:
    """The newest of a list that the viewer reads, and all their places."""
    found: dict[Mark, Read | None] = {}
    for shape, values in asked(session, viewer, circles, before, limit, besides):
        rows = session.execute(_page(shape), values).all()
        for at, item, revision, title, words, looked, *pupil, photo, description, caption in rows:
            mark = Mark(at, item)
            if mark in found:
                continue  # of its pictures the first came first
            picture = Picture(photo, description or caption) if photo is not None else None
            read = Read(mark, title, words, looked, Named(*pupil), picture)
            found[mark] = read if revision is not None else None
    marks = sorted(found, reverse=True)[:limit]
    return [one for mark in marks if (one := found[mark]) is not None], marks


def page_of(
    session: Session, viewer: Viewer, circles: Sequence[str], before: Mark | None
) -> tuple[list[Read], Mark | None]:
    """Return a page of a list, and the place after which the next page begins if there is one."""
    read, marks = _places(session, viewer, circles, before, PAGE + 1)
    more = marks[PAGE - 1] if len(marks) > PAGE else None
    return [one for one in read if more is None or one.mark >= more], more


def newest_besides(
    session: Session, viewer: Viewer, circles: Sequence[str], besides: Sequence[str], most: int
) -> list[Read]:
    """Return the newest of a list without those that are shown to some other circles too."""
    return _places(session, viewer, circles, None, most, besides)[0]


def cards(session: Session, viewer: Viewer, read: Sequence[Read], talk: Talk | None = None) -> list[Card]:
    """Return the cards of entries, in their order. ``talk`` saves its query where a page has asked already."""
    talk = talk or talk_about(session, [one.mark.item for one in read])
    return [_card(viewer, one, talk) for one in read]


class Unheard(NamedTuple):
    """A pupil who shared something with the viewer, who has not written back to them."""

    pupil: Named
    entry: UUID
    """The newest that they shared."""


@lru_cache(maxsize=2 * CHUNK)
def _shared_lately(shape: Shape) -> Select[*tuple[Any, ...]]:
    """The places of a list, whose entries they are, and whether the viewer wrote back under each."""
    place, answer = ranges(shape).subquery("place"), table(Item)
    mine = and_(answer.c.entry_id == place.c.item_id, answer.c.author_id == ME, answer.c.deleted_at.is_(None))
    return (
        select(place.c.released_at, place.c.item_id, there_is(answer, where=mine).label("answered"), *NAMED)
        .select_from(place)
        .join(Item, Item.id == place.c.item_id)
        .join(Membership, and_(Membership.id == Item.pupil_id, Membership.ended_at.is_(None)))
        .order_by(place.c.released_at.desc(), place.c.item_id.desc())
        .execution_options(**BY_THE_RULE)
    )


def not_heard(session: Session, viewer: Viewer, circles: Sequence[str], since: datetime) -> list[Unheard]:
    """Return the pupils who shared something in these circles since then and to whom the viewer wrote nothing back.

    The newest first, among the newest ``LATELY`` entries of each hundred circles; in one query for these.
    """
    found: dict[UUID, Unheard] = {}
    heard: set[UUID] = set()
    for shape, values in asked(session, viewer, circles, None, LATELY):
        for at, entry, answered, *pupil in session.execute(_shared_lately(shape), values).all():
            if at >= since:
                found.setdefault(pupil[0], Unheard(Named(*pupil), entry))
                heard |= {pupil[0]} if answered else set()
    return [one for one in found.values() if one.pupil.id not in heard]


def _talk(notices: bool) -> Select[*tuple[Any, ...]]:
    """Comments under entries, and with ``notices`` those of which the viewer was told and that they did not open."""
    unseen, comment = and_(Notice.membership_id == ME, Notice.seen_at.is_(None)), table(Item)
    wanted = select(comment.c.id).where(comment.c.entry_id.in_(bindparam("entries", expanding=True)))
    latest = select(Notice.item_id).where(unseen).order_by(Notice.id.desc()).limit(NEWS_AT_ONCE).subquery()
    which = wanted.union_all(select(latest.c.item_id)) if notices else wanted
    talk: Select[*tuple[Any, ...]] = (
        select(Item.id, Item.entry_id, Item.pupil_id, word_for(Item.author_id, Item.pupil_id), *NAMED)
        .join(Membership, Membership.id == Item.author_id)
        .where(Item.id.in_(which), Item.entry_id.is_not(None), Item.deleted_at.is_(None))
        .where(or_(Item.author_id == ME, SHOWN_TO_ME))
        .where(~exists().where(HiddenForMe.item_id == Item.id))
        .order_by(Item.id)
        .execution_options(**BY_THE_RULE)
    )
    if not notices:
        return talk
    told, child = and_(Notice.item_id == Item.id, unseen), aliased(Membership)
    talk = talk.outerjoin(Notice, told).join(child, child.id == Item.pupil_id)
    return talk.add_columns(Notice.kind, child.name)


_TALK, _TALK_AND_NOTICES = _talk(notices=False), _talk(notices=True)


def talk_about(session: Session, entries: Sequence[UUID], *, notices: bool = False) -> Talk:
    """Return who wrote back under entries, and with ``notices`` what is new for the viewer elsewhere as well.

    Comments that wait, were taken back or that the viewer hid do not count.
    """
    rows = session.execute(_TALK_AND_NOTICES if notices else _TALK, {"entries": entries}).all()
    here, talk, people = set(entries), Talk(), dict[UUID, Named]()
    for comment, entry, pupil, word, *named in rows:
        child, kind = (named.pop(), named.pop()) if notices else ("", None)
        author = people.setdefault(named[0], Named(*named))
        if entry in here and author.id != pupil:
            talk.back[entry][author] = word
        if kind is not None:
            talk.news.append(News(kind, comment, author, pupil, child, word))
    return talk


def _card(viewer: Viewer, one: Read, talk: Talk) -> Card:
    pupil, back = one.pupil, talk.back.get(one.mark.item, {})
    return Card(
        entry=one.mark.item,
        title=one.title,
        words=one.words,
        at=one.mark.at,
        pupil=called(viewer, pupil, pupil, None),
        picture=one.picture,
        back=tuple(called(viewer, author, pupil, word) for author, word in back.items()),
        new=not one.looked and pupil.id != viewer.membership,
    )
