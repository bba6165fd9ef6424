"""From the doors that a pupil opened to circles, and back."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.circles import Kind, circle, kind_of, owner_of
from journal.records import FamilyLink
from journal.refusals import Reason, Refusal
from journal.seeing import Viewer
from journal.viewers import open_groups
from journal.words import Door

GROUP_DOORS = {
    Door.TEACHERS: Kind.TEACHERS,
    Door.CLASS: Kind.CLASS,
    Door.CLASS_FAMILIES: Kind.CLASS_FAMILIES,
}


@dataclass(frozen=True, slots=True)
class Doors:
    """What a pupil chose. Nothing chosen means just me."""

    open: frozenset[Door] = frozenset()
    picked: frozenset[UUID] = frozenset()
    """Family links, for the door of people picked one by one."""
    left_out: frozenset[UUID] = frozenset()
    """Memberships of people who may not see it, whatever circle they are in."""


def circles_of(session: Session, pupil: Viewer, doors: Doors, before: Collection[str] = ()) -> set[str]:
    """Return the circles that a pupil's doors open.

    ``before`` are those that were open: last year's, and those of a group that the pupil left, stay as they were
    meant for as long as their door is open. Raises Refusal(NOT_YOUR_DOOR) for a relative who is not this pupil's today.
    """
    found: set[str] = set()
    if Door.FAMILY in doors.open:
        found.add(circle(Kind.FAMILY, pupil.membership))
    if Door.PICKED in doors.open:
        own = set(
            session.scalars(
                select(FamilyLink.id).where(FamilyLink.pupil_id == pupil.membership, FamilyLink.ended_at.is_(None))
            )
        )
        if doors.picked - own:
            raise Refusal(Reason.NOT_YOUR_DOOR, "picked")
        found |= {circle(Kind.RELATIVE, link) for link in doors.picked}
    for group in open_groups(session, pupil.membership):
        found |= {circle(kind, group.id) for door, kind in GROUP_DOORS.items() if door in doors.open}
    kinds = {kind for door, kind in GROUP_DOORS.items() if door in doors.open}
    return found | {one for one in set(before) - still_open(session, pupil, before) if kind_of(one) in kinds}


def still_open(session: Session, pupil: Viewer, circles: Collection[str]) -> set[str]:
    """Return the circles that take new things in: none of a group that the pupil left or whose year is over."""
    groups = {group.id for group in open_groups(session, pupil.membership)}
    of_groups = set(GROUP_DOORS.values())
    return {one for one in circles if kind_of(one) not in of_groups or owner_of(one) in groups}


def doors_from(circles: set[str], left_out: frozenset[UUID] = frozenset()) -> Doors:
    """Return the doors that stand for circles."""
    by_kind = {Kind.FAMILY: Door.FAMILY, Kind.RELATIVE: Door.PICKED} | {
        kind: door for door, kind in GROUP_DOORS.items()
    }
    kinds = {value: kind_of(value) for value in circles}
    return Doors(
        open=frozenset(by_kind[kind] for kind in kinds.values() if kind in by_kind),
        picked=frozenset(owner_of(value) for value, kind in kinds.items() if kind is Kind.RELATIVE),
        left_out=left_out,
    )
