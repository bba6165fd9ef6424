"""Putting a pause on, at once, and taking it off. The head and the safeguarding leads do; each is on record."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.clock import now
from journal.pauses import on
from journal.records import Group, Membership, Pause
from journal.refusals import Reason, Refusal, Unseen
from journal.rows import changed
from journal.seeing import Viewer
from journal.trail import record
from journal.words import PauseKind, Role

WORDS = 400
"""Letters of what people read about a pause, at most."""
REASON = 2000


@dataclass(frozen=True, slots=True)
class PauseInput:
    """What is to rest, where or who, until when; what people read (nothing: our own words); why."""

    kind: PauseKind
    group: UUID | None
    member: UUID | None
    until: datetime | None
    child_words: str
    grown_words: str
    reason: str


def pause(session: Session, actor: Viewer, wanted: PauseInput) -> Pause:
    """Put a pause on: it holds from the next request of everybody.

    Raises Refusal(NOTHING_CHOSEN) without a class, Refusal(NOBODY_CHOSEN) without a person, Refusal(NOT_YOURSELF),
    Refusal(REASON_NEEDED), Refusal(PAUSED_ALREADY) for one that is on in the same place, and ``Unseen``.
    """
    _may(actor)
    group = wanted.group if wanted.kind is not PauseKind.PERSON else None
    member = wanted.member if wanted.kind is PauseKind.PERSON else None
    if wanted.kind is PauseKind.GROUP and group is None:
        raise Refusal(Reason.NOTHING_CHOSEN, "where")
    if group is not None and not session.scalars(select(Group.id).where(Group.id == group)).all():
        raise Unseen
    if wanted.kind is PauseKind.PERSON:
        _person(session, actor, member)
    if not wanted.reason:
        raise Refusal(Reason.REASON_NEEDED, "reason")
    same = select(Pause.id).where(
        Pause.kind == wanted.kind,
        Pause.group_id.is_not_distinct_from(group),
        Pause.member_id.is_not_distinct_from(member),
        on(Pause, now()),
    )
    if session.scalars(same.limit(1)).one_or_none() is not None:
        raise Refusal(Reason.PAUSED_ALREADY)
    row = Pause(
        school_id=actor.school,
        kind=wanted.kind,
        group_id=group,
        member_id=member,
        until=wanted.until,
        by_id=actor.membership,
        child_words=wanted.child_words,
        grown_words=wanted.grown_words,
        reason=wanted.reason,
    )
    session.add(row)
    session.flush()
    record(session, actor, "pause", row.id, kind=wanted.kind.value)
    return row


def take_off(session: Session, actor: Viewer, pause_id: UUID) -> None:
    """Take a pause off: what it stopped goes on at once.

    Raises Refusal(DECIDED_ALREADY) for one that is over, and ``Unseen``: one's own, and one's child's, is not there.
    """
    _may(actor)
    row = session.scalars(select(Pause).where(Pause.id == pause_id)).one_or_none()
    if row is None:
        raise Unseen
    off = update(Pause).where(Pause.id == row.id, on(Pause, now()))
    if not changed(session, off.values(ended_at=now(), ended_by_id=actor.membership)):
        raise Refusal(Reason.DECIDED_ALREADY)
    record(session, actor, "take_pause_off", row.id)


def _may(actor: Viewer) -> None:
    if actor.role not in (Role.HEAD, Role.LEAD):
        raise Unseen


def _person(session: Session, actor: Viewer, member: UUID | None) -> None:
    if member is None:
        raise Refusal(Reason.NOBODY_CHOSEN, "member")
    found = session.scalars(select(Membership).where(Membership.id == member)).one_or_none()
    if found is None:
        raise Unseen
    if found.person_id == actor.person:
        raise Refusal(Reason.NOT_YOURSELF, "member")
