"""Which index there is: the database decides."""

from pathlib import Path

from sqlalchemy import Engine

from journal.store.index.asked import Index
from journal.store.index.embedded import EmbeddedIndex
from journal.store.index.postgres import PostgresIndex


def open_index(folder: Path, engine: Engine, secret: str) -> Index:
    """Return the index that belongs to a database: a folder beside an embedded one, else tables within it.

    ``secret`` seals the folder, so that no index made elsewhere is ever read.
    """
    if engine.dialect.name == "sqlite":
        return EmbeddedIndex(folder, secret)
    return PostgresIndex(engine)
