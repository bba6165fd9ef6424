"""The statements that every page runs find their rows by an index, however long a school has kept its journal."""

import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine, event, select

from journal import feeds
from journal import records as r
from journal.attachments.reading import best_rendition
from journal.entries.reading import opened
from journal.entries.reading_space import Filter, space
from journal.ids import new_id
from journal.moderation.waiting import queue
from journal.net import open_session
from journal.reasons import GatedSession
from journal.school.reading import cards, newest_besides, page_of
from journal.seeing import Viewer
from journal.standing import standings
from journal.talk.threads import talk_about
from journal.viewers import viewer_for
from journal.words import Role
from tests.gate.schools import LONG_AGO, empty, seeing_all

ENTRIES = 3000
HISTORY = ("item", "revision", "shown", "waiting", "placement", "look", "decision", "notice", "attachment", "rendition")


@dataclass
class Old:
    """A school with a long history: 30 pupils in two classes, a teacher and a parent."""

    engine: Engine
    viewers: dict[str, Viewer]
    entry: UUID
    photo: UUID


@pytest.fixture(scope="module")
def old(engine: Engine) -> Old:
    empty(engine)
    with seeing_all(engine) as session:
        school = r.School(name="S")
        session.add(school)
        session.flush()
        groups = [r.Group(school_id=school.id, name=name, year="2026/27") for name in "AB"]
        session.add_all(groups)
        session.flush()
        hats = {}
        for name in ("teacher", "lead", "relative", *(f"pupil {n}" for n in range(30))):
            person = r.Person()
            session.add(person)
            session.flush()
            hats[name] = r.Membership(
                school_id=school.id, person_id=person.id, role=Role(name.partition(" ")[0]), name=name
            )
            session.add(hats[name])
            session.flush()
        where = {"school_id": school.id}
        for number in range(30):
            pupil = hats[f"pupil {number}"].id
            session.add(r.Enrolment(**where, pupil_id=pupil, group_id=groups[number % 2].id))
        session.add(r.Teaching(**where, teacher_id=hats["teacher"].id, group_id=groups[0].id))
        mine = {"relative_id": hats["relative"].id, "pupil_id": hats["pupil 0"].id}
        session.add(r.FamilyLink(**where, **mine, known_as="Mum"))
        session.commit()
        viewers = {name: viewer_for(session, hat) for name, hat in hats.items()}
    with engine.begin() as connection:
        entry, photo = _history(connection, viewers, [one.id for one in groups])
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")
    return Old(engine, viewers, entry, photo)


def _history(connection: Connection, viewers: dict[str, Viewer], groups: list[UUID]) -> tuple[UUID, UUID]:
    draw = random.Random(1)
    rows: dict[Any, list[dict[str, Any]]] = {}
    school = viewers["teacher"].school

    def add(table: Any, **values: Any) -> UUID:
        rows.setdefault(table, []).append({"id": new_id(), "school_id": school, **values})
        return rows[table][-1]["id"]  # type: ignore[no-any-return]

    def item(
        author: UUID,
        pupil: UUID,
        circles: list[str],
        wait: UUID | None,
        entry: UUID | None,
        at: Any,
        above: UUID | None = None,
    ) -> UUID:
        kind = "comment" if entry else "entry"
        one = add(r.Item, kind=kind, author_id=author, pupil_id=pupil, entry_id=entry, parent_id=above, handed_in_at=at)
        said = {"words": "w" * 200, "saved_at": at, "handed_in_at": at, "learned": []}
        revision = add(r.Revision, item_id=one, number=1, **said)
        rows[r.Item][-1]["revision_id"] = revision
        for circle in circles:
            given = {"circle": circle, "revision_id": revision, "number": 1, "released_at": at}
            add(r.Shown, item_id=one, kind=kind, **given)
        if wait:
            add(r.Waiting, item_id=one, revision_id=revision, circle=f"class/{wait.hex}", group_id=wait, since=at)
        else:
            add(r.Decision, item_id=one, revision_id=revision, group_id=groups[0], verdict="let_through",
                by_id=viewers["teacher"].membership)  # fmt: skip
        for name in draw.sample(sorted(viewers), 2):
            looked = {"membership_id": viewers[name].membership, "first_at": at, "last_at": at}
            add(r.Look, item_id=one, kind="opened", **looked)
            add(r.Notice, item_id=one, kind="said", membership_id=viewers[name].membership, seen_at=at)
        return one

    for number in range(ENTRIES):
        at = LONG_AGO + timedelta(minutes=number)
        pupil = viewers[f"pupil {draw.randrange(30)}"]
        group = groups[int(f"class/{groups[0].hex}" not in pupil.circles)]
        circles = [f"family/{pupil.membership.hex}", f"class/{group.hex}"]
        waits = number % 5 == 0
        entry = item(pupil.membership, pupil.membership, circles[: 1 + (not waits)], group if waits else None, None, at)
        photo = add(r.Attachment, owner_id=pupil.membership, item_id=entry, state="ready")
        add(r.Placement, revision_id=rows[r.Revision][-1]["id"], attachment_id=photo, position=1)
        for size in ("s", "m", "l"):
            file = {"file": "f", "sha256": "", "width": 1, "height": 1, "length": 1}
            add(r.Rendition, attachment_id=photo, size=size, **file)
        above = None
        for _ in range(draw.choice([0, 1, 2, 3])):
            above = item(viewers["teacher"].membership, pupil.membership, circles, None, entry, at, above)
    for kind in (
        r.Item,
        r.Revision,
        r.Attachment,
        r.Placement,
        r.Rendition,
        r.Shown,
        r.Waiting,
        r.Decision,
        r.Look,
        r.Notice,
    ):
        for values in rows[kind]:
            values.setdefault("entry_id", None) if kind is r.Item else None
        connection.execute(kind.__table__.insert(), rows[kind])
    shown = next(row["item_id"] for row in reversed(rows[r.Shown]) if row["circle"] == f"class/{groups[0].hex}"
                 and row["kind"] == "entry")  # fmt: skip
    return shown, next(row["id"] for row in rows[r.Attachment] if row["item_id"] == shown)


@contextmanager
def _statements(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    seen: list[tuple[str, Any]] = []

    def note(_c: Any, _cur: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        seen.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _plan(connection: Connection, statement: str, parameters: Any) -> str:
    word = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN "
    return "\n".join(str(row[-1]) for row in connection.exec_driver_sql(word + statement, parameters))


def scanned(plan: str, statement: str) -> set[str]:
    """The tables of history that a plan reads from end to end."""
    found = re.findall(r"(?:SCAN|Seq Scan on) (?:TABLE )?(\w+)", plan)
    names = {alias: table for table, alias in re.findall(r"(\w+) AS (\w+)", statement)}
    full = {names.get(one, one) for one in found}
    return full & set(HISTORY)


def _feed(session: GatedSession, old: Old, viewer: Viewer) -> None:
    marks = feeds.newest(session, viewer, sorted(viewer.circles), None, 20)
    assert len(marks) == 20
    assert len(feeds.shown_revisions(session, [one.item for one in marks])) == 20
    assert feeds.newest(session, viewer, sorted(viewer.circles), marks[-1], 20)


def _cards(session: GatedSession, old: Old, viewer: Viewer) -> None:
    read, more = page_of(session, viewer, sorted(viewer.circles), None)
    assert more
    assert len(cards(session, viewer, read)) == 20
    assert len(newest_besides(session, viewer, sorted(viewer.circles), sorted(viewer.circles)[:1], 4)) <= 4


def _space(session: GatedSession, old: Old, viewer: Viewer) -> None:
    assert len(space(session, viewer, Filter.ALL, None).made) == 20


def _own(session: GatedSession, old: Old, viewer: Viewer) -> None:
    mine = list(session.scalars(select(r.Entry).where(r.Entry.author_id == viewer.membership).limit(20)))
    assert mine
    standings(session, {one.revision_id: one.id for one in mine})


def _entry(session: GatedSession, old: Old, viewer: Viewer) -> None:
    assert opened(session, viewer, old.entry).entry.id == old.entry
    talk_about(session, old.entry, None)
    assert session.scalars(select(r.Entry).where(r.Entry.id == old.entry)).one()


def _picture(session: GatedSession, old: Old, viewer: Viewer) -> None:
    assert best_rendition(session, old.photo, "medium")


def _queue(session: GatedSession, old: Old, viewer: Viewer) -> None:
    queue(session)


PAGES: dict[str, Callable[[GatedSession, Old, Viewer], None]] = {
    "feed": _feed,
    "cards": _cards,
    "my space": _space,
    "own entries": _own,
    "entry with comments": _entry,
    "picture": _picture,
    "to read": _queue,
}


@pytest.mark.parametrize(
    ("page", "who"),
    [
        ("feed", "teacher"),
        ("feed", "relative"),
        ("feed", "pupil 0"),
        ("cards", "teacher"),
        ("cards", "relative"),
        ("cards", "pupil 0"),
        ("my space", "pupil 0"),
        ("own entries", "pupil 0"),
        ("entry with comments", "teacher"),
        ("entry with comments", "pupil 0"),
        ("picture", "teacher"),
        ("picture", "pupil 0"),
        ("to read", "teacher"),
        ("to read", "lead"),
    ],
)
def test_no_page_reads_history_from_end_to_end(old: Old, page: str, who: str) -> None:
    viewer = old.viewers[who]
    with open_session(old.engine, viewer) as session, _statements(old.engine) as seen:
        PAGES[page](session, old, viewer)
    assert seen
    with old.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            # Of some thousand rows PostgreSQL likes to read all. Where it need not, there is an index for it.
            connection.exec_driver_sql("SET enable_seqscan = off")
        for statement, parameters in seen:
            plan = _plan(connection, statement, parameters)
            assert not scanned(plan, statement), f"{statement}\n\n{plan}"
