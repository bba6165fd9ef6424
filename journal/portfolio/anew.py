"""Having a portfolio made anew, for whatever reason; and whether one is being made, or over."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from journal.clock import now
from journal.exported import drop_file
from journal.house import House
from journal.jobs import Work, ask_for, goes_on
from journal.portfolio.orders import parts_of_class
from journal.reasons import beyond
from journal.records import Export, ExportPart
from journal.words import ExportState

ACT = "carrying out an act that was allowed"


def is_over(export: Export) -> bool:
    """Tell whether the time of a portfolio is over, also before it was swept away."""
    return export.expires_at is not None and export.expires_at <= now()


def is_being_made(session: Session, export: Export) -> bool:
    """Tell whether somebody goes on with it: not so where that was tried too often, or where nobody was asked to."""
    if export.state not in (ExportState.WAITING, ExportState.MAKING):
        return False
    with beyond(session, ACT):
        return goes_on(session, Work.EXPORT, export.batch_id or export.id)


def make_anew(session: Session, house: House, export: Export, key: str | None, *, all_of_it: bool = True) -> Export:
    """Have a portfolio made anew. For one of a class the class's is put together anew as well.

    ``all_of_it``: for a class, those of its pupils too.
    """
    with beyond(session, ACT):
        whole = export
        if export.batch_id is not None:
            whole = session.scalars(select(Export).where(Export.id == export.batch_id)).one()
        rows = {export, whole}
        if all_of_it and export.pupil_id is None:
            rows |= set(parts_of_class(session, export))
        for row in rows:
            drop_file(session, house.files, row)
            row.state, row.problem, row.made_anew = ExportState.WAITING, "", True
            row.done = row.total = 0
            row.expires_at = row.ready_at = None
        session.execute(delete(ExportPart).where(ExportPart.export_id.in_([row.id for row in rows])))
        whole.order_key = key or whole.order_key
        session.flush()
        ask_for(session, Work.EXPORT, whole.id)
    return export
