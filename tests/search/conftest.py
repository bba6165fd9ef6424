"""Fresh databases of both kinds, each with its own kind of index."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine

from journal.records import Base
from journal.store.database import open_engine
from journal.store.index import Index, open_index
from tests.once import share_statements


@dataclass
class House:
    """A database with its index."""

    engine: Engine
    index: Index


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """An empty database with all tables and no index yet, on each kind of database in turn."""
    folder: Path = tmp_path_factory.mktemp("search")
    if request.param == "sqlite":
        engine = open_engine(f"sqlite:///{folder / 'search.sqlite3'}")
    else:
        engine = open_engine(request.getfixturevalue("postgres_server").new_database())
    Base.metadata.create_all(engine)
    yield House(share_statements(engine), open_index(folder / "index", engine, "a secret for tests alone"))
    engine.dispose()
