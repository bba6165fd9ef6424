"""What waits names its writer and its pupil, and is found by them: a desk costs the same however much lies on it.

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

WHOSE = ("pupil_id", "author_id")


def upgrade() -> None:
    """Add what finds things that wait."""
    for name in WHOSE:
        op.add_column("waiting", sa.Column(name, sa.Uuid(), nullable=True))
        op.execute(f"UPDATE waiting SET {name} = (SELECT item.{name} FROM item WHERE item.id = waiting.item_id)")  # noqa: S608 - names of columns above
    with op.batch_alter_table("waiting") as batch:
        for name in WHOSE:
            batch.alter_column(name, existing_type=sa.Uuid(), nullable=False)
    op.create_index("ix_waiting_pupil", "waiting", ["pupil_id"])
    op.create_index("ix_waiting_author", "waiting", ["author_id"])
    _some("ix_waiting_past", "waiting", ["past_id"], "past_id")
    _some("ix_waiting_late", "waiting", ["school_id", "group_id", "late_at", "since"], "late_at")
    none = sa.column("group_id").is_(None)
    own = ["school_id", "since", "item_id"]
    op.create_index("ix_waiting_own_desk", "waiting", own, sqlite_where=none, postgresql_where=none)
    _some("ix_look_moderated", "look", ["membership_id", "last_at"], "number")
    op.create_index("ix_membership_role", "membership", ["school_id", "role"])


def downgrade() -> None:
    """Take it away."""
    op.drop_index("ix_membership_role", "membership")
    op.drop_index("ix_look_moderated", "look")
    for name in ("own_desk", "late", "past", "author", "pupil"):
        op.drop_index(f"ix_waiting_{name}", "waiting")
    with op.batch_alter_table("waiting") as batch:
        for name in WHOSE:
            batch.drop_column(name)


def _some(name: str, table: str, columns: list[str], filled: str) -> None:
    """Make an index of those rows alone in which a column is filled in."""
    some = sa.column(filled).is_not(None)
    op.create_index(name, table, columns, sqlite_where=some, postgresql_where=some)
