"""Who is in which circle today, by name: for the strip "who will see this", and for names under what is shown."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from uuid import UUID

from sqlalchemy.orm import Session

from journal.circles import Kind, kind_of, owner_of
from journal.facts import Wait
from journal.roll import Member, Roll, Tie, read_roll
from journal.seeing import Viewer


class Directory:
    """The people of some groups and families of one school, read once when first asked.

    ``pupils`` are those whose own family counts; the families of the groups' pupils come along.
    """

    def __init__(self, session: Session, school: UUID, groups: Iterable[UUID], pupils: Iterable[UUID]) -> None:
        self._session = session
        self.school = school
        self._groups = frozenset(groups)
        self._pupils = frozenset(pupils)

    @cached_property
    def roll(self) -> Roll:
        """All of it, in one query."""
        return read_roll(self._session, self.school, self._groups, self._pupils)

    @property
    def enrolled(self) -> dict[UUID, list[UUID]]:
        """Pupils by group."""
        return self.roll.enrolled

    @property
    def teaching(self) -> dict[UUID, list[UUID]]:
        """Teachers by group."""
        return self.roll.teaching

    @property
    def leads(self) -> list[UUID]:
        """The school's safeguarding leads."""
        return self.roll.leads

    @property
    def ties(self) -> dict[UUID, list[Tie]]:
        """Relatives by pupil: of the pupils asked for and of all pupils of the groups."""
        return self.roll.ties

    @cached_property
    def people(self) -> dict[UUID, Member]:
        """Everybody named above, by membership; those who left the school are not among them."""
        return {one: row for one, row in self.roll.ever.items() if not row.ended}

    @property
    def groups(self) -> dict[UUID, str]:
        """The groups' names, by id."""
        return self.roll.groups

    def in_circle(self, circle: str) -> list[UUID]:
        """Return the memberships in a circle, in a steady order. One that is not known here has nobody."""
        kind, owner = kind_of(circle), owner_of(circle)
        if kind is Kind.SELF:
            found = [owner]
        elif kind is Kind.FAMILY:
            found = [tie.relative for tie in self.ties.get(owner, ())]
        elif kind is Kind.RELATIVE:
            found = [tie.relative for ties in self.ties.values() for tie in ties if tie.link == owner]
        elif kind is Kind.TEACHERS:
            found = self.teaching.get(owner, [])
        elif kind is Kind.CLASS:
            found = [*self.enrolled.get(owner, ()), *self.teaching.get(owner, ())]
        elif kind is Kind.CLASS_FAMILIES:
            pupils = self.enrolled.get(owner, ())
            found = [tie.relative for pupil in pupils for tie in self.ties.get(pupil, ())]
            found += self.teaching.get(owner, [])
        else:
            found = self.leads
        return [one for one in dict.fromkeys(found) if one in self.people]

    def members(self, circle: str) -> frozenset[Viewer]:
        """Return the viewers who hold a circle (see ``journal.visibility.People``)."""
        return frozenset(self.viewer(one) for one in self.in_circle(circle))

    def deciders(self, wait: Wait) -> frozenset[Viewer]:
        """Return the viewers who may be asked about what waits there."""
        asked = [*self.at_desk(wait.group), *self.leads]
        if wait.late and wait.group in self.roll.seconds:
            asked.append(self.roll.seconds[wait.group])
        return frozenset(self.viewer(one) for one in asked if one in self.people)

    def at_desk(self, group: UUID | None) -> list[UUID]:
        """Return the teachers of a group and those who cover for them today; for the lead's desk nobody."""
        if group is None:
            return []
        return list(dict.fromkeys([*self.teaching.get(group, ()), *self.roll.covering.get(group, ())]))

    def viewer(self, membership: UUID) -> Viewer:
        """Return a member as a viewer, as far as this directory's groups and families go."""
        person = self.people[membership]
        return Viewer(
            person=person.person_id,
            membership=membership,
            school=self.school,
            role=person.role,
            circles=self._holds[membership],
            decides_for=frozenset(group for group in self._groups if membership in self.at_desk(group)),
            seconds_for=frozenset(group for group, one in self.roll.seconds.items() if one == membership),
            kin=self._kin[person.person_id],
        )

    @cached_property
    def _holds(self) -> dict[UUID, frozenset[str]]:
        held: dict[UUID, set[str]] = defaultdict(set)
        for group in self._groups:
            for kind in (Kind.CLASS, Kind.CLASS_FAMILIES, Kind.TEACHERS):
                for one in self.in_circle(f"{kind}/{group.hex}"):
                    held[one].add(f"{kind}/{group.hex}")
        for pupil, ties in self.ties.items():
            for tie in ties:
                held[tie.relative] |= {f"{Kind.FAMILY}/{pupil.hex}", f"{Kind.RELATIVE}/{tie.link.hex}"}
        for pupil in self._pupils:
            held[pupil].add(f"{Kind.SELF}/{pupil.hex}")
        for lead in self.leads:
            held[lead].add(f"{Kind.SAFEGUARDING}/{self.school.hex}")
        return defaultdict(frozenset, {one: frozenset(many) for one, many in held.items()})

    @cached_property
    def _kin(self) -> dict[UUID, frozenset[UUID]]:
        kin: dict[UUID, set[UUID]] = defaultdict(set)
        for pupil, ties in self.ties.items():
            for tie in ties:
                kin[self.roll.ever[tie.relative].person_id].add(pupil)
        return defaultdict(frozenset, {one: frozenset(many) for one, many in kin.items()})
