"""The record's lines, its filters and its seal, as the page's parts want them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from babel.dates import format_date
from flask import url_for

from journal.actkinds import KIND_OF, Kind
from journal.languages import formats_of
from journal.pages import clock, day_and_time, face_url, locale, when, zone
from journal.record.chain import Fault
from journal.record.forms import Asked
from journal.record.reading import Line, Narrow, Seal
from journal.record.views.details import in_words
from journal.record.views.words import kind_words, sentence
from journal.records import Membership
from journal.saying import gettext as _


def row(found: Line) -> SimpleNamespace:
    """A line as the table wants it."""
    line, kind = found.line, KIND_OF.get(found.line.act)
    words, icon, tone = kind_words(kind) if kind else ("", "", "")
    return SimpleNamespace(
        day=when(line.created_at),
        at=clock(line.created_at),
        utc=f"{line.created_at:%Y-%m-%dT%H:%M:%SZ}",
        name=found.doer.name if found.doer else _("Nobody who was signed in") if line.place else _("The house itself"),
        face_url=face_url(found.doer.id, bool(found.doer.face)) if found.doer else None,
        what=sentence(line.act),
        more=_more(found),
        kind=words,
        icon=icon,
        tone=tone,
        about=found.about,
    )


def _more(found: Line) -> str:
    """The number of a line, from where it came, and its details in words."""
    number = _("Line %(number)s", number=found.number) if found.number else _("Not sealed yet")
    parts = (str(number), found.line.place, *in_words(found.line.details))
    return " · ".join(part for part in parts if part)


def details(kept: Mapping[str, Any]) -> str:
    """The details of a line for the file: names and values, as they are kept."""
    return ", ".join(f"{name.replace('_', ' ')}: {one}" for name, one in sorted(kept.items()))


def about(narrow: Narrow, who: UUID | None) -> Narrow:
    """The same, about somebody else."""
    return replace(narrow, about=who)


def fields(narrow: Narrow) -> dict[str, str]:
    """What is asked for, as an address or a form carries it."""
    found = {
        "who": str(narrow.who or ""),
        "about": str(narrow.about or ""),
        "kind": narrow.kind.value if narrow.kind else "",
        "first": narrow.first.isoformat() if narrow.first else "",
        "last": narrow.last.isoformat() if narrow.last else "",
    }
    return {name: one for name, one in found.items() if one}


def address(narrow: Narrow, place: UUID | None = None) -> str:
    """The address of a page of the record."""
    parts: dict[str, Any] = {**fields(narrow), **({"before": str(place)} if place else {})}
    return url_for(".front", **parts)


def typed(asked: Asked, narrow: Narrow, chosen: Membership | None) -> dict[str, str]:
    """What stands in the fields."""
    return {**fields(narrow), "pupil": chosen.name if chosen else asked.pupil}


def options(first: str, rest: Iterable[tuple[str, str]]) -> list[SimpleNamespace]:
    """The options of a select, with one for all of them before."""
    return [SimpleNamespace(value=value, label=label) for value, label in (("", first), *rest)]


def kinds() -> list[SimpleNamespace]:
    """The kinds to choose from."""
    return options(_("Everything"), ((kind.value, kind_words(kind)[0]) for kind in Kind))


def seal(found: Seal) -> SimpleNamespace:
    """How the chain stands, in words."""
    check = found.check
    if check is None:
        return SimpleNamespace(whole=None, words=_("It has not been checked yet."), checking=found.checking)
    at = day_and_time(check.created_at)
    if not check.fault:
        since = format_date(check.since.astimezone(zone()), "d MMMM y", locale=formats_of(locale()))
        words = _("Unbroken since %(day)s. Checked: %(at)s.", day=since, at=at)
        return SimpleNamespace(whole=True, words=words, checking=found.checking)
    wrong = {
        Fault.CHANGED: _("Line %(number)s was changed.", number=check.fault_number),
        Fault.MISSING: _("Line %(number)s is missing.", number=check.fault_number),
        Fault.INSERTED: _("There is a line that did not come the way all lines come."),
        Fault.MOVED: _("Line %(number)s does not follow from the line before it.", number=check.fault_number),
        Fault.CUT_OFF: _("Line %(number)s and all behind it were cut off.", number=check.fault_number),
    }
    said = _(
        "Broken. %(what)s Checked: %(at)s. Tell whoever looks after the server.", what=wrong[Fault(check.fault)], at=at
    )
    return SimpleNamespace(whole=False, words=said, checking=found.checking)
