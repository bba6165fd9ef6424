"""The leads' list, one worry, its pictures, the answer."""

from datetime import timedelta
from html import unescape
from uuid import UUID

import pytest
from sqlalchemy import select

from journal import clock
from journal.entries.acts import delete_entry
from journal.records import Attachment, Concern, Item, Rendition, SnapshotPicture, Trail
from tests.safeguarding.test_telling import concerns, tell
from tests.world import World


def told(world: World, who: str = "maya", **data: object) -> Concern:
    """Somebody tells a worry."""
    tell(world.client(who), {"about": "saw", **data})
    return concerns(world)[0]


def read(world: World, path: str, who: str = "penhale") -> str:
    """What somebody reads at an address."""
    answer = world.client(who).get(path)
    assert answer.status_code == 200, path
    return unescape(answer.get_data(as_text=True))


def test_unread_first_then_the_newest(world: World) -> None:
    first, second, third = (told(world, words=words) for words in ("One", "Two", "Three"))
    read(world, f"/concerns/{third.id}")
    html = read(world, "/concerns")
    places = [html.index(str(one.id)) for one in (second, first, third)]
    assert places == sorted(places)


def test_reading_is_noted_once_and_recorded_each_time(world: World) -> None:
    concern = told(world, words="Please help")
    assert "has not been read yet" in read(world, "/worried/mine", "maya")
    for _time in range(2):
        assert "Please help" in read(world, f"/concerns/{concern.id}")
    now = concerns(world)[0]
    assert now.read_at is not None
    assert now.read_by_id == world.member("penhale")
    with world.session() as session:
        rows = session.scalars(select(Trail).where(Trail.subject_id == concern.id).order_by(Trail.id)).all()
    assert [one.act for one in rows] == ["tell_worry", "read_worry", "read_worry"]
    assert all("Please" not in str(one.details) for one in rows)
    assert "Mr Penhale read it" in read(world, "/worried/mine", "maya")


@pytest.mark.parametrize("who", ["maya", "nadia", "adeyemi", "bright", "okafor"])
def test_only_the_leads_of_the_school(world: World, who: str) -> None:
    concern = told(world, item=str(world.entry("snail-hotel")))
    with world.session() as session:
        picture = session.scalars(
            select(SnapshotPicture.id).where(SnapshotPicture.concern_id == concern.id).limit(1)
        ).one()
    role = {"adeyemi": "teacher"}.get(who, "")
    browser = world.client(who, role)
    paths = [f"/concerns/{concern.id}", f"/concerns/{concern.id}/pictures/{picture}"]
    for path in paths + ([] if who == "okafor" else ["/concerns"]):
        assert browser.get(path).status_code == 404, path
    assert browser.post(f"/concerns/{concern.id}", {"answer": "Hello"}).status_code == 404
    assert str(concern.id) not in browser.get("/worried/mine").get_data(as_text=True)
    assert world.client("penhale").get(paths[1]).status_code == 200
    assert concerns(world)[0].answer == ""


def test_another_schools_list_is_its_own(world: World) -> None:
    here, there = told(world, words="At Larkfield"), told(world, "ailsa", words="At Saltmarsh")
    html = read(world, "/concerns", "okafor")
    assert str(there.id) in html
    assert str(here.id) not in html
    html = read(world, "/concerns")
    assert str(here.id) in html
    assert str(there.id) not in html


def test_what_it_is_about_outlives_it(world: World) -> None:
    """The entry is deleted for good with its files; the worry keeps all of it."""
    entry = world.entry("snail-hotel")
    with world.session() as session:
        files = session.scalars(
            select(Rendition.file)
            .join(Attachment, Attachment.id == Rendition.attachment_id)
            .where(Attachment.item_id == entry)
        ).all()
    concern = told(world, item=str(entry))
    before = read(world, f"/concerns/{concern.id}")
    with world.acting("maya") as (session, me):
        delete_entry(session, me, entry, world.settings.undo_time)
    with clock.at(clock.now() + timedelta(seconds=world.settings.undo_time + 60)):
        world.work()
    with world.session() as session:
        assert session.scalars(select(Item).where(Item.id == entry)).one_or_none() is None
        pictures = session.scalars(select(SnapshotPicture).where(SnapshotPicture.concern_id == concern.id)).all()
    assert files
    assert not any((world.settings.media / one).exists() for one in files)
    assert read(world, f"/concerns/{concern.id}").count("<figure") == before.count("<figure") == len(pictures) > 0
    snapshot = concern.snapshot
    assert snapshot is not None
    assert snapshot["words"]
    assert snapshot["title"] in before
    answer = world.client("penhale").get(f"/concerns/{concern.id}/pictures/{pictures[0].id}")
    assert answer.status_code == 200
    assert answer.data.startswith(b"\xff\xd8")
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    again = world.client("penhale").get(
        f"/concerns/{concern.id}/pictures/{pictures[0].id}", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304


def test_a_picture_of_another_worry_is_not_there(world: World) -> None:
    one, other = told(world, item=str(world.entry("snail-hotel"))), told(world, words="Other")
    with world.session() as session:
        picture = session.scalars(select(SnapshotPicture.id).where(SnapshotPicture.concern_id == one.id).limit(1)).one()
    assert world.client("penhale").get(f"/concerns/{other.id}/pictures/{picture}").status_code == 404
    assert world.client("penhale").get(f"/concerns/{UUID(int=7)}").status_code == 404


def test_the_answer_is_there_for_the_teller_alone(world: World) -> None:
    concern = told(world, words="Please help")
    lead = world.client("penhale")
    empty = lead.post(f"/concerns/{concern.id}", {"answer": "  "})
    assert empty.status_code == 400
    assert "no words yet" in empty.get_data(as_text=True)
    assert lead.post(f"/concerns/{concern.id}", {"answer": "I will be <b>there</b>."}).status_code == 303
    assert "Mr Penhale answered" in read(world, "/worried", "maya")
    html = world.client("maya").get("/worried/mine").get_data(as_text=True)
    assert "I will be &lt;b&gt;there&lt;/b&gt;." in html
    assert "Mr Penhale answered" in html
    assert "Mr Penhale answered" not in read(world, "/worried", "maya"), "it was read"
    assert "I will be" not in read(world, "/worried/mine", "nadia")
    second = lead.post(f"/concerns/{concern.id}", {"answer": "Something else"})
    assert second.status_code == 409
    assert concerns(world)[0].answer == "I will be <b>there</b>."


def test_pages_of_twenty(world: World) -> None:
    browser = world.client("maya")
    for number in range(22):
        tell(browser, {"words": f"Worry {number:02}."})
    for who, start in (("penhale", "/concerns?order=newest"), ("maya", "/worried/mine")):
        html = read(world, start, who)
        assert "Worry 21." in html
        assert "Worry 02." in html
        assert "Worry 01." not in html
        path = html.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
        html = read(world, path, who)
        assert "Worry 01." in html
        assert "Worry 00." in html
        assert "Worry 02." not in html
    for raw in ("x", "n" + "z" * 32, "\x00", "r"):
        assert world.client("penhale").get("/concerns", query_string={"before": raw}).status_code == 200
    browser = world.client("penhale")
    with world.counting() as seen:
        assert browser.get("/concerns").status_code == 200
    assert len(seen) <= 8, seen


def test_one_worry_takes_few_queries(world: World) -> None:
    concern = told(world, item=str(world.entry("snail-hotel")))
    browser = world.client("penhale")
    browser.get(f"/concerns/{concern.id}")  # the first reading is noted on it, which writes twice more
    with world.counting() as seen:
        assert browser.get(f"/concerns/{concern.id}").status_code == 200
    assert len(seen) <= 8, seen
