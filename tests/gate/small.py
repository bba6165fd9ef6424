"""A small school in which a story is told with the acts of the house; the files beside say what people do there.

``mum`` and ``mum teaches`` are one person in two hats. Mia and Ben are in one class to begin with; Ben is old enough
for his own word about pictures to count.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine
from sqlalchemy import Engine, select

from journal import clock
from journal import records as r
from journal.entries.doors_of import Doors
from journal.net import open_session
from journal.reasons import GatedSession
from journal.refusals import Refusal, Unseen
from journal.release import shown_to
from journal.seeing import Viewer
from journal.store.files import Files
from journal.viewers import viewer_for
from journal.words import Door, PictureState, Role
from tests.gate.schools import Town, empty, seeing_all

MONDAY = datetime(2026, 9, 14, 8, tzinfo=UTC)
MOMENT = timedelta(seconds=5)
"""How long one act takes."""
UNDO_TIME = 3600
"""Seconds in which what was deleted can be brought back."""

PUPILS = ("mia", "ben")
LINKS = (("mum", "mia"), ("gran", "mia"), ("ben's dad", "ben"))
TEACHERS = ("teacher", "mum teaches", "other teacher")
MODERATORS = (*TEACHERS, "lead")
HATS = {
    "mia": ("mia", Role.PUPIL),
    "ben": ("ben", Role.PUPIL),
    "mum": ("mum", Role.RELATIVE),
    "gran": ("gran", Role.RELATIVE),
    "ben's dad": ("dad", Role.RELATIVE),
    "mum teaches": ("mum", Role.TEACHER),
    "teacher": ("teacher", Role.TEACHER),
    "other teacher": ("other", Role.TEACHER),
    "lead": ("lead", Role.LEAD),
    "head": ("head", Role.HEAD),
}
"""Who wears which hat."""
SOME = st.integers(0, 20)
"""Which of some things that there are by then."""

# Built once: making the key under which a statement is kept takes longer than running it.
OF_THE_RULE = [
    select(kind).order_by(kind.id)
    for kind in (
        *(r.Membership, r.Enrolment, r.Teaching, r.FamilyLink, r.Cover, r.Second, r.Pause, r.Grant, r.Hold),
        *(r.Item, r.Revision, r.Shown, r.Waiting, r.LeftOut),
        *(r.Attachment, r.Placement, r.NarrowedTo, r.Rendition, r.Tagged, r.Consent),
    )
]
THERE = select(r.Item.id)


class SmallSchool(RuleBasedStateMachine):
    """The school, its clock, and how somebody acts in it."""

    engine: Engine
    files: Files

    def __init__(self) -> None:
        super().__init__()
        self.clock = ExitStack()
        self.hats: dict[str, UUID] = {}
        self.entries: list[UUID] = []
        self.comments: list[UUID] = []
        self.handed: dict[tuple[UUID, int], tuple[str, frozenset[UUID]]] = {}
        """What each revision said and which pictures it had when it was handed in."""
        self.let: set[tuple[UUID, int, str]] = set()
        """What was let through to which circle, as long as it is shown there."""
        self.looked: dict[UUID, set[str]] = {}
        """For a comment: to whom the words were shown that its writer was looking at."""
        self.count = 0

    def teardown(self) -> None:
        """Let it be today again."""
        self.clock.close()

    def open_school(self, checked: bool, late_after: int) -> None:
        """Put the school into an empty database: whether the family is checked first, and what is late."""
        self.it_is(MONDAY)
        empty(self.engine)
        with seeing_all(self.engine) as session:
            school = r.School(name="S", family_checked_first=checked, class_families_may_comment=True)
            school.school_days, school.late_after = "1234567", late_after
            session.add(school)
            session.flush()
            self.school = school.id
            groups = [r.Group(school_id=school.id, name=name, year="2026/27") for name in "AB"]
            persons = {person: r.Person() for person, _ in HATS.values()}
            session.add_all([*groups, *persons.values()])
            session.flush()
            self.groups = [one.id for one in groups]
            for name, (person, role) in HATS.items():
                hat = r.Membership(school_id=school.id, person_id=persons[person].id, role=role, name=name)
                session.add(hat)
                session.flush()
                self.hats[name] = hat.id
            self._ties(session)
            session.commit()

    def _ties(self, session: GatedSession) -> None:
        where = {"school_id": self.school}
        for pupil in PUPILS:
            session.add(r.Enrolment(**where, pupil_id=self.hats[pupil], group_id=self.groups[0]))
        for teacher, group in (("mum teaches", 0), ("teacher", 0), ("other teacher", 1)):
            session.add(r.Teaching(**where, teacher_id=self.hats[teacher], group_id=self.groups[group]))
        for relative, pupil in LINKS:
            tie = {"relative_id": self.hats[relative], "pupil_id": self.hats[pupil], "carer": True}
            session.add(r.FamilyLink(**where, known_as=relative, **tie))
        session.add(r.PupilBorn(**where, pupil_id=self.hats["ben"], born_on=date(2012, 3, 1)))

    # --- time ------------------------------------------------------------------------------------------------------

    def it_is(self, moment: datetime) -> None:
        """Set the clock."""
        self.clock.close()
        self.moment = moment
        self.clock.enter_context(clock.at(moment))

    # --- acting ----------------------------------------------------------------------------------------------------

    def viewer(self, name: str) -> Viewer:
        """Somebody, as they are now."""
        with seeing_all(self.engine) as session:
            here = select(r.Membership).where(r.Membership.id == self.hats[name])
            return viewer_for(session, session.scalars(here).one())

    @contextmanager
    def acting(self, name: str) -> Iterator[tuple[GatedSession, Viewer]]:
        """Act as somebody; what is refused changes nothing. What follows in the block is not reached then."""
        self.it_is(self.moment + MOMENT)
        me = self.viewer(name)
        with open_session(self.engine, me) as session:
            try:
                yield session, me
                session.commit()
            except (Refusal, Unseen):
                session.rollback()

    @staticmethod
    def town(session: GatedSession) -> Town:
        """All rows that the rule is about, as they are now."""
        town = Town(Random(0))
        for rows in OF_THE_RULE:
            town.rows += session.scalars(rows).all()
        return town

    def who(self, hat: UUID) -> str:
        """Whose hat it is."""
        return next(name for name, one in self.hats.items() if one == hat)

    def writer_of(self, item: UUID) -> str:
        """Who wrote something."""
        with seeing_all(self.engine) as session:
            return self.who(session.scalars(select(r.Item.author_id).where(r.Item.id == item)).one())

    # --- things ----------------------------------------------------------------------------------------------------

    def an_entry(self, which: int) -> UUID | None:
        """One of the entries, if there is any."""
        return self._one(self.entries, which)

    def a_comment(self, which: int) -> UUID | None:
        """One of the comments, if there is any."""
        return self._one(self.comments, which)

    def an_item(self, which: int) -> UUID | None:
        """An entry or a comment."""
        return self._one(self.entries + self.comments, which)

    def _one(self, items: list[UUID], which: int) -> UUID | None:
        """One that is there still: what was removed for good is nobody's to choose."""
        with seeing_all(self.engine) as session:
            there = set(session.scalars(THERE))
        items = [one for one in items if one in there]
        return items[which % len(items)] if items else None

    def new_words(self) -> str:
        """Words that nobody wrote before."""
        self.count += 1
        return f"words {self.count}"

    def doors(self, session: GatedSession, me: Viewer, kinds: frozenset[Door], without: str | None) -> Doors:
        """Doors as the page would send them."""
        links = select(r.FamilyLink.id).where(r.FamilyLink.pupil_id == me.membership, r.FamilyLink.ended_at.is_(None))
        picked = session.scalars(links.order_by(r.FamilyLink.id).limit(1)).all() if Door.PICKED in kinds else []
        out = {self.hats[without]} - {me.membership} if without else set()
        return Doors(kinds, frozenset(picked), frozenset(out))

    def new_picture(self, session: GatedSession, me: Viewer) -> r.Attachment:
        """A picture that somebody brought, with a size that is made."""
        photo = r.Attachment(school_id=self.school, owner_id=me.membership, state=PictureState.READY)
        session.add(photo)
        session.flush()
        file = self.files.new_name(".jpg")
        self.files.path(file).write_bytes(b"picture")
        made = {"file": file, "sha256": "", "width": 1, "height": 1, "length": 7}
        session.add(r.Rendition(school_id=self.school, attachment_id=photo.id, size="s", **made))
        session.flush()
        return photo

    def a_picture(self, which: int) -> UUID | None:
        """One of the pictures, if there is any."""
        with seeing_all(self.engine) as session:
            photos = session.scalars(select(r.Attachment.id).order_by(r.Attachment.id)).all()
        return photos[which % len(photos)] if photos else None

    def note(self, item: UUID | None) -> None:
        """Remember what each revision was when it was handed in: while it is shown it may never be anything else."""
        if item is None:
            return
        with seeing_all(self.engine) as session:
            here = (r.Revision.item_id == item, r.Revision.handed_in_at.is_not(None))
            words = dict(session.execute(select(r.Revision.number, r.Revision.words).where(*here)).all())
            placed = session.execute(
                select(r.Revision.number, r.Placement.attachment_id)
                .join(r.Revision, r.Revision.id == r.Placement.revision_id)
                .where(*here)
            ).all()
            shown = set(shown_to(session, item).values())
        for number, said in words.items():
            now = said, frozenset(photo for one, photo in placed if one == number)
            if number in shown and (item, number) in self.handed:
                assert self.handed[item, number] == now
            self.handed[item, number] = now
