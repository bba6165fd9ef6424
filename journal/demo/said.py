"""What the demo's families said to pictures of their children, and who is named in a few pictures."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Protocol
from uuid import UUID

from sqlalchemy import select

from journal.consent import acts, tagging
from journal.demo.cast_of import Keys
from journal.demo.content import LATEST
from journal.reasons import GatedSession
from journal.records import Placement, Revision
from journal.seeing import Viewer
from journal.words import Answer, Purpose, Role

SCHOOL = "larkfield"
LONG_AGO = timedelta(days=70)
"""When the letter went out, before the newest that happened."""
SOON_WRITTEN = timedelta(days=10)
"""How long after the letter the office wrote all answers down."""
WORD = {"y": Answer.YES, "a": Answer.ASK, "n": Answer.NO}

# pupil, who said it (a carer, or a name of somebody who is not here), journal frame showcase, days after the letter
ON_PAPER = (
    ("aisha", "h-noor", "y y n", 4),
    ("femi", "t-balogun", "y y a", 1),
    ("harjit", "sandhu", "y a n", 6),
    ("priya", "menon", "y n n", 2),
    ("ruby", "d-tennant", "y n n", 3),
    ("noah", "s-aldous", "n n n", 8),
    ("kofi", "a-asante", "y y y", 2),
    ("ellie", "e-marsh", "y n n", 2),
    ("imani", "d-clarke", "a a n", 5),
    ("jun", "l-chen", "y y y", 2),
    ("freya", "k-lund", "y y n", 3),
    ("dilan", "z-demir", "y y n", 3),
    ("rhys", "c-pugh", "y y y", 3),
    ("leo", "b-fenn", "y y n", 4),
    ("leo", "n-fenn", "n n n", 5),
    ("tomasz", "p-kowal", "y a n", 6),
    ("kian", "Auntie Roya", "y y n", 6),
)
ONLINE = (("maya", "nadia", "y y a"), ("sami", "nadia", "y y a"), ("haroon", "s-mirza", "y n n"))
NOT_ANY_MORE = (("haroon", "s-mirza", Purpose.CLASS_JOURNAL),)
"""Yes, and later not any more."""
BORN = (("aisha", 9), ("maya", 9), ("noah", 8))
NAMED = (
    ("bank-fire", "adeyemi", "kofi femi ellie"),
    ("stick-bridge", "femi", "noah kofi"),
    ("swim-badge", "ruby", "ruby"),
)
"""An entry, whose first picture it is; who says it; who is in it."""


class Tells(Protocol):
    """The story, as far as pictures need it."""

    keys: Keys
    entries: dict[str, UUID]
    shift: timedelta

    def any_hat(self, key: str, school: str) -> UUID:
        """Somebody's membership."""

    def as_member(self, membership: UUID) -> AbstractContextManager[tuple[GatedSession, Viewer]]:
        """A session of theirs."""


def say_all(story: Tells) -> None:
    """Let families say what they said."""
    letter = (LATEST + story.shift - LONG_AGO).date()
    with story.as_member(_hat(story, "bright", Role.OFFICE)) as (session, office):
        acts.set_own_say_age(session, office, 9)
        rows = [row for line in ON_PAPER for row in _paper(story, line, letter)]
        acts.enter_paper(session, office, rows)
        today = letter + LONG_AGO
        days = [(_hat(story, who, Role.PUPIL), date(today.year - age - 1, 12, 30)) for who, age in BORN]
        acts.set_birthdays(session, office, days)
    for pupil, carer, words in ONLINE:
        with story.as_member(_hat(story, carer, Role.RELATIVE)) as (session, me):
            for purpose, answer in _answers(words).items():
                acts.answer(session, me, _hat(story, pupil, Role.PUPIL), purpose, answer)
    for pupil, carer, purpose in NOT_ANY_MORE:
        with story.as_member(_hat(story, carer, Role.RELATIVE)) as (session, me):
            acts.answer(session, me, _hat(story, pupil, Role.PUPIL), purpose, Answer.NO)


def name_all(story: Tells) -> None:
    """Say who is in a few pictures."""
    for entry, by, pupils in NAMED:
        with story.as_member(_hat(story, by, Role.TEACHER, Role.PUPIL)) as (session, me):
            stands = select(Placement.attachment_id).join(Revision, Revision.id == Placement.revision_id)
            photo = session.scalars(stands.where(Revision.item_id == story.entries[entry]).limit(1)).one()
            chosen = {_hat(story, one, Role.PUPIL) for one in pupils.split()}
            tagging.say_who(session, me, photo, chosen, tagging.Others())


def _answers(words: str) -> Mapping[Purpose, Answer]:
    return {purpose: WORD[letter] for purpose, letter in zip(Purpose, words.split(), strict=True)}


def _paper(story: Tells, line: tuple[str, str, str, int], letter: date) -> list[acts.PaperInput]:
    pupil, who, words, days = line
    here = (who, SCHOOL, Role.RELATIVE) in story.keys.members
    carer = _hat(story, who, Role.RELATIVE) if here else None
    return [
        acts.PaperInput(
            _hat(story, pupil, Role.PUPIL), purpose, answer, letter + timedelta(days=days), carer, "" if here else who
        )
        for purpose, answer in _answers(words).items()
    ]


def _hat(story: Tells, key: str, *roles: Role) -> UUID:
    return next(story.keys.members[key, SCHOOL, role] for role in roles if (key, SCHOOL, role) in story.keys.members)
