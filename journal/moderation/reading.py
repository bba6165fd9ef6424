"""What a moderator may put away that is shown already; and for other rooms' pages, what waits for them."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.circles import GROUP_KINDS, kind_of, owner_of
from journal.moderation.waiting import MOST_COUNTED, Child, Queue, Waits, queue
from journal.records import Concern, Group, Item, Membership, Revision
from journal.refusals import Unseen
from journal.release import shown_to
from journal.seeing import Viewer
from journal.words import Role

__all__ = ["MOST_COUNTED", "PutAway", "Queue", "Waits", "may_put_away", "queue", "to_put_away"]


@dataclass(frozen=True, slots=True)
class PutAway:
    """What a moderator is about to put away, and which groups lose it."""

    item: UUID
    entry: UUID
    title: str
    words: str
    name: str
    child: str
    groups: tuple[str, ...]
    everybody: bool
    concern: UUID | None = None
    """For a lead who does not see the item: the worry that is about it."""


def may_put_away(session: Session, viewer: Viewer, entry: Item) -> bool:
    """Tell whether this viewer may put away what is shown already: see ``acts.put_away_shown``."""
    if viewer.role not in (Role.TEACHER, Role.LEAD) or entry.school_id != viewer.school:
        return False
    if entry.deleted_at is not None or entry.pupil_id in viewer.kin or entry.author_id == viewer.membership:
        return False
    return viewer.role is Role.LEAD or bool(_my_groups(session, viewer, entry.id))


def to_put_away(session: Session, viewer: Viewer, item_id: UUID) -> PutAway:
    """Return what this viewer may put away. Raises ``Unseen``."""
    row = session.execute(
        select(Item, Revision, Membership, Child)
        .join(Revision, Revision.item_id == Item.id)
        .join(Membership, Membership.id == Item.author_id)
        .join(Child, Child.id == Item.pupil_id)
        .where(Item.id == item_id)
        .order_by(Revision.number.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return _worried_about(session, viewer, item_id)
    if not may_put_away(session, viewer, row[0]):
        raise Unseen
    item, revision, author, child = row
    groups = _my_groups(session, viewer, item.id)
    names = session.scalars(select(Group.name).where(Group.id.in_(groups)).order_by(Group.name)).all()
    return PutAway(
        item=item.id,
        entry=item.entry_id or item.id,
        title=revision.title,
        words=revision.words,
        name=author.name,
        child=child.name,
        groups=tuple(names),
        everybody=viewer.role is Role.LEAD,
    )


def _worried_about(session: Session, viewer: Viewer, item_id: UUID) -> PutAway:
    """What a lead may put away because of a worry, in the words that were kept with it, not in today's."""
    concern = session.scalars(
        select(Concern).where(Concern.item_id == item_id).order_by(Concern.id.desc()).limit(1)
    ).one_or_none()
    if viewer.role is not Role.LEAD or concern is None or not concern.snapshot or not shown_to(session, item_id):
        raise Unseen
    kept = concern.snapshot
    return PutAway(
        item=item_id,
        entry=item_id,
        title=kept["title"],
        words=kept["words"],
        name=kept["author"],
        child=kept["pupil"],
        groups=(),
        everybody=True,
        concern=concern.id,
    )


def _my_groups(session: Session, viewer: Viewer, item: UUID) -> set[UUID]:
    shown = shown_to(session, item)
    return {owner_of(one) for one in shown if kind_of(one) in GROUP_KINDS} & viewer.decides_for
