"""The demo's past: what everybody did, in the order of time, through the same acts as in life."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection, delete, select, update

from journal import clock
from journal.demo import shapes
from journal.demo.cares import Cares
from journal.demo.cast_of import Keys
from journal.demo.content import LATEST, made_at, said_at
from journal.demo.opened import BEFORE, READ_FOR, Opened
from journal.demo.pictures import Pictures
from journal.demo.said import LONG_AGO, SOON_WRITTEN, name_all, say_all
from journal.demo.worries import WORRIES
from journal.entries import acts as entries
from journal.entries.doors_of import Doors
from journal.jobs import Work
from journal.looks import look_at
from journal.moderation.acts import DecideInput, decide
from journal.net import open_session
from journal.photos import Only, PhotoInput, place
from journal.reasons import GatedSession, beyond
from journal.records import FamilyLink, Item, Job, Membership, Revision, Teaching, Waiting
from journal.seeing import Viewer
from journal.talk import acts as talk
from journal.talk.reach import Reach, choices
from journal.viewers import viewer_for
from journal.words import Door, Learned, Role, Verdict

SOON = timedelta(minutes=10)
UNDO_TIME = 24 * 3600
VERDICTS = {
    "sent_back": Verdict.SENT_BACK,
    "put_away": Verdict.PUT_AWAY,
    "passed_on": Verdict.PASSED_ON,
    "mended": Verdict.SENT_BACK,
}


class Story:
    """Tells the demo's past into a database that holds its people."""

    def __init__(
        self, connection: Connection, cast: shapes.Cast, keys: Keys, pictures: Pictures, shift: timedelta
    ) -> None:
        self.connection, self.cast, self.keys, self.pictures, self.shift = connection, cast, keys, pictures, shift
        self.pupils = {one.key: one for one in cast.pupils}
        self.hats = {one.key: one.hats for one in cast.grownups}
        self.entries: dict[str, UUID] = {}
        self.comments: dict[str, UUID] = {}
        self.cares = Cares(self)

    def tell(self) -> None:
        """Do everything, oldest first."""
        by_key = {one.key: one for one in self.cast.entries}
        steps: list[tuple[datetime, int, Callable[[], None]]] = []

        def add(moment: datetime, order: int, step: Callable[[], None]) -> None:
            steps.append((min(moment, LATEST), order, step))

        for entry in self.cast.entries:
            self._plan_entry(entry, add)
        for comment in self.cast.comments:
            self._plan_comment(comment, said_at(comment, by_key[comment.entry]), add)
        add(LATEST - LONG_AGO + SOON_WRITTEN, 0, lambda: say_all(self))
        add(LATEST, 20, lambda: name_all(self))
        for told in WORRIES:
            add(LATEST - told.before, 10, lambda told=told: self.cares.tell(told))  # type: ignore[misc]
            for number, did in enumerate(told.then, 11):
                moment = LATEST - told.before + did.after
                add(moment, number, lambda told=told, did=did: self.cares.do(told, did))  # type: ignore[misc]
        opened = Opened(self)
        add(LATEST - BEFORE, 90, opened.open)
        add(LATEST - BEFORE + READ_FOR, 91, opened.close)
        for moment, _, step in sorted(steps, key=lambda one: one[:2]):
            with clock.at(moment + self.shift):
                step()
        with open_session(self.connection, sees_all="making the demo school") as session, clock.at(LATEST + self.shift):
            ended = update(FamilyLink).where(FamilyLink.id.in_(self.keys.ended))
            session.execute(ended.values(ended_at=clock.now()))
            # The demo's addresses are invented: nobody is written to before something new happens.
            session.execute(delete(Job).where(Job.kind.in_((Work.WORRY_REMINDERS, Work.OPENED_LETTER))))
            session.commit()

    # --- plans ----------------------------------------------------------------------------------------------------

    def _plan_entry(self, entry: shapes.Entry, add: Callable[[datetime, int, Callable[[], None]], None]) -> None:
        start, fate = made_at(entry), entry.fate.kind
        add(start, 0, lambda: self._write(entry))
        if fate in ("draft", "handed_in"):
            return
        if fate == "withdrawn":
            add(start + SOON, 1, lambda: self._by_author(entry, entries.withdraw))
            return
        add(start + SOON, 1, lambda: self._decide(self.entries[entry.key], VERDICTS.get(fate), entry.fate))
        later = start + timedelta(days=1)
        if fate in ("edited_waiting", "edited_shared", "mended"):
            add(later, 2, lambda: self._write_again(entry))
        if fate in ("edited_shared", "mended"):
            add(later + SOON, 3, lambda: self._decide(self.entries[entry.key], None, entry.fate))
        if fate == "class_taken_away":
            add(LATEST, 8, lambda: self._shut_class(entry))
        if fate == "deleted":
            add(LATEST, 9, lambda: self._by_author(entry, lambda s, v, e: entries.delete_entry(s, v, e, UNDO_TIME)))

    def _plan_comment(
        self, comment: shapes.Comment, said: datetime, add: Callable[[datetime, int, Callable[[], None]], None]
    ) -> None:
        add(said, 4, lambda: self._say(comment))
        if comment.fate != "waiting":
            add(said, 5, lambda: self._decide(self.comments[comment.key], None, shapes.Fate("shared")))
        if comment.fate == "edited":
            add(said + SOON, 6, lambda: self._say_again(comment))
            add(said + SOON, 7, lambda: self._decide(self.comments[comment.key], None, shapes.Fate("shared")))
        if comment.fate == "taken_back":
            add(said + SOON, 6, lambda: self._take_back(comment))

    # --- steps ----------------------------------------------------------------------------------------------------

    def _write(self, entry: shapes.Entry) -> None:
        with self._as_pupil(entry.author) as (session, pupil):
            begun = entries.begin(session, pupil)
            self.entries[entry.key] = begun.id
            draft = session.scalars(select(Revision).where(Revision.id == begun.draft_id)).one()
            photos = []
            for photo in entry.photos:
                attachment = self.pictures.photo(session, pupil, photo.art, begun.id)
                place(session, pupil, begun, draft, attachment)
                only = Only(photo.narrowed_to[0]) if photo.narrowed_to else Only.ALL
                photos.append(PhotoInput(attachment.id, photo.caption, photo.description, only))
            typed = entries.DraftInput(
                version=1,
                title=entry.title,
                words=entry.words,
                learned=frozenset(Learned(one) for one in entry.learned),
                doors=self._doors(entry),
                photos=tuple(photos),
            )
            entries.save_draft(session, pupil, begun.id, typed)
            if entry.fate.kind != "draft":
                entries.hand_in(session, pupil, begun.id)

    def _write_again(self, entry: shapes.Entry) -> None:
        with self._as_pupil(entry.author) as (session, pupil):
            found, draft = entries.open_draft(session, pupil, self.entries[entry.key])
            typed = entries.DraftInput(
                version=draft.version,
                title=entry.fate.title or entry.title,
                words=entry.fate.words or entry.words,
                learned=frozenset(Learned(one) for one in entry.learned),
                doors=self._doors(entry),
            )
            entries.save_draft(session, pupil, found.id, typed)
            entries.hand_in(session, pupil, found.id)

    def _decide(self, item: UUID, verdict: Verdict | None, fate: shapes.Fate) -> None:
        """Let whoever may decide about each waiting circle do so."""
        for _ in range(4):
            with open_session(self.connection, sees_all="making the demo school") as session:
                waiting = session.scalars(
                    select(Waiting).where(Waiting.item_id == item).order_by(Waiting.group_id)
                ).first()
                if waiting is None or (verdict is Verdict.PASSED_ON and waiting.group_id is None):
                    return
                revision, hat = waiting.revision_id, self._decider(session, item, waiting.group_id)
            with self.as_member(hat) as (session, viewer):
                chosen = DecideInput(
                    item, revision, verdict or Verdict.LET_THROUGH, fate.note, fate.reason or fate.note
                )
                decide(session, viewer, chosen)

    def _say(self, comment: shapes.Comment) -> None:
        entry = self.entries[comment.entry]
        parent = self.comments[comment.reply_to] if comment.reply_to else None
        with self._as_author(comment) as (session, viewer):
            reader = viewer.role is not Role.PUPIL
            if viewer.membership != self._owner(comment.entry):
                look_at(session, viewer, self._item(session, entry))
            answered = self._item(session, parent) if parent else None
            around = talk.around(session, viewer, self._item(session, entry), answered, None)
            reach = Reach(comment.reach) if Reach(comment.reach) in choices(viewer, around) else None
            photos: tuple[PhotoInput, ...] = ()
            if comment.photo is not None:
                kept = self.pictures.photo(session, viewer, comment.photo.art, None)
                photos = (PhotoInput(kept.id, comment.photo.caption, comment.photo.description),)
            said = talk.SayInput(
                words="" if reader else comment.words,
                html=comment.words if reader else "",
                reach=reach,
                photos=photos,
            )
            self.comments[comment.key] = talk.say(session, viewer, entry, parent, said).id

    def _say_again(self, comment: shapes.Comment) -> None:
        with self._as_author(comment) as (session, viewer):
            plain = viewer.role is Role.PUPIL
            said = talk.SayInput(words=comment.then_words if plain else "", html="" if plain else comment.then_words)
            talk.edit(session, viewer, self.comments[comment.key], said)

    def _take_back(self, comment: shapes.Comment) -> None:
        with self._as_author(comment) as (session, viewer):
            talk.take_back(session, viewer, self.comments[comment.key], UNDO_TIME)

    def _shut_class(self, entry: shapes.Entry) -> None:
        doors = self._doors(entry)
        kept = Doors(doors.open - {Door.CLASS, Door.CLASS_FAMILIES}, doors.picked, doors.left_out)
        with self._as_pupil(entry.author) as (session, pupil):
            entries.set_doors(session, pupil, self.entries[entry.key], kept)

    def _by_author(self, entry: shapes.Entry, act: Callable[[GatedSession, Viewer, UUID], object]) -> None:
        with self._as_pupil(entry.author) as (session, pupil):
            act(session, pupil, self.entries[entry.key])

    # --- who --------------------------------------------------------------------------------------------------------

    def _doors(self, entry: shapes.Entry) -> Doors:
        picked = [one.partition(":")[2] for one in entry.doors if one.startswith("picked:")]
        kinds = {Door(one) for one in entry.doors if one != "me" and not one.startswith("picked:")}
        school = self.pupils[entry.author].school
        return Doors(
            open=frozenset(kinds | ({Door.PICKED} if picked else set())),
            picked=frozenset(self.keys.links[relative, entry.author] for relative in picked),
            left_out=frozenset(self.any_hat(one, school) for one in entry.left_out),
        )

    def any_hat(self, key: str, school: str) -> UUID:
        return next(member for (who, where, _), member in self.keys.members.items() if who == key and where == school)

    def _owner(self, entry_key: str) -> UUID:
        author = next(one.author for one in self.cast.entries if one.key == entry_key)
        return self.any_hat(author, self.pupils[author].school)

    @contextmanager
    def _as_pupil(self, key: str) -> Iterator[tuple[GatedSession, Viewer]]:
        with self.as_member(self.any_hat(key, self.pupils[key].school)) as both:
            yield both

    @contextmanager
    def _as_author(self, comment: shapes.Comment) -> Iterator[tuple[GatedSession, Viewer]]:
        """A grown-up with two hats in the school writes as a relative to their own child, as a teacher to others."""
        pupil = next(one.author for one in self.cast.entries if one.key == comment.entry)
        school = self.pupils[pupil].school
        related = (comment.author, pupil) in self.keys.links
        roles = [Role.PUPIL, Role.RELATIVE, Role.TEACHER] if related else [Role.PUPIL, Role.TEACHER, Role.RELATIVE]
        hat = next(
            self.keys.members[comment.author, school, role]
            for role in roles
            if (comment.author, school, role) in self.keys.members
        )
        with self.as_member(hat) as both:
            yield both

    @contextmanager
    def as_member(self, membership: UUID) -> Iterator[tuple[GatedSession, Viewer]]:
        with open_session(self.connection) as session:
            with beyond(session, "making the demo school"):
                hat = session.scalars(select(Membership).where(Membership.id == membership)).one()
            session.viewer = viewer_for(session, hat)
            yield session, session.viewer
            session.commit()

    def _decider(self, session: GatedSession, item: UUID, group: UUID | None) -> UUID:
        about = session.scalars(select(Item).where(Item.id == item)).one()
        teachers = select(Membership).join(Teaching, Teaching.teacher_id == Membership.id)
        for hat in session.scalars(teachers.where(Teaching.group_id == group).order_by(Teaching.id)):
            if about.pupil_id not in viewer_for(session, hat).kin and hat.id != about.author_id:
                return hat.id
        return session.scalars(
            select(Membership.id).where(Membership.school_id == about.school_id, Membership.role == Role.LEAD)
        ).one()

    @staticmethod
    def _item(session: GatedSession, item: UUID) -> Item:
        return session.scalars(select(Item).where(Item.id == item)).one()
