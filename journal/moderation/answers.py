"""What belongs to notes on a moderator's page: the sentences to build them of, and what came of earlier ones.

What a writer answered, took, kept or asked is for those who decide about that thing, alone.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CompoundSelect,
    FromClause,
    Select,
    Uuid,
    bindparam,
    cast,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from journal.clock import now
from journal.conditions import mine_to_decide, table
from journal.moderation.desk import Desk, desk_from, desk_parts, row_of
from journal.moderation.notes import MOST_OWN
from journal.moderation.undoing import UNDO
from journal.reasons import beyond
from journal.records import Decision, Item, KindReason, Membership, NoteAnswer, Revision, School
from journal.records.base import Id, UtcTime
from journal.refusals import Unseen
from journal.release import ACT
from journal.seeing import ME, MY_SCHOOL, Viewer
from journal.trail import record
from journal.words import PAGE, AnswerKind, NotePart

LATELY = timedelta(hours=1)
"""For so long what was written with a decision that was undone is offered again."""


@dataclass(frozen=True, slots=True)
class Told:
    """Something that came of a note; ``kind`` None: the words that were suggested with it."""

    id: UUID
    kind: AnswerKind | None
    name: str
    at: datetime
    words: str
    old: str = ""
    note: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class OwnSentence:
    """A row of ``KindReason``: the school's own sentence, or with a ``key`` one that comes along and is not offered."""

    id: UUID
    part: NotePart
    key: str
    words: str


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What the viewer wrote with a decision that they undid just now."""

    revision: UUID
    note: str
    reason: str
    suggest_old: str
    suggest: str


@dataclass(slots=True)
class NoteDesk:
    """All that belongs to notes on the page of what waits."""

    language: str = "en"
    """The school's, in which notes are kept."""
    sentences: list[OwnSentence] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    """What came of the notes to the thing that is being read, oldest first."""
    unread: list[Told] = field(default_factory=list)
    """Answers at the viewer's desks that nobody has read yet."""
    taken_back: TakenBack | None = None
    """What the viewer wrote about the thing that is being read, before they undid it."""
    desk: Desk = field(default_factory=lambda: Desk({}, False, None))
    """What else belongs to the viewer's pages of what waits."""


def note_desk(session: Session, item: UUID | None = None) -> NoteDesk:
    """Return what belongs to notes, for a thing that waits for the session's viewer or none, in one query."""
    found = NoteDesk()
    with beyond(session, "names under what is shown"):
        # Which answers these are, says the rule itself: ``mine_to_decide``.
        rows = session.execute(_desk(), {"item": item, "fresh": now() - UNDO, "lately": now() - LATELY}).all()
    found.desk = desk_from(rows)
    of_notes = [row for row in rows if row.what not in ("group", "person", "fresh")]
    for row in sorted(of_notes, key=lambda one: (one.at, one.id)):
        if row.what == "language":
            found.language = row.words
        elif row.what == "sentence":
            found.sentences.append(OwnSentence(row.id, NotePart(row.kind), row.name, row.words))
        elif row.what == "undone":
            found.taken_back = TakenBack(row.id, row.words, row.note, row.old, row.about)
        else:
            kind = AnswerKind(row.kind) if row.kind else None
            told = Told(row.id, kind, row.name, row.at, row.words, row.old, row.note, row.about)
            (found.unread if row.what == "unread" else found.told).append(told)
    return found


def mark_read(session: Session, actor: Viewer, answer: UUID) -> None:
    """Say that an answer was read. Raises ``Unseen`` for one that is not for this viewer."""
    if all(one.id != answer for one in note_desk(session).unread):
        raise Unseen
    with beyond(session, ACT):
        row = session.scalars(select(NoteAnswer).where(NoteAnswer.id == answer)).one()
        row.read_at = now()
        session.flush()
    record(session, actor, "note_answer_read", row.item_id)


@lru_cache(maxsize=1)
def _desk() -> CompoundSelect[*tuple[Any, ...]]:
    parts = [_language(), _sentences(), _suggested(), _answered(), _unread(), _taken_back(), *desk_parts()]
    return union_all(*(select(part.subquery()) for part in parts))


def _row(what: str, row: FromClause, **more: Any) -> Select[Any]:
    return row_of(what, row.c.id, row.c.created_at, **more)


def _language() -> Select[Any]:
    school = table(School)
    return _row("language", school, words=school.c.locale).where(school.c.id == MY_SCHOOL)


def _sentences() -> Select[Any]:
    own = table(KindReason)
    found = _row("sentence", own, kind=own.c.part, name=own.c.key, words=own.c.words)
    here = found.where(own.c.school_id == MY_SCHOOL, own.c.off_at.is_(None))
    return here.order_by(own.c.id).limit(2 * MOST_OWN)


def _suggested() -> Select[Any]:
    decision, by = table(Decision), table(Membership)
    found = _row("told", decision, name=by.c.name, words=decision.c.suggest_new, old=decision.c.suggest_old)
    found = found.select_from(decision.join(by, by.c.id == decision.c.by_id))
    about = (decision.c.item_id == bindparam("item", type_=Id()), decision.c.suggest_old != "")
    return found.where(decision.c.school_id == MY_SCHOOL, *about)


def _answered() -> Select[Any]:
    answer, item, author = table(NoteAnswer), table(Item), table(Membership)
    found = _row("told", answer, kind=answer.c.kind, name=author.c.name, words=answer.c.words)
    joined = answer.join(item, item.c.id == answer.c.item_id).join(author, author.c.id == item.c.author_id)
    here = answer.c.item_id == bindparam("item", type_=Id())
    return found.select_from(joined).where(here, answer.c.school_id == MY_SCHOOL)


def _taken_back() -> Select[Any]:
    decision = table(Decision)
    words = {"words": decision.c.note, "note": decision.c.reason}
    suggested = {"old": decision.c.suggest_old, "about": decision.c.suggest_new}
    found = row_of("undone", decision.c.revision_id, decision.c.undone_at, **words, **suggested)
    mine = (decision.c.item_id == bindparam("item", type_=Id()), decision.c.by_id == ME)
    lately = decision.c.undone_at > bindparam("lately", type_=UtcTime())
    return found.where(*mine, lately).order_by(decision.c.id.desc()).limit(1)


def _unread() -> Select[Any]:
    """Answers at the viewer's desks, as a thing that waits there would be."""
    answer, decision, item = table(NoteAnswer), table(Decision), table(Item)
    author, revision = table(Membership), table(Revision)
    # What was decided neither waits for another's look nor is late any more.
    settled = (cast(null(), Uuid()).label("past_id"), cast(null(), UtcTime()).label("late_at"))
    desk = select(decision, *settled).subquery("desk")
    said = {"kind": answer.c.kind, "name": author.c.name, "words": answer.c.words}
    joined = (
        answer.join(desk, desk.c.id == answer.c.decision_id)
        .join(item, item.c.id == answer.c.item_id)
        .join(author, author.c.id == item.c.author_id)
        .join(revision, revision.c.id == answer.c.revision_id)
    )
    return (
        _row("unread", answer, **said, note=desk.c.note, about=revision.c.title)
        .select_from(joined)
        .where(answer.c.school_id == MY_SCHOOL, answer.c.kind == AnswerKind.SAID, answer.c.read_at.is_(None))
        .where(mine_to_decide(desk, item))
        .order_by(answer.c.id)
        .limit(PAGE)
    )
