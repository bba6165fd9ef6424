"""The bench measures what it says, on the smallest school: the shape of its rows, never how long anything took."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from bench import feed, machine, photo_alone, timing
from bench.readme import BEGIN, END, with_table
from bench.rows import Row, as_json, as_line, as_markdown, percentile, read_json, row
from bench.schools import Schools, kept_schools, sizes
from bench.visits import in_turn, repeat
from journal.demo.large_people import PARENT
from tests.fixtures.pictures import jpeg, scene

ROOT = Path(__file__).resolve().parent.parent
FIELDS = {"name", "value", "unit", "limit", "holds", "note"}


@pytest.fixture(scope="module")
def schools(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Schools]:
    with kept_schools(tmp_path_factory.mktemp("bench"), postgres=False) as kept:
        yield kept


def test_a_row_says_whether_its_limit_holds() -> None:
    assert row("a", 2, "ms", most=2).holds is True
    assert row("a", 2.1, "ms", most=2).holds is False
    assert row("a", 299, "/s", least=300) == Row("a", 299.0, "/s", 300, False, "at least")
    assert row("a", 301, "/s", least=300).holds is True
    assert row("a", 5, "ms").holds is None


def test_a_percentile_is_a_value_that_was_measured() -> None:
    assert percentile([3, 1, 2], 0.5) == 2
    assert percentile(list(range(100)), 0.95) == 95
    assert percentile([7], 1) == 7
    with pytest.raises(ValueError, match="nothing was measured"):
        percentile([], 0.5)


def test_rows_go_through_json_and_become_a_table(tmp_path: Path) -> None:
    rows = [row("one", 1234.5678, "ms", "noted", most=2000), row("two", 0.123456, "ms", most=0.1), row("three", 4, "")]
    file = tmp_path / "results.json"
    file.write_text(as_json(rows))
    assert read_json(file) == rows
    assert all(one.keys() == FIELDS for one in json.loads(file.read_text()))
    table = as_markdown(rows).splitlines()
    assert table[2] == "| one | 1,235 ms | 2,000 | yes | noted |"
    assert table[3] == "| two | 0.1235 ms | 0.1 | **no** |  |"
    assert "limit 2,000: yes" in as_line(rows[0])


def test_the_table_stands_between_the_marks_of_the_readme() -> None:
    readme = (ROOT / "README.md").read_text()
    asked = [
        row("search, p50", 1, "ms", most=2),
        row("search, p95", 6, "ms", most=2),
        row("search, p99", 9, "ms", most=4),
    ]
    made = with_table(readme, [*asked, row("two", 1, "ms"), row("machine: cores", 2, "")])
    assert "| search, p50 | 1 ms | 2 | yes |" in made
    assert "| search | 1 of 3 | search, p95: 6 ms for 2 |" in made
    assert "| two |" not in made
    assert "machine: cores" in made
    assert made.partition(BEGIN)[0] == readme.partition(BEGIN)[0]
    assert made.partition(END)[2] == readme.partition(END)[2]
    with pytest.raises(ValueError, match="marks"):
        with_table("nothing here", [])


def test_pages_of_twenty_are_measured_for_every_reader(schools: Schools, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BENCH_SIZES", "300")
    monkeypatch.setattr(feed, "KINDS", ("SQLite",))
    monkeypatch.setattr(feed, "in_turn", partial(in_turn, warm=1, least=3, most=3))
    assert sizes() == (300,)
    rows = list(feed.measure(schools))
    for reader in feed.READERS:
        mine = [one for one in rows if one.name.startswith(f"feed, {reader.words}, SQLite")]
        assert len(mine) == 6 + 1 + 2
        assert all(one.value > 0 for one in mine)
        assert [one.value for one in mine if one.name.endswith("growth 300 to 300: whole page, p50")] == [1]
    assert all(isinstance(one.holds, bool) == (one.limit is not None) for one in rows)
    assert {one.name for one in schools.rows()} == {"demo: a school of 300 entries, SQLite"}


def test_a_school_is_made_once_and_a_copy_may_be_changed(schools: Schools) -> None:
    with schools.open("SQLite", 300) as place:
        assert place.member(PARENT).name
    before = dict(schools.built)
    with schools.open("SQLite", 300) as whole, schools.open("SQLite", 300, copied="changed") as copy:
        assert whole.settings.database_url != copy.settings.database_url
        assert copy.member(PARENT).id == whole.member(PARENT).id
    assert schools.built == before


def test_the_time_in_the_database_and_its_statements_are_counted(schools: Schools) -> None:
    with schools.open("SQLite", 300) as place:
        visitor = place.come_in(place.member(PARENT))
        first = visitor.get("/home")
        assert first.status == 200
        assert 0 < first.database < first.wall
        assert 3 <= first.statements <= 8
        assert visitor.get("/help").statements < first.statements
        assert timing.SPENT.statements < first.statements
        with pytest.raises(RuntimeError, match="answered 404"):
            repeat(lambda: visitor.get("/entries/nothing"), warm=0)


def test_a_photo_is_worked_on_in_every_way(tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(jpeg(scene(2400, 1800), orientation=6))
    for work in photo_alone.WORK:
        said = subprocess.run(
            [sys.executable, "-m", "bench.photo_alone", work, str(photo), "1"],
            check=True,
            capture_output=True,
            text=True,
            cwd=ROOT,
        )
        found = json.loads(said.stdout)
        assert len(found["cpu"]) == 1
        assert found["peak"] > 0


def test_the_machine_says_what_it_is_and_how_steady() -> None:
    machine.look()
    found = {one.name: one.value for one in machine.rows()}
    assert found["machine: cores"] == os.cpu_count()
    assert found["machine: a fixed loop, p95 against p50"] >= 1


def test_a_subject_that_there_is_none_of_is_named() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "bench"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "BENCH_ONLY": "feed,weather"},
    )
    assert said.returncode == 2
    assert "weather" in said.stderr
