"""The net: a database session belongs to a viewer, and every query through it passes the gate.

It is the second line. The first is that views and acts ask the gate; this holds where one forgot. A query without a
viewer, on a table that nobody registered, by ``text()`` or on a bare table raises ``NoSight``. Who must see more
than a viewer does says why, in the words of ``journal.reasons``.
"""

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, cast
from weakref import WeakKeyDictionary

from sqlalchemy import (
    Alias,
    BindParameter,
    ColumnClause,
    ColumnElement,
    CompoundSelect,
    Connection,
    Engine,
    Executable,
    Result,
    Select,
    SelectBase,
    TableClause,
    TextClause,
    event,
)
from sqlalchemy.orm import ORMExecuteState
from sqlalchemy.orm.util import LoaderCriteriaOption
from sqlalchemy.sql.annotation import SupportsAnnotations
from sqlalchemy.sql.base import ExecutableOption
from sqlalchemy.sql.util import ClauseAdapter
from sqlalchemy.sql.visitors import ExternallyTraversible

from journal import records as r
from journal.covered import COVERED, condition_of
from journal.reasons import GatedSession, NoSight
from journal.seeing import OF_VIEWER, Viewer, looking
from journal.visibility import Sight, sight_of


def open_session(engine: Engine | Connection, viewer: Viewer | None = None, *, sees_all: str = "") -> GatedSession:
    """Open a session for a viewer, or one that sees all for a reason out of ``journal.reasons``.

    One with neither can be opened (before anybody is known), but raises ``NoSight`` at its first query. On a
    connection that is in a transaction, what the session commits is kept when that transaction is.
    """
    return GatedSession(engine, viewer, sees_all)


def for_viewer(session: GatedSession, viewer: Viewer) -> GatedSession:
    """Open a session of a viewer beside one of the house, on the same database."""
    return open_session(session.get_bind(), viewer)


_FAMILIES = {r.Entry: r.Item, r.Comment: r.Item}
"""Classes that share the table, and so the condition, of another."""


class _Condition(LoaderCriteriaOption):
    """The condition of a class, in whatever place of a statement the class stands.

    SQLAlchemy's own option puts a ready condition on the class's table also where an alias of it is joined, which
    leaves the alias to itself (not so in FROM or EXISTS). Here it is said of the alias.
    """

    sight: Sight
    _marked: ColumnElement[bool] | None = None

    def _gen_cache_key(self, anon_map: Any, bindparams: list[BindParameter[Any]]) -> tuple[Any, ...]:
        """What SQL is found by again: a class has one condition for each sight; who looks is given later."""
        return (_Condition, self.entity, self.sight)

    def _resolve_where_criteria(self, ext_info: Any) -> ColumnElement[bool]:
        # Marked as the option's own, which is most of the time a statement takes to be made; it is the same each time.
        if self._marked is None:
            self._marked = super()._resolve_where_criteria(ext_info)
        condition = self._marked
        if not ext_info.is_aliased_class:
            return condition
        own = frozenset(ext_info.mapper.local_table.c)
        return ClauseAdapter(ext_info.selectable, include_fn=lambda column: column in own).traverse(condition)


@lru_cache(maxsize=512)
def _options(entities: frozenset[type], sight: Sight) -> tuple[ExecutableOption, ...]:
    """The conditions for the classes that a statement names; all of them each time would be most of its cost."""
    return tuple(_condition(entity, sight) for entity in sorted(entities, key=lambda one: one.__name__))


@cache
def _condition(entity: type, sight: Sight) -> _Condition:
    made = _Condition(entity, condition_of(entity, sight), include_aliases=True)
    made.sight = sight
    return made


_HELD: WeakKeyDictionary[Executable, dict[tuple[bool, Sight], Executable]] = WeakKeyDictionary()
"""Statements with their conditions. Those that stand in a module are looked through and keyed once: to do it at each
request would be most of a page's time. What is kept is SQL alone; who looks is asked each time it runs."""


_OF_COLUMNS: WeakKeyDictionary[Executable, bool] = WeakKeyDictionary()
"""Statements that ask for columns alone, and those that do not."""


def _held(statement: Executable, by_the_rule: bool, sight: Sight) -> Executable:
    """Return a statement with the conditions of all classes that it names. Raises ``NoSight``."""
    kept = _HELD.setdefault(statement, {})
    how = (by_the_rule, sight)
    if how not in kept:
        kept[how] = statement.options(*_options(_entities(statement, by_the_rule), sight))
    return kept[how]


def _entities(statement: Executable, by_the_rule: bool) -> frozenset[type]:
    """Return the mapped classes that a statement names anywhere, in joins and sub-queries too.

    Raises ``NoSight`` for a class that nobody registered, for a bare table, and for SQL as text, in which anything
    may stand. (No class has relationships, a test sees to it, so nothing else is loaded along.)
    """
    found: set[type] = set()
    named: set[int] = set()
    bare: dict[int, str] = {}
    for element in _parts(statement):
        if _as_text(element):
            raise NoSight("SQL as text, which the net cannot read")
        parent = element._annotations.get("parententity") if isinstance(element, SupportsAnnotations) else None
        if parent is not None:
            found.add(_FAMILIES.get(parent.mapper.class_, parent.mapper.class_))
            named |= {hash(parent.selectable), hash(parent.mapper.local_table)}
        elif isinstance(of := element.table if isinstance(element, ColumnClause) else element, TableClause | Alias):
            # The columns of a class say whose they are; their table alone does not, so it is known by them. (Which
            # rows an UPDATE meets, SQLAlchemy asks by the bare columns of the key.)
            key = isinstance(element, ColumnClause) and element.primary_key
            bare[hash(of if key else element)] = str(getattr(of, "name", ""))
    if unknown := found - COVERED.keys():
        raise NoSight(f"nobody said who may read {sorted(entity.__name__ for entity in unknown)}")
    if not by_the_rule and (held_by_nobody := bare.keys() - named):
        raise NoSight(f"a bare table, which the net cannot hold: {sorted(bare[one] for one in held_by_nobody)}")
    return frozenset(found)


def _parts(statement: Executable) -> Iterable[ExternallyTraversible]:
    """Everything a statement consists of, once. (SQLAlchemy's own walk took a million steps for the list of waits.)"""
    found: dict[int, ExternallyTraversible] = {}
    left = [cast(ExternallyTraversible, statement)]
    while left:
        if id(element := left.pop()) not in found:
            found[id(element)] = element  # kept, so that nothing else can come to have its id
            left.extend(element.get_children())
    return found.values()


def _as_text(element: ExternallyTraversible) -> bool:
    if isinstance(element, ColumnClause) and element.is_literal:
        return element.name != "*"
    added = (getattr(element, name, None) for name in ("_prefixes", "_suffixes", "_hints", "_statement_hints"))
    return isinstance(element, TextClause) or any(added)


def _copies(statement: Executable) -> bool:
    """Whether an INSERT takes its values out of other rows."""
    return any(isinstance(one, SelectBase) for one in _parts(statement))


def _hold_again(state: ORMExecuteState) -> None:
    """Let the rest of a row be read, or a row be read again, only by who may read the row now."""
    entity = state.bind_mapper.class_ if state.bind_mapper is not None else None
    condition = COVERED.get(_FAMILIES.get(entity, entity)) if entity is not None else None
    if condition is None or not isinstance(state.statement, Select):
        raise NoSight("reading again what nobody said who may read")
    state.statement = state.statement.where(condition)


@event.listens_for(GatedSession, "do_orm_execute")
def _run(state: ORMExecuteState) -> Result[*tuple[Any, ...]] | None:
    """Hold a statement; of columns alone give the rows at once, for the rest leave it to the session."""
    _hold(state)
    if not state.is_select or not _is_of_columns(state.statement):
        return None
    if state.session.autoflush:
        state.session.flush()
    # What the session would do besides, for objects, is half the time of a page.
    options = state.local_execution_options
    return state.session.connection().execute(state.statement, state.parameters, execution_options=options)


def _is_of_columns(statement: Executable) -> bool:
    """Whether a statement asks for columns, and for no objects. (A union of objects gives their columns.)"""
    known = _OF_COLUMNS.get(statement)
    if known is None:
        asked = statement.column_descriptions if isinstance(statement, Select) else ()
        known = all(one["expr"] is not one.get("entity") for one in asked)
        _OF_COLUMNS[statement] = known = known and isinstance(statement, Select | CompoundSelect)
    return known


def _hold(state: ORMExecuteState) -> None:
    """Add the gate to a statement, or refuse it."""
    session = state.session
    if not isinstance(session, GatedSession):
        raise NoSight("not a session of the net")
    looking.set(session.viewer)
    if session.reasons:
        return
    if session.viewer is None:
        raise NoSight("a query without a viewer")
    if not state.is_orm_statement or state.is_from_statement:
        raise NoSight("text, a bare table or a foreign statement: the net cannot hold it")
    if isinstance(state.parameters, dict) and not OF_VIEWER.isdisjoint(state.parameters):
        raise NoSight("somebody else's eyes")
    if state.is_column_load:
        _hold_again(state)
    elif state.is_insert:
        if _copies(state.statement):
            raise NoSight("copying rows, which the net cannot hold")
    elif state.is_update and isinstance(state.parameters, list):
        raise NoSight("changing rows by their ids, which the net cannot hold")
    else:
        by_the_rule = bool(state.execution_options.get("by_the_rule"))
        state.statement = _held(state.statement, by_the_rule, sight_of(session.viewer))
