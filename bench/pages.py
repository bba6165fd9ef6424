"""Pages that are no list of twenty: an entry with thirty comments, writing back, a moderator's full desk."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import cycle
from random import Random
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select

from bench.rows import Row, row
from bench.schools import KINDS, UNTIL, Schools
from bench.visits import SEES_ALL, Place, Visit, Visitor, entry_path, repeat
from journal.circles import Kind, circle
from journal.clock import at
from journal.demo.large_people import FIRST, PARENT, TEACHER
from journal.entries import acts as entries
from journal.entries.doors_of import Doors
from journal.ids import new_id
from journal.net import open_session
from journal.reasons import beyond
from journal.records import Choice, Enrolment, Item, Membership, Revision, Shown, Waiting
from journal.talk import acts as talk
from journal.talk.reach import Reach
from journal.viewers import viewer_for
from journal.words import Door, Role

SIZE = 10_000
COMMENTS = 30
WAITING = (1_000, 10_000)
BY_HAND = 100
FLAT = 1.5
"""How much dearer ten thousand may be than a thousand: the work is the same (tests/gate/test_long_desk.py)."""
PAGE = {"SQLite": 6.0, "PostgreSQL": 10.0}
"""The same as for a page of twenty: an aim, for the issue names none for these."""
Poured = dict[Any, list[dict[str, Any]]]
"""Rows by table."""
_TOKEN = re.compile(rb'name="csrf_token"[^>]*value="([^"]+)"')
_LOOKING = re.compile(rb'name="looking_at"[^>]*value="([^"]*)"')


def measure(schools: Schools) -> Iterable[Row]:
    """Return the rows of these pages on both databases, on copies of a school of 10,000 entries."""
    rows: list[Row] = []
    for kind in KINDS:
        with schools.open(kind, SIZE, copied="pages") as place:
            rows += _talk(place, kind)
            rows += _posting(place, kind)
            rows += _desk(place, kind)
    return rows


def _rows(name: str, kind: str, many: Any, note: str = "", most: float | None = None) -> list[Row]:
    return [
        row(f"{name}, {kind}: in the database, p50", many.p("database", 0.5), "ms", note),
        row(f"{name}, {kind}: whole, p50", many.p("wall", 0.5), "ms"),
        row(f"{name}, {kind}: whole, p95", many.p("wall", 0.95), "ms", most=most),
        row(f"{name}, {kind}: CPU, p50", many.p("cpu", 0.5), "ms"),
        row(f"{name}, {kind}: queries", many.p("statements", 1), ""),
    ]


def _talk(place: Place, kind: str) -> Iterable[Row]:
    """An entry with thirty comments, ten of them answers, as a parent, a teacher and its author."""
    entry = _with_comments(place)
    rows: list[Row] = []
    for words, hat in (
        ("parent", place.member(PARENT)),
        ("teacher", place.member(TEACHER)),
        ("author", place.member(name=FIRST)),
    ):
        visitor = place.come_in(hat)
        many = repeat(lambda visitor=visitor: visitor.get(entry_path(entry)))  # type: ignore[misc]
        seen = many.visits[0].body.count(b'<li class="comment')
        rows += _rows(f"entry with {COMMENTS} comments, {words}", kind, many, f"{seen} comments on it", PAGE[kind])
    return rows


def _with_comments(place: Place) -> UUID:
    """Add an entry for family, teachers and class, and what they said about it; return it."""
    with at(UNTIL):
        entry = _hands_in(place, place.member(name=FIRST), {Door.FAMILY, Door.TEACHERS}, "What we found on the beach.")
        for number in range(COMMENTS * 2 // 3):
            writer = place.member(PARENT if number % 2 else TEACHER)
            said = _says(
                place, writer, entry, None, f"That sounds like a long day, number {number}. What was the best?"
            )
            if number % 2 == 0:
                _says(place, place.member(name=FIRST), entry, said, "The crab. It walked over my boot.")
    return entry


def _hands_in(place: Place, pupil: Membership, doors: set[Door], words: str) -> UUID:
    with open_session(place.engine) as session:
        with beyond(session, SEES_ALL):
            session.viewer = me = viewer_for(session, pupil)
        begun = entries.begin(session, me)
        typed = entries.DraftInput(1, title="A long walk", words=words, doors=Doors(frozenset(doors)))
        entries.save_draft(session, me, begun.id, typed)
        entries.hand_in(session, me, begun.id)
        session.commit()
        return begun.id


def _says(place: Place, hat: Membership, entry: UUID, parent: UUID | None, words: str) -> UUID:
    with open_session(place.engine) as session:
        with beyond(session, SEES_ALL):
            session.viewer = me = viewer_for(session, hat)
        reach = Reach.EVERYONE
        said = talk.say(session, me, entry, parent, talk.SayInput(words=words, html=f"<p>{words}</p>", reach=reach))
        session.commit()
        return said.id


def _posting(place: Place, kind: str) -> Iterable[Row]:
    """A parent writes back under one entry after another."""
    visitor = place.come_in(place.member(PARENT))
    family = circle(Kind.FAMILY, place.member(name=FIRST).id)
    with open_session(place.engine, sees_all=SEES_ALL) as session:
        wanted = select(Shown.item_id).where(Shown.circle == family, Shown.kind == "entry")
        targets = list(session.scalars(wanted.order_by(Shown.item_id.desc()).limit(40)))
    forms = [(one, form) for one in targets if (form := _form(visitor, one))]
    waiting = cycle(forms)

    def once() -> Visit:
        entry, fields = next(waiting)
        return visitor.post(f"/entries/{entry}/say", {**fields, "once": str(uuid4())})

    many = repeat(once, warm=8, least=40, most=60)
    return _rows("posting a comment", kind, many, f"{many.visits[0].status} to the entry")


def _form(visitor: Visitor, entry: UUID) -> dict[str, str]:
    """What the form of an entry's page would send; nothing where this reader may not write."""
    page = visitor.get(f"/entries/{entry}/say").body
    token, looking = _TOKEN.search(page), _LOOKING.search(page)
    if looking is None:
        return {}
    words = "I never knew you could do that. Tell me more on Sunday, all of it."
    return {
        "csrf_token": token[1].decode() if token else "",
        "looking_at": looking[1].decode(),
        "words": words,
        "words_html": f"<p>{words}</p>",
        "reach": "family",
        "do": "send",
    }


def _desk(place: Place, kind: str) -> Iterable[Row]:
    """A teacher's desk on which a thousand things wait, then ten thousand; and what the lead finds meanwhile."""
    teacher = place.member(TEACHER)
    rows: list[Row] = []
    there, seen = 0, {}
    for waiting in WAITING:
        _let_wait(place, teacher, there, waiting - there)
        there = waiting
        for words, hat, path in (
            ("moderation queue", teacher, "/to-read"),
            ("a teacher's first page", teacher, "/today"),
            ("the lead's queue beside a desk", place.member(role=Role.LEAD), "/to-read"),
        ):
            visitor = place.come_in(hat)
            many = repeat(lambda visitor=visitor, path=path: visitor.get(path))  # type: ignore[misc]
            limit = PAGE[kind] if path == "/to-read" else None
            rows += _rows(f"{words} with {waiting:,} waiting", kind, many, "the first page", limit)
            seen[words, waiting] = many.p("database", 0.5)
    few, most = WAITING
    for words in ("moderation queue", "the lead's queue beside a desk"):
        growth = seen[words, most] / max(seen[words, few], 0.001)
        rows.append(row(f"{words} with {most:,} waiting, {kind}: against {few:,}, in the database", growth, "times",
                        most=FLAT))  # fmt: skip
    return rows


def _let_wait(place: Place, teacher: Membership, first: int, many: int) -> None:
    """Put more on a teacher's desk; all but the first hundred straight into the tables, as handing in leaves them."""
    with open_session(place.engine, sees_all=SEES_ALL) as session:
        desk = min(viewer_for(session, teacher).decides_for)
        enrolled = select(Enrolment.pupil_id).where(Enrolment.group_id == desk, Enrolment.ended_at.is_(None))
        pupils = list(session.scalars(select(Membership).where(Membership.id.in_(enrolled)).order_by(Membership.id)))
    draw = Random(1)
    begin = UNTIL - timedelta(minutes=WAITING[-1])
    for number in range(first, min(first + many, BY_HAND)):
        with at(begin + timedelta(minutes=number)):
            _hands_in(place, draw.choice(pupils), {Door.CLASS}, f"Number {number}: a way to fold.")
    poured: Poured = {Item: [], Revision: [], Choice: [], Waiting: []}
    for number in range(max(first, BY_HAND), first + many):
        _pour(poured, draw.choice(pupils), desk, number, begin + timedelta(minutes=number))
    with open_session(place.engine, sees_all=SEES_ALL) as session:
        for kind, rows in poured.items():
            session.connection().execute(insert(kind), rows)
        session.commit()


def _pour(poured: Poured, pupil: Membership, desk: UUID, number: int, moment: datetime) -> None:
    """An entry for the class that waits, as rows."""
    item, revision = new_id(), new_id()
    here = {"school_id": pupil.school_id, "created_at": moment}
    by = {"author_id": pupil.id, "pupil_id": pupil.id}
    words = f"Number {number}: a way to fold."
    poured[Item].append({**here, **by, "id": item, "kind": "entry", "revision_id": revision, "handed_in_at": moment})
    said = {"number": 1, "title": "A long walk", "words": words, "html": f"<p>{words}</p>", "learned": []}
    poured[Revision].append(
        {**here, **said, "id": revision, "item_id": item, "saved_at": moment, "handed_in_at": moment}
    )
    given = {**here, "item_id": item, "revision_id": revision, "circle": circle(Kind.CLASS, desk)}
    poured[Choice].append({**given, "id": new_id()})
    poured[Waiting].append({**given, **by, "id": new_id(), "group_id": desk, "since": moment})
