"""Circles: sets of people, written as a kind and an owner, such as ``family/<pupil>``.

A circle is a value. Who is in it follows from who is related to whom today (see ``journal.viewers``).
"""

from enum import StrEnum
from functools import lru_cache
from uuid import UUID


class Kind(StrEnum):
    """The kinds of circle; the owner that each names stands behind it."""

    SELF = "self"  # a pupil
    FAMILY = "family"  # a pupil
    RELATIVE = "relative"  # one family link
    TEACHERS = "teachers"  # a group
    CLASS = "class"  # a group
    CLASS_FAMILIES = "class-families"  # a group
    SAFEGUARDING = "safeguarding"  # a school


GROUP_KINDS = frozenset({Kind.CLASS, Kind.CLASS_FAMILIES})
"""Circles that reach other children or other families: a teacher of the group decides."""

FAMILY_KINDS = frozenset({Kind.FAMILY, Kind.RELATIVE})
"""Circles of the child's own family."""


def circle(kind: Kind, owner: UUID) -> str:
    """Return the circle of that kind and owner."""
    return f"{kind}/{owner.hex}"


@lru_cache(maxsize=16_384)
def kind_of(value: str) -> Kind:
    """Return the kind of a circle. Raises ValueError for what is no circle."""
    return Kind(value.partition("/")[0])


@lru_cache(maxsize=16_384)
def owner_of(value: str) -> UUID:
    """Return whom or what a circle belongs to. Raises ValueError for what is no circle."""
    return UUID(value.partition("/")[2])
