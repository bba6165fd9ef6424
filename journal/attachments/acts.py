"""Taking in a photo: the file is judged by its bytes, a small picture is made at once, the rest is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import BinaryIO

from sqlalchemy import event
from sqlalchemy.orm import Session

from journal.clock import now
from journal.images import MAX_BYTES, MAX_PIXELS, PictureProblem, Problem, Rendition, look, preview
from journal.images.names import SMALL, file_of
from journal.jobs import Work, ask_for
from journal.reasons import GatedSession
from journal.records import Attachment
from journal.records import Rendition as RenditionRow
from journal.refusals import Reason, Refusal
from journal.seeing import Viewer
from journal.store.files import Files

MOST_MEGABYTES = MAX_BYTES // (1024 * 1024)
MOST_MEGAPIXELS = MAX_PIXELS // 1_000_000
UNSENT = timedelta(days=1)
"""How long a photo waits to be put into something; then it is removed."""

REASONS: Mapping[Problem, tuple[Reason, int]] = {
    "empty": (Reason.PICTURE_EMPTY, 0),
    "too_big": (Reason.PICTURE_TOO_BIG, MOST_MEGABYTES),
    "too_many_pixels": (Reason.PICTURE_TOO_MANY_PIXELS, MOST_MEGAPIXELS),
    "not_a_picture": (Reason.PICTURE_UNKNOWN, 0),
    "broken": (Reason.PICTURE_BROKEN, 0),
    "too_hard": (Reason.PICTURE_TOO_HARD, 0),
}
"""What is wrong with a picture, as a refusal and the number that belongs in its sentence."""


@dataclass(frozen=True, slots=True)
class Received:
    """A file that has come and is a picture: the kept upload, its upright sides in pixels, its small picture."""

    upload: str
    width: int
    height: int
    small: Rendition


def refusal_for(problem: str) -> Refusal:
    """Return the refusal for a picture's problem; one that nobody knows any more counts as broken."""
    for code, (reason, limit) in REASONS.items():
        if code == problem:
            return Refusal(reason, "photo", limit)
    return Refusal(Reason.PICTURE_BROKEN, "photo")


def receive(files: Files, stream: BinaryIO) -> Received:
    """Keep an uploaded file and make its small picture; nothing is written to the database.

    What the sender called the file is never asked. Raises Refusal for what is no picture or too big, with nothing
    kept.
    """
    upload = files.new_name(".upload")
    small = file_of(upload, SMALL)
    try:
        files.take_in(stream, upload, MAX_BYTES, lambda: PictureProblem("too_big"))
        facts = look(files.path(upload))
        made = preview(files.path(upload), files.path(small))
    except PictureProblem as problem:
        files.drop_all((upload, small))
        raise refusal_for(problem.code) from None
    except BaseException:
        files.drop_all((upload, small))
        raise
    return Received(upload, facts.width, facts.height, made)


def keep(session: Session, actor: Viewer, files: Files, received: Received) -> Attachment:
    """Write down a picture that has come, and ask for its other sizes. If the change is not kept, nor are its files."""
    small = file_of(received.upload, SMALL)
    _drop_unless_kept(session, files, (received.upload, small))
    attachment = Attachment(
        school_id=actor.school,
        owner_id=actor.membership,
        upload=received.upload,
        width=received.width,
        height=received.height,
        done=1,
    )
    session.add(attachment)
    session.flush()
    session.add(row_of(attachment, small, received.small))
    ask_for(session, Work.PICTURES, attachment.id)
    return attachment


def take_in(session: Session, actor: Viewer, files: Files, stream: BinaryIO) -> Attachment:
    """Take in an uploaded picture for somebody, with its small size at once. Raises Refusal."""
    return keep(session, actor, files, receive(files, stream))


def take_in_ahead(session: Session, actor: Viewer, files: Files, stream: BinaryIO) -> Attachment:
    """Take in a picture before what it is for is sent. If that is never sent, it is removed after a day."""
    attachment = take_in(session, actor, files, stream)
    ask_for(session, Work.REMOVE_PHOTO, attachment.id, now() + UNSENT)
    return attachment


def row_of(attachment: Attachment, file: str, made: Rendition) -> RenditionRow:
    """Return the row for a size that was made."""
    return RenditionRow(
        school_id=attachment.school_id,
        attachment_id=attachment.id,
        size=made.size,
        file=file,
        width=made.width,
        height=made.height,
        length=made.bytes,
        sha256=made.sha256,
    )


def _drop_unless_kept(session: Session, files: Files, names: tuple[str, ...]) -> None:
    session.info.setdefault("new_files", []).append((files, names))


@event.listens_for(GatedSession, "after_commit")
def _kept(session: Session) -> None:
    session.info.pop("new_files", None)


@event.listens_for(GatedSession, "after_rollback")
def _not_kept(session: Session) -> None:
    for files, names in session.info.pop("new_files", []):
        files.drop_all(names)
