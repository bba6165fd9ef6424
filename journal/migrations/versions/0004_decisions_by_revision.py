"""What was decided about a revision is found without reading all decisions.

Revision ID: 0004
Revises: 0003
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index."""
    op.create_index("ix_decision_revision", "decision", ["revision_id", "id"])


def downgrade() -> None:
    """Take it away."""
    op.drop_index("ix_decision_revision", "decision")
