"""The index in PostgreSQL: its own full-text index over terms of ours. None of its dictionaries has a say."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    DateTime,
    Engine,
    Integer,
    Select,
    String,
    Uuid,
    bindparam,
    cast,
    column,
    delete,
    func,
    insert,
    or_,
    select,
    table,
    union_all,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, TEXT, TSQUERY, TSVECTOR
from sqlalchemy.exc import DBAPIError

from journal.clock import now
from journal.ids import new_id
from journal.store.index.asked import (
    AWAY,
    SCORED,
    Condition,
    IndexAway,
    IndexBusy,
    Kind,
    Proposal,
    Unit,
    Wanted,
)
from journal.store.index.common import Commonness
from journal.store.index.lexemes import query, vector
from journal.store.index.spans import WINDOWS, windows_at

FORMAT = 3
"""As ``asked.FORMAT`` of the embedded index: grows when what stands in these tables changes."""

FEW = 10_000
"""Units that PostgreSQL reads and sorts at once, sooner than it looks through one span of time after another."""
LOCK = 0x7468_6972_6473
"""The advisory lock of the one writer."""
BUILD = table(
    "search_build",
    column("id", Uuid()),
    column("created_at", DateTime(timezone=True)),
    column("number", Integer()),
    column("format", Integer()),
    column("ready_at", DateTime(timezone=True)),
)
UNIT = table(
    "search_unit",
    column("id", Uuid()),
    column("school_id", Uuid()),
    column("created_at", DateTime(timezone=True)),
    column("build", Integer()),
    column("unit_id", Uuid()),
    column("item_id", Uuid()),
    column("kind", String()),
    column("at", DateTime(timezone=True)),
    column("circles", ARRAY(TEXT)),
    column("about", ARRAY(TEXT)),
    column("words", TSVECTOR()),
)
_READY = select(BUILD.c.number).where(BUILD.c.ready_at.is_not(None)).order_by(BUILD.c.number.desc()).limit(1)
_IN_PLACE = _READY.where(BUILD.c.format == FORMAT).scalar_subquery()


class PostgresIndex:
    """Tables in the same database, read and written in transactions of their own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._common = Commonness()

    def propose(self, wanted: Wanted, start: int, most: int) -> list[Proposal]:
        """See ``Index``."""
        try:
            with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                few = self._common.at_most(connection, wanted.clauses) <= FEW
                found = [
                    row
                    for statement, given in _windows(wanted, start, most, few)
                    for row in connection.execute(statement, given)
                ]
        except DBAPIError:
            raise IndexAway(Condition.BROKEN) from None
        if not found and self.condition() in AWAY:
            raise IndexAway
        return [Proposal(row.unit_id, row.item_id, Kind(row.kind)) for row in found]

    def condition(self) -> Condition:
        """See ``Index``."""
        newest = select(BUILD.c.format).where(BUILD.c.ready_at.is_not(None)).order_by(BUILD.c.number.desc()).limit(1)
        try:
            with self._engine.connect() as connection:
                made = connection.scalar(newest)
        except DBAPIError:
            return Condition.BROKEN
        if made is None:
            return Condition.MISSING
        return Condition.GOOD if made == FORMAT else Condition.OLD

    def put(self, items: Collection[UUID], units: Iterable[Unit]) -> None:
        """See ``Index``."""
        with self._alone() as connection:
            number = connection.scalar(select(_IN_PLACE))
            if number is None:
                raise IndexAway(self.condition())
            connection.execute(delete(UNIT).where(UNIT.c.item_id.in_(list(items))))
            _add(connection, number, units)
            connection.commit()

    def rebuild(self, batches: Iterable[Collection[Unit]]) -> None:
        """See ``Index``."""
        with self._alone() as connection:
            _tidy(connection, connection.scalar(_READY))
            number = (connection.scalar(select(func.max(BUILD.c.number))) or 0) + 1
            row = {"id": new_id(), "created_at": now(), "number": number, "format": FORMAT, "ready_at": None}
            connection.execute(insert(BUILD), row)
            connection.commit()
            for batch in batches:
                _add(connection, number, batch)
                connection.commit()
            connection.execute(update(BUILD).where(BUILD.c.number == number).values(ready_at=now()))
            connection.commit()
            _tidy(connection, number)
            connection.commit()

    @contextmanager
    def _alone(self) -> Iterator[Connection]:
        """Hold the lock of the one writer, which ends with the connection. Raises ``IndexBusy``."""
        with self._engine.connect() as connection:
            if not connection.scalar(select(func.pg_try_advisory_lock(LOCK))):
                raise IndexBusy
            connection.commit()
            try:
                yield connection
            finally:
                if not connection.invalidated:
                    connection.rollback()
                    connection.execute(select(func.pg_advisory_unlock(LOCK)))
                    connection.commit()


def _tidy(connection: Connection, kept: int | None) -> None:
    """Delete every build but one."""
    connection.execute(delete(UNIT).where(UNIT.c.build != (kept or 0)))
    connection.execute(delete(BUILD).where(BUILD.c.number != (kept or 0)))


def _add(connection: Connection, number: int, units: Iterable[Unit]) -> None:
    rows = [
        {
            "id": new_id(),
            "school_id": unit.school,
            "created_at": now(),
            "build": number,
            "unit_id": unit.id,
            "item_id": unit.item,
            "kind": unit.kind,
            "at": unit.at,
            "circles": sorted(unit.circles),
            "about": sorted(unit.about),
            "words": vector(unit),
        }
        for unit in units
    ]
    if rows:
        connection.execute(insert(UNIT), rows)


# --- questions --------------------------------------------------------------------------------------------------------


def _windows(
    wanted: Wanted, start: int, most: int, few: bool
) -> Iterator[tuple[Select[*tuple[Any, ...]], dict[str, Any]]]:
    """The newest are ranked by how well they fit, what is older follows by its age: at most two statements."""
    shape = (len(wanted.about), wanted.since is not None, wanted.until is not None, few)
    given: dict[str, Any] = {f"about_{at}": sorted(tokens) for at, tokens in enumerate(wanted.about)} | {
        "circles": sorted(wanted.circles),
        "terms": query(wanted.clauses),
        "since": wanted.since,
        "until": wanted.until,
        **windows_at(now()),
    }
    ranked = 0 if wanted.newest else SCORED
    if start < ranked:
        yield _best(*shape), given | {"start": start, "most": min(most, ranked - start), "far": SCORED}
    if start + most > ranked:
        begins = max(start, ranked)
        yield _by_age(*shape), given | {"start": begins, "most": start + most - begins, "far": start + most}


_START, _MOST, _FAR = (bindparam(name, type_=Integer()) for name in ("start", "most", "far"))
_TERMS = cast(bindparam("terms", type_=TEXT()), TSQUERY)
_FOUND = (UNIT.c.unit_id, UNIT.c.item_id, UNIT.c.kind, UNIT.c.at, UNIT.c.words)


@lru_cache(maxsize=64)
def _by_age(about: int, since: bool, until: bool, few: bool) -> Select[*tuple[Any, ...]]:
    """What meets a question, the newest first; built once for each form, for building it is dearer than running it."""
    newest = _newest(about, since, until, few)
    found = select(newest.c.unit_id, newest.c.item_id, newest.c.kind)
    # In the order of the spans: what a clock put back has left ahead of its time is else met twice, or not at all.
    return found.order_by(_other(newest.c.at), newest.c.at.desc(), newest.c.unit_id.desc()).offset(_START).limit(_MOST)


@lru_cache(maxsize=64)
def _best(about: int, since: bool, until: bool, few: bool) -> Select[*tuple[Any, ...]]:
    """The newest of what meets a question, what fits best first."""
    newest = _newest(about, since, until, few)
    rank = func.ts_rank(newest.c.words, _TERMS, 1)
    found = select(newest.c.unit_id, newest.c.item_id, newest.c.kind)
    return found.order_by(rank.desc(), newest.c.at.desc(), newest.c.unit_id.desc()).offset(_START).limit(_MOST)


def _newest(about: int, since: bool, until: bool, few: bool) -> Any:
    """As many of the newest as are wanted; of a common word span of time by span of time.

    PostgreSQL begins with the next span only where those before it did not give enough. In one statement without
    spans it would read and sort all that ever said a common word. Of a rare one each span takes as long as the whole.
    """
    met = _met(about, since, until)
    if few:
        return met.order_by(UNIT.c.at.desc(), UNIT.c.unit_id.desc()).limit(_FAR).subquery("newest")
    spans = [met.where(UNIT.c.words.bool_op("@@")(cast(bindparam(name, type_=TEXT()), TSQUERY))) for name in WINDOWS]
    sorted_spans = [
        select(one.order_by(UNIT.c.at.desc(), UNIT.c.unit_id.desc()).limit(_FAR).subquery(f"span_{number}"))
        for number, one in enumerate([*spans, met.where(_other(UNIT.c.at))])
    ]
    return select(union_all(*sorted_spans).subquery("spans")).limit(_FAR).subquery("newest")


def _other(at: ColumnElement[Any]) -> ColumnElement[bool]:
    """It is in none of the spans that are looked through first."""
    return or_(at < _moment("window_begins"), at >= _moment("window_ends"))


def _met(about: int, since: bool, until: bool) -> Select[*tuple[Any, ...]]:
    """All that meets a question."""
    found = (
        select(*_FOUND)
        .where(UNIT.c.build == _IN_PLACE)
        .where(UNIT.c.circles.overlap(_tokens("circles")))
        .where(UNIT.c.words.bool_op("@@")(_TERMS))
    )
    for number in range(about):
        found = found.where(UNIT.c.about.overlap(_tokens(f"about_{number}")))
    if since:
        found = found.where(UNIT.c.at >= _moment("since"))
    return found.where(UNIT.c.at < _moment("until")) if until else found


def _moment(name: str) -> Any:
    return bindparam(name, type_=DateTime(timezone=True))


def _tokens(name: str) -> Any:
    return cast(bindparam(name, type_=ARRAY(TEXT)), ARRAY(TEXT))
