"""Letting several things through at once: only those that this moderator looked at, as they are now."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.moderation.acts import DecideInput, decide
from journal.moderation.places import Only, Part
from journal.moderation.undoing import Go
from journal.moderation.waiting import Waits, queue
from journal.records import Revision
from journal.refusals import Reason, Refusal, Unseen
from journal.seeing import Viewer
from journal.words import Verdict


@dataclass(frozen=True, slots=True)
class Several:
    """What became of several things."""

    through: int
    left: tuple[UUID, ...]
    """Those that were not let through: not looked at as they are now, or decided by another meanwhile."""
    resting: tuple[UUID, ...]
    """Those that were not let through because they have a rest since the list was made."""


def looked_at(session: Session) -> tuple[Waits, ...]:
    """Return what waits and was looked at by the session's viewer, the oldest first, a page of it."""
    return queue(session, only=Only(Part.LOOKED)).rows


def titles_of(session: Session, items: Collection[UUID]) -> list[tuple[str, str]]:
    """Return title and words of items, each once and as new as the session's viewer sees it, in one query."""
    rows = session.execute(
        select(Revision.item_id, Revision.title, Revision.words)
        .where(Revision.item_id.in_(items))
        .order_by(Revision.item_id, Revision.number)
    )
    return list({item: (title, words) for item, title, words in rows}.values())


def let_through_together(session: Session, actor: Viewer, chosen: Sequence[tuple[UUID, UUID]]) -> Several:
    """Let through items in these revisions, in one go. Raises Refusal(NOTHING_CHOSEN).

    Each is decided for itself: one that cannot be is left as it was, and named. Raises Refusal(RESTING) or
    Refusal(NOT_LOOKED_AT) where none can be.
    """
    if not chosen:
        raise Refusal(Reason.NOTHING_CHOSEN)
    looked = {(one.item.id, one.revision.id) for one in looked_at(session)}
    go, through = Go(), 0
    left: list[UUID] = []
    resting: list[UUID] = []
    for item, revision in dict.fromkeys(chosen):
        known = (item, revision) in looked
        decision = DecideInput(item, revision, Verdict.LET_THROUGH)
        refused = _refused(session, actor, decision, go) if known else Reason.NOT_LOOKED_AT
        if refused is None:
            through += 1
        else:
            (resting if refused is Reason.RESTING else left).append(item)
    if not through:
        raise Refusal(Reason.RESTING if resting else Reason.NOT_LOOKED_AT)
    return Several(through, tuple(left), tuple(resting))


def _refused(session: Session, actor: Viewer, decision: DecideInput, go: Go) -> Reason | None:
    """Decide, or return why that cannot be."""
    try:
        with session.begin_nested():
            decide(session, actor, decision, go)
    except Refusal as refusal:
        return refusal.reason
    except Unseen:
        return Reason.NOT_LOOKED_AT
    return None
