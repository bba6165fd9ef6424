"""What Alembic runs to migrate: our engine, our tables, batch mode for SQLite."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Uuid

from journal.records import Base
from journal.records.base import UtcTime
from journal.store.database import open_engine


def _render(kind: str, value: Any, _autogen: Any) -> str | Literal[False]:
    """Write column types as plain SQLAlchemy ones, so that old migrations do not depend on today's code."""
    if kind == "type" and isinstance(value, UtcTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(value, Uuid):
        return "sa.Uuid()"
    return False


def run() -> None:
    """Run the migrations against the configured database."""
    engine = open_engine(context.config.get_main_option("sqlalchemy.url") or "")
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            render_item=_render,
            compare_type=True,
            include_name=lambda name, kind, _within: kind != "table" or not str(name).startswith("huey"),
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
    engine.dispose()


run()
