"""A worry as a case, as plain objects."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from journal.records import Concern, ConcernCase, Membership, SnapshotPicture
from journal.safeguarding.reading import Told
from journal.words import About, CaseState


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the course: when, who, what. ``words`` are a reader's own; ``about`` is whom or what it names."""

    at: datetime
    by: UUID | None
    what: str
    words: str = ""
    about: UUID | None = None
    grant: UUID | None = None
    """What was opened without being shared, where it is about that."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that is to be done, or was."""

    id: UUID
    words: str
    who: UUID | None
    due: date | None
    done: datetime | None
    done_by: UUID | None


@dataclass(frozen=True, slots=True)
class Held:
    """A hold that is on."""

    id: UUID
    at: datetime
    by: UUID
    reason: str
    pupil: UUID | None
    review_on: date


@dataclass(frozen=True, slots=True)
class Alike:
    """Another worry about somebody whom this one is about."""

    concern: UUID
    at: datetime
    state: CaseState
    who: UUID


@dataclass(slots=True)
class Case:
    """All of it, as its readers see it."""

    told: list[Told]
    """The worry, and those that were joined to it; the first is the case."""
    case: ConcernCase
    about: dict[UUID, tuple[About, UUID]] = field(default_factory=dict)
    """Whom it is about and who is near to them, by membership, each with the person."""
    pictures: list[SnapshotPicture] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    holds: list[Held] = field(default_factory=list)
    course: list[Event] = field(default_factory=list)
    alike: dict[UUID, Alike] = field(default_factory=dict)
    names: dict[UUID, Membership] = field(default_factory=dict)
    staff: list[Membership] = field(default_factory=list)
    """Who can be asked to do something."""
    owners: list[Membership] = field(default_factory=list)
    """Who can take care of it: those who read it."""
    shown: set[UUID] = field(default_factory=set)
    """What of it is shown to anybody now."""
    items: dict[UUID, bool] = field(default_factory=dict)
    """What it is about that is still there, and whether it was deleted."""

    @property
    def concern(self) -> Concern:
        """The worry that is the case."""
        return self.told[0].concern

    def name(self, member: UUID | None) -> str:
        """What somebody is called; '' for nobody."""
        return self.names[member].name if member in self.names else ""

    def people(self) -> list[Membership]:
        """Whom it is about: those who were named or made it, before those in whose space it stands."""
        found = [(how, self.names[one]) for one, (how, _) in self.about.items() if one in self.names]
        truly = [(how is About.SPACE, who) for how, who in found if how is not About.NEAR]
        return [who for _, who in sorted(truly, key=lambda one: one[0])]
