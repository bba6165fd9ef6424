"""How far a comment may travel: never further than what its author was looking at, nor than what it answers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from journal.circles import FAMILY_KINDS, GROUP_KINDS, Kind, circle, kind_of, owner_of
from journal.refusals import Reason, Refusal, Unseen
from journal.release import Terms
from journal.seeing import Viewer
from journal.words import Role


class Reach(StrEnum):
    """For whom a comment is written."""

    FAMILY = "family"  # the child and the family
    TEACHERS = "teachers"  # the child and the teachers
    EVERYONE = "everyone"  # everyone who can see what it is about


class Standpoint(StrEnum):
    """From where somebody writes."""

    CHILD = "child"
    FAMILY = "family"
    TEACHER = "teacher"
    CLASSMATE = "classmate"
    OTHER_FAMILY = "other_family"


@dataclass(frozen=True, slots=True)
class Around:
    """What is around a comment: the child, the circles shown the revision that is answered, the school's choice."""

    pupil: UUID
    circles: frozenset[str]
    families_may: bool
    answered: frozenset[str] | None = None
    """For an answer: the circles that the comment which it answers was written for."""


def standpoint(viewer: Viewer, around: Around) -> Standpoint:
    """Return from where a viewer writes. Raises ``Unseen`` for one who may only read."""
    if viewer.membership == around.pupil:
        return Standpoint.CHILD
    if viewer.role is Role.RELATIVE and circle(Kind.FAMILY, around.pupil) in viewer.circles:
        return Standpoint.FAMILY
    if viewer.role is Role.TEACHER:
        return Standpoint.TEACHER
    if viewer.role is Role.PUPIL:
        return Standpoint.CLASSMATE
    if viewer.role is Role.RELATIVE and around.families_may:
        return Standpoint.OTHER_FAMILY
    raise Unseen


def choices(viewer: Viewer, around: Around) -> dict[Reach, set[str]]:
    """Return the reaches that this viewer may choose here, the default first, each with its circles."""
    here = standpoint(viewer, around)
    child = circle(Kind.SELF, around.pupil)
    most = around.circles | {child}
    own_family = {one for one in most if kind_of(one) in FAMILY_KINDS and here is not Standpoint.FAMILY}
    if here is Standpoint.FAMILY:
        own_family = _family_of(around.pupil, most)
    teachers = {one for one in most if kind_of(one) is Kind.TEACHERS}
    if here is Standpoint.TEACHER:
        teachers |= {circle(Kind.TEACHERS, group) for group in viewer.decides_for & _groups(most)}
    wanted: dict[Reach, set[str]] = {}
    if here in (Standpoint.FAMILY, Standpoint.CHILD) and own_family:
        wanted[Reach.FAMILY] = own_family | {child}
    if here in (Standpoint.TEACHER, Standpoint.CHILD) and teachers:
        wanted[Reach.TEACHERS] = teachers | {child}
    everyone = set(most) | (own_family if here is Standpoint.FAMILY else set())
    wanted[Reach.EVERYONE] = everyone
    if around.answered is not None:
        wanted = {reach: circles & around.answered for reach, circles in wanted.items()}
        if here is Standpoint.CHILD:
            wanted = {Reach.EVERYONE: wanted.pop(Reach.EVERYONE)} | wanted
    return _worth_asking(wanted, child)


def _worth_asking(wanted: Mapping[Reach, set[str]], child: str) -> dict[Reach, set[str]]:
    """Drop reaches that reach nobody but the child, and those that say the same as an earlier one."""
    kept: dict[Reach, set[str]] = {}
    for reach, circles in wanted.items():
        if circles not in kept.values() and (circles - {child} or reach is Reach.EVERYONE):
            kept[reach] = circles
    return kept


def circles_for(viewer: Viewer, around: Around, reach: Reach | None) -> set[str]:
    """Return the circles of a reach; the default for none. Raises Refusal(NOT_YOUR_DOOR) for one not offered."""
    offered = choices(viewer, around)
    if reach is None:
        return next(iter(offered.values()))
    if reach not in offered:
        raise Refusal(Reason.NOT_YOUR_DOOR, "reach")
    return offered[reach]


def terms(viewer: Viewer, around: Around, entry_circles: Collection[str]) -> Terms:
    """Return on what terms a viewer's comment is released.

    A teacher's own group needs no second teacher, unless the child is a relative's. A classmate's words and another
    family's reach another child, so a teacher of the group through which they see the entry reads them first.
    """
    here = standpoint(viewer, around)
    if here is Standpoint.TEACHER and around.pupil not in viewer.kin:
        return Terms(own_groups=viewer.decides_for)
    if here in (Standpoint.CLASSMATE, Standpoint.OTHER_FAMILY):
        through = sorted(
            owner_of(one) for one in entry_circles if one in viewer.circles and kind_of(one) in GROUP_KINDS
        )
        if not through:
            raise Unseen
        return Terms(stranger_group=through[0])
    return Terms()


def _family_of(pupil: UUID, circles: Collection[str]) -> set[str]:
    """Return the family's circle where all of the family sees what is answered, else those picked by name."""
    family = circle(Kind.FAMILY, pupil)
    if family in circles or any(kind_of(one) is Kind.CLASS_FAMILIES for one in circles):
        return {family}
    return {one for one in circles if kind_of(one) is Kind.RELATIVE}


def _groups(circles: Collection[str]) -> set[UUID]:
    kinds = GROUP_KINDS | {Kind.TEACHERS}
    return {owner_of(one) for one in circles if kind_of(one) in kinds}
