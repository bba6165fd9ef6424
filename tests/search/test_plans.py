"""PostgreSQL finds units by its index, however many there are, for rare words and for words that all of them say."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine, event

from journal import records as r
from journal.ids import new_id
from journal.store.index import Clause, Kind, Unit, Wanted
from tests.gate.schools import LONG_AGO, empty, seeing_all
from tests.search.conftest import House
from tests.world import World

MANY = 4000


@contextmanager
def statements(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    seen: list[tuple[str, Any]] = []

    def note(_c: Any, _cur: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        seen.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def fill(house: House) -> None:
    """Put many units into the index, most of them for others."""
    random = Random(7)
    with seeing_all(house.engine) as session:
        school = r.School(name="S")
        session.add(school)
        session.commit()
    words = [f"word{number}" for number in range(300)]

    def unit(number: int) -> Unit:
        return Unit(
            id=new_id(),
            item=new_id(),
            school=school.id,
            kind=Kind.WORDS,
            circles=frozenset({f"family/{random.randrange(200)}", f"class/{random.randrange(8)}"}),
            about=frozenset({"kind/words"}),
            at=LONG_AGO + timedelta(minutes=number),
            title="",
            words=" ".join(["the", *random.choices(words, k=20)]),
        )

    house.index.rebuild([[unit(number) for number in range(start, start + 500)] for start in range(0, MANY, 500)])


@pytest.mark.parametrize("newest", [True, False])
def test_no_question_reads_all_units(house: House, newest: bool) -> None:
    empty(house.engine)
    fill(house)
    mine = frozenset({"family/3", "family/4", "class/1"})
    found = {}
    with statements(house.engine) as seen:
        for word in ("the", "word7"):
            wanted = Wanted((Clause((word,)),), mine, newest=newest)
            found[word] = house.index.propose(wanted, 0, 64)
    assert len(found["the"]) == 64
    assert 0 < len(found["word7"]) < 64
    if house.engine.dialect.name != "postgresql":
        assert seen == [], "the embedded index asks no database"
        return
    with house.engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE search_unit")
        # Of some thousand rows PostgreSQL likes to read all. Where it need not, there is an index for it.
        connection.exec_driver_sql("SET enable_seqscan = off")
        for statement, parameters in seen:
            plan = "\n".join(row[0] for row in connection.exec_driver_sql("EXPLAIN " + statement, parameters))
            assert "ix_search_unit_terms" in plan, plan
            assert not re.search("Seq Scan on search_unit", plan), plan


def test_what_was_proposed_is_read_by_its_ids_however_many_items_there_are(world: World) -> None:
    with statements(world.engine) as seen:
        assert world.found("joe", "the").hits
        assert world.found("joe", "labels").hits
    with world.engine.connect() as connection:
        plans = [
            "\n".join(str(row[3]) for row in connection.exec_driver_sql("EXPLAIN QUERY PLAN " + statement, parameters))
            for statement, parameters in seen
            if "FROM placement JOIN" in statement or "FROM item JOIN revision" in statement
        ]
    assert len(plans) > 2
    for plan in plans:
        assert "ix_item_deleted" not in plan, "it begins with all items that were not deleted, which are nearly all"
        assert not re.search("SCAN (item|revision|placement|shown)", plan), plan
