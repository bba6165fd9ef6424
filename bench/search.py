"""Search: two words, a very common word, as a parent and as a teacher; adding to the index, opening it, building it."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random
from time import perf_counter, process_time, thread_time

from sqlalchemy import select

from bench.rows import Row, percentile, row
from bench.schools import KINDS, Schools, sizes
from bench.timing import SPENT
from bench.visits import SEES_ALL, Place
from journal.demo.large_people import PARENT, TEACHER
from journal.demo.large_words import vocabulary
from journal.net import open_session
from journal.records import Item, Revision
from journal.search.asking import Ask
from journal.search.reading import find
from journal.search.units import units_of
from journal.search.work import reindex
from journal.seeing import Viewer
from journal.store.index import AWAY, FORMAT, Index, open_index
from journal.viewers import viewer_for

AIM = {"SQLite": 20.0, "PostgreSQL": 5.0}
BACK_END = {"SQLite": "Whoosh", "PostgreSQL": "PostgreSQL"}
COMMON = "the"
_PAIRS = 30
_COMMONEST = 40
"""Words among so many commonest are no search for two words; they have a row of their own."""


def measure(schools: Schools) -> Iterable[Row]:
    """Return the rows of both back ends, from ten thousand entries on."""
    rows: list[Row] = []
    for kind in KINDS:
        for size in sizes()[-2:]:
            with schools.open(kind, size) as place:
                name = f"search, {BACK_END[kind]}, {size:,} entries"
                index: Index = place.app.config["HOUSE"].index
                rows += _built(place, index, name)
                for words, hat in (("parent", place.member(PARENT)), ("teacher", place.member(TEACHER))):
                    with open_session(place.engine, sees_all=SEES_ALL) as session:
                        viewer = viewer_for(session, hat)
                    rows += _asked(place, index, viewer, f"{name}, {words}", AIM[kind])
                rows += _kept(place, index, name)
    return rows


def _built(place: Place, index: Index, name: str) -> Iterable[Row]:
    """How long building took, when it last was; made now if it is not there."""
    kept = place.settings.instance / "index-built.json"
    built = json.loads(kept.read_text()) if kept.exists() else {}
    if index.condition() in AWAY or built.get("format") != FORMAT:
        began, cpu = perf_counter(), process_time()
        items = reindex(place.engine, index)
        built = {"format": FORMAT, "seconds": perf_counter() - began, "cpu": process_time() - cpu, "items": items}
        kept.write_text(json.dumps(built))
    note = "{items:,} entries and comments, {cpu:.0f} s of CPU; kept from run to run".format(**built)
    return [
        row(f"{name}: building the index", built["seconds"], "s", note),
        row(f"{name}: entries and comments a second of CPU, building", built["items"] / built["cpu"], "a second"),
    ]


def _asked(place: Place, index: Index, viewer: Viewer, name: str, aim: float) -> Iterable[Row]:
    pairs = _pairs(place, viewer)
    rows: list[Row] = []
    for words, asked in (("two words", pairs), (f"a very common word ({COMMON})", [COMMON] * _PAIRS)):
        for one in asked[:5]:
            _find(place, index, viewer, one)
        found = [_find(place, index, viewer, one) for one in asked for _ in range(3)]
        times = [one.wall for one in found]
        of_it = [percentile([getattr(one, what) for one in found], 0.5) for what in ("database", "cpu", "hits")]
        note = "{:.1f} ms of it in the database, {:.1f} ms of CPU, {:.0f} hits on the page".format(*of_it)
        rows.append(row(f"{name}: {words}, p50", percentile(times, 0.5), "ms", note))
        rows.append(row(f"{name}: {words}, p95", percentile(times, 0.95), "ms", most=aim))
    return rows


@dataclass(frozen=True, slots=True)
class Answer:
    """What an answer took, gated and with its pieces of text, in milliseconds, and how many hits are on its page."""

    wall: float
    cpu: float
    database: float
    hits: int


def _find(place: Place, index: Index, viewer: Viewer, words: str) -> Answer:
    SPENT.clear()
    began, cpu = perf_counter(), thread_time()
    with open_session(place.engine, viewer) as session:
        found = find(session, viewer, index, Ask(words))
    wall, cpu = perf_counter() - began, thread_time() - cpu
    return Answer(wall * 1000, cpu * 1000, SPENT.seconds * 1000, len(found.hits))


def _pairs(place: Place, viewer: Viewer) -> list[str]:
    """Pairs of words that stand in something which the viewer may see, not among the commonest."""
    common = set(vocabulary()[:_COMMONEST])
    with open_session(place.engine, viewer) as session:
        texts = session.scalars(
            select(Revision.words).join(Item, Item.id == Revision.item_id).order_by(Revision.id.desc()).limit(200)
        ).all()
    draw, pairs = Random(3), []
    for text in texts:
        rare = sorted({one.strip(".").lower() for one in text.split()} - common)
        if len(rare) > 1:
            pairs.append(" ".join(draw.sample(rare, 2)))
    return pairs[:_PAIRS]


def _kept(place: Place, index: Index, name: str) -> Iterable[Row]:
    """Adding one and a hundred items, and opening an index that another process has."""
    with open_session(place.engine, sees_all=SEES_ALL) as session:
        items = list(session.scalars(select(Item.id).order_by(Item.id.desc()).limit(100)))
        units = units_of(session, items)
        first = units_of(session, items[:1])

    def fresh() -> Index:
        return open_index(place.settings.instance / "index", place.engine, place.settings.secret_key)

    def opened() -> object:
        with open_session(place.engine, sees_all=SEES_ALL) as session:
            viewer = viewer_for(session, place.member(PARENT))
        return _find(place, fresh(), viewer, "walk")

    times: tuple[tuple[str, Callable[[], object], int], ...] = (
        ("adding one", lambda: index.put(items[:1], first), 7),
        ("adding a hundred", lambda: index.put(items, units), 3),
        ("opening it and the first question", opened, 3),
    )
    return [row(f"{name}: {words}, p50", _usual(call, many), "ms") for words, call, many in times]


def _usual(call: Callable[[], object], times: int) -> float:
    taken = []
    for _ in range(times):
        began = perf_counter()
        call()
        taken.append((perf_counter() - began) * 1000)
    return percentile(taken, 0.5)
