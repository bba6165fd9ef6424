"""The rule a second time, as plain loops over the rows, written from the product's rules and not from the gate.

It is slow and says the same thing only one way: what it answers is what the net has to answer.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from journal import records as r
from journal.clock import now
from journal.words import Answer, PauseKind, Purpose, Role
from tests.gate.schools import Town

_T = TypeVar("_T")


@dataclass
class Oracle:
    """Who may see what in a town of random schools, at the moment at which it is asked first."""

    town: Town
    _rows: dict[type, list[Any]] = field(default_factory=dict, repr=False)
    _answers: dict[tuple[Any, ...], Any] = field(default_factory=dict, repr=False)

    def _of(self, kind: type[_T]) -> list[_T]:
        """The rows of one table; the school stands still while the oracle is asked."""
        if kind not in self._rows:
            self._rows[kind] = self.town.of(kind)
        return self._rows[kind]

    def _once(self, *asked: Any, answer: Callable[[], _T]) -> _T:
        """The answer to what was perhaps asked before."""
        if asked not in self._answers:
            self._answers[asked] = answer()
        return self._answers[asked]  # type: ignore[no-any-return]

    # --- who is in which circle --------------------------------------------------------------------------------------

    def circles(self, hat: r.Membership) -> set[str]:
        """The circles that somebody is in today, in this hat."""
        return self._once("circles", hat.id, answer=lambda: self._circles(hat))

    def _circles(self, hat: r.Membership) -> set[str]:
        if hat.ended_at:
            return set()
        found: set[str] = set()
        if hat.role is Role.PUPIL:
            found.add(f"self/{hat.id.hex}")
            found |= {f"class/{one.hex}" for one in self._groups_of(hat.id)}
        if hat.role is Role.TEACHER:
            for group in self.taught(hat):
                found |= {f"teachers/{group.hex}", f"class/{group.hex}", f"class-families/{group.hex}"}
        if hat.role is Role.RELATIVE:
            for link in self._of(r.FamilyLink):
                if link.relative_id == hat.id and not link.ended_at:
                    found |= {f"family/{link.pupil_id.hex}", f"relative/{link.id.hex}"}
                    found |= {f"class-families/{one.hex}" for one in self._groups_of(link.pupil_id)}
        if hat.role is Role.LEAD:
            found.add(f"safeguarding/{hat.school_id.hex}")
        return found

    def _groups_of(self, pupil: UUID) -> set[UUID]:
        return {one.group_id for one in self._of(r.Enrolment) if one.pupil_id == pupil and not one.ended_at}

    def taught(self, hat: r.Membership) -> set[UUID]:
        """The groups that somebody teaches today."""
        return {one.group_id for one in self._of(r.Teaching) if one.teacher_id == hat.id and not one.ended_at}

    def covered(self, hat: r.Membership) -> set[UUID]:
        """The groups for which somebody decides today in place of their teachers."""
        today = [one for one in self._of(r.Cover) if one.starts_at <= now() < one.ends_at]
        return {one.group_id for one in today if one.teacher_id == hat.id}

    def second_of(self, hat: r.Membership) -> set[UUID]:
        """The groups for which somebody was named, for what waits too long."""
        return {one.group_id for one in self._of(r.Second) if one.teacher_id == hat.id}

    def related(self, person: UUID, pupil: UUID) -> bool:
        """Whether a person is a relative of a pupil, in whatever hat."""
        return any(
            link.pupil_id == pupil and not link.ended_at and self._hats[link.relative_id].person_id == person
            for link in self._of(r.FamilyLink)
        )

    @cached_property
    def _hats(self) -> dict[UUID, r.Membership]:
        return {one.id: one for one in self._of(r.Membership)}

    @cached_property
    def _items(self) -> dict[UUID, r.Item]:
        return {one.id: one for one in self._of(r.Item)}

    @staticmethod
    def wrote(hat: r.Membership, item: r.Item) -> bool:
        """Whether somebody sees an item as its author: not when it is gone for good and only kept under a hold."""
        return item.author_id == hat.id and not item.gone_at

    # --- reading and deciding ----------------------------------------------------------------------------------------

    def shown(self, item: UUID) -> dict[str, int]:
        """The circles that an item was released to, with the number of the revision."""
        return {row.circle: row.number for row in self._of(r.Shown) if row.item_id == item}

    def rests(self, item: r.Item) -> bool:
        """Whether everything of the item's pupil has a rest, for their class or for the whole school."""
        for pause in [one for one in self._of(r.Pause) if one.school_id == item.school_id]:
            over = pause.ended_at or (pause.until is not None and pause.until <= now())
            whose = pause.group_id is None or pause.group_id in self._groups_of(item.pupil_id)
            if pause.kind is PauseKind.EVERYTHING and not over and whose:
                return True
        return False

    def reads(self, hat: r.Membership, item: r.Item) -> int | None:
        """The number of the revision that somebody reads because it was released to them."""
        return self._once("reads", hat.id, item.id, answer=lambda: self._reads(hat, item))

    def _reads(self, hat: r.Membership, item: r.Item) -> int | None:
        if hat.school_id != item.school_id or item.deleted_at or self.rests(item):
            return None
        if any(row.item_id == item.id and row.person_id == hat.person_id for row in self._of(r.LeftOut)):
            return None
        if item.entry_id:
            entry = self._items[item.entry_id]
            own = entry.author_id == hat.id and not entry.deleted_at
            if not own and self.reads(hat, entry) is None:
                return None
        mine = {circle: number for circle, number in self.shown(item.id).items() if circle in self.circles(hat)}
        open_here = set(mine)
        above = item.parent_id
        while above:
            open_here &= self.shown(above).keys()
            above = self._items[above].parent_id
        return max(mine.values()) if open_here else None

    def can_decide(self, hat: r.Membership, item: r.Item) -> bool:
        """Whether nothing keeps somebody from deciding about an item at all."""
        if hat.ended_at or hat.school_id != item.school_id or item.deleted_at:
            return False
        if item.entry_id and self._items[item.entry_id].deleted_at:
            return False
        wrote = self._hats[item.author_id].person_id == hat.person_id
        return not wrote and not self.related(hat.person_id, item.pupil_id)

    def decides(self, hat: r.Membership, item: r.Item, wait: r.Waiting) -> bool:
        """Whether somebody decides about one circle that waits: the group's desk, the named one, else a lead."""
        if not self.can_decide(hat, item) or hat.person_id == wait.past_id:
            return False
        late = wait.late_at is not None and wait.late_at <= now()
        if hat.role is Role.TEACHER:
            named = late and wait.group_id in self.second_of(hat)
            return wait.group_id in self.taught(hat) | self.covered(hat) or named
        if hat.role is not Role.LEAD:
            return False
        others = [one for one in self._of(r.Membership) if one.role is Role.TEACHER and self.can_decide(one, item)]
        others = [one for one in others if one.person_id != wait.past_id]
        if not any(wait.group_id in self.taught(one) | self.covered(one) for one in others):
            return True
        return late and not any(wait.group_id in self.second_of(one) for one in others)

    def decided_by(self, hat: r.Membership, item: r.Item) -> list[r.Waiting]:
        """What of an item waits for somebody."""
        waits = (row for row in self._of(r.Waiting) if row.item_id == item.id)
        return self._once(
            "decides", hat.id, item.id, answer=lambda: [row for row in waits if self.decides(hat, item, row)]
        )

    # --- under a grant -----------------------------------------------------------------------------------------------

    def opened(self, grant: r.Grant) -> set[UUID]:
        """The items that a grant opens: one with what was said about it, or a pupil's with what was said about them."""
        found = set()
        for item in self._items.values():
            if grant.item_id is not None:
                opens = grant.item_id in (item.id, item.entry_id)
            else:
                opens = grant.pupil_id in (item.pupil_id, item.author_id)
            if opens and item.school_id == grant.school_id:
                found.add(item.id)
        return found

    # --- what is seen ------------------------------------------------------------------------------------------------

    def items(self, hat: r.Membership) -> set[UUID]:
        """The items that somebody sees anything of."""
        return {
            item.id
            for item in self._items.values()
            if self.wrote(hat, item) or self.reads(hat, item) is not None or self.decided_by(hat, item)
        }

    def revisions(self, hat: r.Membership) -> set[UUID]:
        """The revisions that somebody sees."""
        found = set()
        for row in self._of(r.Revision):
            item = self._items[row.item_id]
            waits = {wait.revision_id for wait in self.decided_by(hat, item)}
            if self.wrote(hat, item) or self.reads(hat, item) == row.number or row.id in waits:
                found.add(row.id)
        return found

    def placements(self, hat: r.Membership) -> set[UUID]:
        """The places of photos that somebody sees."""
        revisions = {row.id: row for row in self._of(r.Revision)}
        found = set()
        for row in self._of(r.Placement):
            revision = revisions[row.revision_id]
            item = self._items[revision.item_id]
            reads = self.reads(hat, item) == revision.number and self.lets_see(hat, row)
            decides = any(
                wait.revision_id == revision.id and (not row.narrowed or wait.circle in self.kept(row))
                for wait in self.decided_by(hat, item)
            )
            if self.wrote(hat, item) or reads or decides:
                found.add(row.id)
        return found

    def kept(self, place: r.Placement) -> set[str]:
        """The circles that a photo is kept for."""
        return {one.circle for one in self._of(r.NarrowedTo) if one.placement_id == place.id}

    def lets_see(self, hat: r.Membership, place: r.Placement) -> bool:
        """Whether somebody who reads a revision is shown a photo that stands in it."""
        given = {one.circle for one in self._of(r.Shown) if one.revision_id == place.revision_id}
        near = any(not one.startswith("class") for one in given & self.circles(hat))
        kept = not place.narrowed or bool(self.kept(place) & self.circles(hat))
        return kept and (near or self.agreed(place.attachment_id))

    def agreed(self, photo: UUID) -> bool:
        """Whether every pupil who is named in a photo may be shown in the class journal."""
        return all(self.said_yes(tag.pupil_id, photo) for tag in self.named_in(photo))

    def named_in(self, photo: UUID) -> list[r.Tagged]:
        """Which pupils are named in a photo."""
        return [tag for tag in self._of(r.Tagged) if tag.attachment_id == photo and tag.pupil_id]

    def said_yes(self, pupil: UUID, photo: UUID) -> bool:
        """Whether a carer said yes, and nobody who has a say said otherwise."""
        last: dict[str, dict[bool, Answer]] = {}
        for row in sorted(self._of(r.Consent), key=lambda one: one.number):
            if row.pupil_id != pupil or row.purpose is not Purpose.CLASS_JOURNAL:
                continue
            if row.about_id in (pupil, photo) and self._has_a_say(row.said_by_id, pupil):
                last.setdefault(row.speaker, {})[row.about_id == photo] = row.answer
        for heard in last.values():
            if {Answer.NO, Answer.WITHDRAWN} & set(heard.values()) or heard.get(True) is Answer.ASK:
                return False
            if heard.get(False) is Answer.ASK and heard.get(True) is not Answer.YES:
                return False
        return any(Answer.YES in heard.values() for who, heard in last.items() if who != pupil.hex)

    def _has_a_say(self, who: UUID | None, pupil: UUID) -> bool:
        return who in (None, pupil) or any(
            link.relative_id == who and link.pupil_id == pupil and link.carer and not link.ended_at
            for link in self._of(r.FamilyLink)
            if not self._hats[link.relative_id].ended_at
        )

    def attachments(self, hat: r.Membership) -> set[UUID]:
        """The photos that somebody sees in any size."""
        placed = self.placements(hat)
        seen = {row.attachment_id for row in self._of(r.Placement) if row.id in placed}
        gone = {item.id for item in self._items.values() if item.gone_at}
        own = {row.id for row in self._of(r.Attachment) if row.owner_id == hat.id and row.item_id not in gone}
        return own | {row.id for row in self._of(r.Attachment) if row.id in seen}

    def renditions(self, hat: r.Membership) -> set[UUID]:
        """The sizes of photos that somebody sees."""
        photos = self.attachments(hat)
        return {row.id for row in self._of(r.Rendition) if row.attachment_id in photos}

    def feed(self, hat: r.Membership, circles: set[str]) -> list[UUID]:
        """The entries shown to circles that somebody reads, by when these circles first had each, newest first."""
        first = {}
        for item in self._items.values():
            released = [s.released_at for s in self._of(r.Shown) if s.item_id == item.id and s.circle in circles]
            if item.kind == "entry" and released and self.reads(hat, item) is not None:
                first[item.id] = min(released)
        return sorted(first, key=lambda one: (first[one], one), reverse=True)
