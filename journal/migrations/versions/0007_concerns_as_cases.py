"""Worries are cases: whom they are about, where they stand, notes, steps; holds; when a school reads worries.

Revision ID: 0007
Revises: 0006
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from journal.clock import now
from journal.ids import new_id

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

SCHOOL = {
    "worry_days": (sa.String(7), "12345"),
    "worry_opens": (sa.String(5), "08:30"),
    "worry_shuts": (sa.String(5), "15:30"),
    "worry_by": (sa.String(5), "10:00"),
    "school_closed": (sa.Text(), ""),
}
TABLES = (
    "hold_review",
    "hold",
    "worry_reminder",
    "concern_step",
    "concern_note",
    "concern_case",
    "concern_about",
)
NEVER_CHANGED = {
    "sqlite": (
        "CREATE TRIGGER concern_note_stays BEFORE UPDATE ON concern_note "
        "BEGIN SELECT RAISE(ABORT, 'a note is never changed'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION concern_note_stays() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'a note is never changed'; END $$",
        "CREATE TRIGGER concern_note_stays BEFORE UPDATE ON concern_note "
        "FOR EACH ROW EXECUTE FUNCTION concern_note_stays()",
    ),
}


def upgrade() -> None:
    """Bring the database up; what somebody was worried about before is a case as well."""
    _columns()
    _worries()
    _holds()
    for statement in NEVER_CHANGED[op.get_context().dialect.name]:
        op.execute(statement)
    _cases_of_old_worries()


def _columns() -> None:
    # Plainly, not as a batch: SQLite would make these tables anew, and everything points at them.
    op.add_column("school", sa.Column("second_lead_id", sa.Uuid(), nullable=True))
    for name, (kind, usual) in SCHOOL.items():
        op.add_column("school", sa.Column(name, kind, nullable=False, server_default=usual))
    op.add_column("item", sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_trail_subject", "trail", ["subject_id", "id"])
    op.add_column("concern", sa.Column("seal", sa.String(64), nullable=False, server_default=""))
    op.add_column("concern", sa.Column("talk_with_id", sa.Uuid(), nullable=True))
    op.add_column("concern", sa.Column("contact", sa.String(8), nullable=False, server_default=""))


def _table(name: str, *columns: sa.Column[Any], under: str = "", **unique: list[str]) -> None:
    """Make a table of rows of a school, which go with what they hang on."""
    keys: list[sa.Constraint] = [
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f(f"fk_{name}_school_id")),
        sa.PrimaryKeyConstraint("id", "school_id", name=op.f(f"pk_{name}")),
    ]
    if under:
        keys.append(
            sa.ForeignKeyConstraint(
                [f"{under}_id", "school_id"],
                [f"{under}.id", f"{under}.school_id"],
                name=op.f(f"fk_{name}_{under}_id"),
                ondelete="CASCADE",
            )
        )
    keys += [sa.UniqueConstraint(*of, name=one) for one, of in unique.items()]
    op.create_table(
        name,
        *columns,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        *keys,
    )


def _id(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _moment(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=True)


def _day(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _words(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False)


def _worries() -> None:
    _table(
        "concern_about",
        _id("concern_id"),
        _id("membership_id"),
        _id("person_id"),
        sa.Column("how", sa.String(24), nullable=False),
        under="concern",
        uq_concern_about=["concern_id", "membership_id"],
    )
    op.create_index("ix_concern_about_membership", "concern_about", ["membership_id"])
    op.create_index("ix_concern_about_person", "concern_about", ["person_id"])
    _table(
        "concern_case",
        _id("concern_id"),
        sa.Column("state", sa.String(24), nullable=False),
        _day("due_on", nullable=True),
        _id("assigned_id", nullable=True),
        _id("joined_to_id", nullable=True),
        _moment("closed_at"),
        under="concern",
        uq_concern_case=["concern_id"],
    )
    op.create_index("ix_concern_case_state", "concern_case", ["school_id", "state", "due_on"])
    op.create_index("ix_concern_case_joined", "concern_case", ["joined_to_id"])
    _table(
        "concern_note",
        _id("concern_id"),
        _id("by_id"),
        sa.Column("kind", sa.String(24), nullable=False),
        _words("words"),
        _id("about_id", nullable=True),
        under="concern",
    )
    op.create_index("ix_concern_note_concern", "concern_note", ["concern_id", "id"])
    _table(
        "concern_step",
        _id("concern_id"),
        _id("by_id"),
        sa.Column("words", sa.String(200), nullable=False),
        _id("who_id", nullable=True),
        _day("due_on", nullable=True),
        _moment("done_at"),
        _id("done_by_id", nullable=True),
        under="concern",
    )
    op.create_index("ix_concern_step_concern", "concern_step", ["concern_id", "id"])
    _table("worry_reminder", _id("membership_id"), _day("day"), uq_worry_reminder=["membership_id", "day"])


def _holds() -> None:
    _table(
        "hold",
        _id("item_id", nullable=True),
        _id("pupil_id", nullable=True),
        _id("concern_id", nullable=True),
        _id("by_id"),
        _words("reason"),
        _day("review_on"),
        _moment("ended_at"),
        _id("ended_by_id", nullable=True),
        _words("ended_reason"),
    )
    op.create_index("ix_hold_school", "hold", ["school_id", "ended_at", "review_on"])
    for name in ("item", "pupil", "concern"):
        op.create_index(f"ix_hold_{name}", "hold", [f"{name}_id"])
    _table("hold_review", _id("hold_id"), _id("by_id"), _words("reason"), _day("review_on"), under="hold")
    op.create_index("ix_hold_review_hold", "hold_review", ["hold_id"])


def _cases_of_old_worries() -> None:
    old = sa.table("concern", *(sa.column(one, sa.Uuid()) for one in ("id", "school_id", "item_id", "read_by_id")))
    item = sa.table("item", *(sa.column(one, sa.Uuid()) for one in ("id", "author_id", "pupil_id")))
    hat = sa.table("membership", *(sa.column(one, sa.Uuid()) for one in ("id", "person_id")))
    uuids = ("id", "school_id", "concern_id", "membership_id", "person_id")
    about = sa.table("concern_about", *(sa.column(one, sa.Uuid()) for one in uuids), *_others("how"))
    case = sa.table("concern_case", *(sa.column(one, sa.Uuid()) for one in uuids[:3]), *_others("state"))
    bind, moment = op.get_context().bind, now()
    if bind is None:  # written down as SQL, for a database that is not here
        return
    for one in bind.execute(sa.select(old)).all():
        shared = {"school_id": one.school_id, "concern_id": one.id, "created_at": moment}
        state = "new" if one.read_by_id is None else "read"
        bind.execute(case.insert().values(id=new_id(), state=state, **shared))
        authors = sa.select(hat.c.id, hat.c.person_id, sa.literal("author")).join(item, item.c.author_id == hat.c.id)
        spaces = sa.select(hat.c.id, hat.c.person_id, sa.literal("space")).join(item, item.c.pupil_id == hat.c.id)
        seen = set()
        for member, person, how in [
            *bind.execute(authors.where(item.c.id == one.item_id)).all(),
            *bind.execute(spaces.where(item.c.id == one.item_id)).all(),
        ]:
            if member not in seen:
                seen.add(member)
                row = {"membership_id": member, "person_id": person, "how": how}
                bind.execute(about.insert().values(id=new_id(), **row, **shared))


def _others(word: str) -> tuple[sa.ColumnClause[Any], ...]:
    return sa.column(word, sa.String()), sa.column("created_at", sa.DateTime(timezone=True))


def downgrade() -> None:
    """Take the database back."""
    for name in TABLES:
        op.drop_table(name)
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION concern_note_stays()")
    for name in ("seal", "talk_with_id", "contact"):
        op.drop_column("concern", name)
    op.drop_index("ix_trail_subject", "trail")
    op.drop_column("item", "gone_at")
    for name in ("second_lead_id", *SCHOOL):
        op.drop_column("school", name)
