"""Lists of entries as cards, alike on the family's home, a class's page and the list of what was shared with teachers.

A page of cards takes four queries however long it and its past are: the entries, their pictures, who wrote back, and
what others' children call their relatives. Only what the viewer reads as one of its readers stands on a card.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from journal.conditions import PHOTO_READY, READ_BY_ME, SHOWN_TO_ME, table
from journal.feeds import Mark, newest
from journal.names import NAMED, Known, Named, called
from journal.reasons import BY_THE_RULE, beyond
from journal.records import (
    FamilyLink,
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


@dataclass(frozen=True, slots=True)
class News:
    """Something about a comment that a notice tells its reader."""

    kind: NoticeKind
    comment: UUID
    author: Named
    pupil: UUID


class _Read(NamedTuple):
    """An entry as the viewer reads it."""

    entry: UUID
    revision: UUID
    title: str
    words: str
    looked: bool
    pupil: Named


@dataclass(frozen=True, slots=True)
class Talk:
    """Who wrote back under entries, and what notices tell."""

    back: dict[UUID, list[Named]] = field(default_factory=lambda: defaultdict(list))
    news: list[News] = field(default_factory=list)


def page_of(
    session: Session, viewer: Viewer, circles: Sequence[str], before: Mark | None
) -> tuple[list[Mark], Mark | None]:
    """Return a page of places in a list, and the place after which the next page begins if there is one."""
    if not circles:
        return [], None
    marks = newest(session, viewer, circles, before, PAGE + 1)
    return marks[:PAGE], marks[PAGE - 1] if len(marks) > PAGE else None


def newest_besides(session: Session, viewer: Viewer, circles: Sequence[str], besides: Sequence[str]) -> list[Mark]:
    """Return the newest places of a list without those that are shown to some other circles too."""
    return newest(session, viewer, circles, None, PAGE, besides) if circles else []


def cards(
    session: Session,
    viewer: Viewer,
    marks: Sequence[Mark],
    talk: Talk | None = None,
    calls: Calls | None = None,
) -> list[Card]:
    """Return the cards for places in a list, in their order; a place that the viewer does not read has none.

    ``talk`` and ``calls`` save their queries where a page has asked already.
    """
    rows = _entries(session, [mark.item for mark in marks])
    pictures = _pictures(session, [row.revision for row in rows.values()])
    talk = talk or talk_about(session, list(rows))
    if calls is None:
        calls = _calls(session, viewer, rows, talk)
    return [
        _card(viewer, mark, rows[mark.item], pictures, talk.back.get(mark.item, []), calls)
        for mark in marks
        if mark.item in rows
    ]


_ENTRIES: Select[*tuple[Any, ...]] = (
    select(
        Item.id,
        Revision.id,
        Revision.title,
        Revision.words,
        exists().where(Look.item_id == Item.id, Look.membership_id == ME),
        *NAMED,
    )
    .join(Revision, Revision.item_id == Item.id)
    .join(Membership, Membership.id == Item.pupil_id)
    .where(Item.id.in_(bindparam("entries", expanding=True)), READ_BY_ME)
    .execution_options(**BY_THE_RULE)
)


def _entries(session: Session, entries: Sequence[UUID]) -> dict[UUID, _Read]:
    if not entries:
        return {}
    rows = session.execute(_ENTRIES, {"entries": entries}).all()
    return {
        entry: _Read(entry, revision, title, words, looked, Named(*pupil))
        for entry, revision, title, words, looked, *pupil in rows
    }


_PICTURES = (
    select(Placement.revision_id, Placement.attachment_id, Placement.description, Placement.caption)
    .where(Placement.revision_id.in_(bindparam("revisions", expanding=True)), PHOTO_READY)
    .order_by(Placement.position.desc(), Placement.id.desc())
    .execution_options(**BY_THE_RULE)
)


def _pictures(session: Session, revisions: Sequence[UUID]) -> dict[UUID, Picture]:
    """The first picture of each revision that the session's viewer sees and that is ready."""
    if not revisions:
        return {}
    rows = session.execute(_PICTURES, {"revisions": revisions}).all()
    return {revision: Picture(photo, description or caption) for revision, photo, description, caption in rows}


def _talk(notices: bool) -> Select[*tuple[Any, ...]]:
    """Comments under entries, and with ``notices`` those of which the viewer was told and that they did not open."""
    unseen, comment = and_(Notice.membership_id == ME, Notice.seen_at.is_(None)), table(Item)
    wanted = select(comment.c.id).where(comment.c.entry_id.in_(bindparam("entries", expanding=True)))
    latest = select(Notice.item_id).where(unseen).order_by(Notice.id.desc()).limit(NEWS_AT_ONCE).subquery()
    which = wanted.union_all(select(latest.c.item_id)) if notices else wanted
    return (
        select(Item.id, Item.entry_id, Item.pupil_id, Notice.kind, *NAMED)
        .join(Membership, Membership.id == Item.author_id)
        .outerjoin(Notice, and_(Notice.item_id == Item.id, unseen))
        .where(Item.id.in_(which), Item.entry_id.is_not(None), Item.deleted_at.is_(None))
        .where(or_(Item.author_id == ME, SHOWN_TO_ME))
        .where(~exists().where(HiddenForMe.item_id == Item.id))
        .order_by(Item.id)
        .execution_options(**BY_THE_RULE)
    )


_TALK, _TALK_AND_NOTICES = _talk(notices=False), _talk(notices=True)


def talk_about(session: Session, entries: Sequence[UUID], *, notices: bool = False) -> Talk:
    """Return who wrote back under entries, and with ``notices`` what is new for the viewer elsewhere as well.

    Comments that wait, were taken back or that the viewer hid do not count.
    """
    rows = session.execute(_TALK_AND_NOTICES if notices else _TALK, {"entries": entries}).all()
    here, talk, people = set(entries), Talk(), dict[UUID, Named]()
    for comment, entry, pupil, kind, *named in rows:
        author = people.setdefault(named[0], Named(*named))
        if entry in here and author.id != pupil and author not in talk.back[entry]:
            talk.back[entry].append(author)
        if notices and kind is not None:
            talk.news.append(News(kind, comment, author, pupil))
    return talk


_CALLS = (
    select(FamilyLink.relative_id, FamilyLink.pupil_id, FamilyLink.known_as)
    .where(FamilyLink.relative_id.in_(bindparam("people", expanding=True)))
    .where(FamilyLink.pupil_id.in_(bindparam("pupils", expanding=True)))
    .order_by(FamilyLink.id)
)


def _calls(session: Session, viewer: Viewer, rows: Mapping[UUID, _Read], talk: Talk) -> Calls:
    people = {author.id for back in talk.back.values() for author in back} - {viewer.membership}
    if not people:
        return {}
    asked = {"people": list(people), "pupils": list({row.pupil.id for row in rows.values()})}
    with beyond(session, "names under what is shown"):
        return {(relative, pupil): words for relative, pupil, words in session.execute(_CALLS, asked)}


def _card(
    viewer: Viewer,
    mark: Mark,
    row: _Read,
    pictures: Mapping[UUID, Picture],
    back: Sequence[Named],
    calls: Calls,
) -> Card:
    pupil = row.pupil
    return Card(
        entry=mark.item,
        title=row.title,
        words=row.words,
        at=mark.at,
        pupil=called(viewer, pupil, pupil, None),
        picture=pictures.get(row.revision),
        back=tuple(called(viewer, one, pupil, calls.get((one.id, pupil.id))) for one in back),
        new=not row.looked and pupil.id != viewer.membership,
    )
