"""What is being made and what came back are found each for itself: neither pushes the other off a pupil's shelf.

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_SHELF = sa.text("draft_id IS NOT NULL OR sent_back_at IS NOT NULL")
_DRAFTS = sa.text("draft_id IS NOT NULL")
_BACK = sa.text("sent_back_at IS NOT NULL")


def upgrade() -> None:
    """Two small indexes for the one."""
    op.drop_index("ix_item_shelf", "item")
    op.create_index("ix_item_drafts", "item", ["author_id", "id"], sqlite_where=_DRAFTS, postgresql_where=_DRAFTS)
    op.create_index("ix_item_back", "item", ["author_id", "id"], sqlite_where=_BACK, postgresql_where=_BACK)


def downgrade() -> None:
    """As it was."""
    op.drop_index("ix_item_back", "item")
    op.drop_index("ix_item_drafts", "item")
    op.create_index("ix_item_shelf", "item", ["author_id", "id"], sqlite_where=_SHELF, postgresql_where=_SHELF)
