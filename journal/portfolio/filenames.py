"""Names of files that are safe on every system and can be read by people."""

import unicodedata

LONGEST = 48
"""Bytes of a name's words, so that with its number, its folders and its ending it is short enough everywhere."""


def slug(words: str) -> str:
    """Return words as a piece of a file's name: letters, marks and digits of any script, joined by hyphens.

    '' where nothing of them can stand in a name. It is never to stand alone, so it may be a word that some system
    keeps for itself. Composed letters (NFC), never cut inside one.
    """
    found: list[str] = []
    for letter in unicodedata.normalize("NFC", words.replace("’", "").replace("'", "")):
        if unicodedata.category(letter)[0] in "LMN":
            found.append(letter.lower())
        elif found and found[-1] != "-":
            found.append("-")
    # A mark at the start belongs to nothing.
    while found and (found[0] == "-" or unicodedata.category(found[0])[0] == "M"):
        found.pop(0)
    length = 0
    kept: list[str] = []
    for letter in found:
        length += len(letter.encode())
        if length > LONGEST:
            break
        kept.append(letter)
    while kept and unicodedata.category(kept[-1])[0] == "M" and len(kept) < len(found):
        kept.pop()
    return unicodedata.normalize("NFC", "".join(kept)).strip("-")


def photo_name(number: int, title: str) -> str:
    """Return what a photo's file is called: its number in the portfolio, and what its entry is called."""
    words = slug(title)
    return f"photos/{number:04}-{words}.jpg" if words else f"photos/{number:04}.jpg"


def folder_name(name: str) -> str:
    """Return the one folder in which a portfolio lies."""
    return f"portfolio-{slug(name)}".rstrip("-")


def download_name(name: str) -> str:
    """Return what a portfolio's file is called when it is fetched."""
    return f"{folder_name(name)}.zip"
