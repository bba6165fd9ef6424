"""Telling a worry, reading it, answering it. Only the safeguarding leads of the school read worries."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import event, select, update
from sqlalchemy.orm import Session

from journal.clock import now
from journal.ids import new_id
from journal.reasons import GatedSession, beyond
from journal.records import Concern, Membership, SnapshotPicture, Trail
from journal.refusals import Reason, Refusal, Unseen
from journal.release import ACT
from journal.rows import changed
from journal.safeguarding.snapshot import Snapshot, snapshot_of
from journal.seeing import Viewer
from journal.store.files import Files
from journal.trail import record

COPIES = "copies of photos for a worry"
"""Where a session remembers the files that go again if the worry is not kept after all."""


class Worry(StrEnum):
    """What kind of worry it is. None needs the right words."""

    SAW = "saw"
    UNKIND = "unkind"
    SECRET = "secret"  # noqa: S105 - a secret that a child does not like
    HURT = "hurt"
    HOME = "home"
    SCHOOL = "school"
    ONLINE = "online"
    SAD = "sad"
    FRIEND = "friend"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class TellInput:
    """A worry, as it was told."""

    picks: tuple[Worry, ...] = ()
    words: str = ""
    item: UUID | None = None
    """What it is about."""
    name: str = ""
    """Who tells it, where nobody is signed in and they want to say."""
    once: UUID | None = None
    """The worry's id, chosen when the form was made: a second press finds it there."""


def tell_worry(session: Session, actor: Viewer | None, school: UUID, told: TellInput, files: Files) -> Concern:
    """Tell the school's safeguarding leads of a worry, with what it is about kept as the teller sees it.

    What the teller does not see is left out without a word. Raises Refusal(EMPTY_WORDS) for nothing at all.
    """
    mine = actor.membership if actor else None
    twice = _told_before(session, told.once)
    if twice is not None and twice.school_id == school and twice.by_id == mine:
        return twice
    seen = snapshot_of(session, actor, told.item) if actor and told.item else None
    if not (told.picks or told.words or seen):
        raise Refusal(Reason.EMPTY_WORDS, "words")
    concern = Concern(
        id=told.once if told.once and twice is None else new_id(),
        school_id=school,
        by_id=mine,
        by_name=_name_of(session, actor) if actor else told.name,
        picks=list(told.picks),
        words=told.words,
        item_id=seen.item if seen else None,
        snapshot=seen.kept if seen else None,
    )
    session.add(concern)
    session.flush()
    if seen:
        _keep_pictures(session, concern, seen, files)
    # Nobody may be signed in, so there may be no viewer to record it under.
    session.add(Trail(school_id=school, membership_id=mine, act="tell_worry", subject_id=concern.id, details={}))
    return concern


def read_worry(session: Session, actor: Viewer, concern_id: UUID) -> Concern:
    """Open a worry. The first reading is noted on it, every reading in the record. Raises ``Unseen``."""
    concern = session.scalars(select(Concern).where(Concern.id == concern_id)).one_or_none()
    if concern is None:
        raise Unseen
    if concern.read_at is None:
        concern.read_at, concern.read_by_id = now(), actor.membership
    record(session, actor, "read_worry", concern.id)
    return concern


def answer_worry(session: Session, actor: Viewer, concern_id: UUID, words: str) -> None:
    """Write back to whoever told a worry, once.

    Raises ``Unseen``, Refusal(EMPTY_WORDS), and Refusal(DECIDED_ALREADY) when another lead was first.
    """
    concern = session.scalars(select(Concern).where(Concern.id == concern_id)).one_or_none()
    if concern is None or concern.by_id is None:
        raise Unseen
    if not words:
        raise Refusal(Reason.EMPTY_WORDS, "answer")
    first = update(Concern).where(Concern.id == concern.id, Concern.answered_at.is_(None))
    if not changed(session, first.values(answer=words, answered_at=now(), answered_by_id=actor.membership)):
        raise Refusal(Reason.DECIDED_ALREADY)
    record(session, actor, "answer_worry", concern.id)


def see_answers(session: Session, actor: Viewer) -> None:
    """Note that whoever was worried has read their answers."""
    session.execute(
        update(Concern)
        .where(Concern.by_id == actor.membership, Concern.answered_at.is_not(None), Concern.answer_seen_at.is_(None))
        .values(answer_seen_at=now())
    )


def _told_before(session: Session, once: UUID | None) -> Concern | None:
    if once is None:
        return None
    with beyond(session, ACT):
        return session.scalars(select(Concern).where(Concern.id == once)).one_or_none()


def _name_of(session: Session, actor: Viewer) -> str:
    return session.scalars(select(Membership.name).where(Membership.id == actor.membership)).one()


def _keep_pictures(session: Session, concern: Concern, seen: Snapshot, files: Files) -> None:
    """Copy the photos, so that they stay when the item and its files are deleted."""
    copies: list[str] = session.info.setdefault(COPIES, (files, []))[1]
    for position, photo in enumerate(seen.photos, 1):
        try:
            copy = files.copy(photo.file, ".jpg")
        except FileNotFoundError:
            continue  # deleted this very moment; what was said about it is in the snapshot
        copies.append(copy)
        session.add(
            SnapshotPicture(
                school_id=concern.school_id,
                concern_id=concern.id,
                position=position,
                file=copy,
                caption=photo.caption,
                description=photo.description,
                sha256=photo.sha256,
            )
        )
    session.flush()


@event.listens_for(GatedSession, "after_commit")
def _kept(session: Session) -> None:
    session.info.pop(COPIES, None)


@event.listens_for(GatedSession, "after_rollback")
def _not_kept(session: Session) -> None:
    files, copies = session.info.pop(COPIES, (None, []))
    if files is not None:
        files.drop_all(copies)
