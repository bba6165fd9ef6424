"""Any story that pupils, families and teachers tell with the acts of the house keeps the promises of the product."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import Engine, select, update

from journal import records as r
from journal.circles import GROUP_KINDS, kind_of, owner_of
from journal.clock import now
from journal.conditions import newest_shown_to_me
from journal.entries import acts as entries
from journal.entries.doors_of import Doors
from journal.moderation.acts import DecideInput, decide, put_away_shown
from journal.net import open_session
from journal.reasons import BY_THE_RULE, GatedSession
from journal.refusals import Refusal, Unseen
from journal.release import shown_to
from journal.seeing import Viewer
from journal.talk import acts as talk
from journal.talk.reach import Reach
from journal.viewers import viewer_for
from journal.words import Door, Role, Verdict
from tests.gate.schools import empty, seeing_all

PUPILS = ("mia", "ben")
WRITERS = ("mia", "ben", "mum", "gran", "ben's dad", "teacher", "mum teaches")
MODERATORS = ("teacher", "mum teaches", "lead", "other teacher")
DOORS = st.frozensets(st.sampled_from([Door.FAMILY, Door.TEACHERS, Door.CLASS, Door.CLASS_FAMILIES, Door.PICKED]))
SOME = st.integers(0, 20)


class Story(RuleBasedStateMachine):
    """A small school. ``mum`` and ``mum teaches`` are one person in two hats."""

    engine: Engine

    @initialize(checked=st.booleans())
    def begin(self, checked: bool) -> None:
        empty(self.engine)
        self.hats: dict[str, UUID] = {}
        self.entries: list[UUID] = []
        self.comments: list[UUID] = []
        self.parents: dict[UUID, UUID | None] = {}
        self.handed: dict[tuple[UUID, int], str] = {}
        self.let: set[tuple[UUID, int, str]] = set()
        self.looked: dict[UUID, set[str]] = {}
        self.out: dict[UUID, set[str]] = {}
        self.count = 0
        with seeing_all(self.engine) as session:
            school = r.School(name="S", family_checked_first=checked, class_families_may_comment=True)
            session.add(school)
            session.flush()
            self.school = school.id
            groups = [r.Group(school_id=school.id, name=name, year="2026/27") for name in "AB"]
            session.add_all(groups)
            session.flush()
            self.groups = [one.id for one in groups]
            mum = self._person(session)
            for name, role, person in (
                ("mia", Role.PUPIL, None),
                ("ben", Role.PUPIL, None),
                ("mum", Role.RELATIVE, mum),
                ("gran", Role.RELATIVE, None),
                ("ben's dad", Role.RELATIVE, None),
                ("mum teaches", Role.TEACHER, mum),
                ("teacher", Role.TEACHER, None),
                ("other teacher", Role.TEACHER, None),
                ("lead", Role.LEAD, None),
                ("head", Role.HEAD, None),
            ):
                hat = r.Membership(school_id=school.id, person_id=person or self._person(session), role=role, name=name)
                session.add(hat)
                session.flush()
                self.hats[name] = hat.id
            for pupil in PUPILS:
                session.add(r.Enrolment(school_id=school.id, pupil_id=self.hats[pupil], group_id=self.groups[0]))
            for teacher, group in (("mum teaches", 0), ("teacher", 0), ("other teacher", 1)):
                taught = {"teacher_id": self.hats[teacher], "group_id": self.groups[group]}
                session.add(r.Teaching(school_id=school.id, **taught))
            for relative, pupil in (("mum", "mia"), ("gran", "mia"), ("ben's dad", "ben")):
                tie = {"relative_id": self.hats[relative], "pupil_id": self.hats[pupil]}
                session.add(r.FamilyLink(school_id=school.id, known_as=relative, **tie))
            session.commit()

    @staticmethod
    def _person(session: GatedSession) -> UUID:
        person = r.Person()
        session.add(person)
        session.flush()
        return person.id

    def _viewer(self, name: str) -> Viewer:
        with seeing_all(self.engine) as session:
            return viewer_for(
                session, session.scalars(select(r.Membership).where(r.Membership.id == self.hats[name])).one()
            )

    @contextmanager
    def _as(self, name: str) -> Iterator[tuple[GatedSession, Viewer]]:
        """Act as somebody; what is refused changes nothing."""
        me = self._viewer(name)
        with open_session(self.engine, me) as session:
            try:
                yield session, me
                session.commit()
            except (Refusal, Unseen):
                session.rollback()

    def _entry(self, which: int) -> tuple[UUID, str] | None:
        if not self.entries:
            return None
        entry = self.entries[which % len(self.entries)]
        with seeing_all(self.engine) as session:
            author = session.scalars(select(r.Item.author_id).where(r.Item.id == entry)).one()
        return entry, next(name for name, hat in self.hats.items() if hat == author)

    def _doors(self, session: GatedSession, me: Viewer, kinds: frozenset[Door], without: str | None) -> Doors:
        links = select(r.FamilyLink.id).where(r.FamilyLink.pupil_id == me.membership, r.FamilyLink.ended_at.is_(None))
        picked = session.scalars(links.order_by(r.FamilyLink.id).limit(1)).all() if Door.PICKED in kinds else []
        out = {self.hats[without]} - {me.membership} if without else set()
        return Doors(kinds, frozenset(picked), frozenset(out))

    def _new_words(self) -> str:
        self.count += 1
        return f"words {self.count}"

    def _note(self, item: UUID) -> None:
        """Remember what each revision said when it was handed in: it may never say anything else."""
        with seeing_all(self.engine) as session:
            rows = select(r.Revision.number, r.Revision.words).where(
                r.Revision.item_id == item, r.Revision.handed_in_at.is_not(None)
            )
            current = dict(session.execute(rows).all())
            shown = {number for _, number in shown_to(session, item).items()}
            left = select(r.LeftOut.person_id).where(r.LeftOut.item_id == item)
            self.out[item] = {str(one) for one in session.scalars(left)}
        for number, words in current.items():
            if number in shown and (item, number) in self.handed:
                assert self.handed[item, number] == words
            self.handed[item, number] = words

    # --- what pupils do ----------------------------------------------------------------------------------------------

    @rule(who=st.sampled_from(PUPILS), kinds=DOORS, without=st.sampled_from([None, None, "ben", "gran", "ben's dad"]))
    def post(self, who: str, kinds: frozenset[Door], without: str | None) -> None:
        with self._as(who) as (session, me):
            entry = entries.begin(session, me)
            doors = self._doors(session, me, kinds, without)
            typed = entries.DraftInput(1, words=self._new_words(), doors=doors)
            entries.save_draft(session, me, entry.id, typed)
            entries.hand_in(session, me, entry.id)
            self.entries.append(entry.id)
        self._note(self.entries[-1])

    @rule(which=SOME, kinds=DOORS, without=st.sampled_from([None, "ben", "gran"]), hand_in=st.booleans())
    def edit(self, which: int, kinds: frozenset[Door], without: str | None, hand_in: bool) -> None:
        if found := self._entry(which):
            with self._as(found[1]) as (session, me):
                _, draft = entries.open_draft(session, me, found[0])
                doors = self._doors(session, me, kinds, without)
                typed = entries.DraftInput(draft.version, words=self._new_words(), doors=doors)
                entries.save_draft(session, me, found[0], typed)
                if hand_in:
                    entries.hand_in(session, me, found[0])
            self._note(found[0])

    @rule(which=SOME, kinds=DOORS, without=st.sampled_from([None, "ben", "gran"]))
    def set_doors(self, which: int, kinds: frozenset[Door], without: str | None) -> None:
        if found := self._entry(which):
            with self._as(found[1]) as (session, me):
                entries.set_doors(session, me, found[0], self._doors(session, me, kinds, without))
                session.flush()
                for circle in shown_to(session, found[0]):
                    if kind_of(circle).value not in {one.value.replace("_", "-") for one in kinds}:
                        assert kind_of(circle).value == "relative"
                        assert Door.PICKED in kinds
            self._note(found[0])

    @rule(which=SOME, what=st.sampled_from(["withdraw", "throw_away", "hand_in", "bring_back", "delete"]))
    def other(self, which: int, what: str) -> None:
        if found := self._entry(which):
            with self._as(found[1]) as (session, me):
                if what == "delete":
                    entries.delete_entry(session, me, found[0], 3600)
                elif what == "throw_away":
                    entries.throw_away(session, me, found[0], 3600)
                else:
                    getattr(entries, what)(session, me, found[0])
            self._note(found[0])

    # --- what moderators do ------------------------------------------------------------------------------------------

    @rule(
        who=st.sampled_from(MODERATORS), which=SOME, verdict=st.sampled_from([Verdict.LET_THROUGH] * 3 + list(Verdict))
    )
    def decide(self, who: str, which: int, verdict: Verdict) -> None:
        with seeing_all(self.engine) as session:
            waiting = session.execute(
                select(r.Waiting.item_id, r.Waiting.revision_id).order_by(r.Waiting.item_id, r.Waiting.circle)
            ).all()
        if not waiting:
            return
        item, revision = waiting[which % len(waiting)]
        with self._as(who) as (session, me):
            with seeing_all(self.engine) as before:
                told = select(r.Item.pupil_id, r.Item.author_id).where(r.Item.id == item)
                pupil, author = before.execute(told).one()
                number = before.scalars(select(r.Revision.number).where(r.Revision.id == revision)).one()
                held = set(before.scalars(select(r.Waiting.circle).where(r.Waiting.revision_id == revision)))
            decide(session, me, DecideInput(item, revision, verdict, note="n", reason="r"))
            assert pupil not in me.kin
            assert author != me.membership
            if verdict is Verdict.LET_THROUGH:
                self.let |= {(item, number, circle) for circle in held}

    @rule(who=st.sampled_from(MODERATORS), which=SOME)
    def put_away(self, who: str, which: int) -> None:
        if items := self.entries + self.comments:
            with self._as(who) as (session, me):
                item = put_away_shown(session, me, items[which % len(items)], "r")
                session.flush()
                left = shown_to(session, item.id)
                assert not left if who == "lead" else not {one for one in left if owner_of(one) in me.decides_for}

    # --- what is said ------------------------------------------------------------------------------------------------

    @rule(who=st.sampled_from(WRITERS), which=SOME, answer=SOME, reach=st.sampled_from([None, *Reach]))
    def say(self, who: str, which: int, answer: int, reach: Reach | None) -> None:
        if not (found := self._entry(which)):
            return
        here = [one for one in self.comments if self._about(one) == found[0]]
        parent = here[answer % len(here)] if here and answer % 2 else None
        with self._as(who) as (session, me):
            seen = session.scalars(select(r.Entry).where(r.Entry.id == found[0])).one_or_none()
            looked = talk.around(session, me, seen, None, None).circles if seen else frozenset()
            said = talk.say(session, me, found[0], parent, talk.SayInput(words=self._new_words(), reach=reach))
            self.comments.append(said.id)
            self.parents[said.id] = said.parent_id
            self.looked[said.id] = self._within(set(looked), seen)
        if self.comments:
            self._note(self.comments[-1])

    def _within(self, looked: set[str], entry: r.Item | None) -> set[str]:
        """What was looked at, with circles that are part of it: a group's teachers, the child, the child's family."""
        assert entry is not None
        groups = {owner_of(one) for one in looked if kind_of(one) in GROUP_KINDS}
        found = looked | {f"self/{entry.pupil_id.hex}"} | {f"teachers/{one.hex}" for one in groups}
        if any(one.startswith("class-families/") for one in looked):
            found.add(f"family/{entry.pupil_id.hex}")
        return found

    def _about(self, comment: UUID) -> UUID | None:
        with seeing_all(self.engine) as session:
            return session.scalars(select(r.Item.entry_id).where(r.Item.id == comment)).one()

    @rule(which=SOME, what=st.sampled_from(["edit", "take_back", "bring_back"]))
    def of_a_comment(self, which: int, what: str) -> None:
        if not self.comments:
            return
        comment = self.comments[which % len(self.comments)]
        with seeing_all(self.engine) as session:
            author = session.scalars(select(r.Item.author_id).where(r.Item.id == comment)).one()
        with self._as(next(name for name, hat in self.hats.items() if hat == author)) as (session, me):
            if what == "edit":
                talk.edit(session, me, comment, talk.SayInput(words=self._new_words()))
            elif what == "take_back":
                talk.take_back(session, me, comment, 3600)
            else:
                talk.bring_back(session, me, comment)
        self._note(comment)

    # --- what changes in the school ----------------------------------------------------------------------------------

    @rule(who=st.sampled_from(["mum", "gran"]), ends=st.booleans())
    def link(self, who: str, ends: bool) -> None:
        self._change(update(r.FamilyLink).where(r.FamilyLink.relative_id == self.hats[who]), ends)

    @rule(who=st.sampled_from(["teacher", "other teacher"]), ends=st.booleans())
    def teaches(self, who: str, ends: bool) -> None:
        self._change(update(r.Teaching).where(r.Teaching.teacher_id == self.hats[who]), ends)

    @rule(who=st.sampled_from(PUPILS))
    def moves(self, who: str) -> None:
        mine = r.Enrolment.pupil_id == self.hats[who]
        with seeing_all(self.engine) as session:
            here = session.scalars(select(r.Enrolment).where(mine, r.Enrolment.ended_at.is_(None))).one()
            here.ended_at = now()
            to = self.groups[1 - self.groups.index(here.group_id)]
            session.add(r.Enrolment(school_id=self.school, pupil_id=self.hats[who], group_id=to))
            session.commit()

    def _change(self, statement, ends: bool) -> None:  # type: ignore[no-untyped-def]
        with seeing_all(self.engine) as session:
            session.execute(statement.values(ended_at=now() if ends else None))
            session.commit()

    # --- the promises ------------------------------------------------------------------------------------------------

    @invariant()
    def what_reaches_other_children_and_families_was_let_through(self) -> None:
        if not getattr(self, "school", None):
            return
        with seeing_all(self.engine) as session:
            rows = session.execute(
                select(r.Shown.item_id, r.Shown.number, r.Shown.circle, r.Item.author_id).join(
                    r.Item, r.Item.id == r.Shown.item_id
                )
            )
            staff = {self.hats["teacher"], self.hats["mum teaches"], self.hats["other teacher"]}
            for item, number, circle, author in (rows := rows.all()):
                if kind_of(circle) in GROUP_KINDS and author not in staff:
                    assert (item, number, circle) in self.let
                if item in self.looked:
                    assert circle in self.looked[item]
            # What was taken away has to be let through again.
            self.let &= {(item, number, circle) for item, number, circle, _ in rows}

    @invariant()
    def everybody_sees_what_was_given_to_their_circles_and_no_more(self) -> None:
        if not getattr(self, "school", None):
            return
        with seeing_all(self.engine) as session:
            facts = {row.id: row for row in session.scalars(select(r.Item))}
            shown = {one: shown_to(session, one) for one in facts}
            waiting = {row.item_id for row in session.scalars(select(r.Waiting))}
        for name in self.hats:
            me = self._viewer(name)
            with open_session(self.engine, me) as session:
                seen = set(session.scalars(select(r.Item.id)))
                newest = (
                    select(r.Revision.item_id, r.Revision.number, r.Revision.words)
                    .where(newest_shown_to_me(r.Revision.__table__))
                    .execution_options(**BY_THE_RULE)
                )
                read = {item: (number, words) for item, number, words in session.execute(newest)}
            for item, (number, words) in read.items():
                if facts[item].author_id != me.membership:
                    assert self.handed[item, number] == words
                    assert number in {n for circle, n in shown[item].items() if circle in me.circles}
            for item in seen:
                self._may(me, facts, shown, item, item in waiting)

    def _may(
        self, me: Viewer, facts: dict[UUID, r.Item], shown: dict[UUID, dict[str, int]], item: UUID, waits: bool
    ) -> None:
        row = facts[item]
        if row.author_id == me.membership:
            return
        assert row.deleted_at is None
        decides = waits and row.pupil_id not in me.kin and (me.decides_for or me.role is Role.LEAD)
        if decides:
            return
        entry = row.entry_id or item
        assert facts[entry].deleted_at is None
        assert shown[item].keys() & me.circles
        assert str(me.person) not in self.out.get(entry, set())
        if entry != item and facts[entry].author_id != me.membership:
            assert shown[entry].keys() & me.circles
        above = row.parent_id
        while above:
            assert shown[above].keys() & shown[item].keys() & me.circles
            above = facts[above].parent_id


@pytest.mark.parametrize("examples", [8])
def test_any_story_keeps_the_promises(engine: Engine, examples: int) -> None:
    machine = type("Story", (Story,), {"engine": engine})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
            print_blob=True,
        ),
    )
