"""What pupils make in the small school, what everybody says about it, and what becomes of notes that came back."""

from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import rule
from sqlalchemy import select

from journal import records as r
from journal.circles import GROUP_KINDS, kind_of, owner_of
from journal.consent import tagging
from journal.entries import acts as entries
from journal.entries import answers
from journal.photos import Only, PhotoInput, narrow_now, take_away
from journal.reasons import GatedSession
from journal.release import shown_to
from journal.seeing import Viewer
from journal.talk import acts as talk
from journal.talk.reach import Reach
from journal.words import Door, Verdict
from tests.gate.schools import seeing_all
from tests.gate.small import PUPILS, SOME, UNDO_TIME, SmallSchool

WRITERS = ("mia", "ben", "mum", "gran", "ben's dad", "teacher", "mum teaches")
DOORS = st.frozensets(st.sampled_from([Door.FAMILY, Door.TEACHERS, Door.CLASS, Door.CLASS_FAMILIES, Door.PICKED]))
WITHOUT = st.sampled_from([None, None, "ben", "gran", "ben's dad"])
ONLY = st.sampled_from([Only.ALL, Only.ALL, Only.ALL, Only.FAMILY, Only.CLASS, Only.ME])
NAMED = st.one_of(st.none(), st.frozensets(st.sampled_from(PUPILS)))
"""Who is named in a picture; None for no picture."""


class Making(SmallSchool):
    """Entries, comments, and answers to notes."""

    @rule(who=st.sampled_from(PUPILS), kinds=DOORS, without=WITHOUT, named=NAMED, only=ONLY)
    def post(
        self, who: str, kinds: frozenset[Door], without: str | None, named: frozenset[str] | None, only: Only
    ) -> None:
        entry = None
        with self.acting(who) as (session, me):
            entry = entries.begin(session, me).id
            photos = [self._put(session, me, entry, named)] if named is not None else []
            self._save(session, me, entry, (kinds, without), [PhotoInput(one, only=only) for one in photos])
            self.entries.append(entry)
        self._hand_in(who, entry)

    @rule(which=SOME, kinds=DOORS, without=WITHOUT, named=NAMED, only=ONLY, hand_in=st.booleans())
    def edit(
        self,
        which: int,
        kinds: frozenset[Door],
        without: str | None,
        named: frozenset[str] | None,
        only: Only,
        hand_in: bool,
    ) -> None:
        if (entry := self.an_entry(which)) is None:
            return
        who = self.writer_of(entry)
        with self.acting(who) as (session, me):
            _, draft = entries.open_draft(session, me, entry)
            photos = list(session.scalars(select(r.Placement.attachment_id).where(r.Placement.revision_id == draft.id)))
            if named is not None:
                for one in photos:
                    take_away(session, draft, one)
                photos = [self._put(session, me, entry, named)]
            self._save(session, me, entry, (kinds, without), [PhotoInput(one, only=only) for one in photos])
        if hand_in:
            self._hand_in(who, entry)
        self.note(entry)

    def _put(self, session: GatedSession, me: Viewer, entry: UUID, named: frozenset[str]) -> UUID:
        """Put a new picture into the draft, and say who is in it."""
        photo = self.new_picture(session, me)
        entries.add_photo(session, me, entry, photo)
        session.flush()
        classmates = {one.id for one in tagging.pupils(session, me, tagging.picture(session, me, photo.id))[0]}
        there = {self.hats[one] for one in named} & classmates
        tagging.say_who(session, me, photo.id, there, tagging.Others())
        return photo.id

    def _save(
        self, session: GatedSession, me: Viewer, entry: UUID, door: tuple[frozenset[Door], str | None], photos: list
    ) -> None:  # type: ignore[type-arg]
        _, draft = entries.open_draft(session, me, entry)
        doors = self.doors(session, me, *door)
        typed = entries.DraftInput(draft.version, words=self.new_words(), doors=doors, photos=tuple(photos))
        entries.save_draft(session, me, entry, typed)

    def _hand_in(self, who: str, entry: UUID | None) -> None:
        if entry is not None:
            with self.acting(who) as (session, me):
                entries.hand_in(session, me, entry)
            self.note(entry)

    @rule(which=SOME, kinds=DOORS, without=WITHOUT)
    def set_doors(self, which: int, kinds: frozenset[Door], without: str | None) -> None:
        if (entry := self.an_entry(which)) is None:
            return
        with self.acting(self.writer_of(entry)) as (session, me):
            entries.set_doors(session, me, entry, self.doors(session, me, kinds, without))
            session.flush()
            for circle in shown_to(session, entry):
                if kind_of(circle).value not in {one.value.replace("_", "-") for one in kinds}:
                    assert kind_of(circle).value == "relative"
                    assert Door.PICKED in kinds
        self.note(entry)

    @rule(which=SOME, what=st.sampled_from(["withdraw", "throw_away", "hand_in", "bring_back", "delete", "narrow"]))
    def other(self, which: int, what: str) -> None:
        if (entry := self.an_entry(which)) is None:
            return
        with self.acting(self.writer_of(entry)) as (session, me):
            if what == "delete":
                entries.delete_entry(session, me, entry, UNDO_TIME)
            elif what == "throw_away":
                entries.throw_away(session, me, entry, UNDO_TIME)
            elif what == "narrow":
                mine = entries.own_entry(session, me, entry)
                photo = session.scalars(select(r.Attachment.id).where(r.Attachment.item_id == entry)).first()
                if photo is not None:
                    narrow_now(session, me, mine, photo, Only.FAMILY)
            else:
                getattr(entries, what)(session, me, entry)
        self.note(entry)

    @rule(which=SOME, again=st.booleans())
    def answer_a_note(self, which: int, again: bool) -> None:
        """Ask another grown-up to look at what came back, or answer."""
        with seeing_all(self.engine) as session:
            back = select(r.Decision.id, r.Item.author_id).join(r.Item, r.Item.id == r.Decision.item_id)
            notes = session.execute(back.where(r.Decision.verdict == Verdict.SENT_BACK).order_by(r.Decision.id)).all()
        if notes:
            note, author = notes[which % len(notes)]
            with self.acting(self.who(author)) as (session, me):
                if again:
                    answers.ask_again(session, me, note)
                else:
                    answers.answer(session, me, note, "But why?")

    # --- what is said ------------------------------------------------------------------------------------------------

    @rule(
        who=st.sampled_from(WRITERS),
        which=SOME,
        answer=SOME,
        reach=st.sampled_from([None, *Reach]),
        picture=st.booleans(),
    )
    def say(self, who: str, which: int, answer: int, reach: Reach | None, picture: bool) -> None:
        if (entry := self.an_entry(which)) is None:
            return
        here = self._said_about(entry)
        parent = here[answer % len(here)] if here and answer % 2 else None
        said = None
        with self.acting(who) as (session, me):
            seen = session.scalars(select(r.Entry).where(r.Entry.id == entry)).one_or_none()
            looked = talk.around(session, me, seen, None, None).circles if seen else frozenset()
            photos = (PhotoInput(self.new_picture(session, me).id),) if picture else ()
            typed = talk.SayInput(words=self.new_words(), reach=reach, photos=photos)
            said = talk.say(session, me, entry, parent, typed).id
            self.comments.append(said)
            self.looked[said] = self._within(set(looked), seen)
        self.note(said)

    def _said_about(self, entry: UUID) -> list[UUID]:
        with seeing_all(self.engine) as session:
            return list(session.scalars(select(r.Item.id).where(r.Item.entry_id == entry).order_by(r.Item.id)))

    @staticmethod
    def _within(looked: set[str], entry: r.Item | None) -> set[str]:
        """What was looked at, with circles that are part of it: a group's teachers, the child, the child's family."""
        assert entry is not None
        groups = {owner_of(one) for one in looked if kind_of(one) in GROUP_KINDS}
        found = looked | {f"self/{entry.pupil_id.hex}"} | {f"teachers/{one.hex}" for one in groups}
        if any(one.startswith("class-families/") for one in looked):
            found.add(f"family/{entry.pupil_id.hex}")
        return found

    @rule(which=SOME, what=st.sampled_from(["edit", "take_back", "bring_back"]))
    def of_a_comment(self, which: int, what: str) -> None:
        if (comment := self.a_comment(which)) is None:
            return
        with self.acting(self.writer_of(comment)) as (session, me):
            if what == "edit":
                talk.edit(session, me, comment, talk.SayInput(words=self.new_words()))
            elif what == "take_back":
                talk.take_back(session, me, comment, UNDO_TIME)
            else:
                talk.bring_back(session, me, comment)
        self.note(comment)
