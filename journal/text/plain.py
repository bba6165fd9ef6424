"""Plain text: cleaning, cutting, and which way it runs."""

import re
import unicodedata
from typing import Literal

TITLE = 120
CAPTION = 300
DESCRIPTION = 500
ENTRY_WORDS = 20_000
COMMENT_WORDS = 20_000
NOTE = 2_000
CONCERN = 10_000
"""All limits are in characters, counted after cleaning."""

Direction = Literal["rtl", "ltr", "auto"]


class TooLong(ValueError):
    """What was typed is longer than its limit; `text` holds it so that it can be given back.

    The text stays out of the message: error messages reach logs, and user text must not.
    """

    def __init__(self, limit: int, length: int, text: str = "") -> None:
        super().__init__(f"{length} characters, {limit} allowed")
        self.limit = limit
        self.length = length
        self.text = text


_SURROGATE = re.compile("[\ud800-\udfff]")
# Vertical tab, form feed, NEL, and Unicode's own line and paragraph separators all mean a new line.
_NEW_LINE = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Controls; bidi embeddings, overrides and isolates (one left open would turn the rest of the page
# round; the single marks U+200E, U+200F and U+061C do no harm and stay); byte-order marks, retired
# format controls, annotation marks, and code points that are no characters.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
_BLANK = frozenset("\u2800\u3164\u115f\u1160\uffa0")
"""Letters by class, but nothing to see."""
_MOST_MARKS = 8
"""Marks on one letter; vowelled Arabic needs 3, Hebrew 4, and towers of hundreds cover the page."""


def tidy(raw: str) -> str:
    """Return `raw` with safe characters only, in NFC, lines ended by a line feed. Never raises."""
    text = _SURROGATE.sub("\ufffd", raw)
    text = _UNWANTED.sub("", _NEW_LINE.sub("\n", text))
    return unicodedata.normalize("NFC", _fewer_marks(unicodedata.normalize("NFC", text)))


def _fewer_marks(text: str) -> str:
    if text.isascii():
        return text
    kept: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        if marks <= _MOST_MARKS:
            kept.append(char)
    return "".join(kept)


def visible(text: str) -> bool:
    """Is there anything to see: a letter, a number, a sign, rather than only space and joiners?"""
    return any(unicodedata.category(char)[0] in "LNPS" and char not in _BLANK for char in text)


def _within(text: str, limit: int) -> str:
    if len(text) > limit:
        raise TooLong(limit, len(text), text)
    return text if visible(text) else ""


def clean_line(raw: str, limit: int) -> str:
    """Return one clean line (a title, a name, a caption), spaces single, or "" if nothing shows.

    Raises TooLong above `limit` characters.
    """
    return _within(" ".join(tidy(raw).split()), limit)


def clean_words(raw: str, limit: int) -> str:
    """Return clean plain text of many lines, at most two of them empty in a row, or "".

    Raises TooLong above `limit` characters.
    """
    text = "\n".join(line.rstrip() for line in tidy(raw).split("\n"))
    return _within(re.sub(r"\n{4,}", "\n\n\n", text).strip(), limit)


def direction(words: str) -> Direction:
    """Return the way the first letter with a direction runs; "auto" when there is none."""
    for char in words:
        kind = unicodedata.bidirectional(char)
        if kind == "L":
            return "ltr"
        if kind in ("R", "AL"):
            return "rtl"
    return "auto"


def excerpt(words: str, length: int) -> str:
    """Return at most `length` characters of `words` on one line, ended by "…" if anything is cut.

    Cuts between words where a space is near, otherwise between what people see as characters:
    never inside an emoji of several parts, a flag, a letter and its marks, or a conjunct.
    """
    line = " ".join(words[: 2 * length].split())  # enough, unless much of it is space
    if len(line) <= length:
        line = " ".join(words.split())
    if len(line) <= length:
        return line
    end = max(length - 1, 0)
    space = line.rfind(" ", 0, end + 1)
    if space > length // 2:
        end = space
    else:
        while end > 0 and _belongs(line, end):
            end -= 1
    return line[:end].rstrip(" ,;:.–-") + "…"


def _belongs(text: str, at: int) -> bool:
    """Does the character at `at` belong to the one before it?"""
    before, here = text[at - 1], text[at]
    if before == "\u200d" or here in "\u200d\u200c\u0e33\u0eb3" or unicodedata.category(here)[0] == "M":
        return True
    if "\U0001f3fb" <= here <= "\U0001f3ff" or "\U000e0020" <= here <= "\U000e007f":
        return True  # skin tones; the letters inside the flags of England, Scotland and Wales
    if _is_regional(here):
        start = at
        while start > 0 and _is_regional(text[start - 1]):
            start -= 1
        return (at - start) % 2 == 1
    if "\u1100" <= before <= "\u11ff" and "\u1100" <= here <= "\u11ff":
        return True  # old Korean letters, written as parts of one syllable
    return unicodedata.combining(before) == 9  # a virama binds the next consonant


def _is_regional(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"
