"""Marking words in HTML that is clean already."""

import re
from collections.abc import Collection
from html import escape

_PIECES = re.compile(r"(<[^>]*>)")
MOST = 20


def with_marks(html: str, words: Collection[str]) -> str:
    """Return clean HTML in which some words are marked wherever they stand between two tags.

    What runs over a tag is left unmarked. Tags themselves, and so addresses in them, are never touched.
    """
    asked = sorted({escape(one, quote=False) for one in words if one.strip()}, key=lambda one: (-len(one), one))[:MOST]
    if not asked:
        return html
    there = re.compile("|".join(re.escape(one) for one in asked))
    pieces = _PIECES.split(html)
    return "".join(
        one if one.startswith("<") else there.sub(lambda found: f'<mark class="flag">{found[0]}</mark>', one)
        for one in pieces
    )
