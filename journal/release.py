"""Releasing items to circles and taking them back. Every row of ``Shown`` and ``Waiting`` is written here
(``journal.restoring`` puts back what a decision changed, when it is undone).

What the rule says about moderation is ``waits_at``; how rows follow from it stands below.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from journal.circles import FAMILY_KINDS, GROUP_KINDS, Kind, circle, kind_of, owner_of
from journal.clock import now
from journal.hours import Hours
from journal.jobs import index_later
from journal.reasons import beyond
from journal.records import Choice, Decision, Item, Revision, School, Shown, Waiting
from journal.words import Verdict

ACT = "carrying out an act that was allowed"


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms somebody's words are released.

    ``own_groups``: groups whose circles need no other's yes, because the writer is one of those who say it.
    ``stranger_group``: for a classmate's or another family's comment, the group whose teachers read it first,
    for it reaches another child and another family.
    ``family_first``: the school reads what is for the child's own family first, or an aid noticed something that the
    school wants read. ``child_first``: so it is with what somebody else writes to the child.
    """

    own_groups: frozenset[UUID] = frozenset()
    stranger_group: UUID | None = None
    family_first: bool = False
    child_first: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """Where something waits: a group's teachers, or with no group the safeguarding lead."""

    group: UUID | None


def waits_at(value: str, all_circles: Collection[str], terms: Terms) -> Desk | None:
    """Return where a circle has to wait, or None for what is released at once.

    What reaches other children or other families waits for a teacher of that group. What is for teachers is with
    them at once: reading is the check. What is for the child's own family waits only where the school checks first:
    with the teachers if the item is for teachers or the class too, else with the safeguarding lead.
    """
    kind, owner = kind_of(value), owner_of(value)
    if kind in GROUP_KINDS:
        return None if owner in terms.own_groups else Desk(owner)
    if kind is Kind.TEACHERS:
        return None
    if terms.stranger_group is not None:
        return Desk(terms.stranger_group)
    if (kind in FAMILY_KINDS and terms.family_first) or (kind is Kind.SELF and terms.child_first):
        with_teachers = sorted(c for c in all_circles if kind_of(c) in (Kind.TEACHERS, Kind.CLASS))
        return Desk(owner_of(with_teachers[0]) if with_teachers else None)
    return None


def release(
    session: Session,
    item: Item,
    revision: Revision,
    circles: Collection[str],
    terms: Terms,
    among: Collection[str] = (),
) -> None:
    """Give a revision to circles: at once where that is allowed, else put it where it waits.

    ``among`` are all circles that the item is meant for, where these are only some of them. What the safeguarding
    lead put away from everybody goes to nobody before the lead has read it again.
    """
    held = _waiting(session, item)
    with_lead = Desk(None) if _put_away_by_lead(session, item) else None
    late_at, moment = _late_at(session, item.school_id), now()
    for value in sorted(circles):
        desk = with_lead or waits_at(value, among or circles, terms)
        if desk is None:
            show(session, item, revision, value)
        elif value in held:
            row = held[value]
            row.revision_id, row.group_id, row.since = revision.id, desk.group, moment
            row.late_at, row.past_id = late_at, None
        else:
            session.add(
                Waiting(
                    school_id=item.school_id,
                    item_id=item.id,
                    pupil_id=item.pupil_id,
                    author_id=item.author_id,
                    revision_id=revision.id,
                    circle=value,
                    group_id=desk.group,
                    since=moment,
                    late_at=late_at,
                )
            )
    session.flush()
    index_later(session, item.school_id, item.id)


def _late_at(session: Session, school: UUID) -> datetime | None:
    """When what begins to wait now will have waited too long; None where the school sets no time."""
    with beyond(session, ACT):
        row = session.execute(
            select(School.late_after, School.school_days, School.closed_days, School.time_zone).where(
                School.id == school
            )
        ).one()
    return Hours(days=row.school_days, closed=row.closed_days, zone=row.time_zone).late(now(), row.late_after)


def _put_away_by_lead(session: Session, item: Item) -> bool:
    decided = select(Decision.verdict).where(
        Decision.item_id == item.id, Decision.group_id.is_(None), Decision.undone_at.is_(None)
    )
    with beyond(session, ACT):
        return session.scalar(decided.order_by(Decision.id.desc()).limit(1)) is Verdict.PUT_AWAY


def show(session: Session, item: Item, revision: Revision, value: str, decision: Decision | None = None) -> None:
    """Release a revision to a circle. A circle that saw the item before keeps the time at which it first did."""
    with beyond(session, ACT):
        row = session.scalars(select(Shown).where(Shown.item_id == item.id, Shown.circle == value)).one_or_none()
        session.execute(delete(Waiting).where(Waiting.item_id == item.id, Waiting.circle == value))
    if row is None:
        row = Shown(school_id=item.school_id, item_id=item.id, kind=item.kind, circle=value, released_at=now())
        session.add(row)
    row.revision_id, row.number = revision.id, revision.number
    row.decision_id = decision.id if decision else None
    session.flush()
    index_later(session, item.school_id, item.id)


def in_turn(session: Session, item: UUID) -> None:
    """Let whoever changes right now where an item is shown finish first, on both databases.

    The update changes nothing, but makes the next one wait: else a door that is shut while a moderator lets the item
    through could stay open, and of two changes at once half of each could be kept.
    """
    with beyond(session, ACT):
        session.execute(update(Item).where(Item.id == item).values(handed_in_at=Item.handed_in_at))


def wait_again(session: Session, item: Item, revision: Revision, desks: Mapping[str, UUID | None], past: UUID) -> None:
    """Let circles wait once more for what came back from them, each at its desk: for anybody but that person."""
    late_at, moment = _late_at(session, item.school_id), now()
    for value, group in sorted(desks.items()):
        session.add(
            Waiting(
                school_id=item.school_id,
                item_id=item.id,
                pupil_id=item.pupil_id,
                author_id=item.author_id,
                revision_id=revision.id,
                circle=value,
                group_id=group,
                since=moment,
                late_at=late_at,
                past_id=past,
            )
        )
    session.flush()
    index_later(session, item.school_id, item.id)


def retract(session: Session, item: Item, circles: Iterable[str]) -> None:
    """Take an item away from circles, at once: what was shown to them and what waits for them."""
    gone = list(circles)
    with beyond(session, ACT):
        session.execute(delete(Shown).where(Shown.item_id == item.id, Shown.circle.in_(gone)))
        session.execute(delete(Waiting).where(Waiting.item_id == item.id, Waiting.circle.in_(gone)))
        if item.entry_id is None:
            _ask_no_more(session, item, gone)
    index_later(session, item.school_id, item.id)


def wait_no_more(session: Session, item: Item) -> None:
    """Take an item from everybody's desk. Circles that an older revision is shown to keep that."""
    with beyond(session, ACT):
        session.execute(delete(Waiting).where(Waiting.item_id == item.id))
    index_later(session, item.school_id, item.id)


def _ask_no_more(session: Session, entry: Item, gone: Collection[str]) -> None:
    """Let no comment wait for people who do not see its entry any more, nor at the desk of a group that lost it."""
    comments = select(Item.id).where(Item.entry_id == entry.id).scalar_subquery()
    kept = {owner_of(one) for one in shown_to(session, entry.id) if kind_of(one) in GROUP_KINDS}
    lost = {owner_of(one) for one in gone if kind_of(one) in GROUP_KINDS} - kept
    no_more = (Waiting.item_id.in_(comments), or_(Waiting.circle.in_(gone), Waiting.group_id.in_(lost)))
    for comment in set(session.scalars(select(Waiting.item_id).where(*no_more))):
        index_later(session, entry.school_id, comment)
    session.execute(delete(Waiting).where(*no_more))


def choose(session: Session, item: Item, revision: Revision, circles: Collection[str]) -> None:
    """Write down which circles a revision is meant for, in place of those written before."""
    with beyond(session, ACT):
        rows = list(session.scalars(select(Choice).where(Choice.revision_id == revision.id)))
    for row in rows:
        if row.circle not in circles:
            session.delete(row)
    for value in sorted(set(circles) - {row.circle for row in rows}):
        session.add(Choice(school_id=item.school_id, item_id=item.id, revision_id=revision.id, circle=value))
    session.flush()


def chosen(session: Session, revision: UUID) -> set[str]:
    """Return the circles that a revision is meant for."""
    with beyond(session, ACT):
        return set(session.scalars(select(Choice.circle).where(Choice.revision_id == revision)))


def shown_to(session: Session, item: UUID) -> dict[str, int]:
    """Return the circles that an item is shown to, each with the number of its revision."""
    with beyond(session, ACT):
        rows = session.execute(select(Shown.circle, Shown.number).where(Shown.item_id == item))
        return dict(rows.all())


def waiting_circles(session: Session, item: Item) -> dict[str, Waiting]:
    """Return the circles that wait for an item, with their rows."""
    return _waiting(session, item)


def _waiting(session: Session, item: Item) -> dict[str, Waiting]:
    with beyond(session, ACT):
        rows = session.scalars(select(Waiting).where(Waiting.item_id == item.id))
        return {row.circle: row for row in rows}


def self_circle(item: Item) -> str:
    """Return the circle of the child in whose space an item stands."""
    return circle(Kind.SELF, item.pupil_id)
