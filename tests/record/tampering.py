"""A record to tamper with: some lines of Maya's school, sealed, and the database without what protects them."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from sqlalchemy import Connection, Engine, select, text

from journal.record.sealing import seal_all
from journal.records import TrailLink
from journal.trail import record
from tests.world import World

SCHOOL = "larkfield"


def school_of(world: World) -> UUID:
    """The school that is looked at."""
    return UUID(world.keys["schools"][SCHOOL])


def add_lines(world: World, many: int, act: str = "say", who: str = "maya") -> None:
    """Let somebody do something so many times."""
    with world.acting(who) as (session, viewer):
        for number in range(many):
            record(session, viewer, act, viewer.membership, revision=number)
            session.flush()


def sealed(world: World, more: int = 5) -> UUID:
    """A school whose record is sealed, with some lines more at its end; its id."""
    add_lines(world, more)
    seal_all(world.engine)
    return school_of(world)


def numbered(world: World, *numbers: int) -> list[UUID]:
    """The ids of the lines with these numbers."""
    with world.session() as session:
        rows = select(TrailLink.number, TrailLink.id).where(TrailLink.school_id == school_of(world))
        found = dict(session.execute(rows).all())
    return [found[number] for number in numbers]


def key(engine: Engine, one: UUID) -> object:
    """An id as this database keeps it."""
    return one.hex if engine.dialect.name == "sqlite" else one


@contextmanager
def unprotected(world: World) -> Iterator[Connection]:
    """A connection of somebody who owns the database, and takes what protects the record away for a while."""
    with world.engine.begin() as connection:
        triggers = []
        if world.engine.dialect.name == "sqlite":
            named = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'trail%'")
            triggers = connection.execute(named).all()
            for one in triggers:
                connection.exec_driver_sql(f"DROP TRIGGER {one.name}")
        else:
            connection.execute(text("SET LOCAL session_replication_role = 'replica'"))
        yield connection
        for one in triggers:
            connection.exec_driver_sql(one.sql)
