"""The embedded database: what was deleted is nowhere in its files any more."""

from pathlib import Path

from sqlalchemy import text

from journal.store.database import open_engine

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
