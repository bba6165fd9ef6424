"""Aids for those who moderate, and kind questions for those who write: what might be in words, and where.

Pure functions without a database. They judge nothing: whoever reads decides. Every pattern runs in RE2, in which none
can run away; nothing leaves the house.
"""

from journal.aids.look import NOBODY, Found, Known, Texts, look
from journal.aids.shape import much_changed
from journal.aids.wordlist import BadLine, ListOfWords, list_of, shipped

__all__ = [
    "NOBODY",
    "BadLine",
    "Found",
    "Known",
    "ListOfWords",
    "Texts",
    "list_of",
    "look",
    "much_changed",
    "shipped",
]
