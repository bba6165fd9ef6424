"""What one running copy works with: its settings, files, queue, postman and search index."""

from dataclasses import dataclass

from sqlalchemy import Engine

from journal.mail import KeepInFolder, Postman
from journal.settings import Settings
from journal.store.database import open_engine
from journal.store.files import Files
from journal.store.index import Index, open_index
from journal.store.queue import Queue


@dataclass(frozen=True, slots=True)
class House:
    """Handed to acts and work that need more than the database."""

    settings: Settings
    files: Files
    queue: Queue
    post: Postman | KeepInFolder
    index: Index


def open_house(settings: Settings, engine: Engine | None = None) -> House:
    """Return the house that the settings describe; ``engine`` is its database's, where that is open already."""
    return House(
        settings=settings,
        files=Files(settings.media),
        queue=Queue(settings.database_url, settings.instance),
        post=_post(settings),
        index=open_index(
            settings.instance / "index", engine or open_engine(settings.database_url), settings.secret_key
        ),
    )


def _post(settings: Settings) -> Postman | KeepInFolder:
    """The postman of the settings; with no mail server, letters are kept in a folder of the instance."""
    if not settings.smtp_host:
        return KeepInFolder(settings.instance / "letters", settings.mail_from)
    return Postman(
        host=settings.smtp_host,
        port=settings.smtp_port,
        sender=settings.mail_from,
        starttls=settings.smtp_starttls,
        user=settings.smtp_user,
        password=settings.smtp_password,
    )
