"""Removing for good what was deleted, once its waiting time is over."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from journal.clock import now
from journal.exported import expire_with
from journal.holds import held, in_turn, keep
from journal.house import House
from journal.images.names import all_files
from journal.jobs import after_commit, index_later
from journal.records import Attachment, Item, Rendition, Revision


def remove_item(session: Session, house: House, item: UUID) -> None:
    """Remove an entry with all comments on it, or a comment, from the database and its photos from the disk,
    and the finished portfolios that hold any of it.

    One that was brought back, or deleted again later, is left alone. One that is held is gone for everybody as well,
    but its rows and files stay.
    """
    school = session.scalars(select(Item.school_id).where(Item.id == item)).one_or_none()
    if school is None:
        return
    in_turn(session, school)
    fresh = select(Item).where(Item.id == item).execution_options(populate_existing=True)
    found = session.scalars(fresh).one_or_none()
    if found is None or found.deleted_at is None:
        return
    if found.deleted_at + timedelta(seconds=house.settings.undo_time) > now():
        return
    doomed = select(Item.id).where(or_(Item.id == item, Item.entry_id == item))
    doomed_items = list(session.scalars(doomed))
    for one in doomed_items:
        index_later(session, found.school_id, one)
    expire_with(session, house.files, items=doomed_items)
    if held(session, [item]):
        keep(session, doomed_items)
        return
    photos = list(session.scalars(select(Attachment).where(Attachment.item_id.in_(doomed))))
    made = session.scalars(select(Rendition.file).where(Rendition.attachment_id.in_([row.id for row in photos])))
    files = all_files([row.upload for row in photos], made)
    if found.entry_id is not None and _answered(session, found):
        _empty(session, found, photos)
    else:
        session.execute(delete(Item).where(Item.id == item))
    after_commit(session, lambda: house.files.drop_all(files))


def _answered(session: Session, comment: Item) -> bool:
    return session.scalar(select(Item.id).where(Item.parent_id == comment.id).limit(1)) is not None


def _empty(session: Session, comment: Item, photos: list[Attachment]) -> None:
    """Remove all that a comment said; its place stays, for the sake of those who answered, and nothing comes back."""
    comment.revision_id = None
    session.execute(update(Revision).where(Revision.item_id == comment.id).values(title="", words="", html=""))
    for row in photos:
        session.delete(row)
