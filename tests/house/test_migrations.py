"""The migrations make what the models say, on both databases, with and without data, and back."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import (
    CHAR,
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    Uuid,
    func,
    inspect,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR

from journal.ids import new_id
from journal.migrations.run import config_for, downgrade, upgrade
from journal.records import Base, School
from journal.store.database import open_engine
from tests.services import Postgres
from tests.world import Template, settings_in

OURS = set(Base.metadata.tables)
FILLED_BY_ITSELF = "trail_unsealed"
"""What the database writes itself, with the row that it is about."""
ONLY_WHEN_OVER = "trail_drop"
"""What the database takes for a segment of the record that is over, and for no other."""
KEPT_ELSEWHERE = "huey"
"""The queue keeps its own tables in PostgreSQL, and makes them itself."""


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database."""
    if request.param == "sqlite":
        (tmp_path / "instance").mkdir()
        return settings_in(tmp_path).database_url
    server: Postgres = request.getfixturevalue("postgres_server")
    return server.new_database()


@pytest.fixture
def demo_url(demo_template: Template, tmp_path: Path) -> str:
    """A copy of the demo schools' database."""
    shutil.copytree(demo_template.folder / "instance", tmp_path / "instance")
    return settings_in(tmp_path).database_url


def differences(engine: Engine) -> list[object]:
    """What stands between the database and the models."""
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, _parents: kind != "table" or not name.startswith(KEPT_ELSEWHERE),
            },
        )
        return list(compare_metadata(context, Base.metadata))


def shape(engine: Engine) -> dict[str, object]:
    """What Alembic does not compare: keys, what is deleted along, what is unique, of which rows an index is."""
    looked = inspect(engine)
    found: dict[str, object] = {}
    for table in sorted(OURS):
        references = {
            (
                tuple(one["constrained_columns"]),
                one["referred_table"],
                tuple(one["referred_columns"]),
                one["options"].get("ondelete"),
            )
            for one in looked.get_foreign_keys(table)
        }
        found[table] = (
            tuple(looked.get_pk_constraint(table)["constrained_columns"]),
            references,
            {tuple(one["column_names"]) for one in looked.get_unique_constraints(table)},
            {
                (
                    one["name"],
                    tuple(one["column_names"]),
                    bool(one["unique"]),
                    str(one.get("dialect_options", {}).get(f"{engine.dialect.name}_where", "")),
                )
                for one in looked.get_indexes(table)
            },
            {(one["name"], str(one["type"]), one["nullable"]) for one in looked.get_columns(table)},
        )
    return found


def counts(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            name: connection.scalar(select(func.count()).select_from(table)) or 0
            for name, table in Base.metadata.tables.items()
        }


def test_there_is_one_newest_migration_and_the_numbers_go_up() -> None:
    scripts = ScriptDirectory.from_config(config_for("sqlite://"))
    assert len(scripts.get_heads()) == 1
    numbers = [one.revision for one in reversed(list(scripts.walk_revisions()))]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]


def test_from_nothing_it_becomes_what_the_models_say(url: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    upgrade(url)
    engine = open_engine(url)
    assert differences(engine) == []
    if engine.dialect.name == "sqlite":
        other = open_engine(f"sqlite:///{tmp_path / 'models.sqlite3'}")
    else:
        server: Postgres = request.getfixturevalue("postgres_server")
        other = open_engine(server.new_database())
    Base.metadata.create_all(other)
    assert shape(engine) == shape(other)
    engine.dispose()
    other.dispose()


def test_a_difference_would_be_found(url: str) -> None:
    upgrade(url)
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text("alter table person add column shoe_size integer"))
        connection.execute(text("drop index ix_job_due"))
    kinds = {one[0] for one in differences(engine) if isinstance(one, tuple)}
    assert kinds == {"remove_column", "add_index"}
    engine.dispose()


def test_down_to_nothing_and_up_again(url: str) -> None:
    upgrade(url)
    downgrade(url)
    engine = open_engine(url)
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}
    engine.dispose()
    upgrade(url)
    upgrade(url)
    engine = open_engine(url)
    assert differences(engine) == []
    engine.dispose()


def test_the_demo_schools_stay_as_they_are(demo_url: str) -> None:
    engine = open_engine(demo_url)
    before = counts(engine)
    assert before["item"] > 150
    engine.dispose()
    upgrade(demo_url)
    engine = open_engine(demo_url)
    assert counts(engine) == before
    assert differences(engine) == []
    engine.dispose()


def test_what_came_back_is_noted_of_what_was_there_before(demo_url: str) -> None:
    def noted() -> set[tuple[str, str]]:
        engine = open_engine(demo_url)
        with engine.connect() as connection:
            rows = connection.execute(text("SELECT id, sent_back_at FROM item WHERE sent_back_at IS NOT NULL")).all()
        engine.dispose()
        return {(one, str(since)) for one, since in rows}

    before = noted()
    assert before
    engine = open_engine(demo_url)
    with engine.begin() as connection:
        connection.execute(text("ANALYZE"))
    engine.dispose()
    downgrade(demo_url, "0004")
    upgrade(demo_url)
    assert noted() == before
    engine = open_engine(demo_url)
    with engine.connect() as connection:
        assert "sqlite_stat1" not in set(connection.scalars(text("SELECT name FROM sqlite_master")))
    engine.dispose()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("12345", "", "1234", "2026-12-21 2027-01-04"), ("1234", "2026-12-21 2027-01-04")),
        (("124", "2026-11-23", "12345", "2026-11-23\n2026-12-25"), ("124", "2026-11-23\n2026-12-25")),
        (("12345", "2026-11-23", "12345", ""), ("12345", "2026-11-23")),
    ],
)
def test_of_two_calendars_one_is_made_and_no_holiday_is_lost(
    url: str, before: tuple[str, ...], after: tuple[str, ...]
) -> None:
    upgrade(url, "0013")
    engine = open_engine(url)
    with engine.begin() as connection:
        school = Table("school", MetaData(), autoload_with=connection)
        row = {column.name: value_for(column) for column in school.columns}
        days = zip(("school_days", "closed_days", "worry_days", "school_closed"), before, strict=True)
        connection.execute(school.insert().values(row | dict(days)))
    engine.dispose()
    upgrade(url)
    engine = open_engine(url)
    with engine.connect() as connection:
        assert tuple(connection.execute(select(School.school_days, School.closed_days)).one()) == after
    engine.dispose()


def test_down_with_data_takes_the_tables_and_up_makes_them_new(url: str) -> None:
    upgrade(url)
    engine = open_engine(url)
    fill(engine)
    assert {name for name, rows in counts(engine).items() if rows != 1} == {ONLY_WHEN_OVER}
    engine.dispose()
    downgrade(url)
    engine = open_engine(url)
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}
    engine.dispose()
    upgrade(url)
    engine = open_engine(url)
    assert set(counts(engine).values()) == {0}
    assert differences(engine) == []
    engine.dispose()


def revisions() -> list[str]:
    """All migrations there are, oldest first."""
    return [
        one.revision for one in reversed(list(ScriptDirectory.from_config(config_for("sqlite://")).walk_revisions()))
    ]


@pytest.mark.parametrize("revision", revisions())
def test_an_old_database_with_data_becomes_what_the_models_say(url: str, revision: str) -> None:
    """From each earlier migration, with a row in every table of that time."""
    upgrade(url, revision)
    engine = open_engine(url)
    filled = fill(engine)
    assert len(filled) >= 25
    engine.dispose()
    upgrade(url)
    engine = open_engine(url)
    assert differences(engine) == []
    after, kept = counts(engine), (filled & OURS) - {"job"}
    assert {name: after[name] for name in kept} == dict.fromkeys(kept, 1)
    assert after["job"] - ("job" in filled) in (0, 1), "a migration may order work for the rows that are there"
    engine.dispose()


def fill(engine: Engine) -> set[str]:
    """Put one row into every table, whatever its columns are; return the tables' names."""
    found = MetaData()
    found.reflect(engine, only=lambda name, _: name != "alembic_version" and not name.startswith(KEPT_ELSEWHERE))
    rows: dict[str, dict[str, object]] = {}
    with engine.begin() as connection:
        for table in found.sorted_tables:
            if table.name == FILLED_BY_ITSELF:
                rows[table.name] = {}
            if table.name in (FILLED_BY_ITSELF, ONLY_WHEN_OVER):
                continue
            row = {column.name: value_for(column) for column in table.columns}
            for reference in table.foreign_key_constraints:
                parent = rows.get(reference.referred_table.name)
                for element in reference.elements:
                    if parent is None:
                        if element.parent.nullable:
                            row[element.parent.name] = None
                    else:
                        row[element.parent.name] = parent[element.column.name]
            connection.execute(table.insert().values(row))
            rows[table.name] = row
    return set(rows)


def value_for(column: Column[Any]) -> object:
    """Something that a column of this type takes."""
    kind = column.type
    if isinstance(kind, Uuid) or (isinstance(kind, CHAR) and kind.length == 32):
        return new_id() if isinstance(kind, Uuid) else new_id().hex
    if isinstance(kind, DateTime):
        return datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    if isinstance(kind, Date):
        return date(2026, 11, 23)
    if isinstance(kind, Boolean):
        return True
    if isinstance(kind, JSON):
        return {}
    if isinstance(kind, ARRAY):
        return []
    if isinstance(kind, TSVECTOR):
        return "x"
    if isinstance(kind, Integer):
        return 1
    assert isinstance(kind, String), f"what goes into {column}?"
    return "x"
