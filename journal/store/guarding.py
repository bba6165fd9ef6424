"""On PostgreSQL: what the app's database user may do, where it is not the user that owns the tables."""

from sqlalchemy import Engine, text

ADDED_TO = ("trail", "trail_link", "trail_segment", "trail_check")
"""Tables that the app reads and adds to, and does no more with."""

QUEUES_TABLES = (
    "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'huey%' "
    "AND tableowner = current_user"
)


class NotPostgres(ValueError):
    """There is only one user of a SQLite file: whoever can open it."""


def grant_to_app(engine: Engine, role: str) -> None:
    """Let a database user run the app: all but changing the record. Done as the owner of the tables, after migrating.

    Raises NotPostgres for another database, and what the database raises for a user that is not there.
    """
    if engine.dialect.name != "postgresql":
        raise NotPostgres
    name = engine.dialect.identifier_preparer.quote_identifier(role)
    with engine.begin() as connection:
        # The queue makes its own tables, and has to own them; what lies in them is asked for again by the sweep.
        for table in connection.scalars(text(QUEUES_TABLES)).all():
            connection.execute(text(f'DROP TABLE "{table}" CASCADE'))
        for statement in (
            f"GRANT USAGE, CREATE ON SCHEMA public TO {name}",
            f"GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON ALL TABLES IN SCHEMA public TO {name}",
            f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}",
            f"REVOKE UPDATE, DELETE, TRUNCATE ON {', '.join(ADDED_TO)}, trail_unsealed, trail_drop FROM {name}",
            f"REVOKE INSERT ON trail_drop FROM {name}",
            f"GRANT DELETE ON trail_unsealed TO {name}",
            f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON alembic_version FROM {name}",
        ):
            connection.execute(text(statement))
