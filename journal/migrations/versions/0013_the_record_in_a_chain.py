"""The record is a chain that is only added to; where a line came from, and whom it is about.

Revision ID: 0013
Revises: 0012
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

KINDS = {
    "decided": "let_through sent_back passed_on",
    "put_away": "put_away put_away_shown",
    "concern": "tell_worry read_worry answer_worry note_worry move_worry pass_worry_on take_worry add_step finish_step "
    "join_worries name_in_worry print_worry export_worry set_worry_times name_second_lead",
    "hold": "put_hold review_hold take_hold_off",
    "export": "order_portfolio take_home portfolio_changed keep_out let_in name_to_export unname_to_export",
    "shared": "hand_in say edit take_back delete bring_back",
    "sign_in": "sign_in wear_hat new_password",
}
"""The acts that there were, by kind."""

YEAR_AGO = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f', 'now', '-1 year')",
    "postgresql": "now() - interval '1 year'",
}
IS_DROPPED = (
    "EXISTS (SELECT 1 FROM trail_drop JOIN trail_link ON trail_link.school_id = trail_drop.school_id "
    "AND trail_link.number BETWEEN trail_drop.first AND trail_drop.last WHERE trail_link.id = OLD.id)"
)
IS_DROPPED_LINK = (
    "EXISTS (SELECT 1 FROM trail_drop WHERE trail_drop.school_id = OLD.school_id "
    "AND OLD.number BETWEEN trail_drop.first AND trail_drop.last)"
)
IS_DROPPED_SEGMENT = "EXISTS (SELECT 1 FROM trail_drop WHERE trail_drop.segment_id = OLD.id)"
IS_SEALED = "EXISTS (SELECT 1 FROM trail_link WHERE trail_link.id = OLD.trail_id)"
MAY_GO = {
    "trail": IS_DROPPED,
    "trail_link": IS_DROPPED_LINK,
    "trail_segment": IS_DROPPED_SEGMENT,
    "trail_unsealed": IS_SEALED,
    "trail_drop": "1 = 0",
    "trail_check": "1 = 0",
}
"""Under which condition a row may be deleted. None is ever changed."""

IS_OVER = (
    "EXISTS (SELECT 1 FROM trail_segment WHERE trail_segment.id = NEW.segment_id "
    "AND trail_segment.school_id = NEW.school_id AND trail_segment.first = NEW.first) "
    "AND NEW.last = (SELECT min(later.first) - 1 FROM trail_segment AS later "
    "WHERE later.school_id = NEW.school_id AND later.first > NEW.first) "
    "AND NOT EXISTS (SELECT 1 FROM trail JOIN trail_link ON trail_link.id = trail.id "
    "WHERE trail_link.school_id = NEW.school_id AND trail_link.number BETWEEN NEW.first AND NEW.last "
    "AND trail.created_at > {year_ago})"
)
"""A segment that may be dropped: whole, not the newest, and no line of it younger than a year."""

STAYS = "the record is only added to"


def _sqlite() -> list[str]:
    made = [
        "CREATE TRIGGER trail_waits AFTER INSERT ON trail BEGIN "
        "INSERT INTO trail_unsealed (trail_id, school_id) VALUES (NEW.id, NEW.school_id); END",
        f"CREATE TRIGGER trail_drop_is_over BEFORE INSERT ON trail_drop "
        f"WHEN NOT ({IS_OVER.format(year_ago=YEAR_AGO['sqlite'])}) "
        f"BEGIN SELECT RAISE(ABORT, 'this segment is not over'); END",
    ]
    for table, condition in MAY_GO.items():
        refuse = f"BEGIN SELECT RAISE(ABORT, '{STAYS}'); END"
        made.append(f"CREATE TRIGGER {table}_is_not_changed BEFORE UPDATE ON {table} {refuse}")
        made.append(f"CREATE TRIGGER {table}_does_not_go BEFORE DELETE ON {table} WHEN NOT ({condition}) {refuse}")
    return made


def _postgresql() -> list[str]:
    body = "LANGUAGE plpgsql AS $$ BEGIN {} END $$"
    refuse = f"RAISE EXCEPTION '{STAYS}';"
    waits = "INSERT INTO trail_unsealed (trail_id, school_id) VALUES (NEW.id, NEW.school_id); RETURN NEW;"
    over = IS_OVER.format(year_ago=YEAR_AGO["postgresql"])
    is_over = f"IF NOT ({over}) THEN RAISE EXCEPTION 'this segment is not over'; END IF; RETURN NEW;"
    made = [
        f"CREATE FUNCTION trail_stays() RETURNS trigger {body.format(refuse)}",
        f"CREATE FUNCTION trail_waits() RETURNS trigger {body.format(waits)}",
        f"CREATE FUNCTION trail_drop_is_over() RETURNS trigger {body.format(is_over)}",
        "CREATE TRIGGER trail_waits AFTER INSERT ON trail FOR EACH ROW EXECUTE FUNCTION trail_waits()",
        "CREATE TRIGGER trail_drop_is_over BEFORE INSERT ON trail_drop "
        "FOR EACH ROW EXECUTE FUNCTION trail_drop_is_over()",
    ]
    for table, condition in MAY_GO.items():
        goes = f"IF NOT ({condition}) THEN {refuse} END IF; RETURN OLD;"
        made += [
            f"CREATE FUNCTION {table}_goes() RETURNS trigger {body.format(goes)}",
            f"CREATE TRIGGER {table}_is_not_changed BEFORE UPDATE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION trail_stays()",
            f"CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION trail_stays()",
            f"CREATE TRIGGER {table}_does_not_go BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_goes()",
        ]
    return made


def upgrade() -> None:
    """Bring the database up; the lines there are wait to be sealed, oldest first."""
    op.add_column("school", sa.Column("record_years", sa.Integer(), nullable=False, server_default="7"))
    # Plainly, not as a batch: there may be millions of lines.
    op.add_column("trail", sa.Column("about_id", sa.Uuid(), nullable=True))
    op.add_column("trail", sa.Column("place", sa.String(48), nullable=False, server_default=""))
    op.add_column("trail", sa.Column("kind", sa.String(12), nullable=False, server_default=""))
    for kind, acts in KINDS.items():
        named = ", ".join(f"'{one}'" for one in acts.split())
        op.execute(f"UPDATE trail SET kind = '{kind}' WHERE act IN ({named})")  # noqa: S608 - our own words
    op.execute("UPDATE trail SET about_id = (SELECT item.pupil_id FROM item WHERE item.id = trail.subject_id)")
    op.execute(
        "UPDATE trail SET about_id = subject_id WHERE about_id IS NULL AND EXISTS "
        "(SELECT 1 FROM membership WHERE membership.id = trail.subject_id AND membership.role = 'pupil')"
    )
    op.create_index("ix_trail_membership", "trail", ["membership_id", "id"])
    op.create_index("ix_trail_about", "trail", ["about_id", "id"])
    op.create_index("ix_trail_kind", "trail", ["school_id", "kind", "id"])
    _tables()
    op.execute("INSERT INTO trail_unsealed (trail_id, school_id) SELECT id, school_id FROM trail ORDER BY id")
    for statement in _sqlite() if op.get_bind().dialect.name == "sqlite" else _postgresql():
        op.execute(statement)


def _tables() -> None:
    op.create_table(
        "trail_unsealed",
        sa.Column("arrived", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("trail_id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("arrived", name=op.f("pk_trail_unsealed")),
    )
    op.create_index("ix_trail_unsealed_school", "trail_unsealed", ["school_id", "arrived"])
    number, text = sa.BigInteger(), sa.String(64)
    _table("trail_link", "number", number=number, sum=text, hash=text)
    _table("trail_segment", "first", month=sa.String(7), first=number, before=text)
    segment: dict[str, Any] = {
        "segment_id": sa.Uuid(),
        "month": sa.String(7),
        "first": number,
        "last": number,
        "hash": text,
    }
    _table("trail_drop", "first", **segment)
    checked: dict[str, Any] = {
        "number": number,
        "hash": text,
        "since": sa.DateTime(timezone=True),
        "fault": sa.String(24),
    }
    _table("trail_check", "", **checked, fault_number=number, fault_id=sa.Uuid())
    op.create_index("ix_trail_check_school", "trail_check", ["school_id", "id"])


def _table(name: str, unique: str, **columns: Any) -> None:
    more = [sa.UniqueConstraint("school_id", unique, name=f"uq_{name}")] if unique else []
    op.create_table(
        name,
        *(sa.Column(one, kind, nullable=one == "fault_id") for one, kind in columns.items()),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f(f"fk_{name}_school_id")),
        sa.PrimaryKeyConstraint("id", "school_id", name=op.f(f"pk_{name}")),
        *more,
    )


def downgrade() -> None:
    """Take the database back: the lines stay, their chain goes."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER trail_waits ON trail")
        for name in ("is_not_changed", "is_not_emptied", "does_not_go"):
            op.execute(f"DROP TRIGGER trail_{name} ON trail")
    else:
        for name in ("waits", "is_not_changed", "does_not_go"):
            op.execute(f"DROP TRIGGER trail_{name}")
    for table in ("trail_check", "trail_drop", "trail_segment", "trail_link", "trail_unsealed"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for name in ("trail_stays", "trail_waits", "trail_drop_is_over", *(f"{table}_goes" for table in MAY_GO)):
            op.execute(f"DROP FUNCTION {name}()")
    for name in ("membership", "about", "kind"):
        op.drop_index(f"ix_trail_{name}", "trail")
    for column in ("about_id", "place", "kind"):
        op.drop_column("trail", column)
    op.drop_column("school", "record_years")
