"""What the tests of this room let people do: share, let through, write back, look."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import unescape
from uuid import UUID

from sqlalchemy import select

from journal import clock
from journal.entries.acts import DraftInput, begin, hand_in, open_draft, save_draft, set_doors
from journal.entries.doors_of import Doors
from journal.looks import look_at
from journal.moderation.acts import DecideInput, decide
from journal.records import Entry, Item, Revision, Waiting
from journal.talk.acts import SayInput, say
from journal.words import Door, Verdict
from tests.world import World

START = datetime(2026, 12, 1, 12, tzinfo=UTC)
"""After all that the demo tells."""


@dataclass
class Teller:
    """Lets people of a world do things, each a minute after the one before."""

    world: World
    minutes: int = 0
    titles: dict[UUID, str] = field(default_factory=dict)

    def share(
        self, pupil: str, title: str, *doors: Door, words: str = "Words of it.", left_out: tuple[UUID, ...] = ()
    ) -> UUID:
        """A pupil makes something and opens doors; return the entry."""
        with clock.at(self._next()), self.world.acting(pupil) as (session, me):
            entry = begin(session, me)
            opened = Doors(frozenset(doors), left_out=frozenset(left_out))
            save_draft(session, me, entry.id, DraftInput(1, title, words, doors=opened))
            hand_in(session, me, entry.id)
            return entry.id

    def edit(self, pupil: str, entry: UUID, title: str, *doors: Door) -> None:
        """A pupil changes what was handed in, and hands it in again."""
        with clock.at(self._next()), self.world.acting(pupil) as (session, me):
            _, draft = open_draft(session, me, entry)
            changed = DraftInput(draft.version, title, "Words of it.", doors=Doors(frozenset(doors)))
            save_draft(session, me, entry, changed)
            hand_in(session, me, entry)

    def open_doors(self, pupil: str, entry: UUID, *doors: Door) -> None:
        """A pupil opens these doors of an entry and shuts all others."""
        with clock.at(self._next()), self.world.acting(pupil) as (session, me):
            set_doors(session, me, entry, Doors(frozenset(doors)))

    def let_through(self, item: UUID, teacher: str = "adeyemi", role: str = "teacher") -> None:
        """A teacher, or a lead, lets through what waits."""
        with clock.at(self._next()), self.world.acting(teacher, role) as (session, me):
            with self.world.session() as all_seeing:
                waiting = all_seeing.scalars(select(Waiting.revision_id).where(Waiting.item_id == item)).first()
            assert waiting is not None
            decide(session, me, DecideInput(item, waiting, Verdict.LET_THROUGH))

    def say(self, who: str, entry: UUID, words: str, role: str = "", parent: UUID | None = None) -> UUID:
        """Somebody writes back; return the comment."""
        with clock.at(self._next()), self.world.acting(who, role) as (session, me):
            return say(session, me, entry, parent, SayInput(words)).id

    def look(self, who: str, entry: UUID, role: str = "") -> None:
        """Somebody opens an entry."""
        with self.world.acting(who, role) as (session, me):
            look_at(session, me, session.scalars(select(Entry).where(Entry.id == entry)).one())

    def page(self, who: str, path: str, role: str = "", code: int = 200) -> str:
        """What somebody reads at an address."""
        answer = self.world.client(who, role).get(path)
        assert answer.status_code == code, (who, path, answer.status_code)
        return unescape(answer.get_data(as_text=True))

    def _next(self) -> datetime:
        self.minutes += 1
        return START + timedelta(minutes=self.minutes)


__all__ = ["Door", "Item", "Revision", "Teller"]
