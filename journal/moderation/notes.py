"""A kind note: built from sentences, taken apart again to be kept, and the list of the school's own sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.clock import now
from journal.records import KindReason
from journal.refusals import Reason, Refusal, Unseen
from journal.seeing import Viewer
from journal.trail import record
from journal.words import NotePart

MOST_OWN = 60
"""Own sentences of a school that are offered at a time."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note as it is kept: whole, and in pieces (see ``Decision.pieces``)."""

    words: str
    pieces: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A sentence that was chosen for a note, in the language in which the note is kept."""

    key: str
    words: str
    own: bool = False
    """Whether the school wrote it itself: then it stays as it was typed."""


def built(good: Chosen | None, change: Chosen | None, back: Chosen | None, own: str) -> str:
    """Return a note of the chosen sentences and a moderator's own words.

    The good thing first, then what to change and why, then the way back. A sentence that stands in the words already
    is not said twice.
    """
    before = [one.words for one in (good, change) if one and one.words not in own]
    after = [back.words] if back and back.words not in own else []
    return " ".join([*before, *([own.strip()] if own.strip() else []), *after])


def taken_apart(note: str, chosen: Sequence[Chosen]) -> Note:
    """Return a note in pieces: each chosen sentence that still stands in it, and the words between.

    What was changed by hand, or struck out, is the moderator's own. The pieces side by side are the note.
    """
    places = sorted((note.find(one.words), one.key, one) for one in chosen if one.words and one.words in note)
    pieces: list[dict[str, Any]] = []
    at = 0
    for start, _key, one in places:
        if start < at:
            continue
        if start > at:
            pieces.append({"words": note[at:start]})
        pieces.append({"words": one.words, "own": one.key} if one.own else {"reason": one.key})
        at = start + len(one.words)
    if at < len(note):
        pieces.append({"words": note[at:]})
    return Note(note, tuple(pieces))


def own_sentences(session: Session) -> list[KindReason]:
    """Return the rows of the viewer's school: its own sentences, and those that come along and are not offered."""
    rows = select(KindReason).where(KindReason.off_at.is_(None)).order_by(KindReason.id).limit(2 * MOST_OWN)
    return list(session.scalars(rows))


def add_sentence(session: Session, actor: Viewer, part: NotePart, words: str) -> KindReason:
    """Add a sentence of the school's own. Raises Refusal(EMPTY_WORDS), and Refusal(TOO_MANY_SENTENCES) for one more."""
    if not words.strip():
        raise Refusal(Reason.EMPTY_WORDS, "words")
    there = [one for one in own_sentences(session) if not one.key]
    if len(there) >= MOST_OWN:
        raise Refusal(Reason.TOO_MANY_SENTENCES, "words", MOST_OWN)
    same = next((one for one in there if (one.part, one.words) == (part, words.strip())), None)
    if same is not None:
        return same
    row = KindReason(school_id=actor.school, part=part, words=words.strip(), by_id=actor.membership)
    session.add(row)
    session.flush()
    record(session, actor, "kind_sentence_added", row.id)
    return row


def take_out(session: Session, actor: Viewer, sentence: UUID) -> None:
    """Offer one of the school's own sentences no longer. Notes that hold it stay as they are. Raises ``Unseen``."""
    row = session.scalars(select(KindReason).where(KindReason.id == sentence, KindReason.key == "")).one_or_none()
    if row is None:
        raise Unseen
    if row.off_at is None:
        row.off_at = now()
        record(session, actor, "kind_sentence_taken_out", row.id)


def offer(session: Session, actor: Viewer, key: str, part: NotePart, offered: bool) -> None:
    """Offer a sentence that comes along, or do not. Asking twice changes nothing more."""
    off = [one for one in own_sentences(session) if one.key == key]
    if offered:
        for row in off:
            row.off_at = now()
    elif not off:
        session.add(KindReason(school_id=actor.school, part=part, key=key, by_id=actor.membership))
    if offered == bool(off):
        session.flush()
        record(session, actor, "kind_sentence_offered" if offered else "kind_sentence_not_offered")
