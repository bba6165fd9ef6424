"""What the index proposed, read again through the viewer's session: only rows that pass the gate come out.

A unit is there for its author in the newest words (the draft, if one is being written), for a reader in the revision
that was shown to them, for who decides in the one that waits; a comment only where its entry is there too. What was
deleted is there for nobody, a comment that somebody hid not for them.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, and_, bindparam, case, exists, false, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from journal.conditions import table, there_is
from journal.reasons import BY_THE_RULE
from journal.records import Attachment, HiddenForMe, Item, Placement, Revision, Shown
from journal.search.among import among
from journal.search.asking import Ask, Where
from journal.seeing import ME, Viewer
from journal.store.index import Kind, Proposal
from journal.words import PictureState

MOST = 400
"""Units in one statement."""


@dataclass(frozen=True, slots=True)
class Row:
    """A unit that the viewer may see, as it is now."""

    unit: UUID
    kind: Kind
    item: UUID
    picture: UUID | None
    """For a picture: the photo."""
    ready: bool
    """Whether there is a photo to show."""
    number: int
    """Of its revision."""
    revision: UUID
    entry: UUID
    comment: UUID | None
    author: UUID
    pupil: UUID
    at: datetime
    title: str
    words: str

    @property
    def key(self) -> tuple[UUID, UUID | None]:
        """What it is, whatever the revision."""
        return self.item, self.picture

    @property
    def texts(self) -> tuple[str, str]:
        """The short text and the long one."""
        return self.title, self.words


Above = aliased(Item)
"""The entry that a comment is about."""
IN_CLASS = bindparam("in_class", type_=String(64), expanding=True)


def _shown_in_class() -> ColumnElement[bool]:
    shown = table(Shown)
    return there_is(shown, where=and_(shown.c.item_id == Item.id, shown.c.circle.in_(IN_CLASS)))


def _ready() -> ColumnElement[bool]:
    photo = table(Attachment)
    return there_is(photo, where=and_(photo.c.id == Placement.attachment_id, photo.c.state == PictureState.READY))


def _kept(item: type[Item]) -> ColumnElement[bool]:
    """Not deleted: put so that no database begins with all rows of which that is true, for it is of nearly all."""
    return case((item.deleted_at.is_(None), true()), else_=false())


def _there() -> ColumnElement[bool]:
    newest = Revision.id == func.coalesce(Item.draft_id, Item.revision_id)
    hidden = exists().where(HiddenForMe.item_id == Item.id)
    return and_(
        _kept(Item),
        or_(Item.author_id != ME, newest),
        or_(Item.entry_id.is_(None), exists().where(Above.id == Item.entry_id, _kept(Above))),
        ~hidden,
    )


_OF_ITEM = (Item.id, Item.kind, Item.entry_id, Item.author_id, Item.pupil_id, Item.handed_in_at, Item.created_at)
_OF_REVISION = (Revision.id.label("revision"), Revision.number)


def _words() -> Select[*tuple[Any, ...]]:
    return (
        select(*_OF_ITEM, *_OF_REVISION, Revision.title, Revision.words)
        .join(Revision, Revision.item_id == Item.id)
        .where(among(Revision.id, "units"), _there())
    )


def _pictures() -> Select[*tuple[Any, ...]]:
    said = (Placement.id.label("placement"), Placement.caption, Placement.description, Placement.attachment_id)
    ready = _ready().label("ready")
    return (
        select(*_OF_ITEM, *_OF_REVISION, *said, ready)
        .join(Revision, Revision.id == Placement.revision_id)
        .join(Item, Item.id == Revision.item_id)
        .where(among(Placement.id, "units"), _there())
    )


WORDS, PICTURES = _words(), _pictures()
WORDS_IN_CLASS, PICTURES_IN_CLASS = (one.where(_shown_in_class()) for one in (WORDS, PICTURES))
"""Built once, for building a statement is dearer than running it."""


def seen(session: Session, viewer: Viewer, ask: Ask, proposals: Iterable[Proposal]) -> list[Row]:
    """Return of what was proposed all that the viewer sees and that fits the filters, the words aside; in any order."""
    kinds = kinds_in(ask.where)
    words = [one.id for one in proposals if one.kind is not Kind.PICTURE]
    pictures = [one.id for one in proposals if one.kind is Kind.PICTURE]
    more = {"in_class": sorted(circles_in(viewer, ask.group))} if ask.group else {}
    rows: list[Row] = []
    for statement, ids in (
        (WORDS_IN_CLASS if ask.group else WORDS, words),
        (PICTURES_IN_CLASS if ask.group else PICTURES, pictures),
    ):
        for start in range(0, len(ids), MOST):
            found = session.execute(
                statement, {"units": ids[start : start + MOST], **more}, execution_options=BY_THE_RULE
            ).all()
            rows += [_row(one) if ids is words else _row_of_picture(one) for one in found]
    return [row for row in rows if row.kind in kinds and _fits(ask, row)]


def _row(one: Any) -> Row:
    kind = Kind.WORDS if one.entry_id is None else Kind.COMMENT
    return Row(unit=one.revision, kind=kind, title=one.title, words=one.words, picture=None, ready=False, **_place(one))


def _row_of_picture(one: Any) -> Row:
    said = {"title": one.caption, "words": one.description}
    photo = {"picture": one.attachment_id, "ready": bool(one.ready)}
    return Row(unit=one.placement, kind=Kind.PICTURE, **said, **photo, **_place(one))


def _place(one: Any) -> dict[str, Any]:
    """Where words or a picture stand, by whom, and since when."""
    return {
        "item": one.id,
        "number": one.number,
        "revision": one.revision,
        "entry": one.entry_id or one.id,
        "comment": one.id if one.entry_id is not None else None,
        "author": one.author_id,
        "pupil": one.pupil_id,
        "at": one.handed_in_at or one.created_at,
    }


def _fits(ask: Ask, row: Row) -> bool:
    return (
        (ask.child is None or row.pupil == ask.child)
        and (ask.since is None or row.at >= ask.since)
        and (ask.until is None or row.at < ask.until)
    )


def kinds_in(where: Where) -> Collection[Kind]:
    """Return the kinds of unit that stand in a place."""
    return {
        Where.ANYWHERE: frozenset(Kind),
        Where.WORDS: {Kind.WORDS},
        Where.PICTURES: {Kind.PICTURE},
        Where.BACK: {Kind.COMMENT},
    }[where]


def circles_in(viewer: Viewer, group: UUID) -> frozenset[str]:
    """Return the circles of a class that the viewer holds; one that nobody has where they hold none."""
    return frozenset(one for one in viewer.circles if one.endswith(f"/{group.hex}")) or frozenset({""})
