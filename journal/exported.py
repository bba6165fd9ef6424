"""Portfolios that are done with: their time is over, or something in them went for good."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session, aliased

from journal.jobs import after_commit
from journal.records import Export, ExportPart
from journal.store.files import Files
from journal.words import ExportState

UNFINISHED = ".part"
NOTED = ".log"
"""What a portfolio's file is called while it is being made, and the list of what is in it so far."""


def drop_file(session: Session, files: Files, export: Export) -> None:
    """Remove a portfolio's file, what a making left behind too, once the change is kept."""
    if export.file is not None:
        doomed = [export.file, export.file + UNFINISHED, export.file + NOTED]
        after_commit(session, lambda: files.drop_all(doomed))
    export.file, export.bytes, export.sha256 = None, 0, ""


def expire(session: Session, files: Files, export: Export) -> None:
    """Let a portfolio be fetched no more: its file goes, and the list of its parts. That it was there stays known.

    One of a class takes the class's along, which holds it. The session sees past its viewer.
    """
    together = export.batch_id or export.id
    rows = list(session.scalars(select(Export).where(or_(Export.id == together, Export.batch_id == together))))
    for row in rows:
        row.state, row.order_key, row.made_anew = ExportState.EXPIRED, None, False
        drop_file(session, files, row)
    session.execute(delete(ExportPart).where(ExportPart.export_id.in_([row.id for row in rows])))
    session.flush()


def expire_with(
    session: Session, files: Files, *, items: Collection[UUID] = (), attachments: Collection[UUID] = ()
) -> None:
    """Expire every finished portfolio that holds one of these things, which go for good.

    One that is still being made is judged at its end, and made anew without them; so is a pupil's of a class that is
    not finished as a whole. The session sees past its viewer.
    """
    holds = or_(ExportPart.item_id.in_(items), ExportPart.attachment_id.in_(attachments))
    whole = aliased(Export)
    holding = (
        select(Export, func.coalesce(whole.state, Export.state))
        .outerjoin(whole, whole.id == Export.batch_id)
        .where(Export.id.in_(select(ExportPart.export_id).where(holds)), Export.state == ExportState.READY)
        .order_by(Export.id)
    )
    for export, state in session.execute(holding).all():
        if state is ExportState.READY:
            expire(session, files, export)
        else:
            forget(session, files, export)


def forget(session: Session, files: Files, export: Export) -> None:
    """Forget what was made of a portfolio, to make it from what there is now. The session sees past its viewer."""
    session.execute(delete(ExportPart).where(ExportPart.export_id == export.id))
    drop_file(session, files, export)
    export.state, export.done, export.total = ExportState.WAITING, 0, 0
    session.flush()
