"""The details of the record's lines in words: how many, until when, of which kind."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from uuid import UUID

from babel.dates import format_date

from journal import wordings
from journal.actkinds import Kind
from journal.languages import formats_of
from journal.pages import locale
from journal.record.views.words import kind_words
from journal.roles import role_words
from journal.saying import gettext as _
from journal.words import Answer, CaseState, PauseKind, Purpose, Role, SaidHow, Verdict

Kept = str | int | bool

NUMBERS: Mapping[str, Callable[[Kept], str]] = {
    "added": lambda num: _("Named: %(num)s", num=num),
    "age": lambda num: _("From age %(num)s", num=num),
    "circles": lambda num: _("Doors: %(num)s", num=num),
    "entries": lambda num: _("Things in it: %(num)s", num=num),
    "groups": lambda num: _("Classes and groups: %(num)s", num=num),
    "hold": lambda num: _("Flags that hold things back: %(num)s", num=num),
    "late_after": lambda num: _("Late after %(num)s school hours", num=num),
    "minutes": lambda num: _("Minutes: %(num)s", num=num),
    "opened": lambda num: _("Doors opened: %(num)s", num=num),
    "people": lambda num: _("People: %(num)s", num=num),
    "revision": lambda num: _("Version %(num)s", num=num),
    "shut": lambda num: _("Doors shut: %(num)s", num=num),
    "taken": lambda num: _("Not named any more: %(num)s", num=num),
    "words": lambda num: _("Words of our own: %(num)s", num=num),
    "years": lambda num: _("Years: %(num)s", num=num),
}
YES_OR_NO: Mapping[str, tuple[Callable[[], str], Callable[[], str]]] = {
    "family_first": (
        lambda: _("What is for the family alone is read first"),
        lambda: _("What is for the family alone is not read first"),
    ),
    "one": (lambda: _("One thing"), lambda: _("All that is one pupil’s")),
    "told": (lambda: _("The child is told"), lambda: _("The child is not told yet")),
    "wanted": (lambda: _("Needed from now on"), lambda: _("Not needed any more")),
}
ENDS: Mapping[str, Callable[[str], str]] = {
    "first": lambda at: _("From: %(at)s", at=at),
    "last": lambda at: _("To: %(at)s", at=at),
}
"""Days, or numbers of lines."""


def _words_of_kinds() -> dict[tuple[str, str], str]:
    """What each of the house's own words says, by the detail it stands in."""
    return {
        ("answer", Answer.YES): _("Yes"),
        ("answer", Answer.ASK): _("Ask each time"),
        ("answer", Answer.NO): _("No"),
        ("answer", Answer.WITHDRAWN): _("Taken back"),
        ("answer", Answer.SET_ASIDE): _("Set aside"),
        ("how", SaidHow.ONLINE): _("Said here"),
        ("how", SaidHow.PAPER): _("Said on paper"),
        ("kind", "all"): _("Everything"),
        ("kind", PauseKind.COMMENTS): _("Comments"),
        ("kind", PauseKind.PERSON): _("One person"),
        ("kind", PauseKind.GROUP): _("A class or group"),
        ("kind", PauseKind.EVERYTHING): _("Everything, reading too"),
        ("state", CaseState.NEW): _("New"),
        ("state", CaseState.READ): _("Read"),
        ("state", CaseState.OPEN): _("Open"),
        ("state", CaseState.WAITING): _("Waiting for others"),
        ("state", CaseState.CLOSED): _("Closed"),
        ("state", CaseState.REOPENED): _("Open again"),
        ("verdict", Verdict.LET_THROUGH): _("It had been let through"),
        ("verdict", Verdict.SENT_BACK): _("It had been sent back"),
        ("verdict", Verdict.PUT_AWAY): _("It had been put away"),
        ("verdict", Verdict.PASSED_ON): _("It had been passed on"),
        **{("kind", one.value): kind_words(one)[0] for one in Kind},
        **{("purpose", one.value): wordings.name_of(one) for one in Purpose},
        **{("role", one.value): role_words(one) for one in Role},
    }


def in_words(details: Mapping[str, Kept]) -> Iterator[str]:
    """Yield the details of a line in words, in the order of their names; ids stand in the file alone.

    What this version has no words for, of an older one perhaps, is said as it is kept: a record hides nothing.
    """
    kinds = _words_of_kinds() if details else {}
    for name, value in sorted(details.items()):
        if name in NUMBERS:
            yield NUMBERS[name](value)
        elif name in YES_OR_NO:
            yield YES_OR_NO[name][0 if value else 1]()
        elif name in ENDS:
            yield ENDS[name](_day(value))
        elif said := kinds.get((name, str(value))):
            yield said
        elif not _is_id(value):
            yield f"{name.replace('_', ' ')}: {value}"


def _is_id(value: Kept) -> bool:
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True


def _day(value: Kept) -> str:
    """A day in words; a line's number as it is."""
    try:
        day = date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        return str(value)
    return format_date(day, "d MMMM y", locale=formats_of(locale()))
