"""Notes are built from kind reasons, answered, and another grown-up can be asked; words can be suggested.

Revision ID: 0009
Revises: 0008
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

DECISION: dict[str, tuple[Any, str]] = {
    "pieces": (sa.JSON(), "[]"),
    "suggest_old": (sa.Text(), ""),
    "suggest_new": (sa.Text(), ""),
}


def upgrade() -> None:
    """Bring the database up."""
    # Plainly, not as a batch: SQLite would make these tables anew, and everything points at them.
    for name, (kind, usual) in DECISION.items():
        op.add_column("decision", sa.Column(name, kind, nullable=False, server_default=usual))
    op.add_column("waiting", sa.Column("past_id", sa.Uuid(), nullable=True))
    _table(
        "kind_reason",
        sa.Column("part", sa.String(24), nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("off_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        _to("kind_reason", "by_id", "membership"),
    )
    op.create_index("ix_kind_reason_school", "kind_reason", ["school_id", "off_at", "id"])
    _table(
        "note_answer",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        _to("note_answer", "item_id", "item", "CASCADE"),
        _to("note_answer", "decision_id", "decision", "CASCADE"),
        sa.UniqueConstraint("decision_id", "kind", name="uq_note_answer"),
    )
    op.create_index("ix_note_answer_item", "note_answer", ["item_id", "id"])
    op.create_index("ix_note_answer_unread", "note_answer", ["school_id", "kind", "read_at"])


def downgrade() -> None:
    """Take it away again: what was answered is lost."""
    op.drop_table("note_answer")
    op.drop_table("kind_reason")
    op.drop_column("waiting", "past_id")
    for name in DECISION:
        op.drop_column("decision", name)


def _to(name: str, column: str, table: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column, "school_id"],
        [f"{table}.id", f"{table}.school_id"],
        name=op.f(f"fk_{name}_{column}"),
        ondelete=ondelete,
    )


def _table(name: str, *parts: Any) -> None:
    """Make a table of rows of a school."""
    op.create_table(
        name,
        *parts,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f(f"fk_{name}_school_id")),
        sa.PrimaryKeyConstraint("id", "school_id", name=op.f(f"pk_{name}")),
    )
