"""What moderators do in the small school: decide, take a decision back, stand in for one another, name who is in a
picture. And what changes in the school around them.
"""

from datetime import datetime, timedelta
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy import select, update

from journal import records as r
from journal.circles import GROUP_KINDS, kind_of, owner_of
from journal.clock import now
from journal.consent import tagging
from journal.moderation import staffing
from journal.moderation.acts import DecideInput, decide, put_away_shown
from journal.moderation.undoing import UNDO, Go, undo
from journal.reasons import GatedSession, beyond
from journal.release import ACT, shown_to
from journal.words import Verdict
from tests.gate.oracle import Oracle
from tests.gate.schools import seeing_all
from tests.gate.small import MODERATORS, PUPILS, SOME, TEACHERS, SmallSchool

Given = set[tuple[UUID, int, str]]
"""What was released: item, number of the revision, circle."""


class Moderating(SmallSchool):
    """Those who look at what waits."""

    def __init__(self) -> None:
        super().__init__()
        self.covers = 0
        self.gone: dict[UUID, tuple[str, datetime, Given, Given]] = {}
        """For each go: whose it is, when, where the item was shown before, and what of it had been let through."""

    # --- deciding ----------------------------------------------------------------------------------------------------

    @rule(
        who=st.sampled_from(MODERATORS),
        which=SOME,
        verdict=st.sampled_from([Verdict.LET_THROUGH] * 3 + list(Verdict)),
        again=st.sampled_from([False, False, True]),
    )
    def decide(self, who: str, which: int, verdict: Verdict, again: bool) -> None:
        """Decide, and perhaps think again at once."""
        self._decide(who, which, verdict)
        if again and self.gone:
            self.take_a_decision_back(0, None)

    def _decide(self, who: str, which: int, verdict: Verdict) -> None:
        with seeing_all(self.engine) as session:
            order = (r.Waiting.item_id, r.Waiting.circle)
            waiting = session.scalars(select(r.Waiting).order_by(*order)).all()
            town = self.town(session)
        if not waiting:
            return
        row = waiting[which % len(waiting)]
        item = next(one for one in town.of(r.Item) if one.id == row.item_id)
        hat = next(one for one in town.of(r.Membership) if one.id == self.hats[who])
        number = next(one.number for one in town.of(r.Revision) if one.id == row.revision_id)
        with self.acting(who) as (session, me):
            theirs = {one.circle for one in Oracle(town).decided_by(hat, item)}
            before, go = self.given(session, item.id), Go()
            decide(session, me, DecideInput(item.id, row.revision_id, verdict, note="n", reason="r"), go)
            session.flush()
            assert theirs
            fresh = self.given(session, item.id) - before
            let = {(item.id, number, circle) for circle in theirs} if verdict is Verdict.LET_THROUGH else set()
            assert fresh <= let
            self.gone[go.id] = (who, now(), before, before & self.let)
            self.let |= let

    @rule(who=st.sampled_from(MODERATORS), which=SOME)
    def put_away(self, who: str, which: int) -> None:
        if (item := self.an_item(which)) is None:
            return
        with self.acting(who) as (session, me):
            before = self.given(session, item)
            put_away_shown(session, me, item, "r")
            session.flush()
            left = shown_to(session, item)
            of_class = {one for one in left if kind_of(one) in GROUP_KINDS and owner_of(one) in me.decides_for}
            assert not (left if who == "lead" else of_class)
            mine = select(r.Decision.go_id).where(r.Decision.by_id == me.membership).order_by(r.Decision.id.desc())
            self.gone[session.scalars(mine).first()] = (who, now(), before, before & self.let)

    @precondition(lambda self: self.gone)
    @rule(which=SOME, who=st.sampled_from([None, None, None, *MODERATORS]))
    def take_a_decision_back(self, which: int, who: str | None) -> None:
        """Whoever made it, mostly; nothing is shown by it that was not shown before."""
        go = list(self.gone)[-1 - which % min(3, len(self.gone))]
        by, at, before, let = self.gone[go]
        with self.acting(who or by) as (session, me):
            shown = self.given(session)
            undo(session, me, go)
            session.flush()
            assert (who or by) == by
            assert now() - at <= UNDO
            assert self.given(session) - shown <= before
            self.let |= let
            del self.gone[go]

    @staticmethod
    def given(session: GatedSession, item: UUID | None = None) -> Given:
        """What is released right now, of one item or of all."""
        rows = select(r.Shown.item_id, r.Shown.number, r.Shown.circle)
        with beyond(session, ACT):
            found = session.execute(rows if item is None else rows.where(r.Shown.item_id == item))
            return {(one, number, circle) for one, number, circle in found}

    # --- standing in -------------------------------------------------------------------------------------------------

    @rule(
        who=st.sampled_from(TEACHERS), group=st.sampled_from([0, 1]), first=st.integers(-1, 1), days=st.integers(0, 1)
    )
    def cover(self, who: str, group: int, first: int, days: int) -> None:
        begins = now().date() + timedelta(days=first)
        with self.acting("head") as (session, me):
            ends = begins + timedelta(days=days)
            staffing.add_cover(session, me, self.groups[group], self.hats[who], begins, ends)
            self.covers += 1

    @precondition(lambda self: self.covers)
    @rule(which=SOME)
    def end_a_cover(self, which: int) -> None:
        with self.acting("head") as (session, me):
            covers = session.scalars(select(r.Cover.id).order_by(r.Cover.id)).all()
            staffing.end_cover(session, me, covers[which % len(covers)])

    @rule(who=st.sampled_from([None, *TEACHERS]), group=st.sampled_from([0, 1]))
    def name_a_second(self, who: str | None, group: int) -> None:
        with self.acting("head") as (session, me):
            staffing.set_second(session, me, self.groups[group], self.hats[who] if who else None)

    # --- who is in the picture ---------------------------------------------------------------------------------------

    @rule(who=st.sampled_from([*MODERATORS, *PUPILS]), which=SOME, named=st.frozensets(st.sampled_from(PUPILS)))
    def say_who_is_in_it(self, who: str, which: int, named: frozenset[str]) -> None:
        if (photo := self.a_picture(which)) is not None:
            with self.acting(who) as (session, me):
                tagging.say_who(session, me, photo, {self.hats[one] for one in named}, tagging.Others())

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
