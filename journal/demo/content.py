"""The whole demo in one value. See the package's docstring for what is where."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from journal.demo import (
    comments,
    entries_herons,
    entries_kingfishers,
    entries_terns,
    entries_wrens,
    hostile,
    people,
)
from journal.demo.shapes import Cast, Comment, Entry

BASE = date(2026, 11, 23)
"""The day that the texts were written for, a Monday: `days_ago` 1 is the Sunday before."""

LATEST = datetime.combine(BASE, time(18, 0), UTC)
"""Nothing in the demo happens after this instant. A loader shifts it to an instant that has passed."""

ART = Path(__file__).parent / "art"

ENTRIES = (
    entries_kingfishers.ENTRIES
    + entries_wrens.ENTRIES
    + entries_herons.ENTRIES
    + entries_terns.ENTRIES
    + hostile.ENTRIES
)
COMMENTS = comments.COMMENTS + hostile.COMMENTS


def cast() -> Cast:
    """Return everybody and everything in the demo."""
    return Cast(people.SCHOOLS, people.GROUPS, people.PUPILS, people.GROWNUPS, people.LINKS, ENTRIES, COMMENTS)


def art_path(name: str) -> Path:
    """Return where the picture of that name lies; names are as in `Photo.art` and `Pupil.face`."""
    return ART / name


def made_at(entry: Entry) -> datetime:
    """Return when an entry was made, as an instant before `LATEST`."""
    return datetime.combine(BASE - timedelta(days=entry.days_ago), time.fromisoformat(entry.at), UTC)


def said_at(comment: Comment, entry: Entry) -> datetime:
    """Return when a comment on that entry was written, as an instant before `LATEST`."""
    return made_at(entry) + timedelta(hours=comment.hours_after)
