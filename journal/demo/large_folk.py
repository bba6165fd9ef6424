"""The large demo's people, as the makers of entries and comments want them."""

from dataclasses import dataclass, field
from random import Random
from uuid import UUID

from journal.circles import Kind, circle
from journal.seeing import Viewer


@dataclass(slots=True)
class Pupil:
    """A pupil, with what their doors are made of."""

    viewer: Viewer
    language: str
    groups: list[UUID]
    relatives: list[tuple[Viewer, UUID]]
    """Each with the family link."""
    rarely: bool = False
    """Writes three things in all, long ago."""
    busy: bool = False
    """Writes five times as much as others."""

    @property
    def id(self) -> UUID:
        """The membership."""
        return self.viewer.membership

    def family(self) -> str:
        """Return the circle of the family."""
        return circle(Kind.FAMILY, self.id)

    def of_groups(self, kind: Kind) -> list[str]:
        """Return the circles of one kind of the pupil's groups."""
        return [circle(kind, group) for group in self.groups]


@dataclass(slots=True)
class Folk:
    """Everybody in the school."""

    school: UUID
    lead: Viewer
    pupils: list[Pupil] = field(default_factory=list)
    of_group: dict[UUID, list[Pupil]] = field(default_factory=dict)
    teachers: dict[UUID, list[Viewer]] = field(default_factory=dict)

    def decider(self, group: UUID, pupil: UUID, author_person: UUID, draw: Random) -> Viewer:
        """Return somebody who decides for a group about a child's thing: a teacher, else the safeguarding lead."""
        able = [one for one in self.teachers[group] if pupil not in one.kin and one.person != author_person]
        return draw.choice(able) if able else self.lead
