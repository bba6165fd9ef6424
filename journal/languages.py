"""The languages that ship, whole or not at all."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache, reduce
from pathlib import Path
from typing import Literal

from babel import Locale
from babel.lists import format_list
from babel.support import NullTranslations, Translations

LANGUAGES = {"en": "English", "cy": "Cymraeg", "ur": "اردو"}
"""Language codes, each with the language's own name."""

RIGHT_TO_LEFT = frozenset({"ur"})

FORMATS = {"en": "en_GB"}
"""Whose days, times and lists a language has, where its code alone would mean another country's."""


_FOLDER = Path(__file__).parent / "translations"


@cache
def translations(language: str) -> NullTranslations:
    """Return the words of a language, for what is made where no page's language is. English stands in the code."""
    known = language if language in LANGUAGES else "en"
    return Translations.load(_FOLDER, [known])


@cache
def locale_of(language: str) -> Locale:
    """Return Babel's locale of a language. To read its name anew is slower than to draw a card."""
    return Locale.parse(language)


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


def in_a_row(names: Iterable[str], language: str) -> str:
    """Return names one after the other with the commas of a language and no "and", otherwise as ``listed`` does."""
    own = list(_apart(dict.fromkeys(names), language))
    between = locale_of(formats_of(language)).list_patterns["standard"]["middle"]
    return reduce(between.format, own) if own else ""


def _apart(names: Iterable[str], language: str) -> Iterable[str]:
    """Names, each in an isolate where the language is written from right to left."""
    if language not in RIGHT_TO_LEFT:
        return names
    return (f"\N{FIRST STRONG ISOLATE}{name}\N{POP DIRECTIONAL ISOLATE}" for name in names)


@lru_cache(maxsize=4096)
def _list(own: tuple[str, ...], language: str, style: Literal["standard", "or"]) -> str:
    own = tuple(_apart(own, language))
    if language == "cy" and style == "standard":
        return _listed_in_welsh(own)
    return str(format_list(own, style=style, locale=formats_of(language)))


# A "y" before a vowel is a consonant (Yusuf), before a consonant a vowel (Ynyr); names with "W" begin with a consonant.
_VOWEL_FIRST = re.compile(r"[^\w]*(?:[aeiou]|y(?![aeiou]))", re.IGNORECASE)


def _listed_in_welsh(names: Sequence[str]) -> str:
    """Names with the "and" that the last one's first sound wants; Babel's own list says "a(c)" and leaves it to us."""
    if len(names) < 2:
        return "".join(names)
    bare = "".join(one for one in unicodedata.normalize("NFD", names[-1]) if not unicodedata.combining(one))
    joined = "ac" if _VOWEL_FIRST.match(bare) else "a"
    return f"{', '.join(names[:-1])} {joined} {names[-1]}"
