"""The words of a page, in its language. As Flask-Babel says them, but what was looked up once is kept."""

from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from flask import Flask
from flask_babel import get_locale, ngettext
from jinja2 import Template

from journal.languages import translations

_drawn: ContextVar[str | None] = ContextVar("drawn", default=None)
"""The language of the template that is being drawn: it says a hundred words, and asks once."""


def locale() -> str:
    """Return the language code of the page that is being made."""
    if (drawn := _drawn.get()) is not None:
        return drawn
    found = get_locale()
    return str(found.language) if found else "en"


class Drawing(Template):
    """A template that is drawn in one language from its beginning to its end."""

    def render(self, *args: Any, **more: Any) -> str:
        """Return the page."""
        token = _drawn.set(locale())
        try:
            return super().render(*args, **more)
        finally:
            _drawn.reset(token)


def gettext(words: str, /, **values: object) -> str:
    """Return words in the page's language, with values put in by name."""
    said = _said(locale(), words)
    return said % values if values else said


def add_words(app: Flask) -> None:
    """Give the templates their ``_``. After Flask-Babel, for whose own this stands in."""
    env: Any = app.jinja_env  # its i18n extension adds the method
    env.install_gettext_callables(gettext, ngettext, newstyle=True)
    env.globals["_"] = env.globals["gettext"]  # else each word is looked for in the template's names first
    env.template_class = Drawing


@lru_cache(maxsize=8192)
def _said(language: str, words: str) -> str:
    # Of the language it is kept under, not of whichever the request has by now.
    return str(translations(language).ugettext(words))
