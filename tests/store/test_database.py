"""The database: what was deleted is nowhere in the embedded one any more; PostgreSQL is told how to plan."""

from pathlib import Path

from sqlalchemy import text

from journal.store.database import open_engine
from tests.services import Postgres

WORDS = "a-secret-that-was-deleted"


def test_deleted_words_are_written_over(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'it.sqlite3'}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE said (id INTEGER PRIMARY KEY, words TEXT)"))
        for number in range(50):
            connection.execute(text("INSERT INTO said VALUES (:id, :words)"), {"id": number, "words": WORDS * 50})
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM said WHERE id > 2"))
    with engine.begin() as connection:
        connection.execute(text("UPDATE said SET words = ''"))
    engine.dispose()
    assert [one.name for one in tmp_path.iterdir() if WORDS.encode() in one.read_bytes()] == []


def test_postgresql_is_told_to_look_rows_up(postgres_server: Postgres) -> None:
    def setting(url: str, name: str) -> str:
        engine = open_engine(url)
        with engine.connect() as connection:
            found: str = connection.exec_driver_sql(f"SHOW {name}").scalar_one()
        engine.dispose()
        return found

    url = postgres_server.new_database()
    assert setting(url, "enable_hashjoin") == "off"
    assert setting(url, "enable_mergejoin") == "off"
    assert setting(f"{url}&options=-c%20enable_seqscan%3Doff", "enable_hashjoin") == "on"
    assert setting(f"{url}&options=-c%20enable_seqscan%3Doff", "enable_seqscan") == "off"
