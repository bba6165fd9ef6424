"""A concern on paper, and as a file for another system."""

import hashlib
import json
import zipfile
from io import BytesIO

from sqlalchemy import select

from journal import clock
from journal.records import ConcernNote, SnapshotPicture
from tests.safeguarding.caring import does, read, told
from tests.world import World


def saved(world: World, concern: object) -> zipfile.ZipFile:
    """The ZIP that the lead saves."""
    answer = world.client("penhale").post(f"/concerns/{concern}/file")
    assert answer.status_code == 200
    assert answer.mimetype == "application/zip"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "attachment; filename=concern-C-" in answer.headers["Content-Disposition"]
    return zipfile.ZipFile(BytesIO(answer.data))


def test_all_of_it_is_in_the_file(world_on_both: World) -> None:
    world = world_on_both
    concern = told(world, words="<b>Worried</b>", item=str(world.entry("snail-hotel")))
    other = told(world, "nadia", words="Me too")
    does(world, concern.id, "join", join=str(other.id))
    does(world, concern.id, "note", note="Spoke with <i>her</i>")
    does(world, concern.id, "step", step="Ring home", due="2027-01-11")
    does(world, concern.id, "hold", hold_reason="Evidence")
    archive = saved(world, concern.id)
    assert archive.testzip() is None
    whole = json.loads(archive.read("concern.json"))
    assert whole["format"] == 1
    assert whole["school"] == "Larkfield Primary"
    assert [one["words"] for one in whole["told"]] == ["<b>Worried</b>", "Me too"]
    assert [one["name"] for one in whole["about"]] == ["Maya"]
    assert ("Spoke with <i>her</i>", "note") in [(one["words"], one["what"]) for one in whole["course"]]
    assert whole["steps"][0]["due_on"] == "2027-01-11"
    assert whole["holds"][0]["reason"] == "Evidence"
    pictures = whole["told"][0]["pictures"]
    assert pictures
    for one in pictures:
        assert hashlib.sha256(archive.read(one["file"])).hexdigest() == one["sha256"]
        assert not one["missing"]
    sealed = {
        "kept": whole["told"][0]["kept"],
        "pictures": [[one["position"], one["sha256"], one["caption"], one["description"]] for one in pictures],
    }
    plain = json.dumps(sealed, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(plain.encode()).hexdigest() == whole["told"][0]["seal"], "as docs/concern-format.md says"
    html = archive.read("concern.html").decode()
    assert "&lt;b&gt;Worried&lt;/b&gt;" in html
    assert pictures[0]["file"] in html
    assert "/concerns/" not in html, "it needs nothing else"
    assert b"@page" in archive.read("concern.css")


def test_a_picture_that_is_gone_is_said_to_be_missing(world: World) -> None:
    concern = told(world, item=str(world.entry("snail-hotel")))
    with world.session() as session:
        first = session.scalars(select(SnapshotPicture.file).order_by(SnapshotPicture.id.desc()).limit(1)).one()
    (world.settings.media / first).unlink()
    archive = saved(world, concern.id)
    pictures = json.loads(archive.read("concern.json"))["told"][0]["pictures"]
    assert [one["missing"] for one in pictures].count(True) == 1
    assert {one["file"] for one in pictures if not one["missing"]} < set(archive.namelist())


def test_on_paper_all_of_it_stands_on_one_page(world: World) -> None:
    concern = told(world, words="Worried", item=str(world.entry("snail-hotel")))
    does(world, concern.id, "note", note="A note")
    html = read(world, f"/concerns/{concern.id}/paper")
    assert all(words in html for words in ("Worried", "A note", "As it was", "What happened, in order", "printed it"))
    assert str(clock.now().year) in html, "paper is read on another day: days stand in full"
    assert "Today" not in html
    assert "<form" not in html.split('class="paper')[1].split("</article>")[0]
    with world.session() as session:
        kinds = session.scalars(select(ConcernNote.kind).where(ConcernNote.concern_id == concern.id)).all()
    assert kinds == ["note", "printed"]
