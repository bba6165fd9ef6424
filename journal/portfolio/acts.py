"""Ordering a portfolio, and having one that was ordered made anew."""

import shutil
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from journal.house import House
from journal.jobs import Work, ask_for
from journal.portfolio import inside
from journal.portfolio.anew import is_being_made, is_over, make_anew
from journal.portfolio.archive import SPARE
from journal.portfolio.orderers import eyes_of, stand_of, wanted_by, wanted_of_class
from journal.portfolio.orders import own, parts_of_class, pupils_in, pupils_of
from journal.portfolio.scope import Scope, checked, kept, key_of, read
from journal.portfolio.shapes import NOTHING, Preview
from journal.records import Export, ExportPart
from journal.refusals import Reason, Refusal
from journal.seeing import Viewer
from journal.trail import record
from journal.words import ExportState, Stand

BESIDE = 1_000_000
"""Bytes of a portfolio beside its photos: pages, fonts and lists, roughly."""


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
        return same if _as_it_would_be(session, [same], would_be) else make_anew(session, house, same, key)
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
        return same if _as_it_would_be(session, [same, *parts], would_be) else make_anew(session, house, same, key)
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
    whole = found if found.batch_id is None else own(session, actor, found.batch_id)
    if is_being_made(session, whole):
        return found
    if found.group_id is not None and found.pupil_id is None:
        parts = {one.pupil_id for one in parts_of_class(session, found)}
        if parts != set(pupils_of(session, found.group_id)):
            return order_class(session, actor, house, found.group_id, read(found.scope), found.language)
    for pupil in pupils_in(session, found):
        wanted_by(session, actor, pupil, read(found.scope))
    if found.batch_id is not None:
        return make_anew(session, house, found, None)
    about = found.pupil_id or found.group_id
    key = key_of(actor.membership, about, found.stand, found.scope, found.language)
    same = _same(session, key)
    return same if same is not None and same.id != found.id else make_anew(session, house, found, key)


def _enough(house: House, entries: int, length: int) -> None:
    if not entries:
        raise Refusal(Reason.NOTHING_IN_IT)
    house.settings.media.mkdir(parents=True, exist_ok=True)
    if length + BESIDE + SPARE > shutil.disk_usage(house.settings.media).free:
        raise Refusal(Reason.NO_ROOM)


def _same(session: Session, key: str) -> Export | None:
    found = session.scalars(select(Export).where(Export.order_key == key)).one_or_none()
    if found is not None and is_over(found):
        found.order_key = None
        session.flush()
        return None
    return found


def _as_it_would_be(session: Session, exports: Sequence[Export], would_be: Preview) -> bool:
    """Whether a finished portfolio, or a class's with those in it, has as much in it as one made now would have.

    One that is being made is judged at its end.
    """
    if exports[0].state is not ExportState.READY:
        return is_being_made(session, exports[0])
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
