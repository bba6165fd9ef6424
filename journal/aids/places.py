"""Where somebody lives: postcodes and addresses."""

from collections.abc import Iterator
from typing import Any

from journal.aids.reads import alone, pattern, set_of, side_by_side, words_in

AREAS = set_of(
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK "
    "FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG "
    "NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR "
    "TS TW UB W WA WC WD WF WN WR WS WV YO ZE"
)
"""The first letters of all postcodes of the United Kingdom, Jersey, Guernsey and Man."""
_CODE = pattern(r"(?i)([A-Z]{1,2})[0-9][0-9A-Z]?[ \t.\-]{0,3}([0-9])([ABD-HJLNP-UW-Z]{2})")
_ORDINALS = frozenset({"1ST", "2ND", "3RD", *(f"{number}TH" for number in range(10))})
_ROADS = "street|road|rd|lane|avenue|ave|crescent|cres|terrace|gardens|grove|boulevard|mews|cul-de-sac"
_MAYBE = (
    "st|close|drive|way|place|court|hill|walk|row|square|parade|view|rise|green|park|fields|meadow|meadows|croft|house"
)
"""Ends of street names that are words besides: only where a name is written as one, with capitals."""
_WELSH = "Heol|Ffordd|Stryd|Lôn|Rhodfa|Clos|Rhes|Maes|Bryn|Tan|Pen|Cae|Erw|Llys"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ONES = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen"
)
_NUMBER = rf"(?:[0-9]{{1,4}}[A-Za-z]?|(?:(?i:{_TENS})(?:[ \-](?i:{_ONES}))?)|(?i:{_ONES}))"
_NAME = r"[\p{L}'’\-]+"
_STREET = pattern(rf"({_NUMBER}),? ((?:{_NAME} ){{1,3}}?)((?i:{_ROADS}))(?:[^\p{{L}}]|$)")
_CAPITALS = pattern(rf"({_NUMBER}),? ((?:\p{{Lu}}[\p{{L}}'’\-]+ ){{1,3}}?)((?i:{_MAYBE}))(?:[^\p{{L}}]|$)")
_LIVING = pattern(
    rf"(?i)(?:live|lives|living|stay|address is|address:|house is|home is|flat is)(?: \w+){{0,3}}? (?:at|in|on|is)? ?"
    rf"((?-i:{_NUMBER}),? (?:{_NAME} ){{1,2}}?(?:{_MAYBE}|{_ROADS}))(?:[^\p{{L}}]|$)"
)
_HEOL = pattern(rf"({_NUMBER}),? ((?i:{_WELSH}) (?:[yr] )?\p{{L}}[\p{{L}}'’\-]+)")
_FLAT = pattern(
    r"(?i)((?:flat|apartment|apt|fflat) (?:no\.? ?|number )?[0-9]{1,3}[a-z]?,? (?:[0-9]{1,4} )?"
    r"(?-i:\p{Lu})[\p{L}'’\-]+(?: \p{L}+)? ?(?:house|court|towers?|heights|lodge|mansions|street|road|lane|close)?)"
)
_URDU = pattern(r"((?:مکان|گھر|فلیٹ) (?:نمبر|کا نمبر) ?[0-9]{1,5}|گلی نمبر ?[0-9]{1,4})")
_NO_NAME = set_of(
    "the a an of in on to at for and or but with from by across along down up over under into my our his her "
    "their your this that these those is are was were it we i he she they there then than some any no not all "
    "every each very more minutes minute hours hour miles mile metres metre meters km kilometres seconds laps "
    "times days weeks months years year people men women children cars car buses lorries bikes houses shops trees "
    "dogs cats busy different other long wide big little small old new muddy quiet main bumpy cross crossed "
    "crossing walked ran saw near"
)
_SPACED = 5
"""Single letters in a row that may be a postcode."""


def postcodes(text: str) -> Iterator[tuple[int, int]]:
    """Yield where postcodes stand in a text that is read, spaced ones too."""
    for found in _CODE.finditer(text):
        if alone(text, found.start(), found.end()) and _is_code(found):
            yield found.start(), found.end()
    letters = [one for one in words_in(text) if len(one.text) == 1 and one.text.isascii()]
    for run in side_by_side(text, letters, 1, " .-"):
        if _SPACED <= len(run) <= 40:
            joined = "".join(one.text for one in run)
            for found in _CODE.finditer(joined):
                if found.end() - found.start() >= _SPACED and _is_code(found):
                    yield run[found.start()].start, run[found.end() - 1].end


def _is_code(found: Any) -> bool:
    area, inward = found.group(1).upper(), found.group(2) + found.group(3).upper()
    if area not in AREAS:
        return False
    return inward not in _ORDINALS or found.group(3).isupper()


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Yield where addresses stand in a text that is read: a number with a street, a flat, a house."""
    for one in (_STREET, _CAPITALS):
        for found in one.finditer(text):
            names = found.group(2).casefold().split()
            if _begins(text, found.start()) and _NO_NAME.isdisjoint(names):
                yield found.start(), found.end(3)
    for one in (_LIVING, _HEOL, _FLAT, _URDU):
        for found in one.finditer(text):
            start, end = (found.start(1), found.end(1)) if one is not _HEOL else (found.start(), found.end())
            if _begins(text, start):
                yield start, end


def _begins(text: str, start: int) -> bool:
    """Whether a word begins here."""
    return start == 0 or not (
        text[start - 1].isalnum() or (text[start - 1] in ".,:" and text[start - 2 : start - 1].isdigit())
    )
