"""Who is looking, and the values that the gate's queries read from them.

The gate's conditions are built once; their bound values ask this module for the viewer of the statement that is
being run (building them anew for each statement is most of a page's time).
"""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Integer, String, Uuid, bindparam

from journal.circles import Kind, circle
from journal.words import Role


@dataclass(frozen=True, slots=True)
class Viewer:
    """One person in one hat of one school, with what follows from it now."""

    person: UUID
    membership: UUID
    school: UUID
    role: Role
    circles: frozenset[str]
    decides_for: frozenset[UUID]
    """The groups whose waiting things this viewer decides."""
    kin: frozenset[UUID]
    """The pupils whose relative this person is, in any hat: theirs are never decided by them."""
    beside: frozenset[UUID] = frozenset()
    """Other persons in whose stead this viewer looks as well: who leaves one of them out leaves out this viewer."""

    @property
    def persons(self) -> frozenset[UUID]:
        """Whom one may leave out so that this viewer sees nothing."""
        return self.beside | {self.person}

    @property
    def leads(self) -> bool:
        """Whether this is a safeguarding lead of the school; one who left the school is none any more."""
        return circle(Kind.SAFEGUARDING, self.school) in self.circles


looking: ContextVar[Viewer] = ContextVar("looking")
"""The viewer of the statement that is being run. Set by the net alone."""

NOBODY = UUID(int=0)


def _ids(name: str, read: Callable[[Viewer], frozenset[UUID]]) -> BindParameter[Any]:
    return bindparam(
        name,
        callable_=lambda: sorted(read(looking.get())) or [NOBODY],
        type_=Uuid(as_uuid=True),
        expanding=True,
    )


def _words(name: str, read: Callable[[Viewer], frozenset[str]]) -> BindParameter[Any]:
    return bindparam(name, callable_=lambda: sorted(read(looking.get())) or [""], type_=String(64), expanding=True)


def _id(name: str, read: Callable[[Viewer], UUID]) -> BindParameter[UUID]:
    return bindparam(name, callable_=lambda: read(looking.get()), type_=Uuid(as_uuid=True))


MY_CIRCLES = _words("my_circles", lambda viewer: viewer.circles)
MY_GROUPS = _ids("my_groups", lambda viewer: viewer.decides_for)
MY_KIN = _ids("my_kin", lambda viewer: viewer.kin)
ME = _id("me", lambda viewer: viewer.membership)
MY_PERSON = _id("my_person", lambda viewer: viewer.person)
MY_PERSONS = _ids("my_persons", lambda viewer: viewer.persons)
MY_SCHOOL = _id("my_school", lambda viewer: viewer.school)
AM_LEAD: BindParameter[int] = bindparam("am_lead", callable_=lambda: int(looking.get().leads), type_=Integer())
