"""What is read of grants, and, through a grant's eyes, of what it opens."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from journal.clock import now
from journal.reasons import beyond
from journal.records import Concern, ConcernAbout, Grant, GrantLook, GrantUntold, Item, Membership, Revision, Shown
from journal.refusals import Unseen
from journal.seeing import Viewer
from journal.words import PAGE, Role

UNDER = "names under what is shown"
MOST_FOUND = 20
MOST_REVISIONS = 30
"""How many revisions of one thing are shown, the newest first."""


class Thing(NamedTuple):
    """Something that a grant opens, with the newest that it says: a draft before what was handed in."""

    item: Item
    revision: Revision | None


@dataclass(frozen=True, slots=True)
class Inside:
    """One thing as a grant shows it: all its revisions, newest first, and a page of what was said about it."""

    item: Item
    revisions: list[Revision]
    comments: list[Thing]
    more: UUID | None
    shown: list[str]
    """The circles that it is released to."""


class GrantLine(NamedTuple):
    """A grant in the list: whose, by whom, how many things were looked at."""

    grant: Grant
    by: Membership
    pupil: Membership
    looked: int


class Looked(NamedTuple):
    """Something that was looked at, with what it said at that time; of a comment, what the pupil's entry said."""

    look: GrantLook
    gone: bool
    comment: bool
    there: bool
    """Whether it said anything then that still stands there: a draft is written over."""
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class GrantFile:
    """All that is known of one grant."""

    line: GrantLine
    talks: Membership | None
    looks: list[Looked]
    untold: list[tuple[GrantUntold, str]]


def find_pupils(session: Session, words: str) -> tuple[list[Membership], bool]:
    """Return pupils of the school whose name holds some words, and whether there are more."""
    found = select(Membership).where(Membership.role == Role.PUPIL, Membership.ended_at.is_(None))
    named = Membership.name.icontains(words, autoescape=True)
    in_order = found.where(named).order_by(Membership.name, Membership.id)
    rows = list(session.scalars(in_order.limit(MOST_FOUND + 1)))
    return rows[:MOST_FOUND], len(rows) > MOST_FOUND


def pupils_of(session: Session, concern: UUID) -> list[Membership]:
    """Return the pupils whom a worry is about that the session's viewer reads. Raises ``Unseen`` for any other."""
    if not session.scalars(select(Concern.id).where(Concern.id == concern)).all():
        raise Unseen
    about = select(ConcernAbout.membership_id).where(ConcernAbout.concern_id == concern)
    found = select(Membership).where(Membership.role == Role.PUPIL, Membership.id.in_(about))
    return list(session.scalars(found.order_by(Membership.name, Membership.id).limit(MOST_FOUND)))


def item_of(session: Session, concern: UUID) -> tuple[UUID | None, str]:
    """Return what a worry that the session's viewer reads is about, and what it was called then."""
    row = session.execute(select(Concern.item_id, Concern.snapshot).where(Concern.id == concern)).one_or_none()
    return (row.item_id, str((row.snapshot or {}).get("title") or "")) if row is not None else (None, "")


def is_there(session: Session, item: UUID) -> bool:
    """Tell whether something that a worry is about is still there: it may be gone for good."""
    with beyond(session, "carrying out an act that was allowed"):
        return session.scalar(select(Item.id).where(Item.id == item)) is not None


def begun(session: Session, item: UUID) -> datetime:
    """Return when something was begun, for a lead who may open it: all that is said of it before."""
    with beyond(session, "carrying out an act that was allowed"):
        return session.scalars(select(Item.created_at).where(Item.id == item)).one()


# --- through the eyes of a grant ------------------------------------------------------------------------------------

_NEWEST = func.coalesce(Item.draft_id, Item.revision_id)


def things(eyes: Session, pupil: UUID, before: UUID | None) -> tuple[list[Thing], UUID | None]:
    """Return a page of what a pupil made, the newest first, and where the next page begins."""
    asked = (
        select(Item, Revision)
        .outerjoin(Revision, Revision.id == _NEWEST)
        .where(Item.author_id == pupil)
        .order_by(Item.id.desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        asked = asked.where(Item.id < before)
    rows = [Thing(*row) for row in eyes.execute(asked).all()]
    return rows[:PAGE], rows[PAGE - 1].item.id if len(rows) > PAGE else None


def inside(eyes: Session, item: UUID, after: UUID | None) -> Inside:
    """Return one thing with all its revisions and a page of what was said about it. Raises ``Unseen``."""
    found = eyes.scalars(select(Item).where(Item.id == item)).one_or_none()
    if found is None:
        raise Unseen
    revisions = eyes.scalars(
        select(Revision).where(Revision.item_id == item).order_by(Revision.number.desc()).limit(MOST_REVISIONS)
    )
    said = (
        select(Item, Revision)
        .outerjoin(Revision, Revision.id == _NEWEST)
        .where(or_(Item.entry_id == item, Item.parent_id == item))
        .order_by(Item.id)
        .limit(PAGE + 1)
    )
    if after is not None:
        said = said.where(Item.id > after)
    rows = [Thing(*row) for row in eyes.execute(said).all()]
    with beyond(eyes, UNDER):
        shown = list(eyes.scalars(select(Shown.circle).where(Shown.item_id == item)))
    more = rows[PAGE - 1].item.id if len(rows) > PAGE else None
    return Inside(found, list(revisions), rows[:PAGE], more, shown)


# --- what is known of grants ----------------------------------------------------------------------------------------


def grants(session: Session, before: UUID | None) -> tuple[list[GrantLine], UUID | None]:
    """Return a page of the grants of a school that the session's viewer may read of, the newest first."""
    asked = _lines().order_by(Grant.id.desc()).limit(PAGE + 1)
    rows = [_line(row) for row in session.execute(asked if before is None else asked.where(Grant.id < before)).all()]
    return rows[:PAGE], rows[PAGE - 1].grant.id if len(rows) > PAGE else None


def to_decide(session: Session, today: date) -> list[GrantLine]:
    """Return the grants about which it is to be decided today whether the pupil is told, the oldest first."""
    due = _lines().where(Grant.told_at.is_(None), Grant.decide_on <= today)
    return [_line(row) for row in session.execute(due.order_by(Grant.decide_on, Grant.id).limit(PAGE)).all()]


def grant_file(session: Session, grant: UUID) -> GrantFile:
    """Return all that is known of one grant. Raises ``Unseen``."""
    row = session.execute(_lines().where(Grant.id == grant)).one_or_none()
    if row is None:
        raise Unseen
    line = _line(row)
    untold = session.execute(
        select(GrantUntold, Membership.name)
        .join(Membership, Membership.id == GrantUntold.by_id)
        .where(GrantUntold.grant_id == grant)
        .order_by(GrantUntold.id)
    )
    talks = session.scalars(select(Membership).where(Membership.id == line.grant.talks_id)).one_or_none()
    return GrantFile(line, talks, _looked(session, line.grant), [(one, name) for one, name in untold.all()])


def _looked(session: Session, grant: Grant) -> list[Looked]:
    """What was looked at under a grant that the viewer reads. What stands in another child's space has no title."""
    said = aliased(Revision)
    thing = func.coalesce(Item.entry_id, Item.id)
    then = (said.item_id == thing, said.saved_at <= GrantLook.last_at)
    newest = select(said.id).where(*then).order_by(said.number.desc()).limit(1).scalar_subquery()
    looks = (
        select(GrantLook, Item, Revision)
        .outerjoin(Item, and_(Item.id == GrantLook.item_id, Item.deleted_at.is_(None)))
        .outerjoin(Revision, and_(Revision.id == newest, Item.pupil_id == grant.pupil_id))
        .where(GrantLook.grant_id == grant.id)
        .order_by(GrantLook.id)
        .limit(200)
    )
    with beyond(session, UNDER):
        rows = [tuple[Any, ...](row) for row in session.execute(looks)]
    return [
        Looked(
            look,
            gone=item is None,
            comment=item is not None and item.entry_id is not None,
            there=revision is not None,
            title=revision.title if revision else "",
            words=revision.words if revision else "",
        )
        for look, item, revision in rows
    ]


def _lines() -> Any:
    by, pupil = aliased(Membership), aliased(Membership)
    looked = select(func.count(GrantLook.id)).where(GrantLook.grant_id == Grant.id).scalar_subquery()
    return select(Grant, by, pupil, looked).join(by, by.id == Grant.by_id).join(pupil, pupil.id == Grant.pupil_id)


def _line(row: Row[*tuple[Any, ...]]) -> GrantLine:
    return GrantLine(*row)


def still_open(session: Session, actor: Viewer) -> list[GrantLine]:
    """Return what this lead has open now."""
    mine = _lines().where(Grant.by_id == actor.membership, Grant.ended_at.is_(None), Grant.until > now())
    return [_line(row) for row in session.execute(mine.order_by(Grant.id.desc()).limit(PAGE)).all()]
