"""What keeps people safe in the small school: what families say to pictures, rests, holds, and opening what was not
shared. And time, which ends some of it and removes for good what was deleted.
"""

from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy import func, or_, select

from journal import records as r
from journal.attachments.work import remove_photo
from journal.breakglass import acts as breakglass
from journal.clock import now
from journal.consent import acts as consent
from journal.entries.work import remove_item
from journal.jobs import Work
from journal.net import open_session
from journal.pausing import acts as pausing
from journal.safeguarding import acts as worries
from journal.safeguarding import holding
from journal.viewers import under_grant
from journal.words import Answer, PauseKind, Purpose
from tests.gate.oracle import Oracle
from tests.gate.schools import seeing_all
from tests.gate.small import HATS, LINKS, PUPILS, SOME, TEACHERS, THERE, UNDO_TIME, SmallSchool

SAID = st.sampled_from([Answer.YES, Answer.YES, Answer.YES, Answer.ASK, Answer.NO])
REASON = "Somebody has to look at it today, for she may be in danger."
Speaker = str
"""A hat, or ``aunt``, who is not here and says it on paper."""


class Caring(SmallSchool):
    """Those who look after pictures, rests, evidence and dangers."""

    def __init__(self) -> None:
        super().__init__()
        self.said: dict[str, dict[Speaker, dict[UUID | None, Answer]]] = {one: {} for one in PUPILS}
        """For each pupil: what each speaker said last, about all pictures (None) and about single ones."""
        self.rests = self.holds = self.grants = 0
        """How many began."""
        self.over: set[UUID] = set()
        """What was deleted, and whose time is over."""

    # --- what families say to pictures -------------------------------------------------------------------------------

    @rule(who=st.sampled_from(LINKS), said=SAID, which=st.one_of(st.none(), SOME))
    def a_carer_says(self, who: tuple[str, str], said: Answer, which: int | None) -> None:
        carer, pupil = who
        photo = self.a_picture(which) if which is not None else None
        with self.acting(carer) as (session, me):
            consent.answer(session, me, self.hats[pupil], Purpose.CLASS_JOURNAL, said, photo)
            self._heard(pupil, carer, said, photo)

    @rule(who=st.sampled_from(PUPILS), said=SAID)
    def a_pupil_says(self, who: str, said: Answer) -> None:
        with self.acting(who) as (session, me):
            consent.answer_own(session, me, Purpose.CLASS_JOURNAL, said)
            assert who == "ben"
            self._heard(who, who, said, None)

    @rule(who=st.sampled_from([*LINKS, ("aunt", "ben")]), said=st.sampled_from([*Answer, Answer.YES]))
    def it_comes_on_paper(self, who: tuple[str, str], said: Answer) -> None:
        speaker, pupil = who
        if said is Answer.WITHDRAWN or (said is Answer.SET_ASIDE and speaker != "aunt"):
            return
        carer = self.hats.get(speaker)
        with self.acting("head") as (session, me):
            day, name = now().date(), "" if carer else speaker
            typed = consent.PaperInput(self.hats[pupil], Purpose.CLASS_JOURNAL, said, day, carer, name)
            consent.enter_paper(session, me, [typed])
            self._heard(pupil, speaker, said, None)

    @rule(who=st.sampled_from(TEACHERS), carer=st.sampled_from(LINKS), which=SOME)
    def a_moderator_notes_a_yes(self, who: str, carer: tuple[str, str], which: int) -> None:
        if (photo := self.a_picture(which)) is not None:
            with self.acting(who) as (session, me):
                consent.note_yes(session, me, photo, self.hats[carer[1]], self.hats[carer[0]])
                self._heard(carer[1], carer[0], Answer.YES, photo)

    def _heard(self, pupil: str, speaker: Speaker, said: Answer, photo: UUID | None) -> None:
        self.said[pupil].setdefault(speaker, {})[photo] = said

    # --- rests -------------------------------------------------------------------------------------------------------

    @rule(
        by=st.sampled_from(["head", "lead"]),
        kind=st.sampled_from(PauseKind),
        group=st.sampled_from([None, 0, 1]),
        member=st.sampled_from(sorted(HATS)),
        hours=st.sampled_from([None, 2]),
    )
    def something_rests(self, by: str, kind: PauseKind, group: int | None, member: str, hours: int | None) -> None:
        with self.acting(by) as (session, me):
            where = self.groups[group] if group is not None else None
            until = now() + timedelta(hours=hours) if hours else None
            wanted = pausing.PauseInput(kind, where, self.hats[member], until, "", "", "A reason")
            pausing.pause(session, me, wanted)
            self.rests += 1

    @precondition(lambda self: self.rests)
    @rule(by=st.sampled_from(["head", "lead"]), which=SOME)
    def a_rest_ends(self, by: str, which: int) -> None:
        with self.acting(by) as (session, me):
            rests = session.scalars(select(r.Pause.id).where(r.Pause.ended_at.is_(None)).order_by(r.Pause.id)).all()
            if rests:
                pausing.take_off(session, me, rests[which % len(rests)])

    # --- what is kept as evidence ------------------------------------------------------------------------------------

    @rule(which=SOME, what=st.sampled_from(["item", "worry", *PUPILS]), teller=st.sampled_from(["mum", "teacher"]))
    def hold(self, which: int, what: str, teller: str) -> None:
        item, worry = self.an_item(which), None
        if what == "worry" and item is not None:
            with self.acting(teller) as (session, me):
                told = worries.TellInput(words="Worried", item=item)
                worry = worries.tell_worry(session, me, self.school, told, self.files).id
        with self.acting("lead") as (session, me):
            pupil = self.hats[what] if what in PUPILS else None
            wanted = holding.HoldInput("Evidence", None if pupil else item, pupil, worry)
            holding.put_hold(session, me, wanted)
            self.holds += 1

    @precondition(lambda self: self.holds)
    @rule(which=SOME)
    def a_hold_comes_off(self, which: int) -> None:
        with self.acting("lead") as (session, me):
            holds = session.scalars(select(r.Hold.id).where(r.Hold.ended_at.is_(None)).order_by(r.Hold.id)).all()
            if holds:
                holding.take_off(session, me, holds[which % len(holds)], "Done")

    # --- time --------------------------------------------------------------------------------------------------------

    @rule(how=st.sampled_from([timedelta(minutes=2), timedelta(hours=3), timedelta(hours=3), timedelta(days=1)]))
    def time_passes(self, how: timedelta) -> None:
        """So much of it, and the house does what has become due."""
        self.it_is(self.moment + how)
        house = SimpleNamespace(settings=SimpleNamespace(undo_time=UNDO_TIME), files=self.files)
        does = {Work.REMOVE_ITEM: remove_item, Work.REMOVE_PHOTO: remove_photo}
        with seeing_all(self.engine) as session:
            past = r.Item.deleted_at <= now() - timedelta(seconds=UNDO_TIME)
            entry = select(r.Item.id).where(r.Item.entry_id.is_(None), past)
            self.over |= set(session.scalars(select(r.Item.id).where(or_(past, r.Item.entry_id.in_(entry)))))
            due = select(r.Job).where(r.Job.done_at.is_(None), r.Job.due_at <= now(), r.Job.kind.in_(does))
            for job in session.scalars(due.order_by(r.Job.id)).all():
                does[Work(job.kind)](session, house, job.about_id)  # type: ignore[arg-type]
                job.done_at = now()
                session.commit()

    # --- opening what was not shared ---------------------------------------------------------------------------------

    @rule(which=SOME, one=st.booleans(), minutes=st.sampled_from([15, 240]))
    def open_it(self, which: int, one: bool, minutes: int) -> None:
        if (item := self.an_item(which)) is None:
            return
        with seeing_all(self.engine) as session:
            pupil = session.scalars(select(r.Item.pupil_id).where(r.Item.id == item)).one()
        with self.acting("lead") as (session, me):
            wanted = breakglass.OpenInput(pupil, item if one else None, REASON, minutes)
            breakglass.open_it(session, me, wanted)
            self.grants += 1

    @precondition(lambda self: self.grants)
    @rule(which=SOME, close=st.booleans())
    def look_under_it(self, which: int, close: bool) -> None:
        """While it runs it opens exactly what it names; when it is closed or over it opens nothing."""
        with seeing_all(self.engine) as session:
            grants = session.scalars(select(r.Grant).order_by(r.Grant.id)).all()
            town = self.town(session)
        if not grants:
            return
        grant = grants[which % len(grants)]
        looked = False
        with self.acting("lead") as (session, me):
            running = breakglass.running_grant(session, me, grant.id)
            eyes, expected = under_grant(me, running, now()), Oracle(town).opened(grant)
            with open_session(self.engine, eyes) as open_:
                assert set(open_.scalars(THERE)) == expected
                for own in (r.Choice, r.LeftOut, r.Shown, r.Waiting):
                    assert not open_.scalar(select(func.count()).select_from(own))
            for item in sorted(expected)[:1]:
                breakglass.look_under(session, me, running, item)
            looked = True
            if close:
                breakglass.close_it(session, me, grant.id)
        assert looked == (grant.ended_at is None and now() < grant.until)
        if close:
            with self.acting("lead") as (session, me):
                breakglass.running_grant(session, me, grant.id)
                raise AssertionError("it is over")
