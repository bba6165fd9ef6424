"""A database plans a statement once for each connection, whatever its values are and however a transaction ended."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, bindparam, insert, select

from journal import records as r
from journal.records import Base
from journal.store.database import open_engine
from journal.store.prepared import LENGTHS, filled
from tests.plans import statements

NAMED = select(r.School.name).where(r.School.name.in_(bindparam("names", expanding=True))).order_by(r.School.name)


@given(st.lists(st.integers(), max_size=LENGTHS[-1] + 10))
def test_a_list_is_filled_up_with_what_is_in_it(values: list[int]) -> None:
    there = filled(values)
    assert there[: len(values)] == values
    assert set(there) == set(values)
    assert len(there) in LENGTHS or len(there) == len(values)
    assert len(there) in LENGTHS or not 2 <= len(values) <= LENGTHS[-1]


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> Engine:
    engine = open_engine(request.getfixturevalue("postgres_server").new_database())
    Base.metadata.create_all(engine)
    return engine


def test_lists_of_many_lengths_are_planned_once_and_that_outlives_a_rollback(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(insert(r.School), [{"name": name} for name in "abcdef"])
    with engine.connect() as connection:
        for names in ("ab", "bcd", "abcdef", "ef"):
            assert connection.scalars(NAMED, {"names": list(names)}).all() == list(names)
            connection.rollback()
        assert connection.scalars(NAMED, {"names": []}).all() == []
        prepared = (
            "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement LIKE 'SELECT school.name%%'"
        )
        assert connection.exec_driver_sql(prepared).all() == [(3, 0)]
    engine.dispose()


def test_sqlite_is_given_few_texts(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'it.sqlite3'}")
    Base.metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(r.School), [{"name": name} for name in "abcdef"])
    with engine.connect() as connection, statements(engine) as seen:
        for names in ("ab", "bcd", "abcdef", "ef"):
            assert connection.scalars(NAMED, {"names": list(names)}).all() == list(names)
    assert len({text for text, _ in seen}) == 1
    engine.dispose()


def test_an_address_with_options_of_its_own_is_left_alone(request: pytest.FixtureRequest) -> None:
    url = request.getfixturevalue("postgres_server").new_database()
    engine = open_engine(f"{url}&options=-c%20jit%3Doff")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SHOW plan_cache_mode").scalar_one() == "auto"
        driver = connection.connection.driver_connection
        assert driver is not None
        assert driver.prepare_threshold == 5
    engine.dispose()


def test_a_text_is_made_once_for_each_shape_and_has_the_values_of_each_run(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'it.sqlite3'}")
    Base.metadata.create_all(engine)
    kind = bindparam("kind", literal_execute=True, type_=r.School.name.type)
    asked = NAMED.where(r.School.name != bindparam("but"), r.School.name != kind)
    with engine.begin() as connection:
        connection.execute(insert(r.School), [{"name": name} for name in "abcdefghijkl"])
        with statements(engine) as seen:
            for names, but, not_this in (
                ("abc", "a", "b"),
                ("def", "d", "b"),
                ("", "a", "b"),
                ("abcdefghijkl", "a", "b"),
                ("abc", "a", "c"),
                ("c", "a", "b"),
                ("ab", "b", "b"),
            ):
                found = connection.scalars(asked, {"names": list(names), "but": but, "kind": not_this}).all()
                assert found == [one for one in names if one not in (but, not_this)]
    assert len({text for text, _ in seen}) == 5  # none, one, up to 8, up to 32; and another word that stands as it is
    assert len({id(text) for text, _ in seen}) == 5
    engine.dispose()
