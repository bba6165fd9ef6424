"""The embedded index reads of the disk what it has not read yet, once, and understands it whatever was written."""

from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.ids import new_id
from journal.store.index import Clause, Kind, Unit, Wanted, part
from journal.store.index.bits import bits_of, numbers_of, ranks_of
from journal.store.index.embedded import EmbeddedIndex
from journal.store.index.packing import BLOCK, PackedMatcher
from tests.gate.schools import LONG_AGO

MINE = frozenset({"family/1"})
MANY = 3 * BLOCK + 7

Numbers = st.lists(st.integers(0, 999), unique=True).map(sorted)


@given(Numbers, Numbers, st.sampled_from([1000, 100_000]))
def test_sets_of_documents_say_what_is_in_them_and_how_many_are_below(
    some: list[int], asked: list[int], size: int
) -> None:
    bits = bits_of(iter(some), size)
    assert bits == sum(1 << number for number in some)
    assert list(numbers_of(bits)) == some
    assert list(ranks_of(bits, asked)) == [(one, some.index(one)) for one in asked if one in some]


def said(words: str, minute: int) -> Unit:
    return Unit(
        id=new_id(),
        item=new_id(),
        school=new_id(),
        kind=Kind.WORDS,
        circles=MINE,
        about=frozenset({"pupil/1"}),
        at=LONG_AGO + timedelta(minutes=minute),
        title="",
        words=words,
    )


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> EmbeddedIndex:
    """An index in which "the" is a common word, and stands in each unit another number of times."""
    monkeypatch.setattr(part, "_COMMON", BLOCK)
    random, index = Random(5), EmbeddedIndex(tmp_path / "index", "a secret")
    index.rebuild([[said("the " * random.choice([1, 2, 30, 300]) + f"snail{at % 2}", at) for at in range(MANY)]])
    return index


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Where blocks begin that were read from the disk."""
    found: list[int] = []
    reads = PackedMatcher._read_data
    monkeypatch.setattr(PackedMatcher, "_read_data", lambda self: found.append(self._dataoffset) or reads(self))
    return found


def test_a_common_word_is_read_once_both_for_who_says_it_and_how_often(index: EmbeddedIndex, read: list[int]) -> None:
    wanted = Wanted((Clause(("the",)),), MINE)
    first = index.propose(wanted, 0, 64)
    assert len(first) == 64
    assert len(read) == len(set(read)), "no block is read twice"
    known = len(read)
    assert index.propose(wanted, 0, 64) == first
    assert len(read) == known, "and none again for the next question"


def test_it_counts_the_same_however_common_a_word_is_and_after_it_was_forgotten(
    index: EmbeddedIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.propose(Wanted((Clause(("the",)),), MINE), 0, 1)
    (segment,) = index._parts.values()
    numbers = list(range(0, MANY, 3))
    counted = segment.counts("the", numbers)
    assert set(counted.values()) == {1, 2, 30, 255}
    monkeypatch.setattr(part, "_COUNTED", 1)
    segment.counts("snail0", numbers)
    assert list(segment._counts) == ["snail0"]
    assert segment.counts("the", numbers) == counted
    monkeypatch.setattr(part, "_COMMON", MANY)
    assert segment.counts("the", numbers) == counted
