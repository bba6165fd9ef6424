"""Deciding in minutes: undoing, cover, a second moderator, the time that the school promises.

Revision ID: 0008
Revises: 0007
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def _new() -> dict[str, list[sa.Column[Any]]]:
    """The new columns, by table. Made anew: a column belongs to one table of one migration."""
    return {
        "waiting": [sa.Column("late_at", sa.DateTime(timezone=True), nullable=True)],
        "look": [sa.Column("number", sa.Integer(), nullable=True)],
        "decision": [
            sa.Column("go_id", sa.Uuid(), nullable=True),
            sa.Column("before", sa.JSON(), nullable=True),
            sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        ],
        "person": [sa.Column("keys", sa.Boolean(), nullable=False, server_default=sa.true())],
        "school": [
            sa.Column("reads_before", sa.String(length=5), nullable=False, server_default=""),
            sa.Column("school_days", sa.String(length=7), nullable=False, server_default="12345"),
            sa.Column("closed_days", sa.Text(), nullable=False, server_default=""),
            sa.Column("late_after", sa.Integer(), nullable=False, server_default="0"),
        ],
    }


def upgrade() -> None:
    """Add what the queue keeps."""
    for table, columns in _new().items():
        for column in columns:
            op.add_column(table, column)
    op.create_index("ix_decision_by", "decision", ["by_id", "id"])
    _table("cover", sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False), _ends())
    op.create_index("ix_cover_teacher", "cover", ["teacher_id", "ends_at"])
    op.create_index("ix_cover_group", "cover", ["group_id", "ends_at"])
    _table("second", sa.UniqueConstraint("group_id", name="uq_second"))
    op.create_index("ix_second_teacher", "second", ["teacher_id"])


def _ends() -> sa.Column[Any]:
    return sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False)


def _table(name: str, *more: sa.schema.SchemaItem) -> None:
    """A table that ties a teacher to a group."""
    op.create_table(
        name,
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        *more,
        sa.ForeignKeyConstraint(["group_id", "school_id"], ["group.id", "group.school_id"], name=f"fk_{name}_group_id"),
        sa.ForeignKeyConstraint(
            ["teacher_id", "school_id"], ["membership.id", "membership.school_id"], name=f"fk_{name}_teacher_id"
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=f"fk_{name}_school_id"),
        sa.PrimaryKeyConstraint("id", "school_id", name=f"pk_{name}"),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("second")
    op.drop_table("cover")
    op.drop_index("ix_decision_by", "decision")
    for table, columns in _new().items():
        for column in columns:
            op.drop_column(table, column.name)
