"""An index that was built in one go proposes the same as one that was put together bit by bit."""

from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from journal.ids import new_id
from journal.store.index import Clause, Kind, Unit, Wanted, building, part, ranking
from journal.store.index.embedded import EmbeddedIndex
from journal.store.index.places import Places
from tests.gate.schools import LONG_AGO

WORDS = ["the", "the", "the", "snail", "hotel", "bridge", "moon", "żółw", "বাংলা", "sea-shell", "雨の日"]
CHUNK = 8


def units(random: Random, many: int) -> list[Unit]:
    """Units of a school, some said again and again, in no order of their time."""
    school = new_id()
    return [
        Unit(
            id=new_id(),
            item=new_id(),
            school=school,
            kind=random.choice(list(Kind)),
            circles=frozenset(random.sample(["family/1", "family/2", "class/1", "teachers/1"], random.randint(1, 3))),
            about=frozenset({random.choice(["pupil/1", "pupil/2"])}),
            at=LONG_AGO + timedelta(minutes=random.randrange(many)),
            title=" ".join(random.choices(WORDS, k=random.randint(0, 2))),
            words=" ".join(random.choices(WORDS, k=random.randint(0, 300 if number % 9 == 0 else 12))),
        )
        for number in range(many)
    ]


def asked(random: Random) -> Wanted:
    clauses = [Clause(("the",)), Clause(("snail",)), Clause(("the", "snail")), Clause(("雨", "の")), Clause(("żolw",))]
    return Wanted(
        clauses=tuple(random.sample([*clauses, Clause(("hotel",), frozenset({"=seashel", "moon"}))], 2)),
        circles=frozenset(random.sample(["family/1", "family/2", "class/1"], 2)),
        about=random.choice([(), (frozenset({"pupil/1"}),)]),
        since=random.choice([None, LONG_AGO + timedelta(minutes=40)]),
        until=random.choice([None, LONG_AGO + timedelta(minutes=90)]),
        newest=random.choice([True, False]),
    )


@pytest.mark.parametrize("memory", [0, 20_000, building.IN_MEMORY])
def test_built_at_once_and_put_one_by_one_propose_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, memory: int
) -> None:
    random = Random(memory)
    school = units(random, 120)
    for where, what, value in ((part, "CHUNK", CHUNK), (ranking, "CHUNK", CHUNK), (ranking, "_WHOLE", 2**CHUNK - 1)):
        monkeypatch.setattr(where, what, value)
    monkeypatch.setattr(part, "_COMMON", 20)
    bit_by_bit = EmbeddedIndex(tmp_path / "bits", "a secret")
    bit_by_bit.rebuild([])
    for start in range(0, 120, 40):
        some = school[start : start + 40]
        bit_by_bit.put([one.item for one in some], some)
    monkeypatch.setattr(building, "IN_MEMORY", memory)
    at_once = EmbeddedIndex(tmp_path / "once", "a secret")
    at_once.rebuild([school[:70], [], school[70:]])
    (inside,) = [one for one in (tmp_path / "once").iterdir() if one.is_dir()]
    assert all(one.is_file() for one in inside.iterdir()), "what was put down on the way is gone"
    found, when = 0, {one.id: one.at for one in school}
    for _ in range(80):
        wanted = asked(random)
        for start, most in ((0, 10), (10, 200)):
            once = [one.id for one in at_once.propose(wanted, start, most)]
            bits = [one.id for one in bit_by_bit.propose(wanted, start, most)]
            assert len(once) == len(bits)
            assert most == 10 or sorted(once) == sorted(bits)
            found += len(once)
            if wanted.newest:
                times = [when[one] for one in once]
                assert times == sorted(times, reverse=True)
    assert found > 100
    at_once.put([school[0].item], [])  # Whoosh can go on with it
    at_once.put([school[1].item], [school[1]])
    everything = Wanted((Clause((), frozenset({"the", "snail", "hotel"})),), frozenset({"family/1", "class/1"}))
    assert school[0].id not in {one.id for one in at_once.propose(everything, 0, 500)}


@pytest.mark.parametrize("places", [[0], [0, 1, 2], [127, 255, 256, 20_000], list(range(0, 4000, 3))])
def test_places_are_kept_as_they_are(places: list[int]) -> None:
    assert Places().decode_positions(Places().encode(places)) == places
