"""What was opened without being shared; what rests, and what was written meanwhile.

Revision ID: 0012
Revises: 0011
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Bring the database up."""
    _grants()
    _pauses()


def downgrade() -> None:
    """Take the database back."""
    for name in ("kept_words", "pause", "grant_untold", "grant_look", "grant"):
        op.drop_table(name)


def _grants() -> None:
    _table(
        "grant",
        _id("by_id"),
        _id("pupil_id"),
        _id("item_id", nullable=True),
        _id("concern_id", nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        _id("talks_id", nullable=True),
        sa.Column("decide_on", sa.Date(), nullable=True),
        *(sa.Column(name, MOMENT, nullable=True) for name in ("ended_at", "told_at", "seen_at", "asked_at")),
    )
    op.create_index("ix_grant_school", "grant", ["school_id", "id"])
    _some("ix_grant_pupil", "grant", ["pupil_id", "told_at"], "told_at")
    _some("ix_grant_decide", "grant", ["school_id", "decide_on"], "decide_on")
    _table(
        "grant_look",
        _id("grant_id"),
        _id("item_id"),
        sa.Column("first_at", MOMENT, nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.UniqueConstraint("grant_id", "item_id", name="uq_grant_look"),
        under="grant",
    )
    op.create_index("ix_grant_look_item", "grant_look", ["item_id"])
    _table(
        "grant_untold",
        _id("grant_id"),
        _id("by_id"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decide_on", sa.Date(), nullable=False),
        under="grant",
    )
    op.create_index("ix_grant_untold_grant", "grant_untold", ["grant_id", "id"])


def _pauses() -> None:
    _table(
        "pause",
        sa.Column("kind", sa.String(24), nullable=False),
        _id("group_id", nullable=True),
        _id("member_id", nullable=True),
        sa.Column("until", MOMENT, nullable=True),
        _id("by_id"),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("child_words", "grown_words", "reason")),
        sa.Column("ended_at", MOMENT, nullable=True),
        _id("ended_by_id", nullable=True),
    )
    op.create_index("ix_pause_school", "pause", ["school_id", "ended_at", "kind"])
    _table(
        "kept_words",
        _id("membership_id"),
        _id("entry_id"),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id", "school_id"],
            ["membership.id", "membership.school_id"],
            name=op.f("fk_kept_words_membership_id"),
        ),
        sa.ForeignKeyConstraint(
            ["entry_id", "school_id"],
            ["item.id", "item.school_id"],
            name=op.f("fk_kept_words_entry_id"),
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("membership_id", "entry_id", name="uq_kept_words"),
    )


def _table(name: str, *parts: sa.schema.SchemaItem, under: str = "") -> None:
    """Make a table of rows of a school, which go with what they hang on."""
    keys: list[sa.Constraint] = [
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f(f"fk_{name}_school_id")),
        sa.PrimaryKeyConstraint("id", "school_id", name=op.f(f"pk_{name}")),
    ]
    if under:
        here, there = [f"{under}_id", "school_id"], [f"{under}.id", f"{under}.school_id"]
        keys.append(sa.ForeignKeyConstraint(here, there, name=op.f(f"fk_{name}_{under}_id"), ondelete="CASCADE"))
    own = [_id("id"), _id("school_id"), sa.Column("created_at", MOMENT, nullable=False)]
    op.create_table(name, *parts, *own, *keys)


def _id(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _some(name: str, table: str, columns: list[str], filled: str) -> None:
    """Make an index of those rows alone in which a column is filled in."""
    some = sa.column(filled).is_not(None)
    op.create_index(name, table, columns, sqlite_where=some, postgresql_where=some)
