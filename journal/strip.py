"""Who will see this: the people behind the doors, by name, from the rule that will decide it."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.circles import FAMILY_KINDS, Kind, kind_of, owner_of
from journal.directory import Directory
from journal.facts import Facts, Wait
from journal.names import Known
from journal.reasons import beyond
from journal.records import Membership
from journal.release import Terms, waits_at
from journal.seeing import Viewer
from journal.visibility import audience_of, may_decide, revision_for
from journal.words import Door, Role


@dataclass(frozen=True, slots=True)
class Seers:
    """The people behind one door. ``families`` stand for relatives of other children ("Aisha’s family") alone."""

    door: Door
    group: str
    """The group's name, for doors of a group."""
    people: tuple[Known, ...] = ()
    families: tuple[Known, ...] = ()
    """The pupils whose families it is."""
    left_out: tuple[Known, ...] = ()
    """Those who would be here, but are left out."""


@dataclass(frozen=True, slots=True)
class First:
    """Who reads it before a door opens."""

    doors: tuple[Door, ...]
    people: tuple[Known, ...]
    later: tuple[Known, ...] = ()
    """Who may read it as well once it has waited too long."""
    older: bool = False
    """Whether those behind these doors see an older revision until then."""


@dataclass(frozen=True, slots=True)
class Strip:
    """All who will see something, and who reads it first. Nobody stands behind it who is not named here."""

    seers: tuple[Seers, ...]
    first: tuple[First, ...]

    @property
    def nobody(self) -> bool:
        """Whether only the author will see it."""
        return not any(seer.people or seer.families for seer in self.seers)


_DOOR = {
    Kind.FAMILY: Door.FAMILY,
    Kind.RELATIVE: Door.PICKED,
    Kind.TEACHERS: Door.TEACHERS,
    Kind.CLASS: Door.CLASS,
    Kind.CLASS_FAMILIES: Door.CLASS_FAMILIES,
}


def strip_for(
    session: Session,
    viewer: Viewer,
    author: UUID,
    circles: Collection[str],
    left_out: Collection[UUID] = (),
    terms: Terms | None = None,
    directory: Directory | None = None,
) -> Strip:
    """Return who will see an author's entry if it is given to these circles, in at most eight queries.

    ``left_out`` are persons. Without ``terms`` the school's own choice for a pupil's entry holds. A page that has a
    directory of the author and of the author's groups already hands it over.
    """
    groups = {owner_of(one) for one in circles if kind_of(one) not in (*FAMILY_KINDS, Kind.SELF)}
    directory = directory or Directory(session, viewer.school, groups, {author})
    if author not in directory.people:
        return Strip((), ())
    facts = _as_if_released(session, directory, viewer, author, circles, left_out, terms)
    seen_by = audience_of(facts, directory)
    seers = [_seers(directory, one, author, seen_by, facts.left_out) for one in _in_order(directory, circles)]
    return Strip(tuple(_merged(seers)), tuple(_first(directory, facts)))


def strip_now(session: Session, viewer: Viewer, facts: Facts) -> Strip:
    """Return who sees an entry as it stands, and who reads first what waits, in one query.

    That is what it is shown to, whatever was chosen, and who may decide about it at this moment.
    """
    circles = {one for one, _ in facts.shown}
    waits = {wait.circle for wait in facts.waiting}
    groups = {owner_of(one) for one in circles | waits if kind_of(one) in _DOOR and kind_of(one) not in FAMILY_KINDS}
    groups |= {wait.group for wait in facts.waiting if wait.group}
    directory = Directory(session, viewer.school, groups, {facts.author})
    inside = {one for circle in circles for one in directory.members(circle)}
    read_by = frozenset(one.membership for one in inside if revision_for(one, facts) is not None)
    seers = [_seers(directory, one, facts.author, read_by, facts.left_out) for one in _in_order(directory, circles)]
    return Strip(tuple(_merged(seers)), tuple(_reading_first(directory, facts)))


def _reading_first(directory: Directory, facts: Facts) -> list[First]:
    """Who may decide about what waits now, each with the doors that wait for the same people."""
    found: dict[tuple[UUID, ...], list[str]] = {}
    for wait in sorted(facts.waiting, key=lambda one: one.circle):
        asked = (one.membership for one in directory.deciders(wait) if may_decide(one, facts, wait))
        found.setdefault(tuple(sorted(asked)), []).append(wait.circle)
    shown = {one for one, _ in facts.shown}
    return [
        First(
            tuple(sorted({_DOOR[kind_of(one)] for one in circles}, key=list(Door).index)),
            tuple(_known(directory, one, facts.author) for one in people),
            older=any(one in shown for one in circles),
        )
        for people, circles in found.items()
    ]


def _as_if_released(
    session: Session,
    directory: Directory,
    viewer: Viewer,
    author: UUID,
    circles: Collection[str],
    left_out: Collection[UUID],
    terms: Terms | None,
) -> Facts:
    """The facts as they will be when every circle has been let through, with what waits until then."""
    if terms is None:
        terms = Terms(family_first=directory.roll.family_first)
    waiting = set()
    for one in circles:
        desk = waits_at(one, circles, terms)
        if desk is not None:
            waiting.add(Wait(one, 1, desk.group, _staffed(directory, desk.group, author)))
    return Facts(
        school=viewer.school,
        author=author,
        author_person=directory.people[author].person_id,
        pupil=author,
        left_out=frozenset(left_out),
        shown=frozenset((one, 1) for one in circles),
        waiting=frozenset(waiting),
    )


def _staffed(directory: Directory, group: UUID | None, author: UUID) -> bool:
    if group is None:
        return False
    teachers = [directory.viewer(one) for one in directory.at_desk(group) if one in directory.people]
    return any(author not in teacher.kin for teacher in teachers)


def _in_order(directory: Directory, circles: Collection[str]) -> list[str]:
    kinds = list(_DOOR)
    return sorted((one for one in circles if kind_of(one) in _DOOR), key=lambda one: (kinds.index(kind_of(one)), one))


def _seers(
    directory: Directory, value: str, author: UUID, seen_by: frozenset[UUID], left_out: frozenset[UUID]
) -> Seers:
    kind, owner = kind_of(value), owner_of(value)
    inside = [one for one in directory.in_circle(value) if one != author]
    here = [one for one in inside if one in seen_by]
    out = [one for one in inside if directory.people[one].person_id in left_out]
    group = directory.groups[owner] if kind not in FAMILY_KINDS else ""
    if kind is not Kind.CLASS_FAMILIES:
        return Seers(
            _DOOR[kind],
            group,
            people=tuple(_known(directory, one, author) for one in here),
            left_out=tuple(_known(directory, one, author) for one in out),
        )
    families = [
        pupil
        for pupil in directory.enrolled.get(owner, ())
        if pupil in directory.people and any(tie.relative in here for tie in directory.ties.get(pupil, ()))
        if pupil != author
    ]
    own = [tie.relative for tie in directory.ties.get(author, ()) if tie.relative in here]
    teachers = [one for one in here if directory.people[one].role is Role.TEACHER]
    return Seers(
        Door.CLASS_FAMILIES,
        group,
        people=tuple(_known(directory, one, author) for one in (*own, *teachers)),
        families=tuple(_known(directory, one, author) for one in families),
    )


def _merged(seers: list[Seers]) -> list[Seers]:
    """Put people picked one by one behind one door."""
    picked = [one for one in seers if one.door is Door.PICKED]
    if len(picked) < 2:
        return seers
    people = tuple(person for one in picked for person in one.people)
    left = tuple(person for one in picked for person in one.left_out)
    kept = [one for one in seers if one.door is not Door.PICKED]
    where = next(at for at, one in enumerate(seers) if one.door is Door.PICKED)
    return [*kept[:where], Seers(Door.PICKED, "", people, left_out=left), *kept[where:]]


def _first(directory: Directory, facts: Facts) -> list[First]:
    by_group: dict[UUID | None, list[str]] = {}
    for wait in facts.waiting:
        by_group.setdefault(wait.group, []).append(wait.circle)
    found = []
    for group, circles in sorted(by_group.items(), key=lambda one: str(one[0])):
        asked = [one for one in directory.at_desk(group) if one in directory.people]
        can = [one for one in asked if facts.pupil not in directory.viewer(one).kin] or directory.leads
        later = _later(directory, group, facts, can)
        doors = tuple(sorted({_DOOR[kind_of(one)] for one in circles}, key=list(Door).index))
        people, others = (tuple(_known(directory, one, facts.author) for one in some) for some in (can, later))
        found.append(First(doors, people, others))
    return found


def _later(directory: Directory, group: UUID | None, facts: Facts, first: Collection[UUID]) -> list[UUID]:
    """Who may read it as well once it has waited too long, where the school lets anybody."""
    if not any(directory.roll.too_long):
        return []
    named = [one for what, one in directory.roll.seconds.items() if what == group and one in directory.people]
    can = [one for one in named if facts.pupil not in directory.viewer(one).kin] or directory.leads
    return [one for one in can if one not in first]


def _known(directory: Directory, membership: UUID, author: UUID) -> Known:
    person = directory.people[membership]
    calls = {tie.relative: tie.known_as for tie in directory.ties.get(author, ())}
    name = calls.get(membership, person.name) if person.role is Role.RELATIVE else person.name
    return Known(membership, name, person.role, bool(person.face))


def people_to_leave_out(session: Session, memberships: Collection[UUID]) -> dict[UUID, UUID]:
    """Return the person behind each membership."""
    with beyond(session, "names under what is shown"):
        rows = session.execute(select(Membership.id, Membership.person_id).where(Membership.id.in_(memberships)))
        return dict(rows.all())
