"""What came of a note: what its reader answered, took, kept or asked. For those who decide about that thing, alone."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Uuid, bindparam, cast, null, select
from sqlalchemy.orm import Session

from journal.clock import now
from journal.conditions import mine_to_decide, table
from journal.reasons import BY_THE_RULE, beyond
from journal.records import Decision, Item, Membership, NoteAnswer, Revision
from journal.records.base import Id
from journal.refusals import Unseen
from journal.release import ACT
from journal.seeing import MY_SCHOOL, Viewer
from journal.trail import record
from journal.words import PAGE, AnswerKind


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


def told_about(session: Session, item: UUID) -> list[Told]:
    """Return what came of the notes to a thing that waits for the session's viewer, oldest first, in two queries."""
    with beyond(session, "names under what is shown"):
        suggested = session.execute(_SUGGESTED, {"item": item}).all()
        answered = session.execute(_ANSWERED, {"item": item}).all()
    found = [Told(row.id, None, row.name, row.created_at, row.suggest_new, old=row.suggest_old) for row in suggested]
    found += [Told(row.id, row.kind, row.name, row.created_at, row.words) for row in answered]
    return sorted(found, key=lambda one: (one.at, one.id))


_SUGGESTED: Select[*tuple[Any, ...]] = (
    select(Decision.id, Decision.created_at, Decision.suggest_old, Decision.suggest_new, Membership.name)
    .join(Membership, Membership.id == Decision.by_id)
    .where(Decision.item_id == bindparam("item"), Decision.suggest_old != "")
    .order_by(Decision.id)
)
_ANSWERED: Select[*tuple[Any, ...]] = (
    select(NoteAnswer.id, NoteAnswer.kind, NoteAnswer.created_at, NoteAnswer.words, Membership.name)
    .join(Item, Item.id == NoteAnswer.item_id)
    .join(Membership, Membership.id == Item.author_id)
    .where(NoteAnswer.item_id == bindparam("item"))
    .order_by(NoteAnswer.id)
)


def unread(session: Session) -> list[Told]:
    """Return answers to notes that nobody has read, for the viewer who decides about such things, in one query."""
    rows = session.execute(_unread()).all()
    return [
        Told(row.id, AnswerKind.SAID, row.name, row.created_at, row.words, note=row.note, about=row.title)
        for row in rows
    ]


def mark_read(session: Session, actor: Viewer, answer: UUID) -> None:
    """Say that an answer was read. Raises ``Unseen`` for one that is not for this viewer."""
    for_me = session.execute(_unread(one=True), {"answer": answer}).one_or_none()
    if for_me is None:
        raise Unseen
    with beyond(session, ACT):
        row = session.scalars(select(NoteAnswer).where(NoteAnswer.id == answer)).one()
        row.read_at = now()
        session.flush()
    record(session, actor, "note_answer_read", row.item_id)


@lru_cache(maxsize=2)
def _unread(one: bool = False) -> Select[*tuple[Any, ...]]:
    """Answers at the viewer’s desks, as a thing that waits there would be; ``one``: only that one."""
    answer, decision, item, author, revision = (
        table(one) for one in (NoteAnswer, Decision, Item, Membership, Revision)
    )
    desk = select(decision, cast(null(), Uuid()).label("past_id")).subquery("desk")
    found = (
        select(answer.c.id, answer.c.created_at, answer.c.words, desk.c.note, author.c.name, revision.c.title)
        .select_from(answer)
        .join(desk, desk.c.id == answer.c.decision_id)
        .join(item, item.c.id == answer.c.item_id)
        .join(author, author.c.id == item.c.author_id)
        .join(revision, revision.c.id == answer.c.revision_id)
        .where(answer.c.school_id == MY_SCHOOL, answer.c.kind == AnswerKind.SAID, answer.c.read_at.is_(None))
        .where(mine_to_decide(desk, item))
        .order_by(answer.c.id)
        .limit(PAGE)
        .execution_options(**BY_THE_RULE)
    )
    return found.where(answer.c.id == bindparam("answer", type_=Id())) if one else found
