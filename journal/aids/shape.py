"""What can be said of a text without understanding it: very long, many emoji, much changed."""

import unicodedata
from collections import Counter

VERY_LONG = 6_000
"""Letters of a text that takes a moderator more than five minutes."""
MANY_EMOJI = 12
_FEW_WORDS = 6
"""Of texts as short as this nothing is said."""
_KEPT = 0.5
"""The share of words that two revisions have in common, below which one is much changed."""


def is_long(text: str) -> bool:
    """Tell whether a text is very long."""
    return len(text) > VERY_LONG


def emoji_in(text: str) -> int:
    """Return how many emoji a text has, as people count: a family or a flag is one."""
    many, joined, flags = 0, False, 0
    for char in text:
        if char == "\u200d":
            joined = True
            continue
        if "\U0001f1e6" <= char <= "\U0001f1ff":
            flags += 1
        elif "\U0001f3fb" <= char <= "\U0001f3ff":
            continue
        elif ord(char) > 0x2190 and unicodedata.category(char) == "So":
            many += not joined
        joined = False
    return many + (flags + 1) // 2


def many_emoji(text: str) -> bool:
    """Tell whether a text has many emoji: a lot, or more than words."""
    if text.isascii():
        return False
    many = emoji_in(text)
    return many >= MANY_EMOJI or (many >= MANY_EMOJI // 2 and many > len(text.split()))


def much_changed(before: str, after: str) -> bool:
    """Tell whether a text says mostly other things than it did, or has grown to more than twice of it."""
    old, new = Counter(before.casefold().split()), Counter(after.casefold().split())
    most = max(old.total(), new.total())
    if most < _FEW_WORDS:
        return False
    return (old & new).total() < _KEPT * most
