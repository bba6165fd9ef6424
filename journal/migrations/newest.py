"""Whether a database has the migrations that this program brings, and no others.

Every process that serves asks this once, when it begins, without Alembic: that would take a tenth of a second and eleven
megabytes of each.
"""

from pathlib import Path

from sqlalchemy import Engine, column, inspect, select, table

VERSIONS = Path(__file__).parent / "versions"


def known() -> list[str]:
    """Return the migrations that this program brings, the oldest first: the names of their files begin with them."""
    return sorted(one.name.partition("_")[0] for one in VERSIONS.glob("[0-9]*_*.py"))


def stands_at(engine: Engine) -> str:
    """Return the migration that a database was brought up to, or an empty string where none was made."""
    if not inspect(engine).has_table("alembic_version"):
        return ""
    with engine.connect() as connection:
        return connection.scalar(select(column("version_num")).select_from(table("alembic_version"))) or ""


def out_of_step(engine: Engine) -> str:
    """Return what is wrong and what to do about it, where a database is not as this program needs it; else nothing."""
    here, ours = stands_at(engine), known()
    if here == ours[-1]:
        return ""
    if here and here not in ours:
        return (
            f"The database is at migration {here}, and this program knows none beyond {ours[-1]}: a newer one brought it "
            "up to date. Install that newer program again, and start it with 'journal serve'."
        )
    stands = f"is at migration {here}" if here else "has no tables yet"
    return (
        f"The database {stands}, and this program needs it at {ours[-1]}. Bring it up to date with "
        "'journal migrate' and start again, or start with 'journal serve', which does both."
    )
