"""The words of a page, in its language. As Flask-Babel says them, but what was looked up once is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from flask_babel import get_locale

from journal.languages import translations

_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)
"""The language of the answer that is being made: it says hundreds of words, and asks once. Empty until it asks; None
where no answer is being made.
"""


@contextmanager
def one_language() -> Iterator[None]:
    """Let what is enclosed, a view or a template, be said in one language from its beginning to its end."""
    token = _spoken.set(_spoken.get() or "")
    try:
        yield
    finally:
        _spoken.reset(token)


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Let what is enclosed be said in another language than the page's: the school's, for what is kept."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def locale() -> str:
    """Return the language code of the page that is being made."""
    if spoken := _spoken.get():
        return spoken
    found = get_locale()
    language = str(found.language) if found else "en"
    if spoken is not None:
        _spoken.set(language)
    return language


def gettext(words: str, /, **values: object) -> str:
    """Return words in the page's language, with values put in by name."""
    said = _said(locale(), words)
    return said % values if values else said


def both(first: object, second: object) -> str:
    """Return two sentences, one after the other. (Within a string that is put together no tool finds the words.)"""
    return f"{first} {second}".strip()


@lru_cache(maxsize=8192)
def _said(language: str, words: str) -> str:
    # Of the language it is kept under, not of whichever the request has by now.
    return str(translations(language).ugettext(words))
