"""All that the aids find in a text, with where it stands."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from journal.aids.online import handles, links, mails
from journal.aids.people import NO_NAMES, Names, full_names
from journal.aids.phones import phones
from journal.aids.places import addresses, postcodes
from journal.aids.reads import read
from journal.aids.shape import is_long, many_emoji
from journal.aids.wordlist import ListOfWords, listed
from journal.words import FlagKind

MOST_OF_ONE = 20
"""Findings of one text; of more a reader learns nothing."""

Texts = Mapping[str, str]
"""The parts of an item by name: title, words, caption-1, description-1."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the aids know of the school: the roll's names and the lists of words."""

    names: Names = NO_NAMES
    lists: tuple[ListOfWords, ...] = ()


NOBODY = Known()


@dataclass(frozen=True, slots=True)
class Found:
    """Something that an aid found: in which part, from which letter to which, and by which list."""

    kind: FlagKind
    where: str
    start: int
    end: int
    why: str = ""


_FINDERS: tuple[tuple[FlagKind, Callable[[str], Iterator[tuple[int, int]]]], ...] = (
    (FlagKind.EMAIL, mails),
    (FlagKind.LINK, links),
    (FlagKind.HANDLE, handles),
    (FlagKind.PHONE, phones),
    (FlagKind.POSTCODE, postcodes),
    (FlagKind.ADDRESS, addresses),
)
"""In this order: an address at gmail.com is no link, and a number in a link no telephone's."""


def look(texts: Texts, known: Known = NOBODY) -> tuple[Found, ...]:
    """Return what the aids find in the parts of an item, part by part, in order."""
    found: list[Found] = []
    for where, written in texts.items():
        if written:
            found += _in(where, written, known)
    whole = "\n".join(texts.values())
    if is_long(whole):
        found.append(Found(FlagKind.LONG, "", 0, 0))
    if many_emoji(whole):
        found.append(Found(FlagKind.EMOJI, "", 0, 0))
    return tuple(found)


def _in(where: str, written: str, known: Known) -> list[Found]:
    seen = read(written)
    taken = _Taken(len(seen.text))
    found: list[Found] = []

    def add(kind: FlagKind, spans: Iterable[tuple[int, int]], why: str = "") -> None:
        for start, end in spans:
            if len(found) < MOST_OF_ONE and taken.take(start, end):
                span = seen.span(start, end)
                found.append(Found(kind, where, span.start, span.end, why))

    for kind, finder in _FINDERS:
        add(kind, finder(seen.text))
    add(FlagKind.NAME, full_names(seen.text, known.names))
    for one in known.lists:
        add(FlagKind.WORD, listed(seen.text, one), one.name)
    return sorted(found, key=lambda one: (one.start, one.end))


class _Taken:
    """Which letters are spoken for; each finding is counted once, and each letter looked at a few times."""

    def __init__(self, length: int) -> None:
        self._letters = bytearray(length)

    def take(self, start: int, end: int) -> bool:
        """Take letters, unless some of them are taken."""
        if any(self._letters[start:end]):
            return False
        self._letters[start:end] = b"\x01" * (end - start)
        return True
