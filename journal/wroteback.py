"""Who wrote back under entries, as cards of them say it, and what notices tell of it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from journal.conditions import READ_BY_ME, SHOWN_TO_ME, table
from journal.names import NAMED, Known, Named, called, word_for
from journal.reasons import BY_THE_RULE
from journal.records import HiddenForMe, Item, Membership, Notice, Revision
from journal.seeing import ME, Viewer
from journal.text import excerpt
from journal.words import NoticeKind

TITLE, BEGINNING = 60, 240
"""Letters by which an entry without a title is called, and of its words that are read for that."""
NEWS_AT_ONCE = 12
"""Notices on one page at most; the others come when these were opened."""


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
    title: str | None = None
    """What the entry is called that it is about, or how it begins; None where it is not shown to the reader."""


@dataclass(frozen=True, slots=True)
class Talk:
    """Who wrote back under entries, and what notices tell."""

    back: dict[UUID, dict[Named, str | None]] = field(default_factory=lambda: defaultdict(dict))
    """By entry, in the order in which they first did, with the child's own word for them."""
    news: list[News] = field(default_factory=list)


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
    # What it is about is read for the news alone, not for each comment of a page.
    about = and_(Revision.item_id == Item.entry_id, Notice.id.is_not(None), READ_BY_ME)
    talk = talk.outerjoin(Notice, told).join(child, child.id == Item.pupil_id).outerjoin(Revision, about)
    return talk.add_columns(Revision.title, func.substr(Revision.words, 1, BEGINNING), Notice.kind, child.name)


_TALK, _TALK_AND_NOTICES = _talk(notices=False), _talk(notices=True)


def talk_about(session: Session, entries: Sequence[UUID], *, notices: bool = False) -> Talk:
    """Return who wrote back under entries, and with ``notices`` what is new for the viewer elsewhere as well.

    Comments that wait, were taken back or that the viewer hid do not count.
    """
    rows = session.execute(_TALK_AND_NOTICES if notices else _TALK, {"entries": entries}).all()
    here, talk, people = set(entries), Talk(), dict[UUID, Named]()
    for comment, entry, pupil, word, *named in rows:
        child, kind, words, title = [named.pop() for _ in range(4)] if notices else ("", None, None, None)
        author = people.setdefault(named[0], Named(*named))
        if entry in here and author.id != pupil:
            talk.back[entry][author] = word
        if kind is not None:
            called_so = None if title is None else title or excerpt(words or "", TITLE)
            talk.news.append(News(kind, comment, author, pupil, child, word, called_so))
    return talk


def who_wrote_back(viewer: Viewer, talk: Talk, entry: UUID, pupil: Named) -> tuple[Known, ...]:
    """Return who wrote back under a pupil's entry, as the viewer calls them, in the order in which they first did."""
    return tuple(called(viewer, author, pupil, word) for author, word in talk.back.get(entry, {}).items())
