"""What families said to pictures of their children: what holds, and whom a picture may not show.

One answer holds for each pupil, purpose and picture: the strictest of all that count. An answer counts while whoever
gave it has a say: a carer while they are one, the pupil (who is asked from the school's age on), and somebody on
paper who is not here, until the office sets that aside. A carer has to have said yes; nothing said counts as no.

The rule stands here twice, for rows in hand (``what_holds``) and in SQL (``lacks``); ``journal.visibility`` asks it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Select, and_, bindparam, not_, or_, select
from sqlalchemy.orm import Session

from journal.conditions import table, there_is
from journal.reasons import BY_THE_RULE
from journal.records import Consent, FamilyLink, Membership, Placement, Shown, Tagged
from journal.seeing import MY_NEAR_CIRCLES
from journal.words import Answer, Purpose

AGAINST = frozenset({Answer.NO, Answer.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Said:
    """One answer, as far as the rule goes. ``photo`` is None where it is about all pictures of the pupil."""

    speaker: str
    number: int
    answer: Answer
    photo: UUID | None
    own: bool
    """Whether the pupil said it."""
    counts: bool
    """Whether whoever said it has a say today."""


def what_holds(said: Iterable[Said], photo: UUID | None = None) -> Answer | None:
    """Return what holds for a pupil and a purpose: yes, ask, no, or None where no carer has said yes to it."""
    newest: dict[tuple[str, UUID | None], Said] = {}
    for one in sorted(said, key=lambda each: each.number):
        if one.counts and one.photo in (None, photo):
            newest[one.speaker, one.photo] = one
    if any(one.answer in AGAINST for one in newest.values()):
        return Answer.NO
    for one in newest.values():
        here = newest.get((one.speaker, photo))
        if one.answer is Answer.ASK and not (here and here.answer is Answer.YES):
            return Answer.ASK
    return Answer.YES if any(one.answer is Answer.YES and not one.own for one in newest.values()) else None


# --- in SQL ---------------------------------------------------------------------------------------------------------


def newest(said: FromClause) -> ColumnElement[bool]:
    """Whoever said it has said nothing else since, about the same."""
    newer = table(Consent)
    same = (newer.c[one] == said.c[one] for one in ("pupil_id", "purpose", "about_id", "speaker"))
    return not_(there_is(newer, where=and_(*same, newer.c.number > said.c.number)))


def counts(said: FromClause) -> ColumnElement[bool]:
    """Whoever said it has a say today: the pupil, a carer, or somebody on paper who is not here."""
    link, relative = table(FamilyLink), table(Membership)
    carer = and_(
        link.c.relative_id == said.c.said_by_id,
        link.c.pupil_id == said.c.pupil_id,
        link.c.carer,
        link.c.ended_at.is_(None),
        relative.c.id == link.c.relative_id,
        relative.c.ended_at.is_(None),
    )
    own, not_here = said.c.said_by_id == said.c.pupil_id, said.c.said_by_id.is_(None)
    return or_(own, not_here, there_is(link, relative, where=carer))


def _about(said: FromClause, tag: FromClause, purpose: Purpose) -> tuple[ColumnElement[bool], ...]:
    """A newest answer that counts, about a pupil who is named in a photo, or about that photo."""
    here = said.c.about_id.in_([tag.c.pupil_id, tag.c.attachment_id])
    return (said.c.pupil_id == tag.c.pupil_id, said.c.purpose == purpose, here, newest(said), counts(said))


def _asks(said: FromClause, tag: FromClause) -> tuple[ColumnElement[bool], ...]:
    """Whoever said it wants to be asked each time, and never said yes to this photo. (A no to it is one by itself.)"""
    yes = table(Consent)
    same = (yes.c[one] == said.c[one] for one in ("pupil_id", "purpose", "speaker"))
    to_it = and_(*same, yes.c.about_id == tag.c.attachment_id, yes.c.answer == Answer.YES)
    never = or_(said.c.about_id == tag.c.attachment_id, not_(there_is(yes, where=to_it)))
    return said.c.answer == Answer.ASK, never


def said_yes(tag: FromClause, purpose: Purpose) -> ColumnElement[bool]:
    """A carer said yes about a pupil who is named in a photo."""
    said = table(Consent)
    by_a_carer = or_(said.c.said_by_id.is_(None), said.c.said_by_id != said.c.pupil_id)
    return there_is(said, where=and_(*_about(said, tag, purpose), by_a_carer, said.c.answer == Answer.YES))


def said_no(tag: FromClause, purpose: Purpose) -> ColumnElement[bool]:
    """Somebody who has a say said no about a pupil who is named in a photo."""
    said = table(Consent)
    return there_is(said, where=and_(*_about(said, tag, purpose), said.c.answer.in_(sorted(AGAINST))))


def to_be_asked(tag: FromClause, purpose: Purpose) -> ColumnElement[bool]:
    """Somebody who has a say wants to be asked each time, and has not said yes to this photo."""
    said = table(Consent)
    return there_is(said, where=and_(*_about(said, tag, purpose), *_asks(said, tag)))


def lacks(tag: FromClause, purpose: Purpose) -> ColumnElement[bool]:
    """A pupil is named in a photo without a yes that holds for it."""
    without = or_(not_(said_yes(tag, purpose)), said_no(tag, purpose), to_be_asked(tag, purpose))
    return and_(tag.c.pupil_id.is_not(None), without)


def may_be_shown(placement: FromClause, revision: FromClause) -> ColumnElement[bool]:
    """Nobody in the photo lacks a yes for the class journal, or I was given the revision by a circle that asks none.

    The family, the pupil's teachers and people picked see what they are shown; the class's circles ask.
    """
    shown = table(Shown)
    near = and_(shown.c.revision_id == revision.c.id, shown.c.circle.in_(MY_NEAR_CIRCLES))
    return or_(not_(or_(*lacking(placement))), there_is(shown, where=near))


def lacking(placement: FromClause, purpose: Purpose = Purpose.CLASS_JOURNAL) -> list[ColumnElement[bool]]:
    """The ways in which somebody in the photo of a placement lacks a yes, side by side: SQLite reads no deep nest."""
    tag, said = table(Tagged), table(Consent)
    here = and_(tag.c.attachment_id == placement.c.attachment_id, tag.c.pupil_id.is_not(None))
    heard = _about(said, tag, purpose)
    return [
        there_is(tag, where=and_(here, not_(said_yes(tag, purpose)))),
        there_is(tag, said, where=and_(here, *heard, said.c.answer.in_(sorted(AGAINST)))),
        there_is(tag, said, where=and_(here, *heard, *_asks(said, tag))),
    ]


LACKS_A_YES = or_(*lacking(Placement.__table__)).label("lacks")
"""Whether somebody in a photo lacks a yes for the class journal: a column for statements about placements."""


# --- for the queue --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Missing:
    """A pupil who is named in a photo of a revision, without a yes for a purpose."""

    photo: UUID
    place: int
    """Where the photo stands, counted from 1."""
    pupil: UUID
    name: str
    face: bool
    purpose: Purpose
    why: Answer | None
    """No, to be asked each time, or None where nothing was said that counts."""


def missing(session: Session, revisions: Collection[UUID]) -> dict[UUID, tuple[Missing, ...]]:
    """Return who lacks a yes for the class journal in the photos of revisions, as far as the viewer sees these.

    One query; a revision whose photos lack nothing is not in the answer.
    """
    if not revisions:
        return {}
    found: dict[UUID, list[Missing]] = defaultdict(list)
    for row in session.execute(_MISSING, {"revisions": list(revisions)}):
        why = Answer.NO if row.said_no else Answer.ASK if row.to_ask else None
        one = Missing(row.attachment_id, row.position, row.id, row.name, bool(row.face), Purpose.CLASS_JOURNAL, why)
        found[row.revision_id].append(one)
    return {revision: tuple(many) for revision, many in found.items()}


def _missing() -> Select[*tuple[Any, ...]]:
    tag, purpose = table(Tagged), Purpose.CLASS_JOURNAL
    return (
        select(
            Placement.revision_id,
            Placement.attachment_id,
            Placement.position,
            Membership.id,
            Membership.name,
            Membership.face,
            said_no(tag, purpose).label("said_no"),
            to_be_asked(tag, purpose).label("to_ask"),
        )
        .join(tag, tag.c.attachment_id == Placement.attachment_id)
        .join(Membership, Membership.id == tag.c.pupil_id)
        .where(Placement.revision_id.in_(bindparam("revisions", expanding=True)), lacks(tag, purpose))
        .order_by(Placement.position, Membership.name, Membership.id)
        .execution_options(**BY_THE_RULE)
    )


_MISSING = _missing()
