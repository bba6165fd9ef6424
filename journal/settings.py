"""Settings, typed and read once, from the environment. Everything has a default that suits one primary school."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """What one running copy needs to know.

    Sizes are bytes, times seconds unless the name says otherwise.
    """

    instance: Path
    media: Path
    database_url: str
    secret_key: str
    public_address: str = "http://127.0.0.1:5000"
    host: str = "127.0.0.1"
    port: int = 5000
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    smtp_starttls: bool = True
    mail_from: str = "thirdspace@localhost"
    session_idle: int = 12 * 3600
    session_longest: int = 7 * 24 * 3600
    undo_time: int = 24 * 3600
    reset_time: int = 3600
    export_time: int = 14 * 24 * 3600
    largest_request: int = 64 * 1024 * 1024
    sign_in_limit: str = "10 per 10 minutes"
    sign_in_address_limit: str = "200 per 10 minutes"
    second_limit: str = "6 per 10 minutes;30 per day"
    """How often numbers, codes, passkeys and one's own password may be wrong, for one person."""
    invitation_time: int = 7 * 24 * 3600
    hash_fast: bool = False
    trusted_proxies: int = 0

    @property
    def https(self) -> bool:
        """Whether people reach this copy over HTTPS; cookies are then Secure and carry the __Host- prefix."""
        return self.public_address.startswith("https://")

    @property
    def on_sqlite(self) -> bool:
        """Whether the embedded database is in use."""
        return self.database_url.startswith("sqlite")


def _secret(instance: Path) -> str:
    """Return the copy's secret, made on first use and readable by its owner alone."""
    kept = instance / "secret"
    if not kept.exists():
        instance.mkdir(parents=True, exist_ok=True)
        new = kept.with_name(f"secret-{secrets.token_hex(8)}")
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
        # A link is made whole or not at all, and of two processes that start together one wins.
        with suppress(FileExistsError):
            os.link(new, kept)
        new.unlink()
    return kept.read_text()


def address_of(host: str, port: int) -> str:
    """Return a host and port as one address; IPv6 hosts stand in brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def from_environment(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings. Raises ValueError naming the setting for a number that is none."""

    def text(name: str, default: str) -> str:
        return environ.get(f"THIRDSPACE_{name}", default)

    def number(name: str, default: int, plain: bool = False) -> int:
        raw = environ.get(name if plain else f"THIRDSPACE_{name}", "") or str(default)
        try:
            return int(raw)
        except ValueError:
            raise ValueError(f"{name} must be a whole number") from None

    instance = Path(text("INSTANCE", "instance")).absolute()
    host = environ.get("HOST", "") or "127.0.0.1"
    port = number("PORT", 5000, plain=True)
    return Settings(
        instance=instance,
        media=Path(text("MEDIA", "media")).absolute(),
        database_url=text("DATABASE_URL", f"sqlite:///{instance / 'thirdspace.sqlite3'}"),
        secret_key=text("SECRET_KEY", "") or _secret(instance),
        public_address=text("PUBLIC_ADDRESS", f"http://{address_of(host, port)}").rstrip("/"),
        host=host,
        port=port,
        smtp_host=text("SMTP_HOST", ""),
        smtp_port=number("SMTP_PORT", 587),
        smtp_user=text("SMTP_USER", ""),
        smtp_password=text("SMTP_PASSWORD", ""),
        smtp_starttls=text("SMTP_STARTTLS", "yes") != "no",
        mail_from=text("MAIL_FROM", "thirdspace@localhost"),
        session_idle=number("SESSION_IDLE", 12 * 3600),
        session_longest=number("SESSION_LONGEST", 7 * 24 * 3600),
        undo_time=number("UNDO_TIME", 24 * 3600),
        export_time=number("EXPORT_TIME", 14 * 24 * 3600),
        trusted_proxies=number("TRUSTED_PROXIES", 0),
    )
