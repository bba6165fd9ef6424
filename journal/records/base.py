"""What all tables share: the school in every key, ids that are unique by themselves, times in UTC."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    DateTime,
    Dialect,
    Enum,
    ForeignKeyConstraint,
    MetaData,
    PrimaryKeyConstraint,
    TypeDecorator,
    Uuid,
    column,
    or_,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.schema import SchemaItem

from journal.clock import now
from journal.ids import new_id


class UtcTime(TypeDecorator[datetime]):
    """A moment. Kept in UTC; SQLite forgets the zone, so it is put back when read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn a moment into UTC. Raises ValueError for one without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give a moment its zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Id(Uuid[UUID]):
    """An id. SQLite keeps it as text, and a page reads the same hundred ids again and again: read once, it is kept."""

    cache_ok = True

    def __init__(self) -> None:
        super().__init__(as_uuid=True)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], UUID | None] | None:
        """Return what turns a value of the database into an id; None where the driver does it."""
        return None if dialect.supports_native_uuid else _id_of


@lru_cache(maxsize=4_096)
def _id_of(text: str | None) -> UUID | None:
    return None if text is None else UUID(text)


class Base(DeclarativeBase):
    """The base of all mapped classes."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )
    type_annotation_map = {datetime: UtcTime, UUID: Id()}  # noqa: RUF012 - declared so by SQLAlchemy


def words_of(kind: type) -> Enum:
    """Return a column type for a closed list of words, kept as the words themselves and checked in code."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=24,
        values_callable=lambda members: [member.value for member in members],
    )


class Everywhere:
    """A row that belongs to no school: a person, a way to sign in, a session."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    created_at: Mapped[datetime] = mapped_column(default=now)


class OfSchool:
    """A row of one school. The table's key names the school, second, so that it can be the column by which
    schools are spread over databases; the mapper's key is the id alone, or eager loads could not use an index.
    """

    id: Mapped[UUID] = mapped_column(default=new_id)
    school_id: Mapped[UUID] = mapped_column()
    created_at: Mapped[datetime] = mapped_column(default=now)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy hands the class
        return {"primary_key": ["id"]}


def school_table(*more: SchemaItem) -> tuple[SchemaItem, ...]:
    """Return the table arguments of a row of one school, with what else the table needs."""
    return (
        PrimaryKeyConstraint("id", "school_id"),
        ForeignKeyConstraint(["school_id"], ["school.id"]),
        *more,
    )


def filled_in(*columns: str) -> dict[str, Any]:
    """Return what makes an index one of those rows alone in which a column is filled in: small, on both databases.

    (An index of a column that is empty in nearly all rows is worse than none: SQLite takes "is empty" for a rare find,
    and reads all rows through it.)
    """
    some = or_(*(column(one).is_not(None) for one in columns))
    return {"sqlite_where": some, "postgresql_where": some}


def left_empty(name: str) -> dict[str, Any]:
    """Return what makes an index one of those rows alone in which a column is empty.

    PostgreSQL does not take "is empty" for one value, by whose index the rest would stand in order.
    """
    none = column(name).is_(None)
    return {"sqlite_where": none, "postgresql_where": none}


def to(column: str, table: str, *, ends_with: bool = False) -> ForeignKeyConstraint:
    """Return a reference into the same school; ``ends_with`` deletes this row with the one it points at."""
    return ForeignKeyConstraint(
        [column, "school_id"],
        [f"{table}.id", f"{table}.school_id"],
        ondelete="CASCADE" if ends_with else None,
    )
