"""What one running copy works with: its settings, files, queue and postman."""

from dataclasses import dataclass

from journal.mail import KeepInFolder, Postman
from journal.settings import Settings
from journal.store.files import Files
from journal.store.queue import Queue


@dataclass(frozen=True, slots=True)
class House:
    """Handed to acts and work that need more than the database."""

    settings: Settings
    files: Files
    queue: Queue
    post: Postman | KeepInFolder


def open_house(settings: Settings) -> House:
    """Return the house that the settings describe."""
    return House(
        settings=settings,
        files=Files(settings.media),
        queue=Queue(settings.database_url, settings.instance),
        post=_post(settings),
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
