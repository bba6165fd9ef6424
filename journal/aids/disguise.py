"""Seeing through the common disguises of a word: signs for letters, letters that look alike, stretched letters."""

import unicodedata
from functools import lru_cache

_ALIKE = str.maketrans(
    {
        **dict(zip("аеорсухіјѕԁһԛѡӏᴀ", "aeopcyxijsdhqwla", strict=True)),  # Cyrillic
        **dict(zip("ккмтвнг", "kkmtbhr", strict=True)),
        **dict(zip("αβγεικνορτυχωηκ", "abyeikvoptuxwnk", strict=True)),  # Greek
        **dict(zip("ɑɡıłøđħ", "agilodh", strict=True)),
        **dict.fromkeys("یىے", "ي"),
        "ک": "ك",
        **dict.fromkeys("ہھةۃە", "ه"),
        **dict.fromkeys("'’‘ʼ＇`ـ", ""),
        "æ": "ae",
        "œ": "oe",
        "ß": "ss",
    }
)
_SIGNS = {
    "@": "a",
    "4": "a",
    "8": "b",
    "(": "c",
    "3": "e",
    "€": "e",
    "6": "g",
    "9": "g",
    "1": "i",
    "!": "i",
    "|": "i",
    "0": "o",
    "5": "s",
    "$": "s",
    "7": "t",
    "+": "t",
    "2": "z",
    "£": "l",
}
_SECOND = {"1": "l", "!": "l", "|": "l", "0": "o", "4": "a"}
_AS_LETTERS = str.maketrans(_SIGNS)
_AS_OTHER_LETTERS = str.maketrans({**_SIGNS, **_SECOND})


@lru_cache(maxsize=8192)
def plain(word: str) -> str:
    """Return a word as words are compared: small, without accents, look-alikes as what they look like."""
    small = word.casefold()
    if small.isascii():
        return "".join(one for one in small if one.isalnum() or one in "-*")
    apart = unicodedata.normalize("NFKD", small)
    bare = "".join(one for one in apart if unicodedata.category(one) != "Mn").translate(_ALIKE)
    return "".join(one for one in unicodedata.normalize("NFC", bare) if one.isalnum() or one in "-*")


def variants(word: str) -> tuple[str, ...]:
    """Return a word as it may be meant: as it is, and with signs and numbers read as letters.

    Numbers alone are numbers: a score of 4-55 is a score. So are words that only end in them (year3, abc123).
    """
    found = {plain(word.rstrip("!*")): None}
    inner = word.rstrip("!?.*")
    if any(one in _SIGNS for one in inner) and sum(one.isalpha() for one in inner) > 0 and not _only_ends(inner):
        found[plain(inner.translate(_AS_LETTERS))] = None
        found[plain(inner.translate(_AS_OTHER_LETTERS))] = None
    for one in list(found):
        for many in (1, 2):
            found[_shrunk(one, many)] = None
    return tuple(one for one in found if one)


def _only_ends(word: str) -> bool:
    """Whether all that is not letters are numbers, in front or behind: 3rd, year4."""
    middle = word.strip("0123456789")
    return middle.isalpha() and (len(word) - len(middle) > 1 or word[0].isdecimal())


def _shrunk(word: str, many: int) -> str:
    """A word in which what stands three times or more stands once, or twice."""
    if not any(word[at] == word[at + 1] == word[at + 2] for at in range(len(word) - 2)):
        return word
    kept: list[str] = []
    at = 0
    while at < len(word):
        end = at
        while end < len(word) and word[end] == word[at]:
            end += 1
        kept.append(word[at] * (many if end - at > 2 else end - at))
        at = end
    return "".join(kept)


def squeezed(word: str) -> str:
    """Return a word with every letter that stands several times in a row written once."""
    return "".join(one for at, one in enumerate(word) if at == 0 or word[at - 1] != one)
