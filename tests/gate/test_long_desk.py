"""A desk on which very much waits costs what a short one does, and misses nothing; on both databases."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from hypothesis import given, settings
from sqlalchemy import Engine, insert, select

from journal import clock
from journal import records as r
from journal.clock import now
from journal.feeds import Mark
from journal.ids import new_id
from journal.moderation.acts import DecideInput, decide
from journal.moderation.around import detail
from journal.moderation.places import Only, Part
from journal.moderation.waiting import MOST_COUNTED, Queue, queue
from journal.net import open_session
from journal.reasons import GatedSession
from journal.seeing import Viewer
from journal.viewers import viewer_for
from journal.words import PAGE, LookKind, Role, Verdict
from tests.gate.history import Old, build
from tests.gate.oracle import Oracle
from tests.gate.schools import TODAY, Town, empty, hats, keep, seeing_all, towns
from tests.gate.test_plans import GROWTH, HISTORY
from tests.plans import by_index, plan, scanned, statements, work

MANY, FEW = 1500, 300
LITTLE = 400


# --- it misses nothing -----------------------------------------------------------------------------------------------


def _later_is_late_later(town: Town) -> None:
    """What came in later has waited too long later: so acts write it, and a desk is looked through."""
    rows = sorted((one for one in town.of(r.Waiting) if one.late_at), key=lambda one: one.since)
    for row, late in zip(rows, sorted(one.late_at for one in rows if one.late_at), strict=True):
        row.late_at = late


@settings(max_examples=4)
@given(town=towns(most_items=6))
def test_the_list_is_what_the_rule_says_for_everybody(engine: Engine, town: Town) -> None:
    _later_is_late_later(town)
    keep(engine, town)
    oracle = Oracle(town)
    with clock.at(TODAY):
        for hat in hats(town):
            rows = [row for item in town.of(r.Item) for row in oracle.decided_by(hat, item)]
            with seeing_all(engine) as session:
                viewer = viewer_for(session, hat)
            for only in (Only(), Only(Part.DESK), Only(Part.INSTEAD), *_groups(town)):
                with open_session(engine, viewer) as session:
                    found = queue(session, only=only)
                mine = [row for row in rows if _belongs(row, only)]
                first = sorted({Mark(min(one.since for one in mine if one.item_id == row.item_id), row.item_id)
                                for row in mine})  # fmt: skip
                assert list(dict.fromkeys(one.item.id for one in found.rows)) == [one.item for one in first[:PAGE]]
                assert not found.rows or (found.total, found.oldest) == (len(first), first[0].at)
                assert {(one.item.id, circle) for one in found.rows for circle in one.circles} == {
                    (row.item_id, row.circle) for row in mine
                }


def _groups(town: Town) -> list[Only]:
    return [Only(Part.GROUP, one.id) for one in town.of(r.Group)]


def _belongs(row: r.Waiting, only: Only) -> bool:
    if only.part is Part.ALL:
        return True
    if only.part is Part.GROUP:
        return row.group_id == only.group
    return (row.group_id is None) == (only.part is Part.DESK)


# --- it costs the same -----------------------------------------------------------------------------------------------


def _school(engine: Engine) -> tuple[Old, list[UUID | None]]:
    """A school and its five desks: the teacher's own; one without a teacher; one at which nobody is named for what
    waits too long; one at which the teacher is; the lead's.
    """
    old = build(engine, MANY + 300)
    with seeing_all(engine) as session:
        teacher, where = old.viewers["teacher"].membership, {"school_id": old.viewers["teacher"].school}
        person = r.Person()
        session.add(person)
        session.flush()
        colleague = r.Membership(**where, person_id=person.id, role=Role.TEACHER, name="A colleague")
        groups = [r.Group(**where, name=name, year="2026/27") for name in "CD"]
        session.add_all([colleague, *groups])
        session.flush()
        session.add_all(r.Teaching(**where, teacher_id=colleague.id, group_id=one.id) for one in groups)
        session.add(r.Second(**where, teacher_id=teacher, group_id=groups[1].id))
        session.commit()
        hat = session.scalars(select(r.Membership).where(r.Membership.id == teacher)).one()
        old.viewers["teacher"] = viewer_for(session, hat)
        own = session.scalars(select(r.Group.id).where(r.Group.name.in_(["A", "B"])).order_by(r.Group.name)).all()
        return old, [*own, *(one.id for one in groups), None]


def _fill(old: Old, desks: list[UUID | None], many: int) -> None:
    """Let so many more entries wait, at each desk in turn. What is there by then has waited too long."""
    with seeing_all(old.engine) as session:
        waits = select(r.Waiting.item_id)
        left = select(r.Item).where(r.Item.kind == "entry", r.Item.deleted_at.is_(None), r.Item.id.not_in(waits))
        items = session.scalars(left.order_by(r.Item.id).limit(many)).all()
        rows = [_wait(item, desks[number % 5]) for number, item in enumerate(items)]
        assert len(rows) > many * 0.9
        session.connection().execute(insert(r.Waiting), rows)
        teacher = old.viewers["teacher"]
        looks = [_look(teacher, one["item_id"]) for one in rows[:: many // 60]]
        session.connection().execute(insert(r.Look), looks)
        session.commit()
    if old.engine.dialect.name == "postgresql":
        with old.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")


def _wait(item: r.Item, desk: UUID | None) -> dict[str, Any]:
    since = now()
    circle = f"class/{desk.hex}" if desk else f"family/{item.pupil_id.hex}"
    whose = {"item_id": item.id, "pupil_id": item.pupil_id, "author_id": item.author_id, "group_id": desk}
    at = {"since": since, "late_at": since + timedelta(hours=1), "created_at": since}
    what = {"school_id": item.school_id, "revision_id": item.revision_id, "circle": circle}
    return {"id": new_id(), **what, **whose, **at}


def _look(who: Viewer, item: UUID) -> dict[str, Any]:
    seen = {"item_id": item, "membership_id": who.membership, "kind": LookKind.MODERATED, "number": 1}
    return {"id": new_id(), "school_id": who.school, **seen, "first_at": now(), "last_at": now(), "created_at": now()}


class Done(NamedTuple):
    """What the statements of a page do."""

    work: list[int]
    scans: list[str]


def _page(session: GatedSession, only: Only, *, further: bool = False, one: bool = False) -> Queue:
    found = queue(session, only=only)
    assert found.rows
    if further:
        found = queue(session, found.rows[9].mark, only=only)
    if one:
        found = queue(session, chosen=found.rows[9].item.id, only=only)
        assert found.chosen
        detail(session, found.chosen)
    return found


def _decide(session: GatedSession, verdict: Verdict) -> None:
    found = queue(session).rows[3]
    assert session.viewer
    typed = DecideInput(found.item.id, found.revision.id, verdict, note="Lovely.", reason="Why")
    decide(session, session.viewer, typed)


PAGES: dict[str, Callable[[GatedSession], object]] = {
    "first page": partial(_page, only=Only()),
    "further page": partial(_page, only=Only(), further=True),
    "one opened": partial(_page, only=Only(), one=True),
    "own desk": partial(_page, only=Only(Part.DESK)),
    "instead": partial(_page, only=Only(Part.INSTEAD), further=True),
    "looked at": partial(_page, only=Only(Part.LOOKED)),
    "let through": partial(_decide, verdict=Verdict.LET_THROUGH),
    "sent back": partial(_decide, verdict=Verdict.SENT_BACK),
}
WHO = [
    *(("teacher", page) for page in PAGES if page not in ("own desk", "instead")),
    *(("lead", page) for page in PAGES if page not in ("looked at", "let through")),
]


def _asked(old: Old, who: str, page: str) -> Done:
    """How much each statement of a page does, and the plans of those that read a table from end to end."""
    with open_session(old.engine, old.viewers[who]) as session, statements(old.engine) as seen:
        PAGES[page](session)
        session.rollback()
    asked = [one for one in seen if not one[0].startswith(("INSERT", "SAVEPOINT", "RELEASE"))]
    long = []
    with old.engine.connect() as connection:
        by_index(connection)
        for statement, values in asked:
            found = plan(connection, statement, values)
            if scanned(found, statement) & (HISTORY | {"waiting"}):
                long.append(f"{statement}\n\n{found}")
        return Done([work(connection, *one) for one in asked if one[0].startswith(("SELECT", "WITH"))], long)


@pytest.fixture(scope="module")
def old(engine: Engine) -> Old:
    """The school, with little on its desks."""
    empty(engine)
    found, desks = _school(engine)
    with clock.at(TODAY):
        _fill(found, desks, FEW)
    return found


@pytest.fixture(scope="module")
def done(old: Old) -> dict[tuple[str, str], list[Done]]:
    """How much each statement of each page does, with little on the desks and with much."""
    lengths = [(TODAY + timedelta(hours=2), 0), (TODAY + timedelta(hours=3), MANY - FEW)]
    found: dict[tuple[str, str], list[Done]] = {one: [] for one in WHO}
    with seeing_all(old.engine) as session:
        groups = session.scalars(select(r.Group.id).order_by(r.Group.name)).all()
    for moment, more in lengths:
        with clock.at(moment):
            if more:
                _fill(old, [*groups, None], more)
            for one in WHO:
                found[one].append(_asked(old, *one))
    return found


@pytest.mark.parametrize("who", ["teacher", "lead"])
def test_page_by_page_everything_is_met_once_oldest_first(old: Old, who: str) -> None:
    marks: list[Mark] = []
    after: Mark | None = None
    with clock.at(TODAY + timedelta(hours=2)), open_session(old.engine, old.viewers[who]) as session:
        while not marks or after is not None:
            found = queue(session, after)
            assert found.total == MOST_COUNTED + 1
            marks += [one.mark for one in found.rows]
            after = found.older
    assert marks == sorted(set(marks))
    assert len(marks) > FEW * (2 if who == "teacher" else 3) // 5 - PAGE


@pytest.mark.parametrize(("who", "page"), WHO)
def test_a_long_desk_costs_what_a_short_one_does(done: dict[tuple[str, str], list[Done]], who: str, page: str) -> None:
    short, long = done[who, page]
    assert not short.scans + long.scans
    assert len(short.work) == len(long.work)
    for before, after in zip(short.work, long.work, strict=True):
        assert after <= GROWTH * before + LITTLE, (short.work, long.work)
