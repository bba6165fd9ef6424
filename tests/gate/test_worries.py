"""No sequence of acts shows a worry to the one it is about: lead, second, head, author of what it is about, relatives.

The rule is written here a second time, in plain Python over what the story knows, and held against the net, against
the names on the page that says who reads it, and against every act.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import Engine, delete, func, select, update

from journal import records as r
from journal.clock import now
from journal.net import open_session
from journal.refusals import Refusal, Unseen
from journal.safeguarding import acts, course, holding, joining, listing
from journal.safeguarding.acts import TellInput
from journal.safeguarding.caseload import case_for
from journal.safeguarding.course import StepInput
from journal.safeguarding.kept import holds_of
from journal.seeing import Viewer
from journal.store.files import Files
from journal.viewers import viewer_for
from journal.words import CaseState, Role
from journal.worries import near, readers
from tests.gate.schools import empty, seeing_all

PERSONS = {
    "mia": [Role.PUPIL],
    "ben": [Role.PUPIL],
    "mum": [Role.RELATIVE, Role.LEAD],  # a lead whose child is Mia
    "dad": [Role.RELATIVE],  # the other relative of Mia
    "lead": [Role.LEAD, Role.TEACHER],
    "deputy": [Role.TEACHER],  # may be named the second
    "head": [Role.HEAD, Role.RELATIVE],  # a relative of Ben
    "clerk": [Role.OFFICE],
}
LINKS = [("mum", "mia"), ("dad", "mia"), ("head", "ben")]
WHO = st.sampled_from(sorted(PERSONS))
SOME = st.integers(0, 30)
HANGING = (r.ConcernAbout, r.ConcernCase, r.ConcernNote, r.ConcernStep, r.SnapshotPicture)


class Worries(RuleBasedStateMachine):
    """One school. What is known of each worry: who told it, and all persons whom it is about."""

    engine: Engine
    files: Files

    @initialize()
    def begin(self) -> None:
        empty(self.engine)
        self.hats: dict[tuple[str, Role], UUID] = {}
        self.persons: dict[str, UUID] = {}
        self.ended: set[UUID] = set()
        self.links = dict.fromkeys(LINKS, True)
        self.second: UUID | None = None
        self.told: dict[UUID, UUID | None] = {}
        self.about: dict[UUID, set[str]] = {}
        self.joined: dict[UUID, UUID] = {}
        self.items: dict[str, UUID] = {}
        with seeing_all(self.engine) as session:
            school = r.School(name="S")
            session.add(school)
            session.flush()
            self.school = school.id
            group = r.Group(school_id=school.id, name="A", year="2026/27")
            session.add(group)
            for name, roles in PERSONS.items():
                person = r.Person()
                session.add(person)
                session.flush()
                self.persons[name] = person.id
                for role in roles:
                    hat = r.Membership(school_id=school.id, person_id=person.id, role=role, name=name)
                    session.add(hat)
                    session.flush()
                    self.hats[name, role] = hat.id
            for relative, pupil in LINKS:
                tie = {"relative_id": self.hats[relative, Role.RELATIVE], "pupil_id": self.hats[pupil, Role.PUPIL]}
                session.add(r.FamilyLink(school_id=school.id, known_as=relative, **tie))
            for pupil in ("mia", "ben"):
                hat_id = self.hats[pupil, Role.PUPIL]
                session.add(r.Enrolment(school_id=school.id, pupil_id=hat_id, group_id=group.id))
                entry = r.Entry(school_id=school.id, author_id=hat_id, pupil_id=hat_id, handed_in_at=now())
                session.add(entry)
                session.flush()
                words = r.Revision(school_id=school.id, item_id=entry.id, number=1, saved_at=now(), words="Secret")
                session.add(words)
                session.flush()
                entry.revision_id = words.id
                circle = f"class/{group.id.hex}"
                shown = {"item_id": entry.id, "kind": "entry", "circle": circle, "revision_id": words.id, "number": 1}
                session.add(r.Shown(school_id=school.id, released_at=now(), **shown))
                self.items[pupil] = entry.id
            session.commit()

    # --- the rule, a second time ---------------------------------------------------------------------------------

    def _barred(self, name: str, concern: UUID) -> bool:
        """Whether somebody is one of those whom a worry is about, or near to one of them."""
        for about in self.about[concern]:
            theirs = {pupil for relative, pupil in self.links if relative == about} | {about}
            if name == about or any((name, pupil) in self.links for pupil in theirs):
                return True
        return False

    def _reads(self, name: str, role: Role, concern: UUID) -> bool:
        """Whether somebody reads a worry, in one hat."""
        hat = self.hats[name, role]
        if hat in self.ended or self._barred(name, concern):
            return False
        if role is Role.LEAD or hat == self.second:
            return True
        ever = [(who, what) for who, what in self.hats if what is Role.LEAD or self.hats[who, what] == self.second]
        there = [one for one in ever if self.hats[one] not in self.ended]
        return role is Role.HEAD and (not there or any(self._barred(who, concern) for who, _ in ever))

    def _viewer(self, name: str, role: Role) -> Viewer:
        with seeing_all(self.engine) as session:
            hat = session.scalars(select(r.Membership).where(r.Membership.id == self.hats[name, role])).one()
            return viewer_for(session, hat)

    def _pick(self, which: int) -> UUID | None:
        return sorted(self.told)[which % len(self.told)] if self.told else None

    def _act(self, name: str, concern: UUID | None, do: Callable[..., object]) -> bool:
        """Act as somebody, in each of their hats; whoever does not read it cannot. True if one of the hats could."""
        if concern is None:
            return False
        could = False
        for role in PERSONS[name]:
            me = self._viewer(name, role)
            with open_session(self.engine, me) as session:
                try:
                    do(session, me, concern)
                    session.commit()
                except (Refusal, Unseen) as problem:
                    session.rollback()
                    if isinstance(problem, Refusal):
                        assert self._reads(name, role, concern)
                    continue
            assert self._reads(name, role, concern)
            could = True
        return could

    # --- what people do ------------------------------------------------------------------------------------------

    @rule(who=WHO, people=st.lists(WHO, max_size=2), item=st.sampled_from([None, "mia", "ben"]), street=st.booleans())
    def tell(self, who: str, people: list[str], item: str | None, street: bool) -> None:
        role = PERSONS[who][0]
        if self.hats[who, role] in self.ended:
            return
        me = None if street else self._viewer(who, role)
        about = tuple(self.hats[one, PERSONS[one][-1]] for one in people)
        typed = TellInput(words="Worried", item=self.items[item] if item else None, people=about)
        with open_session(self.engine, me) as session:
            concern = acts.tell_worry(session, me, self.school, typed, self.files)
            session.commit()
            self.told[concern.id] = me.membership if me else None
            kept = concern.snapshot is not None
        with seeing_all(self.engine) as session:
            rows = session.scalars(select(r.ConcernAbout).where(r.ConcernAbout.concern_id == concern.id)).all()
        names = {person: name for name, person in self.persons.items()}
        self.about[concern.id] = {names[one.person_id] for one in rows if one.how.value != "near"}
        assert self.about[concern.id] <= {*people, *([item] if kept and item else [])}
        assert not kept or item in self.about[concern.id]
        self.joined[concern.id] = concern.id

    @rule(who=WHO, which=SOME)
    def read(self, who: str, which: int) -> None:
        self._act(who, self._main(which), lambda session, me, concern: acts.read_worry(session, me, concern))

    @rule(who=WHO, which=SOME, what=st.sampled_from(["note", "step", "close", "hold", "answer"]))
    def work(self, who: str, which: int, what: str) -> None:
        concern = self._main(which)
        does: dict[str, Callable[..., object]] = {
            "note": lambda session, me, one: course.write_note(session, me, one, "Noted"),
            "step": lambda session, me, one: course.add_step(session, me, one, StepInput("Do it", None, None)),
            "close": lambda session, me, one: course.move(session, me, one, CaseState.CLOSED, "Done"),
            "hold": lambda session, me, one: holding.put_hold(session, me, holding.HoldInput("Keep", concern=one)),
            "answer": self._answer,
        }
        self._act(who, concern, does[what])

    @staticmethod
    def _answer(session: object, me: Viewer, concern: UUID) -> None:
        acts.answer_worry(session, me, concern, "Thank you")  # type: ignore[arg-type]

    @rule(who=WHO, which=SOME, other=SOME)
    def join(self, who: str, which: int, other: int) -> None:
        first, second = self._main(which), self._main(other)
        if first is None or second is None or not any(self._reads(who, role, second) for role in PERSONS[who]):
            return
        for role in PERSONS[who]:
            me = self._viewer(who, role)
            with open_session(self.engine, me) as session, suppress(Refusal, Unseen):
                joining.join(session, me, first, second)
                session.commit()
                assert self._reads(who, role, first)
                assert self._reads(who, role, second)
                together = self.about[first] | self.about[second]
                for one, main in self.joined.items():
                    if main in (first, second):
                        self.joined[one], self.about[one] = first, together
                return

    @rule(who=WHO, which=SOME, more=WHO)
    def name(self, who: str, which: int, more: str) -> None:
        concern = self._main(which)
        people = [self.hats[more, PERSONS[more][-1]]]
        done: list[UUID] = []

        def do(session: object, me: Viewer, one: UUID) -> None:
            if not done:
                joining.name_more(session, me, one, people)  # type: ignore[arg-type]
                done.append(one)

        if concern is None:
            return
        for role in PERSONS[who]:
            me = self._viewer(who, role)
            with open_session(self.engine, me) as session, suppress(Refusal, Unseen):
                do(session, me, concern)
                session.commit()
            if done:
                for one, main in self.joined.items():
                    if main == concern:
                        self.about[one] = self.about[one] | {more}
                return

    def _main(self, which: int) -> UUID | None:
        concern = self._pick(which)
        return self.joined[concern] if concern else None

    # --- what changes around them --------------------------------------------------------------------------------

    @rule(who=st.sampled_from([None, "deputy", "head", "lead", "mum"]))
    def name_second(self, who: str | None) -> None:
        self.second = self.hats[who, PERSONS[who][0 if who != "mum" else 1]] if who else None
        with seeing_all(self.engine) as session:
            session.execute(update(r.School).values(second_lead_id=self.second))
            session.commit()

    @rule(who=st.sampled_from([("lead", Role.LEAD), ("mum", Role.LEAD), ("head", Role.HEAD)]), back=st.booleans())
    def leave(self, who: tuple[str, Role], back: bool) -> None:
        hat = self.hats[who]
        self.ended = self.ended - {hat} if back else self.ended | {hat}
        with seeing_all(self.engine) as session:
            ended = update(r.Membership).where(r.Membership.id == hat)
            session.execute(ended.values(ended_at=None if back else now()))
            session.commit()

    @rule(ended=st.booleans())
    def end_link(self, ended: bool) -> None:
        """A relative stays near to the child when their link ends."""
        with seeing_all(self.engine) as session:
            session.execute(update(r.FamilyLink).values(ended_at=now() - timedelta(days=1) if ended else None))
            session.commit()

    # --- what must hold ------------------------------------------------------------------------------------------

    @invariant()
    def nobody_reads_what_is_about_them(self) -> None:
        if not getattr(self, "told", None):
            return
        for name, role in self.hats:
            me = self._viewer(name, role)
            mine = {one for one in self.told if self._reads(name, role, one)}
            said = {one for one, by in self.told.items() if by == me.membership}
            with open_session(self.engine, me) as session:
                assert set(session.scalars(select(r.Concern.id))) == mine | said, (name, role)
                for kind in HANGING:
                    assert set(session.scalars(select(kind.concern_id))) <= mine, (name, role, kind)
                assert set(session.scalars(select(r.ConcernCase.concern_id))) == mine
                held = session.scalars(select(r.Hold.concern_id).where(r.Hold.concern_id.is_not(None)))
                assert set(held) <= mine
                assert {one.hold.concern_id for one in holds_of(session, None)[0]} <= mine | {None}
                lines, _more = listing.listed(session, listing.Narrow(), None)
                assert {one.concern.id for one in lines} <= mine
                for line in lines[:3]:
                    found = case_for(session, me, line.concern.id)
                    assert {one.concern.id for one in found.told} <= mine
                    assert set(found.alike) <= mine
                assert session.scalar(select(func.count()).select_from(r.WorryReminder)) == 0

    @invariant()
    def the_page_names_those_who_read_it(self) -> None:
        if not getattr(self, "told", None):
            return
        with seeing_all(self.engine) as session:
            for concern, people in self.about.items():
                about = [self.hats[one, PERSONS[one][-1]] for one in people]
                said = {one.id for one in readers(session, self.school).of(near(session, self.school, about))}
                reads = {self.hats[who, role] for who, role in self.hats if self._reads(who, role, concern)}
                assert said == reads


def test_no_sequence_shows_a_worry_to_the_one_it_is_about(engine: Engine, tmp_path: Path) -> None:
    class Here(Worries):
        pass

    Here.engine, Here.files = engine, Files(tmp_path)
    how = settings(
        max_examples=8 if engine.dialect.name == "sqlite" else 3,
        stateful_step_count=12,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Here, settings=how)  # type: ignore[no-untyped-call]
    assert Here.engine is engine


@pytest.mark.parametrize("kind", HANGING)
def test_what_hangs_on_a_worry_is_held_by_the_net(engine: Engine, kind: type) -> None:
    """A question of nobody raises, and deleting through somebody's session meets nothing that they do not read."""
    empty(engine)
    with seeing_all(engine) as session:
        school, person = r.School(name="S"), r.Person()
        session.add_all([school, person])
        session.flush()
        hat = r.Membership(school_id=school.id, person_id=person.id, role=Role.OFFICE, name="Clerk")
        concern = r.Concern(school_id=school.id, words="Worried")
        session.add_all([hat, concern])
        session.flush()
        session.add(r.ConcernNote(school_id=school.id, concern_id=concern.id, by_id=hat.id, words="Noted"))
        session.commit()
        me = viewer_for(session, hat)
    with open_session(engine, me) as session:
        assert session.scalars(select(kind)).all() == []
        session.execute(delete(r.ConcernNote))
        session.commit()
    with seeing_all(engine) as session:
        assert session.scalar(select(func.count()).select_from(r.ConcernNote)) == 1
