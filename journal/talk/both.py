"""What two people both read of a talk: for a child who looks at something as somebody else sees it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from journal.conditions import READ_BY_ME
from journal.reasons import BY_THE_RULE
from journal.records import Comment, Revision
from journal.seeing import ME
from journal.talk.threads import Said, Talk, Thread, Words


@dataclass(frozen=True, slots=True)
class Both:
    """A page of a talk, as far as two people read it."""

    talk: Talk
    before: frozenset[UUID]
    """Comments of which the other has older words: none stand there, for neither reads the other's."""
    theirs: frozenset[UUID]
    """The revisions that the other reads of what is there."""


def _read() -> Select[*tuple[Any, ...]]:
    mine = Comment.author_id == ME
    here = or_(and_(mine, Revision.id == Comment.revision_id), and_(~mine, READ_BY_ME))
    return (
        select(Comment.id, Revision.id, Revision.number, Revision.html)
        .join(Revision, and_(Revision.item_id == Comment.id, here))
        .where(Comment.id.in_(bindparam("comments", expanding=True)), Comment.deleted_at.is_(None))
        .execution_options(**BY_THE_RULE)
    )


_READ = _read()


def read_by_both(eyes: Session, viewer: UUID, talk: Talk) -> Both:
    """Return what is left of a viewer's page of a talk for the viewer of ``eyes`` too, in one query.

    Nothing comes in that the viewer does not read. The words are the viewer's; of the viewer's own comments, of which
    they know every revision, they are those that the other reads. What the viewer hid keeps its place alone, and what
    the other hid counts as there: hiding is for oneself, and nobody's business.
    """
    asked = [one.id for one in talk.said() if one.revision]
    rows = eyes.execute(_READ, {"comments": asked}).all() if asked else []
    theirs = {comment: Words(*words) for comment, *words in rows}
    before: set[UUID] = set()
    threads = [_thread(thread, viewer, theirs, before) for thread in talk.threads]
    kept = Talk(tuple(one for one in threads if one is not None), talk.after)
    read = frozenset(theirs[one.id].id for one in kept.said() if one.id in theirs)
    return Both(kept, frozenset(before), read)


def _thread(thread: Thread, viewer: UUID, theirs: dict[UUID, Words], before: set[UUID]) -> Thread | None:
    shut: set[UUID] = set()
    found: list[Said] = []
    for said in (thread.first, *thread.answers):
        if said.parent in shut or (said.revision and said.id not in theirs):
            shut.add(said.id)
            continue
        found.append(_one(said, viewer, theirs.get(said.id), before))
    kept = _with_words(found, before)
    return Thread(kept[0], kept[1:]) if kept else None


def _one(said: Said, viewer: UUID, their: Words | None, before: set[UUID]) -> Said:
    """One comment, without what is known of it to its writer alone."""
    words = said.revision
    if words is not None and their is not None:
        if said.author == viewer:
            words = their
        elif their.number < words.number:
            words = None
            before.add(said.id)
    return replace(said, revision=words, waits=False, verdict=None, note="", pieces=(), decision=None)


def _with_words(found: Sequence[Said], before: Iterable[UUID]) -> list[Said]:
    """Those that say something, and the places above them."""
    alive = set(before)
    kept: list[Said] = []
    for said in reversed(found):
        if (said.revision is None or said.hidden) and said.id not in alive:
            continue
        if said.parent is not None:
            alive.add(said.parent)
        kept.append(said)
    return kept[::-1]
