"""Who is in a picture, and what families said to being in one.

Revision ID: 0011
Revises: 0010
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

NEVER_CHANGED = {
    "sqlite": (
        "CREATE TRIGGER consent_stays BEFORE UPDATE ON consent "
        "BEGIN SELECT RAISE(ABORT, 'an answer is never changed'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION consent_stays() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'an answer is never changed'; END $$",
        "CREATE TRIGGER consent_stays BEFORE UPDATE ON consent FOR EACH ROW EXECUTE FUNCTION consent_stays()",
    ),
}


def upgrade() -> None:
    """Bring the database up. Photos that are there have nobody named in them, and are shown as before."""
    # Plainly, not as a batch: SQLite would make the table anew, and everything points at it.
    op.add_column("school", sa.Column("own_say_age", sa.Integer(), nullable=False, server_default="12"))
    _table(
        "tagged",
        [("attachment", "attachment", "CASCADE"), ("pupil", "membership", None), ("by", "membership", None)],
        _id("attachment_id"),
        sa.Column("kind", sa.String(24), nullable=False),
        _id("pupil_id", nullable=True),
        _id("by_id"),
        uq_tagged=["attachment_id", "kind", "pupil_id"],
    )
    op.create_index("ix_tagged_pupil", "tagged", ["pupil_id"])
    _table(
        "consent",
        [("pupil", "membership", None), ("said_by", "membership", None), ("by", "membership", None)],
        _id("pupil_id"),
        sa.Column("purpose", sa.String(24), nullable=False),
        _id("about_id"),
        sa.Column("speaker", sa.String(120), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(24), nullable=False),
        _id("said_by_id", nullable=True),
        sa.Column("said_name", sa.String(80), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("how", sa.String(24), nullable=False),
        _id("by_id"),
        sa.Column("wording", sa.Integer(), nullable=False),
        uq_consent=["pupil_id", "purpose", "about_id", "speaker", "number"],
    )
    op.create_index("ix_consent_speaker", "consent", ["said_by_id"])
    _table(
        "pupil_born",
        [("pupil", "membership", None)],
        _id("pupil_id"),
        sa.Column("born_on", sa.Date(), nullable=False),
        uq_pupil_born=["pupil_id"],
    )
    for statement in NEVER_CHANGED[op.get_bind().dialect.name]:
        op.execute(statement)


def _id(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _table(name: str, points_at: list[tuple[str, str, str | None]], *columns: sa.Column[Any], **unique: Any) -> None:
    """Make a table of rows of a school."""
    op.create_table(
        name,
        *columns,
        _id("id"),
        _id("school_id"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f(f"fk_{name}_school_id")),
        sa.PrimaryKeyConstraint("id", "school_id", name=op.f(f"pk_{name}")),
        *(
            sa.ForeignKeyConstraint(
                [f"{column}_id", "school_id"],
                [f"{table}.id", f"{table}.school_id"],
                name=op.f(f"fk_{name}_{column}_id"),
                ondelete=ends,
            )
            for column, table, ends in points_at
        ),
        *(sa.UniqueConstraint(*of, name=one) for one, of in unique.items()),
    )


def downgrade() -> None:
    """Take it away."""
    for name in ("pupil_born", "consent", "tagged"):
        op.drop_table(name)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION consent_stays()")
    op.drop_column("school", "own_say_age")
