"""What a school lets the moderation aids do: its own words, those it leaves alone, and which flags keep things back."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.aids import BadLine, shipped
from journal.aids.wordlist import LANGUAGES, tidied
from journal.jobs import Work, ask_for
from journal.records import School, WordList
from journal.refusals import Reason, Refusal
from journal.seeing import Viewer
from journal.trail import record
from journal.words import FlagKind


@dataclass(frozen=True, slots=True)
class Lists:
    """The words of one language, a line each: the school's own, and those of ours that it leaves alone."""

    added: str = ""
    left_alone: str = ""


@dataclass(frozen=True, slots=True)
class AidsInput:
    """What was typed: lists by language, and the flags that keep back what is for the family."""

    lists: Mapping[str, Lists]
    hold: frozenset[FlagKind]


def aids_of(session: Session, actor: Viewer) -> AidsInput:
    """Return what the actor's school chose."""
    rows = {row.language: row for row in session.scalars(select(WordList))}
    hold = session.scalars(select(School.flags_hold).where(School.id == actor.school)).one()
    lists = {one: Lists(rows[one].added, rows[one].left_alone) if one in rows else Lists() for one in LANGUAGES}
    return AidsInput(lists, frozenset(FlagKind(one) for one in hold.split(",") if one))


def set_aids(session: Session, actor: Viewer, typed: AidsInput) -> None:
    """Keep what was chosen, and let what waits be looked at again. What is shown already stays as it is.

    Raises Refusal(WORD_NOT_PLAIN) naming the field and the line that holds no plain word, and
    Refusal(NOT_ON_THE_LIST) for one to leave alone that is on none of our lists.
    """
    lists = {language: _clean(language, typed.lists.get(language, Lists())) for language in LANGUAGES}
    rows = {row.language: row for row in session.scalars(select(WordList))}
    for language, one in lists.items():
        row = rows.get(language)
        if row is None:
            session.add(WordList(school_id=actor.school, language=language, added=one.added, left_alone=one.left_alone))
        else:
            row.added, row.left_alone = one.added, one.left_alone
    hold = ",".join(one for one in FlagKind if one in typed.hold)
    session.execute(update(School).where(School.id == actor.school).values(flags_hold=hold))
    words = sum(len(one.added.split("\n")) for one in lists.values() if one.added)
    record(session, actor, "set_aids", actor.school, words=words, hold=len(typed.hold))
    session.flush()
    ask_for(session, Work.FLAGS, actor.school)


def _clean(language: str, typed: Lists) -> Lists:
    added = _lines(f"added-{language}", typed.added)
    left = _lines(f"left-{language}", typed.left_alone)
    ours = set(shipped(language))
    for number, one in enumerate(left, start=1):
        if one not in ours:
            raise Refusal(Reason.NOT_ON_THE_LIST, f"left-{language}", number)
    return Lists("\n".join(added), "\n".join(left))


def _lines(field: str, typed: str) -> tuple[str, ...]:
    try:
        return tidied(typed)
    except BadLine as bad:
        raise Refusal(Reason.WORD_NOT_PLAIN, field, bad.number) from None
