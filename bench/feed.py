"""Pages of twenty: what each costs, how that grows with the past, and how near it is to what drawing alone costs."""

import re
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from time import thread_time

from flask import template_rendered
from jinja2 import Template

from bench.rows import Row, percentile, row
from bench.schools import KINDS, Schools, sizes
from bench.visits import Many, Place, Visit, Visitor, in_turn
from journal.demo.large_people import FIRST, PARENT, QUIET, TEACHER
from journal.records import Membership

DATABASE = {"SQLite": 1.0, "PostgreSQL": 5.0}
PAGE = {"SQLite": 6.0, "PostgreSQL": 10.0}
CPU = {"SQLite": 3.0}
GROWTH = 1.3
OVER_FLOOR = 2.0
_ENTRY = re.compile(rb"/entries/([0-9a-f-]{36})")


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who opens a page of twenty."""

    words: str
    hat: Callable[[Place], Membership]
    path: Callable[[Place, Visitor], str]


def _class_page(_place: Place, visitor: Visitor) -> str:
    """Where the pupil's class is: the address to which a pupil of one class is led, or the first of the choice."""
    found = visitor.get("/classes")
    if "Location" in found.headers:
        return found.headers["Location"]
    return found.body.decode().split('href="/classes/')[1].join(("/classes/", "")).split('"')[0]


def _quiet_parent(place: Place) -> Membership:
    return place.member("quiet.longmeadow@example.org")


READERS = (
    Reader("parent of two", lambda place: place.member(PARENT), lambda *_: "/home"),
    Reader("teacher", lambda place: place.member(TEACHER), lambda *_: "/shared-with-me"),
    Reader("pupil, the class's page", lambda place: place.member(name=FIRST), _class_page),
    Reader("pupil, my space", lambda place: place.member(name=FIRST), lambda *_: "/my-space"),
    Reader("a child who rarely posts, my space", lambda place: place.member(name=QUIET), lambda *_: "/my-space"),
    Reader("a child who rarely posts, the family's home", _quiet_parent, lambda *_: "/home"),
)


def measure(schools: Schools) -> Iterable[Row]:
    """Return the rows of all readers, databases and sizes."""
    rows: list[Row] = []
    for kind in KINDS:
        with ExitStack() as stack:
            places = {size: stack.enter_context(schools.open(kind, size)) for size in sizes()}
            for reader in READERS:
                found = dict(zip(places, in_turn([_asks(place, reader) for place in places.values()]), strict=True))
                for size, many in found.items():
                    rows += _rows(kind, reader, size, many, last=size == sizes()[-1])
                if kind == "SQLite":
                    rows.append(_floor(places[sizes()[-1]], reader, found[sizes()[-1]]))
                rows += _growth(kind, reader, found)
    return rows


def _visitor(place: Place, reader: Reader) -> tuple[Visitor, str]:
    visitor = place.come_in(reader.hat(place))
    return visitor, reader.path(place, visitor)


def _asks(place: Place, reader: Reader) -> Callable[[], Visit]:
    visitor, path = _visitor(place, reader)
    return lambda: visitor.get(path)


def _rows(kind: str, reader: Reader, size: int, many: Many, *, last: bool) -> list[Row]:
    name = f"feed, {reader.words}, {kind}, {size:,}"
    note = f"{_cards(many)} entries on it, {len(many.visits)} times"
    limits = (DATABASE[kind], PAGE[kind], CPU.get(kind)) if last else (None, None, None)
    return [
        row(f"{name}: in the database, p50", many.p("database", 0.5), "ms", note),
        row(f"{name}: in the database, p95", many.p("database", 0.95), "ms", most=limits[0]),
        row(f"{name}: whole page, p50", many.p("wall", 0.5), "ms"),
        row(f"{name}: whole page, p95", many.p("wall", 0.95), "ms", most=limits[1]),
        row(f"{name}: CPU, p50", many.p("cpu", 0.5), "ms", most=limits[2]),
        row(f"{name}: queries", many.p("statements", 1), "", most=8),
    ]


def _growth(kind: str, reader: Reader, found: dict[int, Many]) -> list[Row]:
    """From the smallest school whose page shows as much as that of the largest: more on a page is no longer history."""
    last = found[sizes()[-1]]
    size = next(one for one, many in found.items() if _cards(many) == _cards(last))
    if size == sizes()[-1]:
        size = sizes()[0]
    name = f"feed, {reader.words}, {kind}, growth {size:,} to {sizes()[-1]:,}"
    note = f"{_cards(found[size])} entries on the first, {_cards(last)} on the last"
    return [
        row(f"{name}: {words}, p50", last.p(what, 0.5) / found[size].p(what, 0.5), "times", note, most=GROWTH)
        for what, words in (("wall", "whole page"), ("database", "in the database"))
    ]


def _cards(many: Many) -> int:
    return len(set(_ENTRY.findall(many.visits[0].body)))


def _floor(place: Place, reader: Reader, many: Many) -> Row:
    """How often a page costs what drawing its template from memory costs."""
    visitor, path = _visitor(place, reader)
    drawn: list[tuple[Template, dict[str, object]]] = []

    def note(_app: object, template: Template, context: dict[str, object], **_: object) -> None:
        drawn.append((template, context))

    with template_rendered.connected_to(note, place.app):
        visitor.get(path)
    template, context = drawn[-1]
    with place.app.test_request_context(path, headers={"Cookie": visitor.cookie}):
        place.app.preprocess_request()
        alone = _drawing(lambda: template.render(context))
    cpu = many.p("cpu", 0.5)
    note_words = f"{cpu:.2f} ms of CPU against {alone:.2f} ms for the same template from memory"
    name = f"feed, {reader.words}, SQLite, {sizes()[-1]:,}: page against its template alone"
    return row(name, cpu / alone, "times", note_words, most=OVER_FLOOR)


def _drawing(call: Callable[[], object]) -> float:
    times = []
    for _ in range(60):
        began = thread_time()
        call()
        times.append((thread_time() - began) * 1000)
    return percentile(times[10:], 0.5)
