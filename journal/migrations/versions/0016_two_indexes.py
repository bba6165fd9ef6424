"""Two indexes led through a whole school.

Nearly all pictures are ready: SQLite went through all of them, by how far they have come. And what was said about an
entry is found with its kind at once, or PostgreSQL looks for all comments and keeps those of the entry.

Revision ID: 0016
Revises: 0015
"""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the one away, and put the kind into the other."""
    op.drop_index("ix_attachment_state", "attachment")
    op.drop_index("ix_item_entry", "item")
    op.create_index("ix_item_entry", "item", ["entry_id", "kind", "id"])


def downgrade() -> None:
    """As it was."""
    op.drop_index("ix_item_entry", "item")
    op.create_index("ix_item_entry", "item", ["entry_id", "id"])
    op.create_index("ix_attachment_state", "attachment", ["state", "id"])
