"""The statements that every page runs find their rows by an index, however long a school has kept its journal.

PostgreSQL plans by what it counted, SQLite as if it had counted nothing, for nobody asks it to
(``docs/decisions/0008-what-makes-a-page-fast.md``).
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from journal import feeds
from journal import records as r
from journal.attachments.reading import best_rendition
from journal.entries.reading import opened, seen
from journal.entries.reading_space import ON_THE_SHELF, Filter, space
from journal.facts import facts_of
from journal.moderation.waiting import queue
from journal.net import for_viewer, open_session
from journal.portfolio.inside import entries_in, pieces_of
from journal.portfolio.orderers import wanted_by
from journal.portfolio.scope import Scope
from journal.reasons import GatedSession
from journal.records import Base
from journal.school.reading import cards, newest_besides, page_of
from journal.seeing import Viewer
from journal.standing import standings
from journal.store.database import open_engine
from journal.strip import strip_now
from journal.talk.both import read_by_both
from journal.talk.threads import talk_about
from journal.viewers import viewer_beside
from journal.words import Role
from journal.wroteback import talk_about as answers
from tests.gate.history import Old, build
from tests.gate.schools import empty
from tests.plans import by_index, plan, scanned, statements, work

ENTRIES = 3000
FEWER = 600
HISTORY = {
    "item",
    "revision",
    "shown",
    "placement",
    "look",
    "decision",
    "notice",
    "attachment",
    "rendition",
    "tagged",
    "consent",
}
GROWTH = 1.3
LITTLE = 400
"""Steps or rows that say nothing: a page of both schools shows other entries, with other comments."""


@pytest.fixture(scope="module")
def old(engine: Engine) -> Old:
    empty(engine)
    return build(engine, ENTRIES)


@pytest.fixture(scope="module")
def young(engine: Engine, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Old]:
    """The same with a fifth of the history, on a database of the same kind."""
    folder: Path = tmp_path_factory.mktemp("young")
    url = f"sqlite:///{folder / 'young.sqlite3'}"
    if engine.dialect.name == "postgresql":
        url = request.getfixturevalue("postgres_server").new_database()
    other = open_engine(url)
    Base.metadata.create_all(other)
    yield build(other, FEWER)
    other.dispose()


def _feed(session: GatedSession, old: Old, viewer: Viewer) -> None:
    marks = feeds.newest(session, viewer, sorted(viewer.circles), None, 20)
    assert len(marks) == 20
    assert len(feeds.shown_revisions(session, [one.item for one in marks])) == 20
    assert feeds.newest(session, viewer, sorted(viewer.circles), marks[-1], 20)


def _cards(session: GatedSession, old: Old, viewer: Viewer) -> None:
    read, more = page_of(session, viewer, sorted(viewer.circles), None)
    assert more
    assert len(cards(session, viewer, read, answers(session, [one.mark.item for one in read], notices=True))) == 20
    assert len(newest_besides(session, viewer, sorted(viewer.circles), sorted(viewer.circles)[:1], 4)) <= 4


def _space(session: GatedSession, old: Old, viewer: Viewer) -> None:
    found = space(session, viewer, Filter.ALL, None)
    assert len(found.made) == 20
    assert len(found.shelf) == ON_THE_SHELF


def _own(session: GatedSession, old: Old, viewer: Viewer) -> None:
    mine = list(session.scalars(select(r.Entry).where(r.Entry.author_id == viewer.membership).limit(20)))
    assert mine
    standings(session, {one.revision_id: one.id for one in mine})


def _entry(session: GatedSession, old: Old, viewer: Viewer) -> None:
    assert opened(session, viewer, old.entry).entry.id == old.entry
    talk_about(session, old.entry, None)
    assert session.scalars(select(r.Entry).where(r.Entry.id == old.entry)).one()


def _looking_as(session: GatedSession, old: Old, viewer: Viewer) -> None:
    """The child who made it asks who sees it, and looks at it as the viewer."""
    author = session.scalars(select(r.Entry.author_id).where(r.Entry.id == old.entry)).one()
    child = next(one for one in old.viewers.values() if one.membership == author)
    with for_viewer(session, child) as own:
        entry = opened(own, child, old.entry).entry
        assert strip_now(own, child, facts_of(own, [entry])[entry.id]).seers
        assert viewer_beside(own, child, viewer.membership) == viewer
        talk = talk_about(own, entry.id, None)
    assert seen(session, entry.id, author)
    read_by_both(session, author, talk)


def _picture(session: GatedSession, old: Old, viewer: Viewer) -> None:
    assert best_rendition(session, old.photo, "medium")


def _queue(session: GatedSession, old: Old, viewer: Viewer) -> None:
    queue(session)


def _portfolio(session: GatedSession, old: Old, viewer: Viewer) -> None:
    """What stands in a portfolio of twenty chosen things. (What a preview adds up may grow: decision 0008.)"""
    pupil = next(iter(viewer.kin)) if viewer.role is Role.RELATIVE else viewer.membership
    some = frozenset(session.scalars(select(r.Entry.id).where(r.Entry.author_id == pupil).limit(20)))
    wanted = wanted_by(session, viewer, pupil, Scope(entries=some))
    assert any(pieces_of(session, wanted, entries_in(session, wanted)).values())


PAGES: dict[str, Callable[[GatedSession, Old, Viewer], None]] = {
    "feed": _feed,
    "cards": _cards,
    "my space": _space,
    "own entries": _own,
    "entry with comments": _entry,
    "looking as": _looking_as,
    "picture": _picture,
    "to read": _queue,
    "portfolio": _portfolio,
}


WHO = [
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
    ("looking as", "teacher"),
    ("looking as", "pupil 0"),
    ("picture", "teacher"),
    ("picture", "pupil 0"),
    ("to read", "teacher"),
    ("to read", "lead"),
    ("portfolio", "pupil 0"),
    ("portfolio", "relative"),
]


def asked(old: Old, page: str, who: str) -> list[tuple[str, Any]]:
    """The statements of a page, with their values."""
    viewer = old.viewers[who]
    with open_session(old.engine, viewer) as session, statements(old.engine) as seen:
        PAGES[page](session, old, viewer)
    assert seen
    return seen


@pytest.mark.parametrize(("page", "who"), WHO)
def test_no_page_reads_history_from_end_to_end(old: Old, page: str, who: str) -> None:
    seen = asked(old, page, who)
    with old.engine.connect() as connection:
        by_index(connection)
        for statement, parameters in seen:
            found = plan(connection, statement, parameters)
            assert not scanned(found, statement) & HISTORY, f"{statement}\n\n{found}"
            assert "(deleted_at=?" not in found, f"what is not deleted is nearly all there is\n\n{found}"


@pytest.mark.parametrize(("page", "who"), WHO)
def test_no_page_does_more_for_a_longer_history(young: Old, old: Old, page: str, who: str) -> None:
    done: list[list[int]] = []
    for school in (young, old):
        seen = asked(school, page, who)
        with school.engine.connect() as connection:
            by_index(connection)
            done.append([work(connection, statement, values) for statement, values in seen])
    for before, after in zip(*done, strict=True):
        assert after <= GROWTH * before + LITTLE, done
