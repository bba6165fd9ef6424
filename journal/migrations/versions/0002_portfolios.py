"""Portfolios to take home

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def _of_school(name: str, *more: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        *more,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f(f"fk_{name}_school_id")),
        sa.PrimaryKeyConstraint("id", "school_id", name=op.f(f"pk_{name}")),
    )


def _to(table: str, column: str, other: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column, "school_id"],
        [f"{other}.id", f"{other}.school_id"],
        name=op.f(f"fk_{table}_{column}"),
        ondelete=ondelete,
    )


def upgrade() -> None:
    """Bring the database up."""
    op.add_column("item", sa.Column("kept_out_at", sa.DateTime(timezone=True), nullable=True))
    _of_school(
        "export",
        sa.Column("ordered_by_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("stand", sa.String(length=24), nullable=False),
        sa.Column("pupil_id", sa.Uuid(), nullable=True),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("scope", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("order_key", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("problem", sa.String(length=24), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("file", sa.String(length=80), nullable=True),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_anew", sa.Boolean(), nullable=False),
        _to("export", "ordered_by_id", "membership"),
        _to("export", "pupil_id", "membership"),
        _to("export", "group_id", "group"),
        _to("export", "batch_id", "export", "CASCADE"),
        sa.UniqueConstraint("order_key", name="uq_export_order"),
    )
    op.create_index("ix_export_ordered", "export", ["ordered_by_id", "id"])
    op.create_index("ix_export_pupil", "export", ["pupil_id", "fetched_at"])
    op.create_index("ix_export_batch", "export", ["batch_id", "id"])
    _of_school(
        "export_part",
        sa.Column("export_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column("placement_id", sa.Uuid(), nullable=True),
        sa.Column("attachment_id", sa.Uuid(), nullable=True),
        sa.Column("file", sa.String(length=120), nullable=False),
        _to("export_part", "export_id", "export", "CASCADE"),
        sa.UniqueConstraint("export_id", "position", name="uq_export_part"),
    )
    op.create_index("ix_export_part_item", "export_part", ["item_id"])
    op.create_index("ix_export_part_attachment", "export_part", ["attachment_id"])
    _of_school(
        "export_right",
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("given_by_id", sa.Uuid(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Uuid(), nullable=True),
        _to("export_right", "membership_id", "membership"),
        _to("export_right", "given_by_id", "membership"),
        _to("export_right", "ended_by_id", "membership"),
    )
    op.create_index("ix_export_right_membership", "export_right", ["membership_id", "ended_at"])


def downgrade() -> None:
    """Take the database back."""
    op.drop_table("export_right")
    op.drop_table("export_part")
    op.drop_table("export")
    op.drop_column("item", "kept_out_at")
