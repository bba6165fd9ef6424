"""Folding: words that people count as the same are written the same way, in every script.

Case, accents, the signs that Arabic, Urdu, Hebrew and the scripts of India can leave out, letters that look or sound
alike from one keyboard to the next. What is folded is compared, never shown.
"""

import re
import unicodedata

_LETTERS = {
    # Latin letters that Unicode does not take apart.
    **dict(zip("łøđħŧıðŋ", "lodhtidn", strict=True)),
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    # Arabic and Urdu: the same letter from different keyboards, and at the end of a word.
    **dict.fromkeys("یىېے", "ي"),
    "ک": "ك",
    **dict.fromkeys("ہھةۃە", "ه"),
    "ٱ": "ا",
    # Nothing to hear: tatweel, joiners, soft hyphen, apostrophes.
    **dict.fromkeys("ـ\u200c\u200d\u00ad'’‘ʼ＇", ""),
}
_SAME = str.maketrans(_LETTERS)
_OFTEN_LEFT_OUT = frozenset("\u0901\u0902\u0981\u0a01\u0a02\u0a70\u0a71")
"""Candrabindu and anusvara in Devanagari, candrabindu in Bengali; adak bindi, bindi, tippi and addak in Gurmukhi."""
_NUKTA = 7
"""The combining class of the dot under a letter."""
_NASAL = re.compile("[ङञणनम]\u094d(?=[क-ह])")
"""In Hindi a nasal before another consonant is as often written as anusvara: हिन्दी, हिंदी."""
_POSSESSIVE = re.compile(r"(?<=\w)['’‘ʼ＇]s(?=['’‘ʼ＇]*\Z)", re.IGNORECASE)


def fold(word: str, *, nasals: bool = False) -> str:
    """Return a word as it is compared; "" for one of which nothing is left.

    ``nasals`` keeps in Hindi the nasal letters that can be written as signs too, and would go with these.
    """
    if word.isascii() and word.isalnum():
        return word.lower()
    text = unicodedata.normalize("NFKC", _POSSESSIVE.sub("", word)).casefold().translate(_SAME)
    if text.isascii():
        return text
    plain = _without_signs(text if nasals else _NASAL.sub("", text))
    return unicodedata.normalize("NFC", plain).translate(_SAME)


def _without_signs(text: str) -> str:
    kept: list[str] = []
    plain = True  # signs without a letter are nothing
    for char in unicodedata.normalize("NFKD", text):
        if unicodedata.category(char) == "Mn":
            if plain or char in _OFTEN_LEFT_OUT or unicodedata.combining(char) == _NUKTA:
                continue
        else:
            plain = _signs_can_go(char)
            digit = unicodedata.decimal(char, None)
            char = char if digit is None else str(digit)
        kept.append(char)
    return "".join(kept) if any(unicodedata.category(char)[0] != "M" for char in kept) else ""


def _signs_can_go(char: str) -> bool:
    """Whether all signs on this letter can be left out: Latin, Greek, Cyrillic, Hebrew, Arabic."""
    return char < "\u0780" or "\u1e00" <= char < "\u2000" or "\ufb00" <= char < "\ufe00"


def bare(folded: str) -> str:
    """Return a folded word without any vowel sign: what somebody types who writes the consonants alone."""
    if folded.isascii():
        return folded
    return "".join(char for char in folded if unicodedata.category(char)[0] != "M")
