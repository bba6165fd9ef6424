"""What search has to find in a town of random schools, written as plain loops over the rows."""

from dataclasses import dataclass
from random import Random
from uuid import UUID

from journal import records as r
from journal.search.asking import Ask, Where
from journal.store.index import Kind
from tests.gate.oracle import Oracle
from tests.gate.schools import LONG_AGO, Town

WORDS = ("snail", "hotel", "bridge", "moon", "torch", "lantern", "żółw", "বাংলা", "the")


def say_something(town: Town) -> None:
    """Give everything in a town words of few kinds, drafts, and comments that somebody hid."""
    random: Random = town.random
    for number, row in enumerate(town.of(r.Revision)):
        row.title = " ".join(random.choices(WORDS, k=random.randint(0, 2)))
        row.words = " ".join([*random.choices(WORDS, k=random.randint(0, 3)), f"r{number}"])
    for number, place in enumerate(town.of(r.Placement)):
        place.caption = " ".join([*random.choices(WORDS, k=random.randint(0, 2)), f"p{number}"])
        place.description = " ".join(random.choices(WORDS, k=random.randint(0, 2)))
    for item in town.of(r.Item):
        of_it = [row for row in town.of(r.Revision) if row.item_id == item.id]
        item.revision_id = random.choice([None, *(row.id for row in of_it)])
        item.draft_id = random.choice([None, None, *(row.id for row in of_it)])
        item.handed_in_at = random.choice([None, town.moment()])
        item.created_at = LONG_AGO
        item.gone_at = item.gone_at if item.deleted_at else None  # what is gone was deleted before
        if item.kind == "comment" and town.perhaps(0.2):
            hider = random.choice(town.of(r.Membership, item.school_id))
            town.add(r.HiddenForMe(school_id=item.school_id, item_id=item.id, membership_id=hider.id))


@dataclass(frozen=True)
class Expected:
    """A hit, as it has to be."""

    entry: UUID
    comment: UUID | None
    picture: UUID | None
    number: int
    short: str
    long: str
    kind: Kind

    @property
    def key(self) -> tuple[UUID, UUID | None, UUID | None]:
        """What it is, whatever the revision."""
        return self.entry, self.comment, self.picture

    @property
    def said(self) -> list[str]:
        """All its words."""
        return f"{self.short} {self.long}".split()


class Finding:
    """What each hat may find."""

    def __init__(self, town: Town) -> None:
        self.town, self.oracle = town, Oracle(town)
        self.items = {item.id: item for item in town.of(r.Item)}
        self.hidden = {(row.membership_id, row.item_id) for row in town.of(r.HiddenForMe)}

    def units(self, hat: r.Membership, ask: Ask) -> list[Expected]:
        """All that somebody may find, whatever the words."""
        seen, revisions, places = self.oracle.items(hat), self.oracle.revisions(hat), self.oracle.placements(hat)
        found: list[Expected] = []
        for row in self.town.of(r.Revision):
            item = self.items[row.item_id]
            if row.id not in revisions or not self._there(hat, item, seen) or not self._fits(hat, item, ask):
                continue
            if item.author_id == hat.id and row.id != (item.draft_id or item.revision_id):
                continue
            about = (item.entry_id or item.id, item.id if item.entry_id else None)
            kind = Kind.COMMENT if item.entry_id else Kind.WORDS
            found.append(Expected(*about, None, row.number, row.title, row.words, kind))
            for place in self.town.of(r.Placement):
                if place.revision_id == row.id and place.id in places:
                    said = (place.caption, place.description, Kind.PICTURE)
                    found.append(Expected(*about, place.attachment_id, row.number, *said))
        kinds = {Where.WORDS: Kind.WORDS, Where.PICTURES: Kind.PICTURE, Where.BACK: Kind.COMMENT}
        return [one for one in found if ask.where is Where.ANYWHERE or one.kind is kinds[ask.where]]

    def _there(self, hat: r.Membership, item: r.Item, seen: set[UUID]) -> bool:
        entry = self.items[item.entry_id or item.id]
        shut = item.deleted_at or entry.deleted_at or entry.id not in seen or (hat.id, item.id) in self.hidden
        return not shut

    def _fits(self, hat: r.Membership, item: r.Item, ask: Ask) -> bool:
        at = item.handed_in_at or item.created_at
        if ask.group:
            shown = self.oracle.shown(item.id).keys() & self.oracle.circles(hat)
            if not any(circle.endswith(ask.group.hex) for circle in shown):
                return False
        return (
            (ask.child is None or item.pupil_id == ask.child)
            and (ask.since is None or at >= ask.since)
            and (ask.until is None or at < ask.until)
        )
