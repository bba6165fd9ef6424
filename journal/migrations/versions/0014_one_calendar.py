"""On which days there is school stands once: for what waits to be read, and for worries.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

USUAL = "12345"
GONE = (("worry_days", sa.String(7), USUAL), ("school_closed", sa.Text(), ""))
"""The second calendar: its columns, and what they held where nobody had chosen."""


def _school() -> sa.TableClause:
    names = ("school_days", "closed_days", "worry_days", "school_closed")
    return sa.table("school", sa.column("id", sa.Uuid()), *(sa.column(name, sa.Text()) for name in names))


def upgrade() -> None:
    """Put the second calendar into the first: holidays of both; its days where the first has the usual ones."""
    school, bind = _school(), op.get_bind()
    for row in bind.execute(sa.select(school)).all():
        lines = [*row.closed_days.splitlines(), *row.school_closed.splitlines()]
        kept = {
            "school_days": row.worry_days if row.school_days == USUAL and row.worry_days else row.school_days,
            "closed_days": "\n".join(dict.fromkeys(line.strip() for line in lines if line.strip())),
        }
        bind.execute(sa.update(school).where(school.c.id == row.id).values(kept))
    for name, _, _ in GONE:
        op.drop_column("school", name)


def downgrade() -> None:
    """Make two of it again, which say the same."""
    for name, kind, usual in GONE:
        op.add_column("school", sa.Column(name, kind, nullable=False, server_default=usual))
    school = _school()
    op.get_bind().execute(sa.update(school).values(worry_days=school.c.school_days, school_closed=school.c.closed_days))
