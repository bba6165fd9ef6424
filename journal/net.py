"""The net: a database session belongs to a viewer, and every query through it passes the gate.

It is the second line. The first is that views and acts ask the gate; this holds where one forgot. A query without a
viewer, on a table that nobody registered, by ``text()`` or on a bare table raises ``NoSight``. Who must see more
than a viewer does says why, in the words of ``journal.reasons``.
"""

from collections.abc import Iterable, Mapping
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
    and_,
    event,
    false,
)
from sqlalchemy.orm import ORMExecuteState
from sqlalchemy.orm.util import LoaderCriteriaOption
from sqlalchemy.sql.annotation import SupportsAnnotations
from sqlalchemy.sql.base import ExecutableOption
from sqlalchemy.sql.util import ClauseAdapter
from sqlalchemy.sql.visitors import ExternallyTraversible

from journal import onrecord, opened, owned, visibility, worries
from journal import records as r
from journal.reasons import GatedSession, NoSight
from journal.seeing import ME, MY_PERSON, MY_SCHOOL, OF_VIEWER, Viewer, looking


def open_session(engine: Engine | Connection, viewer: Viewer | None = None, *, sees_all: str = "") -> GatedSession:
    """Open a session for a viewer, or one that sees all for a reason out of ``journal.reasons``.

    One with neither can be opened (before anybody is known), but raises ``NoSight`` at its first query. On a
    connection that is in a transaction, what the session commits is kept when that transaction is.
    """
    return GatedSession(engine, viewer, sees_all)


def for_viewer(session: GatedSession, viewer: Viewer) -> GatedSession:
    """Open a session of a viewer beside one of the house, on the same database."""
    return open_session(session.get_bind(), viewer)


COVERED: Mapping[type, ColumnElement[bool]] = {
    # What the rule is about.
    r.Item: visibility.ITEM_SEEN,
    r.Revision: visibility.REVISION_SEEN,
    r.Placement: visibility.PLACEMENT_SEEN,
    r.Attachment: visibility.ATTACHMENT_SEEN,
    r.Rendition: visibility.RENDITION_SEEN,
    # What only its author reads directly; others through acts that say why.
    r.Choice: owned.on_my_item(r.Choice),
    r.LeftOut: owned.on_my_item(r.LeftOut),
    r.Shown: owned.on_my_item(r.Shown),
    r.Waiting: owned.on_my_item(r.Waiting),
    r.Decision: owned.on_my_item(r.Decision),
    r.NoteAnswer: owned.on_my_item(r.NoteAnswer),
    r.NarrowedTo: owned.on_my_placement(),
    r.Asked: owned.on_my_item(r.Asked),
    # For those who are about to decide.
    r.Flag: owned.on_what_i_decide(r.Flag),
    r.Look: owned.on_my_item(r.Look) | (r.Look.membership_id == ME),
    # One's own.
    r.HiddenForMe: r.HiddenForMe.membership_id == ME,
    r.Notice: r.Notice.membership_id == ME,
    r.Person: r.Person.id == MY_PERSON,
    r.Credential: r.Credential.person_id == MY_PERSON,
    r.SignIn: r.SignIn.person_id == MY_PERSON,
    r.Device: r.Device.person_id == MY_PERSON,
    r.KeptWriting: r.KeptWriting.person_id == MY_PERSON,
    r.FamilyLink: and_(
        r.FamilyLink.school_id == MY_SCHOOL, (r.FamilyLink.relative_id == ME) | (r.FamilyLink.pupil_id == ME)
    ),
    # For those who read worries, and for whoever was worried.
    r.Concern: worries.CONCERN_SEEN,
    **worries.HANGS_ON_A_WORRY,
    r.Hold: worries.HOLD_SEEN,
    r.HoldReview: worries.REVIEW_SEEN,
    # Who is in a picture: for whose picture it is. What was said to pictures: for who said it, and whom it is about.
    r.Tagged: owned.on_my_photo(),
    r.Consent: and_(r.Consent.school_id == MY_SCHOOL, (r.Consent.said_by_id == ME) | (r.Consent.pupil_id == ME)),
    # What was opened without being shared: for leads and the head, and for the pupil whose it is.
    r.Grant: opened.GRANT_SEEN,
    r.GrantLook: opened.LOOK_SEEN,
    r.GrantUntold: opened.UNTOLD_SEEN,
    # What is told of it to everybody else goes through ``journal.pauses``.
    r.Pause: owned.pause_of_others(),
    r.KeptWords: r.KeptWords.membership_id == ME,
    # Of the school, for everybody in it.
    r.School: r.School.id == MY_SCHOOL,
    r.Group: r.Group.school_id == MY_SCHOOL,
    r.WordList: r.WordList.school_id == MY_SCHOOL,
    r.Membership: r.Membership.school_id == MY_SCHOOL,
    r.Enrolment: r.Enrolment.school_id == MY_SCHOOL,
    r.Teaching: r.Teaching.school_id == MY_SCHOOL,
    r.Cover: r.Cover.school_id == MY_SCHOOL,
    r.Second: r.Second.school_id == MY_SCHOOL,
    r.KindReason: r.KindReason.school_id == MY_SCHOOL,
    # Portfolios: of the person who ordered them.
    r.Export: and_(r.Export.school_id == MY_SCHOOL, r.Export.person_id == MY_PERSON),
    r.ExportPart: owned.in_my_export(),
    r.ExportRight: r.ExportRight.school_id == MY_SCHOOL,
    # The house's own: no viewer reads them.
    r.ResetLink: false(),
    r.Authenticator: false(),
    r.Passkey: false(),
    r.RecoveryCode: false(),
    r.SignInTry: false(),
    r.Invitation: false(),
    r.Trail: onrecord.LINE_SEEN,
    r.TrailLink: onrecord.LINK_SEEN,
    r.TrailCheck: onrecord.CHECK_SEEN,
    r.SearchOutbox: false(),
    r.SearchBuild: false(),
    r.SearchUnit: false(),
    r.Job: false(),
    r.TrailUnsealed: false(),
    r.TrailSegment: false(),
    r.TrailDrop: false(),
    r.WorryReminder: false(),
    r.PupilBorn: false(),
}
"""What a viewer may read of each table. A mapped class that is missing here cannot be read at all."""

_FAMILIES = {r.Entry: r.Item, r.Comment: r.Item}
"""Classes that share the table, and so the condition, of another."""


class _Condition(LoaderCriteriaOption):
    """The condition of a class, in whatever place of a statement the class stands.

    SQLAlchemy's own option puts a ready condition on the class's table also where an alias of it is joined, which
    leaves the alias to itself (not so in FROM or EXISTS). Here it is said of the alias.
    """

    _marked: ColumnElement[bool] | None = None

    def _gen_cache_key(self, anon_map: Any, bindparams: list[BindParameter[Any]]) -> tuple[Any, ...]:
        """What SQL is found by again: a class has one condition, the same each time; who looks is given later."""
        return (_Condition, self.entity)

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
def _options(entities: frozenset[type]) -> tuple[ExecutableOption, ...]:
    """The conditions for the classes that a statement names; all of them each time would be most of its cost."""
    return tuple(_condition(entity) for entity in sorted(entities, key=lambda one: one.__name__))


@cache
def _condition(entity: type) -> _Condition:
    return _Condition(entity, COVERED[entity], include_aliases=True)


_HELD: WeakKeyDictionary[Executable, dict[bool, Executable]] = WeakKeyDictionary()
"""Statements with their conditions. Those that stand in a module are looked through and keyed once: to do it at each
request would be most of a page's time. What is kept is SQL alone; who looks is asked each time it runs."""


_OF_COLUMNS: WeakKeyDictionary[Executable, bool] = WeakKeyDictionary()
"""Statements that ask for columns alone, and those that do not."""


def _held(statement: Executable, by_the_rule: bool) -> Executable:
    """Return a statement with the conditions of all classes that it names. Raises ``NoSight``."""
    kept = _HELD.setdefault(statement, {})
    if by_the_rule not in kept:
        kept[by_the_rule] = statement.options(*_options(_entities(statement, by_the_rule)))
    return kept[by_the_rule]


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
        state.statement = _held(state.statement, bool(state.execution_options.get("by_the_rule")))
