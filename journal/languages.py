"""The languages that ship, whole or not at all."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from babel.lists import format_list

LANGUAGES = {"en": "English", "ur": "اردو"}
"""Language codes, each with the language's own name."""

RIGHT_TO_LEFT = frozenset({"ur"})

FORMATS = {"en": "en_GB"}
"""Whose days, times and lists a language has, where its code alone would mean another country's."""


def direction_of(language: str) -> str:
    """Return the direction in which a language is written."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def formats_of(language: str) -> str:
    """Return Babel's name of the locale that a language's days and times are written in."""
    return FORMATS.get(language, language)


def listed(names: Iterable[str], language: str, style: Literal["standard", "or"] = "standard") -> str:
    """Return names as one list in words, without repeating one; '' where there are none.

    In a language written from right to left each name stands in an isolate, so that English ones keep their order.
    """
    return _list(tuple(dict.fromkeys(names)), language, style)


@lru_cache(maxsize=4096)
def _list(own: tuple[str, ...], language: str, style: Literal["standard", "or"]) -> str:
    if language in RIGHT_TO_LEFT:
        own = tuple(f"\N{FIRST STRONG ISOLATE}{name}\N{POP DIRECTIONAL ISOLATE}" for name in own)
    return str(format_list(own, style=style, locale=formats_of(language)))
