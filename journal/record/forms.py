"""What is asked for on the record's page."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from werkzeug.datastructures import MultiDict

from journal.actkinds import Kind
from journal.record.reading import Narrow

NAME = 120


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed, and what it means. ``pupil`` is a name that was typed; ``wrong`` the field with no day in it."""

    narrow: Narrow
    pupil: str = ""
    wrong: str = ""


def read_asked(form: MultiDict[str, str]) -> Asked:
    """Return what is asked for. What is no id and no kind is passed over; what is no day is named."""
    wrong = ""
    days: dict[str, date | None] = {}
    for name in ("first", "last"):
        raw = form.get(name, "").strip()
        try:
            days[name] = date.fromisoformat(raw) if raw else None
        except ValueError:
            days[name], wrong = None, wrong or name
    narrow = Narrow(
        who=read_id(form.get("who")),
        about=read_id(form.get("about")),
        kind=next((one for one in Kind if one == form.get("kind")), None),
        first=days["first"],
        last=days["last"],
    )
    return Asked(narrow, form.get("pupil", "").strip()[:NAME], wrong)


def read_id(raw: str | None) -> UUID | None:
    """Return an id, or None for none and for what is no id."""
    try:
        return UUID(raw) if raw else None
    except ValueError:
        return None


def read_years(raw: str) -> int:
    """Return a number of years; 0 for what is no number."""
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 4 else 0
