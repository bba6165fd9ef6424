"""Entries of the large demo: written, handed in, decided about and changed, as rows.

What acts would have written is written here without them; the tests hold it against the gate.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from journal.circles import GROUP_KINDS, Kind, circle, kind_of, owner_of
from journal.demo.large_folk import Folk, Pupil
from journal.demo.large_pictures import Shared
from journal.demo.large_rows import Ledger
from journal.demo.large_words import Words, as_html, plain
from journal.words import Learned, NoticeKind, Verdict

NOTICES = {
    Verdict.LET_THROUGH: NoticeKind.LET_THROUGH,
    Verdict.SENT_BACK: NoticeKind.SENT_BACK,
    Verdict.PUT_AWAY: NoticeKind.PUT_AWAY,
}
_FATES = ("shared", "waiting", "sent_back", "put_away", "passed_on", "edited_shared", "edited_waiting")
_CHANCES = (85, 3, 3, 1, 0.5, 5, 2.5)
_NEW_CHANCES = (40, 50, 3, 1, 1, 2, 3)
"""What becomes of what is asked of a teacher, in hundredths; of the newest, half waits still."""
_VERDICTS = {"sent_back": Verdict.SENT_BACK, "put_away": Verdict.PUT_AWAY, "passed_on": Verdict.PASSED_ON}
_LEARNED = sorted(Learned)


@dataclass(slots=True)
class Made:
    """An entry, as far as those who write back have to know."""

    id: UUID
    pupil: Pupil
    last: datetime
    """When something last happened to it."""
    circles: list[str]
    left_out: frozenset[UUID] = frozenset()
    sent_back: datetime | None = None
    revisions: list[UUID] = field(default_factory=list)
    shown: dict[str, tuple[int, datetime, UUID | None]] = field(default_factory=dict)
    """By circle: the number of the revision, when it was first seen, and by whose decision."""

    @property
    def newest(self) -> tuple[UUID, int]:
        """The newest revision that was handed in, and its number."""
        return self.revisions[-1], len(self.revisions)

    def asked(self) -> dict[UUID, list[str]]:
        """Return the circles that a teacher decides about, by group."""
        found: dict[UUID, list[str]] = {}
        for one in self.circles:
            if kind_of(one) in GROUP_KINDS:
                found.setdefault(owner_of(one), []).append(one)
        return found

    def released_at_once(self) -> list[str]:
        """Return the circles that nobody decides about."""
        return [one for one in self.circles if kind_of(one) not in GROUP_KINDS]


class Entries:
    """Makes entries."""

    def __init__(
        self, ledger: Ledger, folk: Folk, words: Words, pictures: Sequence[Shared], draw: Random, until: datetime
    ) -> None:
        self._ledger, self._folk, self._words, self._draw = ledger, folk, words, draw
        self._pictures, self._until = pictures, until

    def later(self, at: datetime, most: timedelta) -> datetime:
        """Return some moment after another, at most so much, and before everything ends."""
        return at + min(most, self._until - at) * self._draw.random()

    def chance(self, of_hundred: float) -> bool:
        """Tell whether something happens that does so many times in a hundred."""
        return self._draw.random() * 100 < of_hundred

    def make(self, pupil: Pupil, at: datetime, new: bool) -> Made | None:
        """Make an entry with all that became of it; None for one that is still being written."""
        made = Made(self._ledger.new_id(at), pupil, at, self._circles(pupil), self._left_out(pupil))
        photos = self._photos(made, at)
        if self.chance(2):
            self._ledger.entry(made.id, at, pupil.id, None, self._write(made, 1, at, photos, draft=True))
            return None
        made.revisions.append(self._write(made, 1, at, photos))
        made.shown = dict.fromkeys(made.released_at_once(), (1, at, None))
        fate = self._draw.choices(_FATES, _NEW_CHANCES if new else _CHANCES)[0]
        self._ask(made, fate)
        if fate.startswith("edited") and (made.asked() or self.chance(50)):
            self._edit(made, photos, fate == "edited_shared")
        draft = self._write(made, len(made.revisions) + 1, made.last, photos, draft=True) if self.chance(1) else None
        self._finish(made, at, draft)
        return made

    def _circles(self, pupil: Pupil) -> list[str]:
        """The doors that a pupil opens, as circles; one in fourteen things is for nobody else."""
        if self.chance(7):
            return []
        found = []
        if self.chance(85):
            found.append(pupil.family())
        elif self.chance(60):
            found.append(circle(Kind.RELATIVE, self._draw.choice(pupil.relatives)[1]))
        if self.chance(78):
            found += pupil.of_groups(Kind.TEACHERS)
        if self.chance(38):
            found += pupil.of_groups(Kind.CLASS)
            found += pupil.of_groups(Kind.CLASS_FAMILIES) if self.chance(40) else []
        return found

    def _left_out(self, pupil: Pupil) -> frozenset[UUID]:
        if not self.chance(2.5):
            return frozenset()
        mates = [one.viewer.person for one in self._folk.of_group[pupil.groups[0]] if one is not pupil]
        return frozenset({self._draw.choice(mates), self._draw.choice(pupil.relatives)[0].person})

    def _write(
        self, made: Made, number: int, at: datetime, photos: Sequence["_Placed"], *, draft: bool = False
    ) -> UUID:
        """Add a revision with its choices, its photos and whom it leaves out; return it."""
        revision = self._ledger.new_id(at)
        language = made.pupil.language if self.chance(40) else "en"
        said = self._words.paragraphs(40, 200, language)
        title = "" if self.chance(12) else self._words.line(2, 6, language)
        learned = self._draw.sample(_LEARNED, self._draw.choice((0, 1, 1, 2)))
        words = (title, plain(said), "" if draft else as_html(said))
        self._ledger.revision(revision, at, made.id, number, words, sorted(learned), draft)
        for one in made.circles:
            self._ledger.choice(at, made.id, revision, one)
        for position, photo in enumerate(photos, 1):
            place = self._ledger.placement(at, revision, photo.id, position, photo.said, photo.narrowed)
            for one in photo.kept_for:
                self._ledger.narrowed_to(at, place, one)
        if draft:
            self._leave_out(made, revision, at)
        return revision

    def _leave_out(self, made: Made, revision: UUID, at: datetime) -> None:
        for person in sorted(made.left_out):
            self._ledger.left_out(at, made.id, revision, person)

    def _ask(self, made: Made, fate: str) -> None:
        """Let somebody decide about each group's circles, or let them wait."""
        at, revision = made.last, made.revisions[0]
        if fate != "waiting" and made.asked():
            made.last = self.later(at, timedelta(days=1))
        verdict = _VERDICTS.get(fate, Verdict.LET_THROUGH)
        for group, circles in made.asked().items():
            if fate != "waiting":
                decision = self._decide(made, revision, group, verdict)
            for one in circles:
                if fate in ("waiting", "passed_on"):
                    desk = group if fate == "waiting" else None
                    self._ledger.waiting(at, (made.id, revision, made.pupil.id), made.pupil.id, one, desk)
                elif verdict is Verdict.LET_THROUGH:
                    made.shown[one] = (1, made.last, decision)

    def _edit(self, made: Made, photos: Sequence["_Placed"], let_through: bool) -> None:
        """Change the words: at once for some, for others when a teacher has read it again."""
        made.last = self.later(made.last, timedelta(days=2))
        revision = self._write(made, 2, made.last, photos)
        made.revisions.append(revision)
        for one in made.released_at_once():
            made.shown[one] = (2, *made.shown[one][1:])
        for group, circles in made.asked().items():
            decision = self._decide(made, revision, group, Verdict.LET_THROUGH) if let_through else None
            for one in circles:
                if let_through:
                    made.shown[one] = (2, made.shown[one][1], decision)
                else:
                    said = (made.id, revision, made.pupil.id)
                    self._ledger.waiting(made.last, said, made.pupil.id, one, group)

    def _decide(self, made: Made, revision: UUID, group: UUID, verdict: Verdict) -> UUID:
        pupil = made.pupil
        by = self._folk.decider(group, pupil.id, pupil.viewer.person, self._draw)
        words = "" if verdict is Verdict.LET_THROUGH else self._words.line(6, 14)
        if verdict is Verdict.SENT_BACK:
            made.sent_back = made.last
        if verdict in NOTICES:
            self._ledger.notice(
                made.last, pupil.id, made.id, NOTICES[verdict], self.later(made.last, timedelta(days=2))
            )
        return self._ledger.decision(made.last, (made.id, pupil.id), revision, group, by, verdict, words)

    def _finish(self, made: Made, at: datetime, draft: UUID | None) -> None:
        """Add the entry itself, and the circles that it is shown to."""
        revision, _ = made.newest
        self._ledger.entry(made.id, at, made.pupil.id, revision, draft, made.sent_back)
        self._leave_out(made, revision, at)
        for one, (number, released, decision) in made.shown.items():
            given = (made.revisions[number - 1], number)
            self._ledger.shown(released, made.id, "entry", one, given, decision)
        self._ledger.trail(at, made.pupil.viewer, "hand_in", (made.id, made.pupil.id))
        self._ledger.index_later(at, made.id)

    def _photos(self, made: Made, at: datetime) -> list["_Placed"]:
        if not self.chance(40):
            return []
        return [self._photo(made, at) for _ in range(self._draw.choice((1, 1, 1, 1, 2, 3)))]

    def _photo(self, made: Made, at: datetime) -> "_Placed":
        shared = self._draw.choice(self._pictures)
        photo = self._ledger.attachment(at, made.pupil.id, made.id, shared.width, shared.height, len(shared.sizes))
        for size in shared.sizes:
            self._ledger.rendition(at, photo, size)
        said = (self._words.line(3, 9), self._words.line(4, 12) if self.chance(60) else "")
        if not self.chance(6):
            return _Placed(photo, said)
        family = [made.pupil.family(), *(circle(Kind.RELATIVE, link) for _, link in made.pupil.relatives)]
        kept: tuple[list[str], ...] = (
            family,
            [],
            made.pupil.of_groups(Kind.TEACHERS),
            made.pupil.of_groups(Kind.CLASS),
        )
        return _Placed(photo, said, narrowed=True, kept_for=self._draw.choice(kept))


@dataclass(frozen=True, slots=True)
class _Placed:
    """A photo as it stands in every revision of an entry."""

    id: UUID
    said: tuple[str, str]
    narrowed: bool = False
    kept_for: Sequence[str] = ()
