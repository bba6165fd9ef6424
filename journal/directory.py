"""Who is in which circle today, by name: for the strip "who will see this", and for names under what is shown."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.circles import Kind, kind_of, owner_of
from journal.facts import Wait
from journal.reasons import beyond
from journal.records import Enrolment, FamilyLink, Group, Membership, Teaching
from journal.seeing import Viewer
from journal.words import Role


@dataclass(frozen=True, slots=True)
class Tie:
    """A pupil's relative, and what the pupil calls them."""

    link: UUID
    relative: UUID
    pupil: UUID
    known_as: str


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
    def enrolled(self) -> dict[UUID, list[UUID]]:
        """Pupils by group."""
        return self._pairs(
            select(Enrolment.group_id, Enrolment.pupil_id)
            .where(Enrolment.group_id.in_(self._groups), Enrolment.ended_at.is_(None))
            .order_by(Enrolment.id)
        )

    @cached_property
    def teaching(self) -> dict[UUID, list[UUID]]:
        """Teachers by group."""
        return self._pairs(
            select(Teaching.group_id, Teaching.teacher_id)
            .where(Teaching.group_id.in_(self._groups), Teaching.ended_at.is_(None))
            .order_by(Teaching.id)
        )

    @cached_property
    def leads(self) -> list[UUID]:
        """The school's safeguarding leads."""
        with beyond(self._session, "names under what is shown"):
            return list(
                self._session.scalars(
                    select(Membership.id)
                    .where(Membership.school_id == self.school, Membership.role == Role.LEAD)
                    .where(Membership.ended_at.is_(None))
                    .order_by(Membership.id)
                )
            )

    @cached_property
    def ties(self) -> dict[UUID, list[Tie]]:
        """Relatives by pupil: of the pupils asked for and of all pupils of the groups."""
        pupils = self._pupils.union(*self.enrolled.values()) if self.enrolled else self._pupils
        found: dict[UUID, list[Tie]] = defaultdict(list)
        with beyond(self._session, "names under what is shown"):
            rows = self._session.execute(
                select(FamilyLink.id, FamilyLink.relative_id, FamilyLink.pupil_id, FamilyLink.known_as)
                .where(FamilyLink.pupil_id.in_(pupils), FamilyLink.ended_at.is_(None))
                .order_by(FamilyLink.id)
            )
            for row in rows:
                found[row.pupil_id].append(Tie(*row))
        return found

    @cached_property
    def people(self) -> dict[UUID, Membership]:
        """Everybody named above, by membership; those who left the school are not among them."""
        return {one: row for one, row in self._ever.items() if row.ended_at is None}

    @cached_property
    def _ever(self) -> dict[UUID, Membership]:
        ids = {one for many in (*self.enrolled.values(), *self.teaching.values()) for one in many}
        ids |= {tie.relative for ties in self.ties.values() for tie in ties} | self._pupils | set(self.leads)
        with beyond(self._session, "names under what is shown"):
            rows = self._session.scalars(select(Membership).where(Membership.id.in_(ids)))
            return {row.id: row for row in rows}

    @cached_property
    def groups(self) -> dict[UUID, Group]:
        """The groups, by id."""
        with beyond(self._session, "names under what is shown"):
            rows = self._session.scalars(select(Group).where(Group.id.in_(self._groups)).order_by(Group.name))
            return {row.id: row for row in rows}

    def _pairs(self, statement) -> dict[UUID, list[UUID]]:  # type: ignore[no-untyped-def]
        found: dict[UUID, list[UUID]] = defaultdict(list)
        with beyond(self._session, "names under what is shown"):
            for owner, member in self._session.execute(statement):
                found[owner].append(member)
        return found

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
        asked = self.leads if wait.group is None else [*self.teaching.get(wait.group, ()), *self.leads]
        return frozenset(self.viewer(one) for one in asked if one in self.people)

    def viewer(self, membership: UUID) -> Viewer:
        """Return a member as a viewer, as far as this directory's groups and families go."""
        person = self.people[membership]
        return Viewer(
            person=person.person_id,
            membership=membership,
            school=self.school,
            role=person.role,
            circles=self._holds[membership],
            decides_for=frozenset(group for group, many in self.teaching.items() if membership in many),
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
                kin[self._ever[tie.relative].person_id].add(pupil)
        return defaultdict(frozenset, {one: frozenset(many) for one, many in kin.items()})
