"""Who in the pictures that wait lacks a yes, for the page of what waits: by name, with the way to set names."""

from collections.abc import Collection, Sequence
from types import SimpleNamespace
from uuid import UUID

from sqlalchemy.orm import Session

from journal.circles import GROUP_KINDS, kind_of
from journal.consents import Missing, missing
from journal.pages import face_url
from journal.saying import gettext as _
from journal.site import url_for
from journal.words import Answer


def photos_that_wait(
    session: Session, revision: UUID, photos: Sequence[UUID], circles: Collection[str]
) -> list[SimpleNamespace]:
    """Return the pictures of a revision (num, people, url), with those who lack a yes for the circles that wait.

    One query; none where there is no picture.
    """
    asks = any(kind_of(one) in GROUP_KINDS for one in circles)
    found = missing(session, [revision]).get(revision, ()) if photos and asks else ()
    return [
        SimpleNamespace(
            num=number,
            people=[why(one) for one in found if one.photo == photo],
            url=url_for("consent.who", photo=photo),
        )
        for number, photo in enumerate(photos, 1)
    ]


def why(one: Missing) -> SimpleNamespace:
    """Somebody without a yes, with why in words: pupil, name, face_url, words, icon, tone, asks (each time)."""
    said = {
        Answer.NO: (_("No"), "x", "n"),
        Answer.ASK: (_("Ask each time. Nobody has said yes to this one"), "chat-circle-dots", "a"),
    }
    nothing = (_("No answer yet, counts as No"), "hourglass-medium", "a")
    words, icon, tone = said.get(one.why, nothing) if one.why else nothing
    asks = one.why is Answer.ASK
    return SimpleNamespace(
        pupil=str(one.pupil),
        asks=asks,
        name=one.name,
        face_url=face_url(one.pupil, one.face),
        words=words,
        icon=icon,
        tone=tone,
    )
