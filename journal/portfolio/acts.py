"""Ordering a portfolio, having it made anew, and taking it home."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from journal.clock import now
from journal.exported import drop_file, expire
from journal.house import House
from journal.jobs import Work, ask_for, goes_on
from journal.looks import look_at_all
from journal.portfolio import inside
from journal.portfolio.archive import SPARE
from journal.portfolio.filenames import download_name
from journal.portfolio.orderers import eyes_of, stand_of, wanted_by, wanted_of_class
from journal.portfolio.orders import own, parts_of_class, pupils_in, pupils_of, somebody_left
from journal.portfolio.scope import Scope, checked, kept, key_of, read
from journal.portfolio.shapes import NOTHING, Preview, Wanted
from journal.reasons import beyond
from journal.records import Export, ExportPart, Group, Membership
from journal.refusals import Reason, Refusal, Unseen
from journal.seeing import Viewer
from journal.trail import record
from journal.words import ExportState, LookKind, Stand

ACT = "carrying out an act that was allowed"

BESIDE = 1_000_000
"""Bytes of a portfolio beside its photos: pages, fonts and lists, roughly."""


@dataclass(frozen=True, slots=True)
class Handed:
    """What somebody fetched. ``path`` None: something in it changed, and ``export`` is being made instead."""

    path: Path | None
    export: UUID
    name: str = ""
    bytes: int = 0


def order(session: Session, actor: Viewer, house: House, pupil: UUID, scope: Scope, language: str) -> Export:
    """Order a pupil's portfolio, or get the one that is there from the same order.

    One that is there but has less or more in it than there is now is made anew. Raises ``Unseen`` for who may not,
    and Refusal: DATES_TURNED, NOTHING_CHOSEN, TOO_MANY_CHOSEN, NOTHING_IN_IT, NO_ROOM.
    """
    wanted = wanted_by(session, actor, pupil, checked(scope))
    with eyes_of(session, wanted) as eyes:
        would_be = inside.preview(eyes, wanted)
    _enough(house, would_be.entries, would_be.bytes)
    key = key_of(actor.membership, pupil, wanted.stand, kept(wanted.scope), language)
    same = _same(session, key)
    if same is not None:
        return same if _as_it_would_be(session, [same], would_be) else _again(session, house, same, key)
    return _new(session, actor, Export(pupil_id=pupil, scope=kept(wanted.scope)), key, language)


def order_class(session: Session, actor: Viewer, house: House, group: UUID, scope: Scope, language: str) -> Export:
    """Order the portfolios of all pupils of a class at once, or get those that are there from the same order.

    They are made anew where there is less or more in them than there is now; where other pupils are in the class now,
    it is a new order.
    """
    pupils = pupils_of(session, group)
    several = wanted_of_class(session, actor, pupils, checked(scope))
    would_be = NOTHING
    for wanted in several:
        with eyes_of(session, wanted) as eyes:
            would_be = would_be.and_also(inside.preview(eyes, wanted))
    # The class's file holds those of its pupils once more.
    _enough(house, would_be.entries, 2 * (would_be.bytes + BESIDE * len(pupils)))
    plain = kept(several[0].scope)
    key = key_of(actor.membership, group, Stand.SCHOOL, plain, language)
    same = _same(session, key)
    parts = parts_of_class(session, same) if same is not None else []
    if same is not None and {one.pupil_id for one in parts} != set(pupils):
        same.order_key = None
        session.flush()
        same = None
    if same is not None:
        return same if _as_it_would_be(session, [same, *parts], would_be) else _again(session, house, same, key)
    whole = _new(session, actor, Export(group_id=group, scope=plain), key, language)
    if not parts_of_class(session, whole):
        for pupil in pupils:
            one = Export(pupil_id=pupil, group_id=group, batch_id=whole.id, scope=plain)
            session.add(_filled(actor, one, language))
        session.flush()
    return whole


def make_again(session: Session, actor: Viewer, house: House, export: UUID) -> Export:
    """Have a portfolio of one's own made anew, from what there is now. One of a class takes the class's along.

    A class in which other pupils are now is ordered anew. Raises ``Unseen``, also for who may order it no more, and
    for a class Refusal as ``order_class``. What is being made already goes on.
    """
    found = own(session, actor, export)
    if _is_being_made(session, found):
        return found
    if found.group_id is not None and found.pupil_id is None:
        parts = {one.pupil_id for one in parts_of_class(session, found)}
        if parts != set(pupils_of(session, found.group_id)):
            return order_class(session, actor, house, found.group_id, read(found.scope), found.language)
    for pupil in pupils_in(session, found):
        wanted_by(session, actor, pupil, read(found.scope))
    if found.batch_id is not None:
        return _again(session, house, found, None)
    about = found.pupil_id or found.group_id
    key = key_of(actor.membership, about, found.stand, found.scope, found.language)
    same = _same(session, key)
    return same if same is not None and same.id != found.id else _again(session, house, found, key)


def fetch(session: Session, actor: Viewer, house: House, export: UUID) -> Handed:
    """Take a portfolio home: everything in it is judged again first.

    If all of it may still be seen it is handed out, which is written down and counts as a look at each entry in it.
    If not, its file is removed and it is made anew, and nothing is handed out: this change has to be kept. A class of
    which a pupil left the school is ordered anew. Raises ``Unseen`` where there is nothing for this viewer to fetch.
    """
    found = own(session, actor, export)
    if found.state is not ExportState.READY or found.file is None or _over(found):
        raise Unseen
    parts = [one for one in parts_of_class(session, found) or [found] if one.bytes]
    path = house.files.path(found.file)
    if found.pupil_id is None and somebody_left(session, actor, parts):
        with beyond(session, ACT):
            expire(session, house.files, found)
        record(session, actor, "portfolio_changed", found.group_id)
        return Handed(None, make_again(session, actor, house, found.id).id)
    changed = [one for one in parts if not _still(session, actor, one)]
    if changed or not path.is_file():
        for one in changed or [found]:
            _again(session, house, one, found.order_key, all_of_it=False)
        record(session, actor, "portfolio_changed", found.pupil_id or found.group_id)
        return Handed(None, found.id)
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
        name = _called(session, found)
    record(session, actor, "take_home", found.pupil_id or found.group_id, entries=len(entries))
    session.flush()
    return Handed(path, found.id, name, found.bytes)


def _enough(house: House, entries: int, length: int) -> None:
    if not entries:
        raise Refusal(Reason.NOTHING_IN_IT)
    house.settings.media.mkdir(parents=True, exist_ok=True)
    if length + BESIDE + SPARE > shutil.disk_usage(house.settings.media).free:
        raise Refusal(Reason.NO_ROOM)


def _same(session: Session, key: str) -> Export | None:
    found = session.scalars(select(Export).where(Export.order_key == key)).one_or_none()
    if found is not None and _over(found):
        found.order_key = None
        session.flush()
        return None
    return found


def _over(export: Export) -> bool:
    return export.expires_at is not None and export.expires_at <= now()


def _is_being_made(session: Session, export: Export) -> bool:
    """Whether somebody goes on with it; not so where that was tried too often, or where nobody was asked to."""
    if export.state not in (ExportState.WAITING, ExportState.MAKING):
        return False
    with beyond(session, ACT):
        return goes_on(session, Work.EXPORT, export.batch_id or export.id)


def _as_it_would_be(session: Session, exports: Sequence[Export], would_be: Preview) -> bool:
    """Whether a finished portfolio, or a class's with those in it, has as much in it as one made now would have.

    One that is being made is judged at its end.
    """
    if exports[0].state is not ExportState.READY:
        return _is_being_made(session, exports[0])
    photo = ExportPart.placement_id.is_not(None)
    entry = ExportPart.item_id == ExportPart.entry_id
    rows = session.execute(
        select(photo, entry, func.count())
        .where(ExportPart.export_id.in_([one.id for one in exports]))
        .group_by(photo, entry)
    )
    counts = {(bool(is_photo), bool(of_entry)): number for is_photo, of_entry, number in rows}
    photos = sum(number for (is_photo, _), number in counts.items() if is_photo)
    entries, comments = counts.get((False, True), 0), counts.get((False, False), 0)
    return (entries, photos, comments) == (would_be.entries, would_be.photos, would_be.comments)


def _filled(actor: Viewer, export: Export, language: str) -> Export:
    export.school_id, export.ordered_by_id, export.person_id = actor.school, actor.membership, actor.person
    export.stand, export.language = stand_of(actor), language
    return export


def _new(session: Session, actor: Viewer, export: Export, key: str, language: str) -> Export:
    """Write an order down and ask for it to be made; of two at the same moment the first one counts."""
    export.order_key = key
    try:
        with session.begin_nested():
            session.add(_filled(actor, export, language))
            session.flush()
    except IntegrityError:
        return session.scalars(select(Export).where(Export.order_key == key)).one()
    ask_for(session, Work.EXPORT, export.id)
    record(session, actor, "order_portfolio", export.pupil_id or export.group_id)
    return export


def _again(session: Session, house: House, export: Export, key: str | None, *, all_of_it: bool = True) -> Export:
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


def _still(session: Session, actor: Viewer, export: Export) -> bool:
    assert export.pupil_id is not None  # noqa: S101 - asked for one pupil's alone
    wanted: Wanted = wanted_by(session, actor, export.pupil_id, read(export.scope))
    with eyes_of(session, wanted) as eyes:
        return inside.still_so(eyes, wanted, export.id)


def _called(session: Session, export: Export) -> str:
    about = Group if export.pupil_id is None else Membership
    one = session.scalars(select(about.name).where(about.id == (export.pupil_id or export.group_id))).one()
    return download_name(one)
