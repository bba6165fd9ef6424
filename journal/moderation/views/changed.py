"""What changed since what is shown, as the page draws it."""

from collections.abc import Sequence
from types import SimpleNamespace

from journal.moderation.around import Picture, Said
from journal.moderation.changes import PictureChange, changed_pictures, changed_words
from journal.moderation.waiting import Words
from journal.saying import gettext as _


def changes_object(before: Said, after: Words, photos: Sequence[Picture]) -> SimpleNamespace:
    """The differences of title, words and pictures; empty ones where nothing changed."""
    words = changed_words(before.words, after.words) if before.words != after.words else ()
    title = changed_words(before.title, after.title) if before.title != after.title else ()
    pictures = changed_pictures(_plain(before.photos), _plain(photos))
    return SimpleNamespace(
        title=title,
        words=words,
        pictures=[
            SimpleNamespace(says=_said(one), caption=one.caption, description=one.description) for one in pictures
        ],
        nothing=not (title or words or pictures),
    )


def _plain(photos: Sequence[Picture]) -> list[tuple[object, str, str]]:
    return [(one.id, one.caption, one.description) for one in photos]


def _said(one: PictureChange) -> str:
    if one.new:
        return str(_("Picture %(num)s is new.", num=one.number))
    if one.gone:
        return str(_("Picture %(num)s of before is gone.", num=one.number))
    if one.caption or one.description:
        return str(_("Picture %(num)s has other words.", num=one.number))
    return str(_("Picture %(num)s has moved.", num=one.number))
