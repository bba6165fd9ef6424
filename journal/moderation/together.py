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
    """Let through items in these revisions, in one go. Raises Refusal(NOTHING_CHOSEN), Refusal(NOT_LOOKED_AT).

    Each is decided for itself: one that cannot be is left as it was, and named.
    """
    if not chosen:
        raise Refusal(Reason.NOTHING_CHOSEN)
    looked = {(one.item.id, one.revision.id) for one in looked_at(session)}
    go, through, left = Go(), 0, []
    for item, revision in dict.fromkeys(chosen):
        if (item, revision) in looked and _decided(
            session, actor, DecideInput(item, revision, Verdict.LET_THROUGH), go
        ):
            through += 1
        else:
            left.append(item)
    if not through:
        raise Refusal(Reason.NOT_LOOKED_AT)
    return Several(through, tuple(left))


def _decided(session: Session, actor: Viewer, decision: DecideInput, go: Go) -> bool:
    try:
        with session.begin_nested():
            decide(session, actor, decision, go)
    except (Refusal, Unseen):
        return False
    return True
