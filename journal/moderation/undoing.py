"""Taking back a decision, for a minute. Why a decision acts at once and is taken back, see decision 0013."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from journal.clock import now
from journal.ids import new_id
from journal.pauses import kept_waiting
from journal.reasons import beyond
from journal.records import Decision, Item, Notice
from journal.refusals import Reason, Refusal, Unseen
from journal.release import ACT, in_turn
from journal.restoring import SHOWN, changes_between, put_back, stand_of
from journal.rows import changed
from journal.seeing import Viewer
from journal.trail import record
from journal.words import NoticeKind, Verdict

UNDO = timedelta(minutes=1)
TOLD = (NoticeKind.LET_THROUGH, NoticeKind.SENT_BACK, NoticeKind.PUT_AWAY, NoticeKind.SAID)
"""What a decision tells people; what they have not seen yet goes with it."""


@dataclass(slots=True)
class Go:
    """What is decided in one go."""

    id: UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class Undone:
    """How far a go was undone: so many things, and so many that had moved on."""

    back: int
    moved_on: int
    item: UUID
    """One that waits again."""


@contextmanager
def remembered(session: Session, item: Item, go: Go) -> Iterator[None]:
    """Write down how the gate's rows stood before the enclosed decisions about an item, so that they can be undone."""
    before, back = stand_of(session, item.id), item.sent_back_at
    about = select(Decision).where(Decision.item_id == item.id).order_by(Decision.id)
    with beyond(session, ACT):
        decided = set(session.scalars(about.with_only_columns(Decision.id)))
    yield
    session.flush()
    changes = changes_between(before, stand_of(session, item.id))
    changes.append({"row": "back", "item": str(item.id), "circle": "", "was": _iso(back), "now": ""})
    with beyond(session, ACT):
        for decision in session.scalars(about.where(Decision.id.not_in(decided))):
            decision.go_id, decision.before, changes = go.id, changes, []
    session.flush()


def undo(session: Session, actor: Viewer, go: UUID) -> Undone:
    """Take back what this moderator decided in one go, less than a minute ago.

    Raises Refusal(NOT_UNDONE) when the minute is over or all of it has moved on, Refusal(RESTING) while it would show
    something again that has a rest, and ``Unseen`` for what is not theirs.
    """
    with beyond(session, ACT):
        mine = select(Decision).where(Decision.go_id == go, Decision.by_id == actor.membership)
        decisions = list(session.scalars(mine.order_by(Decision.id)))
    if not decisions:
        raise Unseen
    by_item: dict[UUID, list[Decision]] = defaultdict(list)
    for one in decisions:
        if one.undone_at is None and now() - one.created_at <= UNDO and _still_theirs(actor, one):
            by_item[one.item_id].append(one)
    back = [item for item, some in by_item.items() if _undo(session, actor, item, some)]
    if not back:
        raise Refusal(Reason.NOT_UNDONE)
    return Undone(len(back), len({one.item_id for one in decisions}) - len(back), back[0])


def awake(session: Session, actor: Viewer, item: Item, circles: Collection[str]) -> None:
    """Raise Refusal(RESTING) while nothing may be given to these circles."""
    if kept_waiting(session, actor, {item.id: circles}):
        raise Refusal(Reason.RESTING)


def _still_theirs(actor: Viewer, decision: Decision) -> bool:
    if actor.leads:
        return True
    return decision.group_id in actor.decides_for | actor.seconds_for


def _undo(session: Session, actor: Viewer, item_id: UUID, decisions: list[Decision]) -> bool:
    in_turn(session, item_id)
    with beyond(session, ACT):
        item = session.scalars(select(Item).where(Item.id == item_id, Item.deleted_at.is_(None))).one_or_none()
    rows = [row for one in decisions for row in one.before or ()]
    if item is None or item.pupil_id in actor.kin:
        return False
    again = {one["circle"] for one in rows if one["row"] == SHOWN and one["was"] and not one["now"]}
    if again:
        awake(session, actor, item, again)
    if not put_back(session, item, [row for row in rows if row["row"] != "back"]):
        return False
    with beyond(session, ACT):
        ids = [one.id for one in decisions]
        still = update(Decision).where(Decision.id.in_(ids), Decision.undone_at.is_(None))
        if changed(session, still.values(undone_at=now())) != len(ids):
            raise Refusal(Reason.NOT_UNDONE)
        since = min(one.created_at for one in decisions)
        told = (Notice.item_id == item.id, Notice.kind.in_(TOLD), Notice.created_at >= since)
        session.execute(delete(Notice).where(*told, Notice.seen_at.is_(None)))
    if any(one.verdict is Verdict.SENT_BACK for one in decisions):
        was = next((row["was"] for row in rows if row["row"] == "back"), None)
        item.sent_back_at = datetime.fromisoformat(was) if was else None
    record(session, actor, "undo", item.id, verdict=decisions[0].verdict)
    return True


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
