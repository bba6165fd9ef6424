"""What moderation aids noticed, a school's own words, what a writer was asked, and which flags keep things back.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

from journal.clock import now
from journal.ids import new_id

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TABLES = ("asked", "word_list", "flag")


def upgrade() -> None:
    """Bring the database up; what waits already is looked at by the worker."""
    # Plainly, not as a batch: SQLite would make this table anew, and everything points at it.
    op.add_column("school", sa.Column("flags_hold", sa.String(200), nullable=False, server_default=""))
    _table(
        "flag",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("part", sa.String(24), nullable=False),
        sa.Column("begins", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(12), nullable=False),
        _key("flag", "item"),
        _key("flag", "revision"),
    )
    op.create_index("ix_flag_item", "flag", ["item_id"])
    op.create_index("ix_flag_revision", "flag", ["revision_id", "id"])
    _table(
        "word_list",
        sa.Column("language", sa.String(12), nullable=False),
        sa.Column("added", sa.Text(), nullable=False),
        sa.Column("left_alone", sa.Text(), nullable=False),
        sa.UniqueConstraint("school_id", "language", name="uq_word_list"),
    )
    _table(
        "asked",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(32), nullable=False),
        _key("asked", "item"),
        sa.UniqueConstraint("item_id", "digest", name="uq_asked"),
    )
    _look_at_what_waits()


def _key(name: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [f"{other}_id", "school_id"],
        [f"{other}.id", f"{other}.school_id"],
        name=op.f(f"fk_{name}_{other}_id"),
        ondelete="CASCADE",
    )


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        *(one for one in parts if isinstance(one, sa.Column)),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f(f"fk_{name}_school_id")),
        sa.PrimaryKeyConstraint("id", "school_id", name=op.f(f"pk_{name}")),
        *(one for one in parts if not isinstance(one, sa.Column)),
    )


def _look_at_what_waits() -> None:
    school = sa.table("school", sa.column("id", sa.Uuid()))
    job = sa.table(
        "job",
        *(sa.column(name, sa.Uuid()) for name in ("id", "about_id")),
        *(sa.column(name, sa.DateTime(timezone=True)) for name in ("created_at", "due_at")),
        *(sa.column(name, sa.String()) for name in ("kind", "problem")),
        sa.column("tries", sa.Integer()),
    )
    connection = op.get_bind()
    for one in connection.execute(sa.select(school.c.id)).scalars().all():
        row = {"id": new_id(), "about_id": one, "created_at": now(), "due_at": now(), "kind": "flags"}
        connection.execute(job.insert().values(**row, problem="", tries=0))


def downgrade() -> None:
    """Bring the database down."""
    job = sa.table("job", sa.column("kind", sa.String()))
    op.execute(job.delete().where(job.c.kind == "flags"))
    for name in TABLES:
        op.drop_table(name)
    op.drop_column("school", "flags_hold")
