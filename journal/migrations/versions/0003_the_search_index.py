"""The search index in PostgreSQL

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database up. An embedded database gets the tables as well, so that one set of models fits both."""
    tokens = postgresql.ARRAY(sa.Text()).with_variant(sa.JSON(), "sqlite")
    op.create_table(
        "search_build",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("format", sa.Integer(), nullable=False),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_build")),
        sa.UniqueConstraint("number", name=op.f("uq_search_build_number")),
    )
    op.create_table(
        "search_unit",
        sa.Column("build", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("circles", tokens, nullable=False),
        sa.Column("about", tokens, nullable=False),
        sa.Column("words", postgresql.TSVECTOR().with_variant(sa.Text(), "sqlite"), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_search_unit_school_id")),
        sa.PrimaryKeyConstraint("id", "school_id", name=op.f("pk_search_unit")),
    )
    with op.batch_alter_table("search_unit", schema=None) as batch_op:
        batch_op.create_index("ix_search_unit_item", ["item_id"], unique=False)
        batch_op.create_index("ix_search_unit_terms", ["circles", "words"], unique=False, postgresql_using="gin")


def downgrade() -> None:
    """Take the database back."""
    op.drop_table("search_unit")
    op.drop_table("search_build")
