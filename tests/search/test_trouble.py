"""Whatever becomes of the index: nothing wrong is shown, nothing leaks, no change is lost, and it is made anew."""

import json
import logging
import subprocess
import sys
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import select, update

from journal import records as r
from journal.cli import main
from journal.search import work
from journal.search.reading import index_health
from journal.store.index import Condition, IndexAway, IndexBusy, Wanted, building, embedded, folder, postgres
from tests.gate.people import Story
from tests.house.copies import wait_until
from tests.world import World

ROOT = Path(__file__).resolve().parent.parent.parent


def index_of(world: World):  # type: ignore[no-untyped-def]
    return world.app.config["HOUSE"].index


def says_where(world: World, words: str = "snail hotel", who: str = "maya") -> list[str]:
    """The places of what somebody finds."""
    return [hit.place for hit in world.found(who, words).hits]


def waiting(world: World) -> int:
    with world.session() as session:
        return len(session.scalars(select(r.SearchOutbox.id)).all())


def lose(world: World) -> None:
    """Let there be no index, on either database."""
    if world.settings.on_sqlite:
        (world.settings.instance / "index" / "current").unlink()
        return
    with world.session() as session:
        session.execute(update(r.SearchBuild).values(ready_at=None))
        session.commit()


def test_what_changed_is_found_once_the_worker_was_there(world_on_both: World) -> None:
    story = Story(world_on_both)
    story.posts("maya", "We saw a zebrafinch.", story.doors("family"))
    assert says_where(world_on_both, "zebrafinch") == []
    assert world_on_both.index() > 0
    assert waiting(world_on_both) == 0
    assert says_where(world_on_both, "zebrafinch", "joe") == ["words"]
    assert world_on_both.index() == 0


def test_without_an_index_it_says_so_and_makes_one(world_on_both: World, caplog: pytest.LogCaptureFixture) -> None:
    before = says_where(world_on_both)
    lose(world_on_both)
    found = world_on_both.found("maya", "snail hotel")
    assert (found.hits, found.total, found.mending) == ((), 0, True)
    with world_on_both.acting("maya") as (session, me):
        health = index_health(session, me, index_of(world_on_both))
        assert (health.condition, health.mending) == (Condition.MISSING, True)
    with caplog.at_level(logging.INFO):
        world_on_both.index()
    assert "made anew" in caplog.text
    assert "snail" not in caplog.text
    assert says_where(world_on_both) == before != []
    assert not world_on_both.found("maya", "snail hotel").mending


@pytest.mark.parametrize("harm", ["pointer", "foreign", "old", "files", "folder", "garbage", "writable"])
def test_a_damaged_or_foreign_index_is_never_read(world: World, harm: str) -> None:
    here = world.settings.instance / "index"
    before = says_where(world)
    said = json.loads((here / "current").read_text())
    inside = here / said["folder"]
    if harm == "pointer":
        (here / "current").write_text("{")
    elif harm == "foreign":
        inside.rename(here / "elsewhere")
        (here / "current").write_text(json.dumps({**said, "folder": "elsewhere"}))
    elif harm == "old":
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(folder, "FORMAT", 0)
            folder.IndexFolder(here, world.settings.secret_key).put_in_place(inside)
    elif harm == "files":
        for one in inside.iterdir():
            one.unlink()
    elif harm == "folder":
        for one in [*inside.iterdir()]:
            one.unlink()
        inside.rmdir()
    elif harm == "garbage":
        for one in inside.iterdir():
            one.write_bytes(b"\x00" * 40)
    else:
        inside.chmod(0o777)
    fresh = embedded.EmbeddedIndex(here, world.settings.secret_key)
    with pytest.raises(IndexAway):
        fresh.propose(Wanted((), frozenset()), 0, 1)
    assert fresh.condition() is not Condition.GOOD
    world.app.config["HOUSE"].index._forget()
    assert world.found("maya", "snail hotel").mending
    world.index()
    assert says_where(world) == before


def test_a_reader_whom_a_writer_overtakes_reads_on(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    story, index, before = Story(world), index_of(world), says_where(world)
    real, overtaken = embedded.SegmentReader, list[int]()

    def too_late(*given: object, **more: object) -> object:
        if len(overtaken) < 3:  # the files are gone, for the writer has put others in their place
            overtaken.append(1)
            with monkeypatch.context() as patch:
                patch.setattr(embedded, "SegmentReader", real)
                story.posts("maya", "We saw a zebrafinch.", story.doors("family"))
                elsewhere = embedded.EmbeddedIndex(world.settings.instance / "index", world.settings.secret_key)
                work.drain(world.engine, elsewhere)
            raise FileNotFoundError
        return real(*given, **more)

    index._forget()
    monkeypatch.setattr(embedded, "SegmentReader", too_late)
    assert says_where(world) == before != []
    assert len(overtaken) == 3
    assert index.condition() is Condition.GOOD


@pytest.mark.parametrize("world_on_both", ["postgresql"], indirect=True)
def test_an_index_in_postgresql_of_another_version_is_made_anew(world_on_both: World) -> None:
    before = says_where(world_on_both)
    with world_on_both.session() as session:
        session.execute(update(r.SearchBuild).values(format=postgres.FORMAT + 1))
        session.commit()
    assert index_of(world_on_both).condition() is Condition.OLD
    assert world_on_both.found("maya", "snail hotel").mending
    world_on_both.index()
    assert says_where(world_on_both) == before != []


def test_a_folder_into_which_nobody_can_write_still_finds(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    story = Story(world)
    before = says_where(world)
    story.posts("maya", "We saw a zebrafinch.", story.doors("family"))

    def read_only(*_: object, **__: object) -> None:
        raise PermissionError(13, "read-only")

    with monkeypatch.context() as patch:
        patch.setattr(embedded.EmbeddedIndex, "_writer", read_only)
        world.index()
        assert waiting(world) > 0
        assert says_where(world) == before != []
    world.index()
    assert waiting(world) == 0
    assert says_where(world, "zebrafinch") == ["words"]


def test_a_full_disk_while_building_leaves_the_old_index(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    before = says_where(world)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr(building, "document", full)
    with pytest.raises(OSError, match="no space"):
        work.reindex(world.engine, index_of(world))
    assert says_where(world) == before != []
    inside = sorted(one.name for one in (world.settings.instance / "index").iterdir() if one.is_dir())
    assert len(inside) == 1


@pytest.mark.parametrize("what", ["put", "after", "rebuild"])
def test_killed_in_the_middle_nothing_is_lost(world_on_both: World, what: str) -> None:
    story = Story(world_on_both)
    entry = story.posts("maya", "We saw a zebrafinch.", story.doors("family"))
    before = says_where(world_on_both)
    waits = waiting(world_on_both)
    place = world_on_both.settings.instance.parent
    url = world_on_both.engine.url.render_as_string(hide_password=False)
    doomed = subprocess.Popen([sys.executable, "-m", "tests.search.doomed", str(place), url, what], cwd=ROOT)
    try:
        wait_until(lambda: (place / "begun").exists(), 60)
        assert says_where(world_on_both) == before != [], "what was there is found all the while"
        if what != "after":
            assert world_on_both.index() == 0, "another writes"
            with pytest.raises(IndexBusy):
                index_of(world_on_both).put([entry], [])
    finally:
        doomed.kill()
        doomed.wait()
    assert waiting(world_on_both) == waits
    wait_until(lambda: world_on_both.index() == waits, 30)
    assert waiting(world_on_both) == 0
    assert says_where(world_on_both) == before
    assert says_where(world_on_both, "zebrafinch") == ["words"]
    assert world_on_both.found("maya", "zebrafinch").total == 1


def test_two_writers_do_no_harm(world_on_both: World) -> None:
    story = Story(world_on_both)
    for number in range(3):
        story.posts("maya", f"Zebrafinch number {number}.", story.doors("family"))
    together = Barrier(3)

    def race() -> None:
        together.wait(20)
        work.drain(world_on_both.engine, index_of(world_on_both))

    racers = [Thread(target=race) for _ in range(3)]
    for one in racers:
        one.start()
    for one in racers:
        one.join(60)
    world_on_both.index()
    assert waiting(world_on_both) == 0
    assert world_on_both.found("joe", "zebrafinch").total == 3


def _full(*_: object) -> None:
    raise OSError(28, "no space left")


def test_reindex_says_how_far_it_is_and_keeps_what_waits_elsewhere(
    world_on_both: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    story = Story(world_on_both)
    story.posts("maya", "We saw a zebrafinch.", story.doors("family"))
    settings = world_on_both.settings
    monkeypatch.setenv("THIRDSPACE_INSTANCE", str(settings.instance))
    monkeypatch.setenv("THIRDSPACE_MEDIA", str(settings.media))
    monkeypatch.setenv("THIRDSPACE_SECRET_KEY", settings.secret_key)
    monkeypatch.setenv("THIRDSPACE_DATABASE_URL", world_on_both.engine.url.render_as_string(hide_password=False))
    assert main(["reindex"]) == 0
    assert "The search index is new" in capsys.readouterr().out
    assert says_where(world_on_both, "zebrafinch") == ["words"]
    assert waiting(world_on_both) == 0
    with monkeypatch.context() as patch:
        patch.setattr(work, "reindex", _full)
        assert main(["reindex"]) == 1
        assert "could not be built" in capsys.readouterr().err
    if settings.on_sqlite:
        left = [one for one in (settings.instance / "index").iterdir() if one.is_dir()]
        assert len(left) == 1
        assert oct(left[0].stat().st_mode & 0o777) == "0o700"
    else:
        with world_on_both.session() as session:
            builds = session.scalars(select(r.SearchBuild.number)).all()
            assert set(session.scalars(select(r.SearchUnit.build))) == set(builds)
