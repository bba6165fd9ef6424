"""A database plans a statement once for each connection, whatever its values are and however a transaction ended."""

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import ColumnElement, Engine, Enum, String, bindparam, insert, literal, select

from journal import records as r
from journal.records import Base
from journal.records.base import Id, UtcTime
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
        assert connection.exec_driver_sql(prepared).all() == [(4, 0)]
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


class Tone(StrEnum):
    """Something that is kept as another word than it is called."""

    LOUD = "loud"
    LOW = "low"


def test_lists_of_any_kind_are_arrays_for_postgresql(engine: Engine) -> None:
    moment, one, two = datetime(2026, 5, 4, 12, tzinfo=UTC), uuid4(), uuid4()
    numbers = {"ids": [one, two], "moments": [moment], "tones": [Tone.LOW], "words": ["a", "b'\"{},\\"], "bare": [1]}
    kinds = {"ids": Id(), "moments": UtcTime(), "tones": Enum(Tone, native_enum=False), "words": String(3)}

    def among(name: str, value: object, *, no: bool = False) -> ColumnElement[bool]:
        those = bindparam(name, expanding=True, type_=kinds.get(name))
        here: ColumnElement[Any] = literal(value, kinds.get(name))
        return here.not_in(those) if no else here.in_(those)

    asked = select(
        among("ids", two),
        among("ids", uuid4()),
        among("moments", moment),
        among("tones", Tone.LOW),
        among("tones", Tone.LOUD, no=True),
        among("words", "b'\"{},\\"),
        among("words", "c", no=True),
        among("words", "a", no=True),
        among("bare", 1),
    )
    with engine.connect() as connection:
        for _ in range(3):
            assert connection.execute(asked, numbers).one() == (True, False, True, True, True, True, True, False, True)
        none = dict.fromkeys(numbers, ())
        assert connection.execute(asked, none).one() == (False, False, False, False, True, False, True, True, False)
    engine.dispose()
