"""The shapes that the demo's content is written in: frozen, plain, and free of any database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["teacher", "head", "lead", "office", "relative"]
Relation = Literal["parent", "grandparent", "carer", "aunt_uncle", "sibling", "friend"]
FateKind = Literal[
    "draft",  # still being made, nobody else has it
    "handed_in",  # family and teachers have it at once; the group's circles wait for a teacher
    "shared",  # everything that was chosen is released
    "sent_back",  # a teacher sent it back; `note` is what the pupil reads
    "put_away",  # a teacher put it away from the group's circles; `note` is for the pupil, `reason` for the record
    "passed_on",  # a teacher passed it to the safeguarding lead; `reason` is what the teacher wrote
    "edited_waiting",  # let through, then changed to `title`/`words`, which waits
    "edited_shared",  # let through, then changed to `title`/`words`, which was let through too
    "withdrawn",  # handed in, then taken back before a teacher decided: a draft again
    "deleted",  # let through, then deleted by the pupil; still in the waiting time
    "class_taken_away",  # let through, then the class and its families taken out of the audience
    "mended",  # sent back with `note`, changed to `title`/`words`, handed in again and let through
]
CommentFate = Literal["shown", "waiting", "taken_back", "edited"]


@dataclass(frozen=True, slots=True)
class School:
    """A school. `family_checked`: what is only for the family waits for an adult at school too."""

    key: str
    name: str
    town: str
    language: str
    family_checked: bool
    class_families_may_comment: bool
    phone: str


@dataclass(frozen=True, slots=True)
class Group:
    """A class of one school year, with the code that its pupils sign in under."""

    key: str
    school: str
    name: str
    year_name: str
    class_code: str


@dataclass(frozen=True, slots=True)
class Pupil:
    """A pupil. `face` is an art file ("faces/maya.jpg") or empty, when initials are shown instead."""

    key: str
    school: str
    group: str
    given: str
    family_name: str
    age: int
    pass_phrase: str
    face: str
    language: str = "en"

    @property
    def name(self) -> str:
        """The whole name, as the office has it."""
        return f"{self.given} {self.family_name}"

    @property
    def known_as(self) -> str:
        """What the class calls them."""
        return self.given


@dataclass(frozen=True, slots=True)
class Hat:
    """One membership: a role in a school. `groups`: a teacher's classes; `title`: how the role is called."""

    school: str
    role: Role
    groups: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Grownup:
    """A grown-up with one account and one hat or more. `known_as` is how staff and letters say the name."""

    key: str
    name: str
    known_as: str
    email: str
    password: str
    face: str
    hats: tuple[Hat, ...]
    language: str = "en"
    phone: str = ""


@dataclass(frozen=True, slots=True)
class FamilyLink:
    """A relative of a pupil. `known_as` is the child's own word; `household` tells homes apart."""

    relative: str
    pupil: str
    known_as: str
    relation: Relation
    household: str
    carer: bool
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture in an entry. `narrowed_to` holds doors, as in an Entry; empty means like the entry."""

    art: str
    caption: str
    description: str
    narrowed_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of an entry. `title` and `words` are the later revision, where there is one."""

    kind: FateKind
    note: str = ""
    title: str = ""
    words: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that a pupil made.

    `doors`: me, family, teachers, class, class_families, or picked:<relative key>; ("me",) opens none.
    `learned`: home, outdoors, family, club, trip, library, worship, language, school.
    `at` is a clock time "HH:MM" on the day that is `days_ago` days before the base day.
    """

    key: str
    author: str
    title: str
    words: str
    learned: tuple[str, ...]
    days_ago: int
    at: str
    doors: tuple[str, ...]
    photos: tuple[Photo, ...] = ()
    left_out: tuple[str, ...] = ()
    fate: Fate = Fate("shared")


@dataclass(frozen=True, slots=True)
class Comment:
    """Something that was written back. Adults' `words` are small safe HTML, pupils' are plain text.

    `reach`: "family" (the child and the family) or "everyone" (all who can see the entry).
    `hours_after` counts from the entry's own time. `then_words` is what an edited comment says now.
    """

    key: str
    entry: str
    author: str
    words: str
    hours_after: float
    reach: Literal["family", "everyone"]
    reply_to: str = ""
    photo: Photo | None = None
    fate: CommentFate = "shown"
    then_words: str = ""


@dataclass(frozen=True, slots=True)
class Cast:
    """The whole demo."""

    schools: tuple[School, ...]
    groups: tuple[Group, ...]
    pupils: tuple[Pupil, ...]
    grownups: tuple[Grownup, ...]
    links: tuple[FamilyLink, ...]
    entries: tuple[Entry, ...]
    comments: tuple[Comment, ...]
