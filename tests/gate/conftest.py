"""Fresh databases of both kinds for the tests of the gate."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from journal.records import Base
from journal.store.database import open_engine
from tests.once import share_statements


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An empty database with all tables, on each kind of database in turn."""
    if request.param == "sqlite":
        folder: Path = tmp_path_factory.mktemp("gate")
        opened = open_engine(f"sqlite:///{folder / 'gate.sqlite3'}")
    else:
        opened = open_engine(request.getfixturevalue("postgres_server").new_database())
    Base.metadata.create_all(opened)
    yield share_statements(opened)
    opened.dispose()
