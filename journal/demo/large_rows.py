"""The rows of the large demo, gathered by table until there are enough of them to be poured."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from journal.actkinds import KIND_OF
from journal.records import Base
from journal.seeing import Viewer
from journal.store.bulk import Pour
from journal.text import POLICY
from journal.words import LookKind, NoticeKind, PictureState, Verdict

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)

COLUMNS: Mapping[str, Sequence[str]] = {
    "item": [
        "kind",
        "author_id",
        "pupil_id",
        "entry_id",
        "parent_id",
        "revision_id",
        "draft_id",
        "handed_in_at",
        "sent_back_at",
    ],
    "revision": [
        "item_id",
        "number",
        "title",
        "words",
        "html",
        "html_policy",
        "learned",
        "version",
        "saved_at",
        "handed_in_at",
    ],
    "choice": ["item_id", "revision_id", "circle"],
    "left_out": ["item_id", "revision_id", "person_id"],
    "decision": ["item_id", "revision_id", "group_id", "verdict", "note", "pieces", "reason", "by_id"],
    "shown": ["item_id", "kind", "circle", "revision_id", "number", "released_at", "decision_id"],
    "waiting": ["item_id", "revision_id", "author_id", "pupil_id", "circle", "group_id", "since"],
    "attachment": ["owner_id", "item_id", "state", "width", "height", "done"],
    "rendition": ["attachment_id", "size", "file", "width", "height", "length", "sha256"],
    "placement": ["revision_id", "attachment_id", "position", "caption", "description", "narrowed"],
    "narrowed_to": ["placement_id", "circle"],
    "look": ["item_id", "membership_id", "kind", "first_at", "last_at"],
    "notice": ["membership_id", "item_id", "kind", "seen_at"],
    "trail": ["membership_id", "act", "kind", "subject_id", "about_id", "details"],
    "search_outbox": ["item_id"],
}
"""The tables that are poured, in an order in which nothing points at what is not there yet, with their own columns."""

_SHARED = ["id", "school_id", "created_at"]

Rows = Mapping[str, list[tuple[Any, ...]]]


def id_at(moment: datetime, draw: Random) -> UUID:
    """Return an identifier as ``journal.ids.new_id`` would have made it at another moment."""
    milliseconds = (moment - _BEGINNING) // _MILLISECOND
    rest = draw.getrandbits(74)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | rest >> 62 << 64 | 0b10 << 62 | rest & (1 << 62) - 1)


def pour_all(pour: Pour, rows: Rows) -> None:
    """Put rows that were gathered into the database."""
    for name, columns in COLUMNS.items():
        pour.into(Base.metadata.tables[name], [*_SHARED, *columns], rows[name])


def _no_rows() -> Rows:
    return {table: [] for table in COLUMNS}


class Ledger:
    """Rows of one school that are not in the database yet. What each function adds is one row."""

    def __init__(self, school: UUID, draw: Random) -> None:
        self._school, self._draw = school, draw
        self._rows = _no_rows()
        self.counts = dict.fromkeys(COLUMNS, 0)
        """How many rows of each table there are by now, the poured ones too."""
        self._looks: set[tuple[UUID, UUID, str]] = set()

    def new_id(self, at: datetime) -> UUID:
        """Return an identifier of that moment."""
        return id_at(at, self._draw)

    def hand_over(self) -> Rows:
        """Return all gathered rows by table, and forget them."""
        rows, self._rows = self._rows, _no_rows()
        self._looks.clear()
        return rows

    def _add(self, table: str, at: datetime, *values: Any, known: UUID | None = None) -> UUID:
        one = known or self.new_id(at)
        self._rows[table].append((one, self._school, at, *values))
        self.counts[table] += 1
        return one

    def entry(
        self,
        one: UUID,
        at: datetime,
        pupil: UUID,
        revision: UUID | None,
        draft: UUID | None,
        sent_back: datetime | None = None,
    ) -> None:
        """An entry; ``draft`` is being written, ``revision`` was handed in and perhaps sent back."""
        handed_in = at if revision else None
        self._add("item", at, "entry", pupil, pupil, None, None, revision, draft, handed_in, sent_back, known=one)

    def comment(
        self, one: UUID, at: datetime, author: UUID, pupil: UUID, entry: UUID, parent: UUID | None, revision: UUID
    ) -> None:
        """A comment that was said."""
        self._add("item", at, "comment", author, pupil, entry, parent, revision, None, at, None, known=one)

    def revision(
        self,
        one: UUID,
        at: datetime,
        item: UUID,
        number: int,
        said: tuple[str, str, str],
        learned: Sequence[str] = (),
        draft: bool = False,
    ) -> None:
        """What an item said: title, plain words, HTML."""
        handed_in, version = (None, 2) if draft else (at, number + 1)
        self._add("revision", at, item, number, *said, POLICY, list(learned), version, at, handed_in, known=one)

    def choice(self, at: datetime, item: UUID, revision: UUID, circle: str) -> None:
        """A circle that a revision is meant for."""
        self._add("choice", at, item, revision, circle)

    def left_out(self, at: datetime, item: UUID, revision: UUID, person: UUID) -> None:
        """Somebody who may not see an item."""
        self._add("left_out", at, item, revision, person)

    def shown(
        self, at: datetime, item: UUID, kind: str, circle: str, revision: tuple[UUID, int], decision: UUID | None
    ) -> None:
        """A circle that an item is released to, in a revision (id and number)."""
        self._add("shown", at, item, kind, circle, *revision, at, decision)

    def waiting(
        self, at: datetime, said: tuple[UUID, UUID, UUID], pupil: UUID, circle: str, group: UUID | None
    ) -> None:
        """A circle that waits for a group's teachers, or with no group for the safeguarding lead.

        ``said``: an item, its revision and its author.
        """
        self._add("waiting", at, *said, pupil, circle, group, at)

    def decision(
        self,
        at: datetime,
        thing: tuple[UUID, UUID],
        revision: UUID,
        group: UUID,
        by: Viewer,
        verdict: Verdict,
        words: str = "",
    ) -> UUID:
        """A decision for a group's circles, with its note or reason; the decider looked at the item.

        ``thing`` is the item and the pupil in whose space it stands.
        """
        item, _pupil = thing
        note, reason = (words, "") if verdict is Verdict.SENT_BACK else ("", words)
        desk = None if by.leads else group
        self.look(at, item, by.membership, LookKind.MODERATED)
        self.trail(at, by, verdict, thing)
        return self._add("decision", at, item, revision, desk, verdict, note, [], reason, by.membership)

    def attachment(self, at: datetime, owner: UUID, item: UUID, width: int, height: int, sizes: int) -> UUID:
        """A photo, in so many sizes."""
        return self._add("attachment", at, owner, item, PictureState.READY, width, height, sizes)

    def rendition(self, at: datetime, photo: UUID, size: Sequence[Any]) -> None:
        """One size of a photo: its name, file, width, height, length and checksum."""
        self._add("rendition", at, photo, *size)

    def placement(
        self, at: datetime, revision: UUID, photo: UUID, position: int, said: tuple[str, str], narrowed: bool
    ) -> UUID:
        """A photo's place in a revision, with caption and description."""
        return self._add("placement", at, revision, photo, position, *said, narrowed)

    def narrowed_to(self, at: datetime, placement: UUID, circle: str) -> None:
        """A circle that a narrowed photo is kept for."""
        self._add("narrowed_to", at, placement, circle)

    def look(self, at: datetime, item: UUID, member: UUID, kind: LookKind = LookKind.OPENED) -> None:
        """Somebody who looked at an item, once however often they did."""
        one = (item, member, kind.value)
        if one not in self._looks:
            self._looks.add(one)
            self._add("look", at, item, member, kind, at, at)

    def notice(self, at: datetime, member: UUID, item: UUID, kind: NoticeKind, seen: datetime | None) -> None:
        """Something new for somebody's own page."""
        self._add("notice", at, member, item, kind, seen)

    def trail(self, at: datetime, actor: Viewer, act: str, thing: tuple[UUID, UUID]) -> None:
        """The record of an act about an item, in a pupil's space. The database queues it for the chain by itself."""
        self._add("trail", at, actor.membership, str(act), KIND_OF[str(act)], *thing, {})

    def index_later(self, at: datetime, item: UUID) -> None:
        """That the search index has to learn of an item."""
        self._add("search_outbox", at, item)
