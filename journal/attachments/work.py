"""What the worker does with photos: make their sizes, and remove those that stand nowhere any more."""

from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.attachments.acts import row_of
from journal.exported import expire_with
from journal.house import House
from journal.images import PictureProblem, render
from journal.images import Rendition as Made
from journal.images.names import BIG, all_files, file_of
from journal.jobs import after_commit
from journal.records import Attachment, Placement, Rendition
from journal.rows import changed
from journal.words import PictureState


def make_sizes(session: Session, house: House, about: UUID) -> None:
    """Make the sizes of a photo that has come, then delete the uploaded file.

    How far it has come is kept as it goes, so that it shows. Doing it again, after any interruption, ends the same:
    the names of the files follow from the upload's, so a second try writes over what a first one left.
    """
    photo = _find(session, about)
    if photo is None or photo.state is not PictureState.WAITING or photo.upload is None:
        return
    upload = photo.upload
    source = house.files.path(upload)
    names = {size: file_of(source.name, size) for size in BIG}
    have = len(_files(session, photo.id))
    session.commit()
    made = {"sizes": have}

    def one_more(_size: str) -> None:
        made["sizes"] += 1
        session.execute(update(Attachment).where(Attachment.id == about).values(done=made["sizes"]))
        session.commit()

    try:
        sizes = render(source, source.parent, names, one_more)
    except PictureProblem as problem:
        _give_up(session, house, photo, problem.code)
        return
    _finish(session, house, photo, upload, sizes)


def remove_photo(session: Session, house: House, about: UUID) -> None:
    """Remove a photo that stands in no revision, with its files and the finished portfolios that hold it.

    One that stands somewhere is left alone.
    """
    photo = _find(session, about)
    if photo is None:
        return
    if session.scalar(select(Placement.id).where(Placement.attachment_id == about).limit(1)) is not None:
        return
    doomed = all_files([photo.upload], _files(session, about))
    expire_with(session, house.files, attachments=[about])
    session.delete(photo)
    after_commit(session, lambda: house.files.drop_all(doomed))


def _finish(session: Session, house: House, photo: Attachment, upload: str, sizes: list[Made]) -> None:
    """Write down what was made, unless the photo was removed meanwhile."""
    files = {made.size: file_of(upload, made.size) for made in sizes}
    done = update(Attachment).where(Attachment.id == photo.id, Attachment.state == PictureState.WAITING)
    if not changed(session, done.values(state=PictureState.READY, upload=None, done=len(BIG) + 1)):
        house.files.drop_all(files.values())
        return
    for made in sizes:
        session.add(row_of(photo, files[made.size], made))
    after_commit(session, lambda: house.files.drop(upload))


def _give_up(session: Session, house: House, photo: Attachment, problem: str) -> None:
    """Write down that a photo cannot be made. Its small size stays where there is one, for the author to know it by."""
    upload = photo.upload
    session.execute(
        update(Attachment)
        .where(Attachment.id == photo.id)
        .values(state=PictureState.BROKEN, problem=problem, upload=None)
    )
    if upload is not None:
        after_commit(session, lambda: house.files.drop(upload))


def _find(session: Session, photo: UUID) -> Attachment | None:
    return session.scalars(select(Attachment).where(Attachment.id == photo)).one_or_none()


def _files(session: Session, photo: UUID) -> list[str]:
    return list(session.scalars(select(Rendition.file).where(Rendition.attachment_id == photo)))
