"""Taking a portfolio home that was ordered and made."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.clock import now
from journal.exported import expire
from journal.house import House
from journal.looks import look_at_all
from journal.portfolio.acts import make_again
from journal.portfolio.anew import ACT, is_over, make_anew
from journal.portfolio.filenames import download_name
from journal.portfolio.judging import changed
from journal.portfolio.make_class import open_part, part_of
from journal.portfolio.orders import own, parts_of_class, somebody_left
from journal.reasons import beyond
from journal.records import Export, ExportPart, Group, Membership
from journal.refusals import Unseen
from journal.seeing import Viewer
from journal.trail import record
from journal.words import ExportState, LookKind, Stand


@dataclass(frozen=True, slots=True)
class Handed:
    """What somebody fetched. ``path`` None: something in it changed, and ``export`` is being made instead.

    ``part``: what it is called inside of that file, for one pupil's out of a class's. ``length`` in bytes.
    """

    path: Path | None
    export: UUID
    name: str = ""
    length: int = 0
    part: str = ""

    def opened(self) -> IO[bytes]:
        """Open it, to be closed by who reads it. Raises FileNotFoundError where nothing was handed out."""
        if self.path is None:
            raise FileNotFoundError
        return open_part(self.path, self.part) if self.part else self.path.open("rb")


def fetch(session: Session, actor: Viewer, house: House, export: UUID) -> Handed:
    """Take a portfolio home: everything in it is judged again first.

    If all of it may still be seen it is handed out, which is written down and counts as a look at each entry in it.
    If not, its file is removed and it is made anew, and nothing is handed out: this change has to be kept. A class of
    which a pupil left the school is ordered anew. Raises ``Unseen`` where there is nothing for this viewer to fetch;
    one of a class's is there when the class's is, whose file holds it.
    """
    found = own(session, actor, export)
    whole = found if found.batch_id is None else own(session, actor, found.batch_id)
    if not _is_there(found) or not _is_there(whole):
        raise Unseen
    parts = [one for one in parts_of_class(session, found) or [found] if one.bytes]
    if found is whole and found.pupil_id is None and somebody_left(session, actor, parts):
        with beyond(session, ACT):
            expire(session, house.files, found)
        record(session, actor, "portfolio_changed", found.group_id)
        return Handed(None, make_again(session, actor, house, found.id).id)
    stale = changed(session, actor, parts)
    path = house.files.path(whole.file or "")
    part = part_of(path, found.sha256) if found is not whole else ""
    if stale or not path.is_file() or (found is not whole and not part):
        for one in stale or [found]:
            make_anew(session, house, one, found.order_key, all_of_it=False)
        record(session, actor, "portfolio_changed", found.pupil_id or found.group_id)
        return Handed(None, found.id)
    _note(session, actor, found, parts)
    return Handed(path, found.id, _called(session, found), found.bytes, part)


def _is_there(export: Export) -> bool:
    return export.state is ExportState.READY and export.file is not None and not is_over(export)


def _note(session: Session, actor: Viewer, found: Export, parts: Sequence[Export]) -> None:
    """Write down that it was taken home: for each pupil in it, for each entry in it, and for the record."""
    moment = now()
    for one in {found, *parts}:
        one.fetched_at = moment
    with beyond(session, ACT):
        entries = list(
            session.scalars(
                select(ExportPart.entry_id).where(ExportPart.export_id.in_([one.id for one in parts])).distinct()
            )
        )
        if found.stand is not Stand.PUPIL:
            look_at_all(session, actor, entries, LookKind.EXPORTED)
    record(session, actor, "take_home", found.pupil_id or found.group_id, entries=len(entries))
    session.flush()


def _called(session: Session, export: Export) -> str:
    about = Group if export.pupil_id is None else Membership
    with beyond(session, ACT):
        one = session.scalars(select(about.name).where(about.id == (export.pupil_id or export.group_id))).one()
    return download_name(one)
