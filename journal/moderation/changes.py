"""What changed between two revisions, word by word. Pure: it knows words and pictures, no database.

Long or hostile words cost little: lines that are the same are passed over first, and of what is left no more than
``MOST`` words and blanks are held against one another; beyond that the old line stands as gone and the new one as new.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

MOST = 400
_WORD = re.compile(r"\S+|\s+")


class Kind(StrEnum):
    """What became of some words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stayed, went or came."""

    kind: Kind
    words: str


def changed_words(before: str, after: str) -> tuple[Piece, ...]:
    """Return the words of both, in order. The same and the new ones are ``after``, the same and those that are
    gone ``before``, to the letter."""
    return tuple(_joined(_lines(before.splitlines(keepends=True), after.splitlines(keepends=True))))


def _lines(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    for what, a, b, c, d in _steps(before, after):
        gone, new = "".join(before[a:b]), "".join(after[c:d])
        if what == "equal":
            yield Piece(Kind.SAME, new)
        else:
            yield from _words(_WORD.findall(gone), _WORD.findall(new))


def _words(before: list[str], after: list[str]) -> Iterator[Piece]:
    for what, a, b, c, d in _steps(before, after):
        gone, new = "".join(before[a:b]), "".join(after[c:d])
        if what == "equal":
            yield Piece(Kind.SAME, new)
            continue
        if gone:
            yield Piece(Kind.GONE, gone)
        if new:
            yield Piece(Kind.NEW, new)


def _steps(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """The steps from one to the other, as difflib has them. What is the same at both ends is passed over first."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if start:
        yield "equal", 0, start, 0, start
    if old or new:
        yield from _between(old, new, start)
    if end:
        yield "equal", len(before) - end, len(before), len(after) - end, len(after)


def _between(old: Sequence[str], new: Sequence[str], start: int) -> Iterator[tuple[str, int, int, int, int]]:
    if len(old) > MOST or len(new) > MOST:
        yield "replace", start, start + len(old), start, start + len(new)
        return
    for what, a, b, c, d in SequenceMatcher(str.isspace, old, new, autojunk=False).get_opcodes():
        yield what, start + a, start + b, start + c, start + d


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one piece; between two same ones, all that went stands before all that came."""
    gone, new = "", ""
    same = ""
    for piece in pieces:
        if piece.kind is Kind.SAME:
            yield from _turn(gone, new)
            gone, new = "", ""
            same += piece.words
            continue
        if same:
            yield Piece(Kind.SAME, same)
            same = ""
        gone, new = (gone + piece.words, new) if piece.kind is Kind.GONE else (gone, new + piece.words)
    if same:
        yield Piece(Kind.SAME, same)
    yield from _turn(gone, new)


def _turn(gone: str, new: str) -> Iterator[Piece]:
    if gone:
        yield Piece(Kind.GONE, gone)
    if new:
        yield Piece(Kind.NEW, new)


@dataclass(frozen=True, slots=True)
class PictureChange:
    """What became of one picture: whether it is new or gone, and its words if they changed."""

    number: int
    """Its place among those that are new, or among those that were, counted from one."""
    gone: bool = False
    new: bool = False
    moved: bool = False
    caption: tuple[Piece, ...] = ()
    description: tuple[Piece, ...] = ()


def changed_pictures(
    before: Sequence[tuple[object, str, str]], after: Sequence[tuple[object, str, str]]
) -> tuple[PictureChange, ...]:
    """Return what changed among pictures, each (id, caption, description)."""
    old = {one: (caption, words) for one, caption, words in before}
    ids = {one for one, _, _ in after}
    stayed = [one for one, _, _ in after if one in old]
    order = [one for one, _, _ in before if one in ids]
    found = [
        _one(at, one, old, order.index(one[0]) != stayed.index(one[0]))
        if one[0] in old
        else PictureChange(at, new=True)
        for at, one in enumerate(after, 1)
    ]
    found += [PictureChange(at, gone=True) for at, one in enumerate(before, 1) if one[0] not in ids]
    return tuple(one for one in found if one.gone or one.new or one.moved or one.caption or one.description)


def _one(at: int, picture: tuple[object, str, str], old: dict[object, tuple[str, str]], moved: bool) -> PictureChange:
    caption, words = old[picture[0]]
    return PictureChange(
        at,
        moved=moved,
        caption=changed_words(caption, picture[1]) if caption != picture[1] else (),
        description=changed_words(words, picture[2]) if words != picture[2] else (),
    )
