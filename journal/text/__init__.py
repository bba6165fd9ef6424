"""Words that anybody typed: made safe, measured, cut and turned (floor 0).

Everything that a person writes passes through here before it is kept. Nothing else in the house
may touch bleach. Functions return plain `str`; templates get safe HTML marked as such in one place.
"""

from journal.text.marks import with_marks
from journal.text.plain import (
    CAPTION,
    COMMENT_WORDS,
    CONCERN,
    DESCRIPTION,
    ENTRY_WORDS,
    NOTE,
    TITLE,
    Direction,
    TooLong,
    clean_line,
    clean_words,
    direction,
    excerpt,
)
from journal.text.rich import HTML_LIMIT, POLICY, html_from_words, safe_html, trusted, without_links, words_from_html

__all__ = [
    "CAPTION",
    "COMMENT_WORDS",
    "CONCERN",
    "DESCRIPTION",
    "ENTRY_WORDS",
    "HTML_LIMIT",
    "NOTE",
    "POLICY",
    "TITLE",
    "Direction",
    "TooLong",
    "clean_line",
    "clean_words",
    "direction",
    "excerpt",
    "html_from_words",
    "safe_html",
    "trusted",
    "with_marks",
    "without_links",
    "words_from_html",
]
