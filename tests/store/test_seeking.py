"""What is not to be sought is read with what was found otherwise, on SQLite; PostgreSQL is told nothing."""

from uuid import UUID

from sqlalchemy import create_engine, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import aliased

from journal.records import Base, Shown
from journal.store.seeking import unsought


def test_sqlite_seeks_the_item_and_looks_through_its_circles() -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    plans = []
    with engine.connect() as connection:
        for circle in (Shown.circle, unsought(Shown.circle.expression)):
            asked = select(Shown.revision_id).where(Shown.item_id == UUID(int=1), circle.in_(["a", "b"]))
            said = asked.compile(engine, compile_kwargs={"literal_binds": True})
            plans.append(str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {said}").all()))
    assert "(item_id=? AND circle=?)" in plans[0]
    assert "(item_id=?)" in plans[1]


def test_postgresql_reads_the_plain_column() -> None:
    asked = select(Shown.revision_id).where(unsought(Shown.circle.expression) == "a")
    assert "WHERE shown.circle = " in str(asked.compile(dialect=postgresql.dialect()))


def test_it_goes_along_where_its_table_gets_another_name() -> None:
    other = aliased(Shown, name="other")
    assert "+other.circle = " in str(select(unsought(other.circle) == "a").compile(create_engine("sqlite://")))
