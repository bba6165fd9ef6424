"""The whole demo in one value. See the package's docstring for what is where."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from journal.demo import people
from journal.demo.shapes import Cast, Comment, Entry

BASE = date(2026, 11, 23)
"""The day that the texts were written for, a Monday: `days_ago` 1 is the Sunday before."""

ART = Path(__file__).parent / "art"

ENTRIES: tuple[Entry, ...] = ()
COMMENTS: tuple[Comment, ...] = ()


def cast() -> Cast:
    """Return everybody and everything in the demo."""
    return Cast(
        people.SCHOOLS, people.GROUPS, people.PUPILS, people.GROWNUPS, people.LINKS, ENTRIES, COMMENTS
    )


def art_path(name: str) -> Path:
    """Return where the picture of that name lies; names are as in `Photo.art` and `Pupil.face`."""
    return ART / name
