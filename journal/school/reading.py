"""Lists of entries as cards, alike on the family's home, a class's page and the list of what was shared with teachers.

A page of cards takes two queries however long it and its past are: the entries in their places with their pictures, and
who wrote back. Only what the viewer reads as one of its readers stands on a card.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, and_, exists, select
from sqlalchemy.orm import Session

from journal.conditions import PHOTO_READY, READ_BY_ME, table, there_is
from journal.feeds import CHUNK, Mark, Shape, asked, ranges
from journal.names import NAMED, Known, Named, called
from journal.reasons import BY_THE_RULE
from journal.records import (
    Item,
    Look,
    Membership,
    Placement,
    Revision,
)
from journal.seeing import ME, Viewer
from journal.words import PAGE
from journal.wroteback import Talk, talk_about, who_wrote_back

LATELY = 100
"""Who has not heard back is looked for among so many of the newest that were shared."""


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


class Read(NamedTuple):
    """An entry as the viewer reads it, in its place."""

    mark: Mark
    title: str
    words: str
    looked: bool
    pupil: Named
    picture: Picture | None


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


def _card(viewer: Viewer, one: Read, talk: Talk) -> Card:
    pupil = one.pupil
    return Card(
        entry=one.mark.item,
        title=one.title,
        words=one.words,
        at=one.mark.at,
        pupil=called(viewer, pupil, pupil, None),
        picture=one.picture,
        back=who_wrote_back(viewer, talk, one.mark.item, pupil),
        new=not one.looked and pupil.id != viewer.membership,
    )
