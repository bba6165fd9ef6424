"""PostgreSQL finds units by its index, however many there are, for rare words and for words that all of them say."""

import re
from datetime import timedelta
from random import Random

import pytest

from journal import records as r
from journal.ids import new_id
from journal.store.index import Clause, Kind, Unit, Wanted, postgres
from journal.store.index import common as common_
from journal.store.index.postgres import PostgresIndex
from tests.gate.schools import LONG_AGO, empty, seeing_all
from tests.plans import by_index, plan, scanned, statements
from tests.search.conftest import House
from tests.world import World

MANY = 4000


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
        by_index(connection)
        for statement, parameters in [one for one in seen if "FROM search_unit" in one[0]]:
            found_so = plan(connection, statement, parameters)
            assert "ix_search_unit_terms" in found_so, found_so
            assert "search_unit" not in scanned(found_so, statement), found_so


def test_what_was_proposed_is_read_by_its_ids_however_many_items_there_are(world: World) -> None:
    with statements(world.engine) as seen:
        assert world.found("joe", "the").hits
        assert world.found("joe", "labels").hits
    with world.engine.connect() as connection:
        plans = [
            plan(connection, statement, parameters)
            for statement, parameters in seen
            if "FROM placement JOIN" in statement or "FROM item JOIN revision" in statement
        ]
    assert len(plans) > 2
    for found_so in plans:
        assert "ix_item_deleted" not in found_so, "it begins with all items that were not deleted, which are nearly all"
        assert not re.search("SCAN (item|revision|placement|shown)", found_so), found_so


def test_however_much_is_proposed_a_database_is_asked_in_the_same_words(world_on_both: World) -> None:
    with statements(world_on_both.engine) as seen:
        many = [len(world_on_both.found("maya", words).hits) for words in ("the", "snail", "labels")]
        asked = {statement for statement, _ in seen if "revision" in statement and "search_unit" not in statement}
    assert max(many) == 10
    assert min(many) == 1
    assert len(asked) == 3, "words, pictures, and what entries are called"


def test_a_rare_word_is_looked_for_at_once_and_a_common_one_in_what_is_new_first(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    if house.engine.dialect.name != "postgresql":
        return  # the embedded index has no spans of time
    with house.engine.begin() as connection:  # nobody looks over the units but this test
        connection.exec_driver_sql("ALTER TABLE search_unit SET (autovacuum_enabled = false)")
        connection.exec_driver_sql("DELETE FROM pg_statistic WHERE starelid = 'search_unit'::regclass")
    empty(house.engine)
    fill(house)
    index = PostgresIndex(house.engine)
    rare, common, phrase = Clause(("word7",), frozenset({"=word7"})), Clause(("the",)), Clause(("the", "word7"))

    def asks(*clauses: Clause) -> bool:
        with statements(house.engine) as seen:
            index.propose(Wanted(clauses, frozenset({"family/3", "class/1"})), 0, 64)
        return "window_new" in seen[-1][0]

    monkeypatch.setattr(postgres, "FEW", MANY // 4)
    assert asks(rare), "as long as PostgreSQL has not looked over the units nobody knows what is rare"
    monkeypatch.setattr(common_, "KEPT", -1.0)
    index._common = common_.Commonness()
    with house.engine.begin() as connection:
        connection.exec_driver_sql("ANALYZE search_unit")
    assert not asks(rare)
    assert not asks(common, rare)
    assert not asks(Clause(("nobody", "said")))
    assert asks(common)
    assert not asks(phrase)
    for newest in (True, False):
        for clauses in ((rare,), (common, rare), (common,)):
            wanted = Wanted(clauses, frozenset({"family/3", "class/1"}), newest=newest)
            found = []
            for few in (0, 2 * MANY):
                monkeypatch.setattr(postgres, "FEW", few)
                found.append([index.propose(wanted, start, 64) for start in (0, 64, 256, 320)])
            assert found[0] == found[1]
            assert found[0][0]
