"""The database engine: the same code on SQLite (embedded) and PostgreSQL."""

from pathlib import Path
from sqlite3 import Connection

from sqlalchemy import Engine, create_engine, event, make_url

from journal.store.compiled import CompiledStatements
from journal.store.prepared import keep_plans

BUSY_TIMEOUT = 10_000
"""How long a SQLite writer waits for another, in milliseconds."""

CACHE_KIB = 4_000
"""What a connection to SQLite keeps of the database in memory, at most: a page of a large school reads up to three
megabytes in small pieces, and with the usual two some of them twice. More is of use to nobody: who comes next reads
others."""

POSTGRES_PLANS = (
    "-c jit=off -c enable_hashjoin=off -c enable_mergejoin=off -c random_page_cost=1.1"
    " -c plan_cache_mode=force_generic_plan -c max_parallel_workers_per_gather=0"
)
"""Pages look a few rows up, by index. PostgreSQL guesses far too many rows for the rule's conditions, and would then
rather read and hash all of a table: an entry's page took five times as long, and longer with every year. Nor does it
know better once it sees the values, so a plan serves for all of them. An address with ``options`` of its own has its
own, and plans as PostgreSQL and psycopg like (PgBouncer before 1.21 forgets what is prepared)."""


def open_engine(url: str) -> Engine:
    """Return an engine for a database address.

    SQLite gets write-ahead logging, foreign keys and a busy timeout, and takes its write lock when a
    transaction first writes (``BEGIN IMMEDIATE`` would make readers wait for nothing).
    """
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        own = "options" in address.query
        how = {} if own else {"options": POSTGRES_PLANS}
        # SQLAlchemy looks for tables that nothing joins, and in a LATERAL misses what an EXISTS says of its own. On
        # SQLite, which runs the same rule, it still looks.
        engine = create_engine(
            address, pool_pre_ping=True, connect_args=how, execution_options=_kept(), enable_from_linting=False
        )
        if not own:
            keep_plans(engine)
        return engine
    if address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    # By name each value is bound once, however often the rule speaks of it.
    engine = create_engine(address, paramstyle="named", execution_options=_kept())
    event.listen(engine, "connect", _prepare_sqlite)
    keep_plans(engine)
    return engine


def _kept() -> dict[str, CompiledStatements]:
    return {"compiled_cache": CompiledStatements()}


def _prepare_sqlite(connection: Connection, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    # Deleted means deleted: what was in a row is written over, and the log gives its pages back once they are in place.
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.execute("PRAGMA journal_size_limit = 0")
    cursor.close()
