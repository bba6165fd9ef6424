"""The drawer that narrows a search: four choices, and the words for what is chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from journal.languages import listed
from journal.pages import locale
from journal.saying import gettext as _
from journal.search.asking import Where
from journal.search.calendar import When
from journal.search.choices import Child, Choices, Class
from journal.search.forms import Typed
from journal.seeing import Viewer
from journal.words import Role


@dataclass(frozen=True, slots=True)
class Option:
    """One choice."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Choose:
    """One list of choices, and what is chosen in it."""

    name: str
    label: str
    options: Sequence[Option]
    value: str


def drawer(viewer: Viewer, typed: Typed, choices: Choices) -> list[Choose]:
    """Return the lists of choices; one in which there is nothing to choose is left out."""
    found = []
    if choices.children:
        label = _("Who made it") if viewer.role is Role.PUPIL else _("Which child")
        options = [Option("", _("Anybody")), *(Option(str(one.id), _child(one)) for one in choices.children)]
        found.append(Choose("child", label, options, str(typed.child or "")))
    if choices.classes:
        options = [Option("", _("Any class")), *(Option(str(one.id), _class(one)) for one in choices.classes)]
        found.append(Choose("group", _("Which class"), options, str(typed.group or "")))
    where = [Option(one, label) for one, label in _where().items()]
    when = [Option(one, label) for one, label in _when().items()]
    return [
        *found,
        Choose("where", _("Where it says it"), where, typed.where),
        Choose("when", _("When"), when, typed.when),
    ]


def only_words(typed: Typed, choices: Choices) -> str:
    """Return what the search is narrowed to, as a list in words; '' for everywhere."""
    child, group = choices.child(typed.child), choices.group(typed.group)
    return listed(
        [
            *([_child(child)] if child else []),
            *([_class(group)] if group else []),
            *([_where()[typed.where]] if typed.where is not Where.ANYWHERE else []),
            *([_when()[typed.when]] if typed.when is not When.ANY else []),
        ],
        locale(),
    )


def _child(child: Child) -> str:
    return str(_("Your own things")) if child.me else child.name


def _class(group: Class) -> str:
    if group.closed_at is not None:
        return str(_("%(group)s, %(year)s", group=group.name, year=group.year))
    return str(_("%(group)s, %(year)s", group=group.name, year=group.label)) if group.label else group.name


def _where() -> dict[Where, str]:
    return {
        Where.ANYWHERE: _("Anywhere"),
        Where.WORDS: _("Title and words"),
        Where.PICTURES: _("Pictures"),
        Where.BACK: _("What people wrote back"),
    }


def _when() -> dict[When, str]:
    return {
        When.ANY: _("Any time"),
        When.HALF_TERM: _("This half term"),
        When.YEAR: _("This school year"),
        When.LAST_YEAR: _("Last school year"),
    }
