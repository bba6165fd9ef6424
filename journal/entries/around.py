"""A pupil's people: whom the doors are for, who can be left out, who will see it."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.circles import Kind, circle, kind_of, owner_of
from journal.directory import Directory
from journal.entries.doors_of import GROUP_DOORS, Doors
from journal.records import Membership
from journal.refusals import Reason, Refusal
from journal.release import Terms
from journal.seeing import Viewer
from journal.strip import Strip, strip_for
from journal.words import Door


@dataclass(frozen=True, slots=True)
class Somebody:
    """One of the pupil's people, or a classmate's whole family. ``value`` is what a form sends for them."""

    value: str
    name: str
    face: UUID | None
    """The membership whose face is shown, if there is one."""
    persons: frozenset[UUID]
    members: frozenset[UUID]


class Around:
    """A pupil's people: groups, relatives, classmates, teachers; read when first asked."""

    def __init__(self, session: Session, pupil: Viewer) -> None:
        self._session = session
        self._pupil = pupil

    @cached_property
    def groups(self) -> list[UUID]:
        """The groups that the pupil is in and that still take things in."""
        return [one for one in self.directory.groups if one in self.directory.roll.open_groups]

    @cached_property
    def directory(self) -> Directory:
        """Everybody in them, and the pupil's family."""
        mine = {owner_of(one) for one in self._pupil.circles if kind_of(one) is Kind.CLASS}
        return Directory(self._session, self._pupil.school, mine, {self._pupil.membership})

    def strip(self, doors: Doors, persons_out: frozenset[UUID], family_first: bool = False) -> Strip:
        """Return who would see it through these doors. Doors that are not the pupil's open nothing.

        ``family_first``: what is for the family is read first, whatever the school's usual is.
        """
        return strip_for(
            self._session,
            self._pupil,
            self._pupil.membership,
            self.circles(doors),
            persons_out,
            terms=Terms(family_first=True) if family_first else None,
            directory=self.directory,
        )

    def circles(self, doors: Doors) -> set[str]:
        """Return the circles behind doors, as ``circles_of`` does, from what is read already."""
        me = self._pupil.membership
        found = {circle(Kind.FAMILY, me)} if Door.FAMILY in doors.open else set()
        if Door.PICKED in doors.open:
            own = {tie.link for tie in self.directory.ties.get(me, ())}
            found |= {circle(Kind.RELATIVE, link) for link in doors.picked & own}
        for group in self.groups:
            found |= {circle(kind, group) for door, kind in GROUP_DOORS.items() if door in doors.open}
        return found

    def relatives(self) -> list[Somebody]:
        """Return the pupil's family; the value is the family link."""
        ties = self.directory.ties.get(self._pupil.membership, ())
        return [
            self._one(tie.relative, tie.known_as, tie.link) for tie in ties if tie.relative in self.directory.people
        ]

    def can_be_left_out(self) -> dict[Door, list[Somebody]]:
        """Return everybody behind any of the pupil's doors; the value is the membership, for a family its child's."""
        me, here = self._pupil.membership, self.directory
        ties = [tie for tie in here.ties.get(me, ()) if tie.relative in here.people]
        teachers = [one for many in here.teaching.values() for one in many]
        pupils = [one for many in here.enrolled.values() for one in many if one != me]
        found = {
            Door.FAMILY: [self._one(tie.relative, tie.known_as) for tie in ties],
            Door.TEACHERS: self._named(teachers),
            Door.CLASS: self._named(pupils),
            Door.CLASS_FAMILIES: self._families(pupils),
        }
        return {door: people for door, people in found.items() if people}

    def family_members(self, pupils: frozenset[UUID]) -> frozenset[UUID]:
        """Return the memberships of some classmates' families. Raises Refusal(NOT_YOUR_DOOR) for any other child's."""
        here = {UUID(one.value): one.members for one in self.can_be_left_out().get(Door.CLASS_FAMILIES, ())}
        if pupils - here.keys():
            raise Refusal(Reason.NOT_YOUR_DOOR, "left_out")
        return frozenset(one for pupil in pupils for one in here[pupil])

    def _named(self, memberships: list[UUID]) -> list[Somebody]:
        there = [one for one in dict.fromkeys(memberships) if one in self.directory.people]
        return [self._one(one, self.directory.people[one].name) for one in there]

    def _one(self, membership: UUID, name: str, value: UUID | None = None) -> Somebody:
        person = self.directory.people[membership]
        face = membership if person.face else None
        return Somebody(str(value or membership), name, face, frozenset({person.person_id}), frozenset({membership}))

    def _families(self, pupils: list[UUID]) -> list[Somebody]:
        own = {tie.relative for tie in self.directory.ties.get(self._pupil.membership, ())}
        found = []
        for pupil in dict.fromkeys(pupils):
            ties = self.directory.ties.get(pupil, ())
            there = [one.relative for one in ties if one.relative in self.directory.people]
            relatives = frozenset(one for one in there if one not in own)
            if relatives and pupil in self.directory.people:
                child = self.directory.people[pupil]
                persons = frozenset(self.directory.people[one].person_id for one in relatives)
                face = pupil if child.face else None
                found.append(Somebody(str(pupil), child.name, face, persons, relatives))
        return found


def others_left_out(session: Session, persons: frozenset[UUID]) -> list[Somebody]:
    """Return people who were left out and stand behind none of the pupil's doors today: they stay left out."""
    if not persons:
        return []
    rows = session.scalars(select(Membership).where(Membership.person_id.in_(persons)).order_by(Membership.id))
    first = {row.person_id: row for row in reversed(list(rows))}
    return [
        Somebody(str(row.id), row.name, row.id if row.face else None, frozenset({person}), frozenset({row.id}))
        for person, row in first.items()
    ]
