"""Staff prove a second thing: numbers of an app, passkeys, recovery codes; devices, tries, invitations

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def _of_person(name: str, *more: sa.schema.SchemaItem, somebody: bool = True) -> None:
    op.create_table(
        name,
        sa.Column("person_id", sa.Uuid(), nullable=not somebody),
        *more,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f(f"fk_{name}_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )


def upgrade() -> None:
    """Bring the database up."""
    op.add_column("school", sa.Column("second_factor", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("sign_in", sa.Column("second_at", MOMENT, nullable=True))
    op.add_column("sign_in", sa.Column("second_by", sa.String(length=12), nullable=False, server_default=""))
    op.add_column("sign_in", sa.Column("device_id", sa.Uuid(), nullable=True))
    op.add_column("sign_in", sa.Column("challenge", sa.String(length=64), nullable=False, server_default=""))
    _of_person(
        "device",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("software", sa.String(length=60), nullable=False),
        sa.Column("proved_at", MOMENT, nullable=True),
        sa.Column("proved_by", sa.String(length=12), nullable=False),
        sa.Column("not_asked_until", MOMENT, nullable=True),
        sa.Column("unsure", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("person_id", "token_hash", name=op.f("uq_device_person_id_token_hash")),
    )
    _of_person(
        "authenticator",
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("next_secret", sa.Text(), nullable=False),
        sa.Column("set_up_at", MOMENT, nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("used_steps", sa.JSON(), nullable=False),
        sa.UniqueConstraint("person_id", name=op.f("uq_authenticator_person_id")),
    )
    _of_person(
        "passkey",
        sa.Column("key_id", sa.String(length=1400), nullable=False),
        sa.Column("public_key", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.UniqueConstraint("key_id", name=op.f("uq_passkey_key_id")),
    )
    op.create_index("ix_passkey_person", "passkey", ["person_id"])
    _of_person(
        "recovery_code",
        sa.Column("code_hash", sa.String(length=200), nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.Column("given_by_id", sa.Uuid(), nullable=True),
        sa.Column("expires_at", MOMENT, nullable=True),
    )
    op.create_index("ix_recovery_code_person", "recovery_code", ["person_id"])
    _of_person(
        "sign_in_try",
        sa.Column("what", sa.String(length=12), nullable=False),
        sa.Column("device", sa.String(length=80), nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        somebody=False,
    )
    op.create_index("ix_sign_in_try_person", "sign_in_try", ["person_id", "id"])
    op.create_index("ix_sign_in_try_created", "sign_in_try", ["created_at"])
    _invitation()


def _invitation() -> None:
    op.create_table(
        "invitation",
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.Column("taken", sa.Boolean(), nullable=False),
        sa.Column("problem", sa.String(length=24), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_invitation_school_id")),
        sa.ForeignKeyConstraint(
            ["membership_id", "school_id"],
            ["membership.id", "membership.school_id"],
            name=op.f("fk_invitation_membership_id"),
        ),
        sa.ForeignKeyConstraint(
            ["by_id", "school_id"], ["membership.id", "membership.school_id"], name=op.f("fk_invitation_by_id")
        ),
        sa.PrimaryKeyConstraint("id", "school_id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    op.create_index("ix_invitation_membership", "invitation", ["membership_id"])


def downgrade() -> None:
    """Take the database back."""
    for table in ("invitation", "sign_in_try", "recovery_code", "passkey", "authenticator", "device"):
        op.drop_table(table)
    for column in ("challenge", "device_id", "second_by", "second_at"):
        op.drop_column("sign_in", column)
    op.drop_column("school", "second_factor")
