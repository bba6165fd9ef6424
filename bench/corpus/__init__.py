"""Sentences that children and relatives might write, by which the aids are measured."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from journal.aids import Known, list_of, look, shipped
from journal.aids.people import all_names, names_of
from journal.aids.wordlist import LANGUAGES
from journal.words import FlagKind

ROLL = (
    "Maya",
    "Oscar",
    "Priya",
    "Nadia Rahman",
    "Joe Ellis",
    "Mr Adeyemi",
    "Mrs Doyle",
    "Gwen Pugh",
    "Aisha Noor",
    "Tomasz Kowal",
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and the kinds that a grown-up who knows the school would flag in it."""

    kinds: frozenset[FlagKind]
    text: str


@dataclass(slots=True)
class Score:
    """How one kind did: rightly flagged, flagged without need, missed."""

    right: int = 0
    needless: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Of what was flagged, the share that should have been."""
        return self.right / max(1, self.right + self.needless)

    @property
    def recall(self) -> float:
        """Of what should have been flagged, the share that was."""
        return self.right / max(1, self.right + self.missed)


def sentences() -> list[Sentence]:
    """Return the corpus."""
    lines = (Path(__file__).parent / "flags.txt").read_text("utf-8").split("\n")
    found = []
    for line in lines:
        if line and not line.startswith("#"):
            kinds, _bar, text = line.partition("|")
            found.append(Sentence(frozenset(FlagKind(one) for one in kinds.split(",") if one != "-"), text))
    return found


def known() -> Known:
    """Return the school of the corpus: its roll, and the lists that come with the product."""
    return Known(names_of(all_names(ROLL)), tuple(list_of(one, shipped(one)) for one in LANGUAGES))


@cache
def scores() -> Mapping[FlagKind, Score]:
    """Return how each kind does on the corpus."""
    school = known()
    found: dict[FlagKind, Score] = {}
    for one in sentences():
        raised = {flag.kind for flag in look({"words": one.text}, school)}
        for kind in raised | one.kinds:
            score = found.setdefault(kind, Score())
            score.right += kind in raised and kind in one.kinds
            score.needless += kind in raised and kind not in one.kinds
            score.missed += kind in one.kinds and kind not in raised
    return found


def mistakes() -> list[str]:
    """Return what the aids get wrong on the corpus, in words."""
    school = known()
    found = []
    for one in sentences():
        raised = {flag.kind for flag in look({"words": one.text}, school)}
        if raised != one.kinds:
            found.append(f"{sorted(raised)} instead of {sorted(one.kinds)}: {one.text}")
    return found
