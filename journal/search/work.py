"""Keeping the search index: what changed is put into it, in batches, by one writer; one that is away is made anew."""

import logging
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from uuid import UUID

from sqlalchemy import Engine, delete, func, select

from journal.net import open_session
from journal.reasons import GatedSession
from journal.records import Item, SearchOutbox
from journal.search.units import units_of
from journal.store.index import AWAY, Index, IndexAway, IndexBusy, Unit

log = logging.getLogger("journal.search")

AT_ONCE = 200
"""Items in one batch."""

Progress = Callable[[int, int], object]


def drain(engine: Engine, index: Index) -> int:
    """Put all that changed into the index, and return how many changes that were. One that is away is left alone.

    A change leaves the outbox only when the index has it, so one that is put when the process dies is put again.
    Where another process writes, that one does it.
    """
    done = 0
    with suppress(IndexBusy, IndexAway):
        while changes := _changes(engine):
            with _house(engine) as session:
                items = sorted({item for _, item in changes})
                index.put(items, units_of(session, items))
            _forget(engine, [row for row, _ in changes])
            done += len(changes)
            if len(changes) < AT_ONCE:
                break
    return done


def is_away(index: Index) -> bool:
    """Tell whether the index has to be made anew."""
    return index.condition() in AWAY


def keep(engine: Engine, index: Index) -> int:
    """Bring the index up to date: mend it if it is away, then drain the outbox. Return how many changes that were.

    What goes wrong is logged by its kind and tried again later; the message may hold somebody's words.
    """
    try:
        condition = index.condition()
        if condition in AWAY:
            log.warning("the search index is made anew: it is %s", condition)
            reindex(engine, index)
            log.info("the search index is in order")
        return drain(engine, index)
    except IndexBusy:
        return 0
    except Exception as problem:  # noqa: BLE001 - a full disk, a folder that is read-only, a lost connection
        log.error("the search index is not up to date: %s", type(problem).__qualname__)
        return 0


def reindex(engine: Engine, index: Index, progress: Progress = lambda _done, _all: None) -> int:
    """Build the index anew beside the old one and return how many items it has. Raises ``IndexBusy``.

    What changes meanwhile stays in the outbox, for nobody else can write until this has ended.
    """
    count = 0
    known: list[UUID] = []

    def batches() -> Iterator[Collection[Unit]]:
        nonlocal count
        known.extend(row for row in _waiting(engine))
        everything = _count(engine)
        for items in _items(engine):
            with _house(engine) as session:
                yield units_of(session, items)
            count += len(items)
            progress(count, everything)

    index.rebuild(batches())
    for start in range(0, len(known), AT_ONCE):
        _forget(engine, known[start : start + AT_ONCE])
    return count


def _house(engine: Engine) -> GatedSession:
    return open_session(engine, sees_all="doing the house's work")


def _changes(engine: Engine) -> list[tuple[UUID, UUID]]:
    """The oldest changes: the row's id, and the item."""
    with _house(engine) as session:
        rows = session.execute(select(SearchOutbox.id, SearchOutbox.item_id).order_by(SearchOutbox.id).limit(AT_ONCE))
        return [(row.id, row.item_id) for row in rows]


def _waiting(engine: Engine) -> list[UUID]:
    with _house(engine) as session:
        return list(session.scalars(select(SearchOutbox.id)))


def _count(engine: Engine) -> int:
    with _house(engine) as session:
        return session.scalar(select(func.count()).select_from(Item)) or 0


def _items(engine: Engine) -> Iterator[list[UUID]]:
    """All items, a batch at a time, in the order of their ids."""
    last: UUID | None = None
    while True:
        with _house(engine) as session:
            after = select(Item.id).order_by(Item.id).limit(AT_ONCE)
            ids = list(session.scalars(after.where(Item.id > last) if last else after))
        if not ids:
            return
        yield ids
        last = ids[-1]


def _forget(engine: Engine, rows: list[UUID]) -> None:
    with _house(engine) as session:
        session.execute(delete(SearchOutbox).where(SearchOutbox.id.in_(rows)))
        session.commit()
