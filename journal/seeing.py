"""Who is looking, and the values that the gate's queries read from them.

The gate's conditions are built once; their bound values ask this module for the viewer of the statement that is
being run (building them anew for each statement is most of a page's time).
"""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, String, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import roles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.visitors import InternalTraversal
from sqlalchemy.types import TypeEngine

from journal.circles import GROUP_KINDS, Kind, circle, kind_of
from journal.clock import now
from journal.records.base import Id, UtcTime
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
    seconds_for: frozenset[UUID] = frozenset()
    """The groups whose waiting things this viewer decides as well once they have waited too long."""
    beside: frozenset[UUID] = frozenset()
    """Other persons in whose stead this viewer looks as well: who leaves one of them out leaves out this viewer."""

    opened_items: frozenset[UUID] = frozenset()
    """Under a grant: the items that it opens, each with all that was said about it."""
    opened_pupils: frozenset[UUID] = frozenset()
    """Under a grant: the pupils all of whose items it opens."""

    @property
    def persons(self) -> frozenset[UUID]:
        """Whom one may leave out so that this viewer sees nothing."""
        return self.beside | {self.person}

    @property
    def near_circles(self) -> frozenset[str]:
        """The circles that reach no other children and no other families: those that ask nobody's consent."""
        return frozenset(one for one in self.circles if kind_of(one) not in GROUP_KINDS)

    @property
    def leads(self) -> bool:
        """Whether this is a safeguarding lead of the school; one who left the school is none any more."""
        return circle(Kind.SAFEGUARDING, self.school) in self.circles


looking: ContextVar[Viewer | None] = ContextVar("looking", default=None)
"""The viewer of the statement that is being run, None where it has none. Set by the net alone, for every statement:
a thread that served somebody else before never lends their eyes.
"""

NOBODY = UUID(int=0)


class OfViewer(roles.InElementRole, ColumnElement[Any]):
    """A value of whoever looks, such as ``ME``.

    The rule speaks of it in a hundred places. A bound parameter would stand in a statement a hundred times, and be
    copied, keyed and filled in a hundred times; this is bound once for each statement, when it is compiled.
    """

    _traverse_internals = [("name", InternalTraversal.dp_string)]  # noqa: RUF012 - declared so by SQLAlchemy

    def __init__(self, name: str, kind: TypeEngine[Any], read: Callable[[], Any], many: bool = False) -> None:
        self.name = name
        self.type = kind
        self.bound = bindparam(name, callable_=read, type_=kind, expanding=many)


def _eyes() -> Viewer:
    viewer = looking.get()
    if viewer is None:
        raise LookupError("a statement asks who looks, and nobody does")
    return viewer


@compiles(OfViewer)
def _as_sql(value: OfViewer, compiler: SQLCompiler, **more: Any) -> str:
    return compiler.process(value.bound, **more)


def _mine(name: str, kind: TypeEngine[Any], read: Callable[[Viewer], Any], many: bool = False) -> OfViewer:
    return OfViewer(name, kind, lambda: read(_eyes()), many)


MY_CIRCLES = _mine("my_circles", String(64), lambda viewer: sorted(viewer.circles) or [""], many=True)
MY_NEAR_CIRCLES = _mine("my_near_circles", String(64), lambda viewer: sorted(viewer.near_circles) or [""], many=True)
MY_GROUPS = _mine("my_groups", Id(), lambda viewer: list(viewer.decides_for) or [NOBODY], many=True)
MY_SECONDS = _mine("my_seconds", Id(), lambda viewer: list(viewer.seconds_for) or [NOBODY], many=True)
MY_KIN = _mine("my_kin", Id(), lambda viewer: list(viewer.kin) or [NOBODY], many=True)
ME = _mine("me", Id(), lambda viewer: viewer.membership)
MY_PERSON = _mine("my_person", Id(), lambda viewer: viewer.person)
MY_PERSONS = _mine("my_persons", Id(), lambda viewer: list(viewer.persons), many=True)
MY_SCHOOL = _mine("my_school", Id(), lambda viewer: viewer.school)
OPENED_ITEMS = _mine("opened_items", Id(), lambda viewer: list(viewer.opened_items) or [NOBODY], many=True)
OPENED_PUPILS = _mine("opened_pupils", Id(), lambda viewer: list(viewer.opened_pupils) or [NOBODY], many=True)
AM_LEAD = _mine("am_lead", Boolean(), lambda viewer: viewer.leads)
NOW = OfViewer("the_moment", UtcTime(), now)
"""The moment at which a statement is run; it asks for no viewer."""

OF_VIEWER = frozenset(
    one.name
    for one in (
        MY_CIRCLES,
        MY_NEAR_CIRCLES,
        MY_GROUPS,
        MY_SECONDS,
        MY_KIN,
        ME,
        MY_PERSON,
        MY_PERSONS,
        MY_SCHOOL,
        OPENED_ITEMS,
        OPENED_PUPILS,
        AM_LEAD,
        NOW,
    )
)
"""The names of these values in SQL. The net refuses a statement that is given another value under one of them."""
