"""Full names of people of the school: a first and a last name together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from journal.aids.reads import Token, set_of, side_by_side, words_in

TITLES = set_of("mr mrs ms miss mx dr sir madam prof professor rev imam mister mistress mrs. mr. syr")
_MOST = 5
"""Words of one name that are compared."""


@dataclass(frozen=True, slots=True)
class Names:
    """The roll's names, ready to be looked for. All are folded."""

    whole: frozenset[tuple[str, ...]] = frozenset()
    """Names of two words or more: "nadia rahman"."""
    firsts: frozenset[str] = frozenset()
    lasts: frozenset[str] = frozenset()
    """Both of anybody: a child is often on the roll by the first name alone, and the last is the mother's."""


NO_NAMES = Names()


@lru_cache(maxsize=32)
def names_of(roll: tuple[str, ...], writer: str = "") -> Names:
    """Return the names of a roll without the writer's own."""
    own = _folded(writer)
    whole: set[tuple[str, ...]] = set()
    firsts: set[str] = set()
    lasts: set[str] = set()
    for name in roll:
        parts = _folded(name)
        titled = parts[:1] and parts[0] in TITLES
        parts = parts[1:] if titled else parts
        if not parts:
            continue
        if len(parts) > 1 and parts != own:
            whole.update({parts[:_MOST], (parts[0], parts[-1])})
        if len(parts) > 1 or titled:
            lasts.update(parts[-1].split("-"), [parts[-1]])
        if not titled:
            firsts.add(parts[0])
    firsts -= set(own[:1])
    return Names(frozenset(whole), frozenset(firsts), frozenset(lasts))


def full_names(text: str, names: Names) -> Iterator[tuple[int, int]]:
    """Yield where full names stand in a text that is read."""
    if not names.whole and not names.lasts:
        return
    for run in side_by_side(text, words_in(text), 2, " ."):
        at = 0
        while at < len(run) - 1:
            last = _name_at(run, at, names)
            if last:
                yield run[at].start, run[last].start + len(_bare(run[last].text))
            at = last + 1 if last else at + 1


def _name_at(run: list[Token], at: int, names: Names) -> int:
    """The place of the last word of a name that begins here; 0 for none."""
    words = [_fold(one.text) for one in run[at : at + _MOST]]
    for many in range(len(words), 1, -1):
        if tuple(words[:many]) in names.whole:
            return at + many - 1
    capitals = run[at].text[0].isupper() and run[at + 1].text[0].isupper()
    if capitals and words[0] in names.firsts and not names.lasts.isdisjoint((words[1], *words[1].split("-"))):
        return at + 1
    return 0


def _folded(name: str) -> tuple[str, ...]:
    return tuple(one for one in (_fold(word.text) for word in words_in(name)) if one)


def _bare(word: str) -> str:
    """A word without its 's."""
    for end in ("'s", "’s"):
        if word.endswith(end):
            return word[: -len(end)]
    return word


def _fold(word: str) -> str:
    return _bare(word).casefold().replace("’", "'").rstrip(".")


def all_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return names as ``names_of`` takes them, in one order, so that a roll is made ready once."""
    return tuple(sorted(set(names)))
