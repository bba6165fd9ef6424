"""The table of people, for the head and the office."""

from dataclasses import dataclass

from journal.faces import Face
from journal.reasons import GatedSession
from journal.records import Group
from journal.roles import role_words
from journal.saying import gettext as _
from journal.school.people import Member, people_of, staff_of, without_class
from journal.school.views.said import face, names
from journal.seeing import Viewer


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    who: Face
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of people and what stands over it."""

    title: str
    words: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def of_group(session: GatedSession, viewer: Viewer, group: Group) -> Table:
    """Return the pupils of a group with their families, under the names of its teachers."""
    found = people_of(session, viewer, group.id)
    teachers = names(one.name for one in found.teachers)
    rows = [Row(face(one.person), (_family(one.family),)) for one in found.pupils.values()]
    return Table(
        title=group.name,
        words=_("Taught by %(teachers)s.", teachers=teachers) if teachers else _("Nobody teaches this class yet."),
        columns=(_("Pupil"), _("Family")),
        rows=tuple(rows),
    )


def _family(family: list[tuple[str, str]]) -> str:
    both = [_("%(name)s (%(known_as)s)", name=name, known_as=known_as) for known_as, name in family]
    return names(both) if both else _("Nobody yet")


def of_others(session: GatedSession, viewer: Viewer, which: str) -> Table:
    """Return the staff, or those who are in no class."""
    if which == "others":
        columns, rows = (_("Name"), _("Role")), [_other(one) for one in without_class(session, viewer)]
        return Table(
            _("Without a class"), _("Pupils in no class, and grown-ups of no child here."), columns, tuple(rows)
        )
    staff = [Row(face(one.person), (role_words(one.role), names(one.groups))) for one in staff_of(session)]
    return Table(_("Staff"), _("The grown-ups who work here."), (_("Name"), _("Role"), _("Teaches")), tuple(staff))


def _other(one: Member) -> Row:
    return Row(face(one.person), (role_words(one.role),))
