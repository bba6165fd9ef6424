"""The seal: unbroken while nothing changed, broken when something did, with what is missing named."""

from pathlib import Path

from sqlalchemy import select, update

from journal.entries import acts as entries
from journal.records import Concern, SnapshotPicture
from tests.safeguarding.caring import read, told
from tests.world import World


def files(world: World, concern: Concern) -> list[Path]:
    """The kept pictures."""
    with world.session() as session:
        rows = session.scalars(select(SnapshotPicture.file).where(SnapshotPicture.concern_id == concern.id))
        return [world.settings.media / one for one in rows]


def test_it_is_shown_and_unbroken_whatever_becomes_of_the_item(world_on_both: World) -> None:
    world, entry = world_on_both, world_on_both.entry("snail-hotel")
    concern = told(world, item=str(entry))
    html = read(world, f"/concerns/{concern.id}")
    assert " ".join(concern.seal[at : at + 4] for at in (0, 4, 8)) in html
    assert len(concern.seal) == 64
    assert "unbroken" in html
    with world.acting("maya") as (session, me):
        _, draft = entries.open_draft(session, me, entry)
        entries.save_draft(session, me, entry, entries.DraftInput(draft.version, words="All new"))
        entries.hand_in(session, me, entry)
    assert "unbroken" in read(world, f"/concerns/{concern.id}")


def test_a_changed_word_breaks_it(world: World) -> None:
    concern = told(world, item=str(world.entry("snail-hotel")))
    with world.session() as session:
        kept = {**(concern.snapshot or {}), "words": "Something else"}
        session.execute(update(Concern).where(Concern.id == concern.id).values(snapshot=kept))
        session.commit()
    assert "broken: what is kept here was changed" in read(world, f"/concerns/{concern.id}")


def test_a_changed_picture_breaks_it(world: World) -> None:
    concern = told(world, item=str(world.entry("snail-hotel")))
    picture = files(world, concern)[0]
    picture.write_bytes(picture.read_bytes() + b"x")
    assert "broken: what is kept here was changed" in read(world, f"/concerns/{concern.id}")


def test_a_missing_picture_is_named_and_nothing_breaks(world: World) -> None:
    concern = told(world, item=str(world.entry("snail-hotel")))
    before = read(world, f"/concerns/{concern.id}").count("<figure")
    files(world, concern)[0].unlink()
    html = read(world, f"/concerns/{concern.id}")
    assert "1 picture is missing." in html
    assert "unbroken" in html
    assert html.count("<figure") == before - 1
    assert "1 picture is missing." in read(world, f"/concerns/{concern.id}/paper")


def test_without_a_snapshot_there_is_no_seal(world: World) -> None:
    concern = told(world, words="Only words")
    assert concern.seal == ""
    assert "Seal" not in read(world, f"/concerns/{concern.id}")
