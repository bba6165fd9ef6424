"""Telling the demo's worries, and doing about them what was done, through the same acts as in life."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Protocol
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.demo.cast_of import Keys
from journal.demo.content import LATEST
from journal.demo.pictures import Pictures
from journal.demo.worries import Deed, Did, Told
from journal.reasons import GatedSession
from journal.records import ConcernStep
from journal.safeguarding import acts, course, holding, joining
from journal.seeing import Viewer
from journal.words import CaseState, Role


class Tells(Protocol):
    """The story, as far as worries need it."""

    keys: Keys
    pictures: Pictures
    entries: dict[str, UUID]
    shift: timedelta

    def any_hat(self, key: str, school: str) -> UUID:
        """Somebody's membership."""

    def as_member(self, membership: UUID) -> AbstractContextManager[tuple[GatedSession, Viewer]]:
        """A session of theirs."""


class Cares:
    """Worries by their key, as they were told."""

    def __init__(self, story: Tells) -> None:
        self.story = story
        self.told: dict[str, UUID] = {}

    def tell(self, told: Told) -> None:
        """Somebody tells a worry."""
        story = self.story
        said = acts.TellInput(
            picks=told.picks,
            words=told.words,
            item=story.entries[told.entry] if told.entry else None,
            people=tuple(self._hat(one, told.school) for one in told.people),
            talk_with=self._hat(told.talk_with, told.school) if told.talk_with else None,
            contact=told.contact,
        )
        with story.as_member(story.any_hat(told.author, told.school)) as (session, viewer):
            concern = acts.tell_worry(session, viewer, viewer.school, said, story.pictures.files)
            self.told[told.key] = concern.id

    def do(self, told: Told, did: Did) -> None:
        """Whoever reads it does something about it."""
        with self.story.as_member(self._hat(told.reader, told.school)) as (session, viewer):
            self._deeds(told, did)[did.deed](session, viewer, self.told[told.key])

    def _deeds(self, told: Told, did: Did) -> Mapping[Deed, Callable[[Session, Viewer, UUID], object]]:
        due = self._day(did.days) if did.days else None
        step = course.StepInput(did.words, self._hat(did.who, told.school) if did.deed is Deed.STEP else None, due)

        def join(session: Session, me: Viewer, concern: UUID) -> None:
            joining.join(session, me, self.told[did.who], concern)

        def hold(session: Session, me: Viewer, concern: UUID) -> None:
            pupil = self._hat(told.people[0], told.school)
            holding.put_hold(session, me, holding.HoldInput(did.words, pupil=pupil, concern=concern))

        return {
            Deed.READ: acts.read_worry,
            Deed.ANSWER: lambda session, me, one: acts.answer_worry(session, me, one, did.words),
            Deed.NOTE: lambda session, me, one: course.write_note(session, me, one, did.words),
            Deed.STEP: lambda session, me, one: course.add_step(session, me, one, step),
            Deed.DONE: _finish,
            Deed.WAIT: lambda session, me, one: course.move(session, me, one, CaseState.WAITING, did.words),
            Deed.CLOSE: lambda session, me, one: course.move(session, me, one, CaseState.CLOSED, did.words),
            Deed.HOLD: hold,
            Deed.JOIN: join,
        }

    def _hat(self, key: str, school: str) -> UUID:
        """Somebody's hat of the staff, where they have one."""
        members = self.story.keys.members
        hats = [role for role in (Role.LEAD, Role.HEAD, Role.TEACHER, Role.OFFICE) if (key, school, role) in members]
        return members[key, school, hats[0]] if hats else self.story.any_hat(key, school)

    def _day(self, days: int) -> date:
        return (LATEST + self.story.shift + timedelta(days=days)).date()


def _finish(session: Session, me: Viewer, concern: UUID) -> None:
    step = select(ConcernStep.id).where(ConcernStep.concern_id == concern, ConcernStep.done_at.is_(None)).limit(1)
    course.finish_step(session, me, concern, session.scalars(step).one())
