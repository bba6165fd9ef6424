"""What was deleted, and what stands on a pupil's shelf, is found without reading all that they made.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_DELETED = sa.text("deleted_at IS NOT NULL")
_SHELF = sa.text("draft_id IS NOT NULL OR sent_back_at IS NOT NULL")
_BACK = """
UPDATE item SET sent_back_at = (
    SELECT max(decision.created_at) FROM decision
    WHERE decision.revision_id = item.revision_id AND decision.verdict = 'sent_back'
) WHERE revision_id IN (SELECT decision.revision_id FROM decision WHERE decision.verdict = 'sent_back')
"""


def upgrade() -> None:
    """Note what is back with its author, keep indexes of few rows, and forget what somebody let SQLite count."""
    op.add_column("item", sa.Column("sent_back_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(_BACK)
    op.drop_index("ix_item_deleted", "item")
    op.create_index(
        "ix_item_deleted", "item", ["author_id", "deleted_at"], sqlite_where=_DELETED, postgresql_where=_DELETED
    )
    op.create_index("ix_item_shelf", "item", ["author_id", "id"], sqlite_where=_SHELF, postgresql_where=_SHELF)
    if op.get_context().dialect.name == "sqlite":
        op.execute("DROP TABLE IF EXISTS sqlite_stat1")


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_item_shelf", "item")
    op.drop_index("ix_item_deleted", "item")
    op.create_index("ix_item_deleted", "item", ["deleted_at"])
    op.drop_column("item", "sent_back_at")
