"""Spans of time as lexemes of PostgreSQL's index, so that it finds the newest of what says a common word by itself.

A span is 28 days, counted from 1970. No letters can spell its lexeme.
"""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

DAYS = 28
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_SPAN = timedelta(days=DAYS)
_NEW, _RECENT = range(-1, 2), range(-7, -1)
"""Which spans are looked through first, and which next, counted from this one: two months at most, then half a year.
(One more than this, for a clock that is ahead.)"""

WINDOWS = ("window_new", "window_recent")
"""The names of what is looked through first, in a statement; besides these there is all other time."""


def span_of(at: datetime) -> str:
    """Return the lexeme of the span in which a moment lies."""
    return _lexeme((at - _BEGINNING) // _SPAN)


def windows_at(moment: datetime) -> dict[str, Any]:
    """Return which spans a question asked at a moment looks through first, and where they begin and end."""
    return _windows((moment - _BEGINNING) // _SPAN)


@lru_cache(maxsize=4)
def _windows(this: int) -> dict[str, Any]:
    begins, ends = (_BEGINNING + (this + one) * _SPAN for one in (_RECENT.start, _NEW.stop))
    new, recent = (" | ".join(f"'{_lexeme(this + one)}'" for one in spans) for spans in (_NEW, _RECENT))
    return dict(zip(WINDOWS, (new, recent), strict=True)) | {"window_begins": begins, "window_ends": ends}


def _lexeme(span: int) -> str:
    return f"@{span}"
