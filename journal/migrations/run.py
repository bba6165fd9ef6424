"""Bringing a database up to date, and back, without a configuration file."""

from pathlib import Path

from alembic import command
from alembic.config import Config


def config_for(url: str) -> Config:
    """Return Alembic's configuration for a database address."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database up to a revision, the newest if none is named."""
    command.upgrade(config_for(url), revision)


def downgrade(url: str, revision: str = "base") -> None:
    """Take the database back to a revision, to nothing if none is named."""
    command.downgrade(config_for(url), revision)
