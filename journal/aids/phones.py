"""Telephone numbers: written, spaced, or spelled out. What is a number is said by the phonenumbers library."""

from collections.abc import Iterator
from dataclasses import dataclass

import phonenumbers

from journal.aids.reads import Token, pattern, words_in

HOME = "GB"
_LEAST, _MOST = 7, 15
"""Digits of a number, the land's included (E.164 has at most 15)."""
_BETWEEN = frozenset(" \t\n.,-–—()/_*·•:")
_GAP = 4
"""Letters between two groups of one number."""
_DATE = pattern(r"[0-9]{1,2}[./\-][0-9]{1,2}[./\-](?:[0-9]{4}|[0-9]{2})(?:[^0-9]|$)")
_ASKS = pattern(r"(?i)\b(?:ring|call|phone|tel|telephone|mobile|number|text|whatsapp|ffon|ffonia|rhif)\b|فون|نمبر|کال")
_CONTEXT = 24
"""Letters in front of a short number in which its being a telephone's is said."""
_SAID = {
    **dict.fromkeys(("oh", "o", "zero", "nought", "naught", "nil", "dim", "sero", "صفر"), "0"),
    **dict.fromkeys(("one", "un", "ایک"), "1"),
    **dict.fromkeys(("two", "dau", "dwy", "دو"), "2"),
    **dict.fromkeys(("three", "tri", "tair", "تین"), "3"),
    **dict.fromkeys(("four", "pedwar", "pedair", "چار"), "4"),
    **dict.fromkeys(("five", "pump", "پانچ"), "5"),
    **dict.fromkeys(("six", "chwech", "چھ", "چھے"), "6"),
    **dict.fromkeys(("seven", "saith", "سات"), "7"),
    **dict.fromkeys(("eight", "wyth", "آٹھ"), "8"),
    **dict.fromkeys(("nine", "naw", "نو"), "9"),
}
_TIMES = {"double": 2, "dwbl": 2, "ڈبل": 2, "triple": 3, "treble": 3}
_ZEROES = {"hundred": "00", "thousand": "000", "cant": "00"}


@dataclass(frozen=True, slots=True)
class _Group:
    """Digits that stand together, and where."""

    digits: str
    start: int
    end: int
    plus: bool = False
    said: bool = False


def phones(text: str) -> Iterator[tuple[int, int]]:
    """Yield where telephone numbers stand in a text that is read, in order."""
    groups = list(_groups(text))
    done = 0
    for first, group in enumerate(groups):
        if group.start < done or not (group.plus or group.digits[0] == "0" or group.digits.startswith("44")):
            continue
        last = _whole(text, groups, first)
        if last is not None:
            done = groups[last].end
            yield group.start - group.plus, done
    yield from ((one.start, one.end) for one in _short(text, groups))


def _groups(text: str) -> Iterator[_Group]:
    """Digits as they stand, and words that say digits; an O beside digits is a nought."""
    times = 1
    for word in words_in(text):
        low = word.text.casefold()
        if low in _TIMES:
            times = _TIMES[low]
            continue
        for part in _parts(word):
            plus = part.start > 0 and text[part.start - 1] == "+"
            said = part.text.casefold()
            digits = _SAID.get(said) or _ZEROES.get(said) or _as_digits(part.text)
            if digits:
                spelled = not part.text[0].isdecimal()
                yield _Group(digits * times, part.start, part.end, plus, spelled)
        times = 1


def _parts(word: Token) -> list[Token]:
    """The pieces of a word that hyphens hold together: 07700-900-142, oh-seven-seven."""
    found, at = [], word.start
    for piece in word.text.split("-"):
        if piece:
            found.append(Token(piece, at, at + len(piece)))
        at += len(piece) + 1
    return found


def _as_digits(word: str) -> str:
    """A word's digits; "" for one in which there are letters, save an O that is meant as nought."""
    if len(word) > _MOST:
        return ""
    digits = word.replace("o", "0").replace("O", "0")
    return digits if digits.isdecimal() and any(one.isdecimal() for one in word) else ""


def _whole(text: str, groups: list[_Group], first: int) -> int | None:
    """The last group of the longest number that begins with this one, if any does."""
    digits, found = "", None
    for here in range(first, min(len(groups), first + _MOST)):
        group = groups[here]
        if here > first and not _joined(text, groups[here - 1], group):
            break
        digits += group.digits
        if len(digits) > _MOST:
            break
        if len(digits) >= _LEAST and _is_number(text, groups[first], digits):
            found = here
    return found


def _joined(text: str, before: _Group, after: _Group) -> bool:
    gap = text[before.end : after.start]
    if after.said or before.said:
        gap = gap.casefold().replace("double", "").replace("triple", "").replace("treble", "").replace("dwbl", "")
    return len(gap) <= _GAP and all(one in _BETWEEN for one in gap)


def _is_number(text: str, first: _Group, digits: str) -> bool:
    if (digits.startswith("07") and len(digits) == 11) or (digits.startswith("447") and len(digits) == 12):
        return True  # every mobile, those for stories (07700 900...) too, which are nobody's
    if not first.plus and _DATE.match(text[first.start : first.start + 12]):
        return False
    if not first.plus and (digits.startswith("000") or (digits[1] != "0" and not 10 <= len(digits) <= 12)):
        return False  # no country's, and none of ours: the library need not be asked
    home = first.plus or digits.startswith(("00", "44"))
    dialled = f"+{digits.removeprefix('00')}" if home else digits
    try:
        number = phonenumbers.parse(dialled, HOME)
    except phonenumbers.NumberParseException:
        return False
    if phonenumbers.is_valid_number(number):
        return True
    near = _ASKS.search(text[max(0, first.start - _CONTEXT) : first.start])
    return bool(near or first.plus) and len(digits) >= 10 and phonenumbers.is_possible_number(number)


def _short(text: str, groups: list[_Group]) -> Iterator[_Group]:
    """Numbers without their town's, where the words in front say that they are telephones'."""
    for at, group in enumerate(groups):
        if not 6 <= len(group.digits) <= 8 or group.digits[0] == "0" or group.said:
            continue
        longer = at > 0 and _joined(text, groups[at - 1], group)
        if not longer and _ASKS.search(text[max(0, group.start - _CONTEXT) : group.start]):
            yield group
