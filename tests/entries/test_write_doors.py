"""After handing in: doors, narrower pictures, taking back, deleting and bringing back; and the child's own space."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update

from journal.clock import now
from journal.entries import acts
from journal.records import Attachment, Choice, Entry, Item, Job, Placement, Rendition, Revision, Shown, Waiting
from journal.talk.acts import hide
from tests.fixtures import pictures
from tests.gate.people import Story
from tests.world import Browser, World


def handed_in(world: World, *audience: str, who: str = "maya") -> tuple[Browser, UUID]:
    """Something that was handed in."""
    browser = world.client(who)
    entry = UUID(browser.post("/make").headers["Location"].split("/")[2])
    sent = {"version": "1", "title": "A den", "words": "We built it.", "do": "hand-in", "audience": list(audience)}
    assert browser.post(f"/entries/{entry}/edit", sent).status_code == 303
    return browser, entry


def kinds(world: World, entry: UUID, table: type[Shown] | type[Waiting]) -> set[str]:
    """The kinds of circle that an entry is shown to, or that wait for it."""
    with world.session() as session:
        return {one.split("/")[0] for one in session.scalars(select(table.circle).where(table.item_id == entry))}


def page(answer: Any) -> str:
    """An answer's text."""
    return str(answer.get_data(as_text=True))


def test_after_handing_in_the_child_is_told_who_has_it_and_who_reads_it_first(world: World) -> None:
    browser, entry = handed_in(world, "family", "class")
    told = page(browser.get(f"/entries/{entry}"))
    assert "These people have it now" in told
    assert "Nani" in told
    assert "reads it first, to keep you safe (My class)" in told


def test_shutting_is_at_once_and_opening_is_asked_again(world: World) -> None:
    browser, entry = handed_in(world, "family", "teachers")
    answer = browser.post(f"/entries/{entry}/doors", {"audience": ["teachers", "class"], "do": "set"})
    assert answer.status_code == 303
    assert kinds(world, entry, Shown) == {"teachers"}
    assert kinds(world, entry, Waiting) == {"class"}
    assert world.client("nani").get(f"/entries/{entry}").status_code == 404


def test_looking_who_will_see_it_changes_nothing(world: World) -> None:
    browser, entry = handed_in(world, "family")
    seen = page(browser.post(f"/entries/{entry}/doors", {"audience": ["class"], "do": "who"}))
    assert "Aisha" in seen
    assert kinds(world, entry, Shown) == {"family"}
    bad = browser.post(f"/entries/{entry}/doors", {"audience": ["moon"], "do": "set"})
    assert bad.status_code == 400
    assert "not yours to open" in page(bad)
    assert kinds(world, entry, Shown) == {"family"}


def test_leaving_somebody_out_of_what_is_shared_works_at_once(world: World) -> None:
    browser, entry = handed_in(world, "family")
    out = {"audience": ["family"], "left_out": [str(world.member("nani"))], "do": "set"}
    assert browser.post(f"/entries/{entry}/doors", out).status_code == 303
    assert world.client("nani").get(f"/entries/{entry}").status_code == 404
    assert f'value="{world.member("nani")}" checked' in page(browser.get(f"/entries/{entry}/doors"))


def test_a_classmates_whole_family_can_be_left_out(world: World) -> None:
    browser, entry = handed_in(world, "class_families")
    doors = f"/entries/{entry}/doors"
    aisha = world.member("aisha")
    sent = {"audience": ["class_families"], "left_out": [f"family-{aisha}"], "do": "set"}
    assert browser.post(doors, sent).status_code == 303
    again = page(browser.get(doors))
    assert f'value="family-{aisha}" checked' in again
    strip = again.split("data-strip")[1]
    assert "Aisha’s family" not in strip


def test_a_picture_is_kept_for_fewer_at_once_but_not_for_more(world: World) -> None:
    browser = world.client("maya")
    entry = UUID(browser.post("/make").headers["Location"].split("/")[2])
    browser.post(f"/entries/{entry}/photos", {"photo": (BytesIO(pictures.jpeg()), "a.jpg")})
    with world.session() as session:
        photo = session.scalars(select(Attachment.id).where(Attachment.item_id == entry)).one()
    sent = {"version": "1", "do": "hand-in", "audience": ["family"], "order": [str(photo)]}
    browser.post(f"/entries/{entry}/edit", sent)
    nani = world.client("nani")
    assert nani.get(f"/media/{photo}/small").status_code == 200
    doors = {"audience": ["family"], "do": "set", "order": [str(photo)]}
    assert browser.post(f"/entries/{entry}/doors", {**doors, f"only-{photo}": "me"}).status_code == 303
    assert nani.get(f"/media/{photo}/small").status_code == 404
    wider = browser.post(f"/entries/{entry}/doors", {**doors, f"only-{photo}": "all"})
    assert wider.status_code == 400
    assert nani.get(f"/media/{photo}/small").status_code == 404


def test_an_edit_waits_while_the_old_one_stays(world: World) -> None:
    browser, entry = handed_in(world, "family")
    edit = f"/entries/{entry}/edit"
    assert "We built it." in page(browser.get(edit))
    with world.session() as session:
        assert session.scalars(select(Entry.draft_id).where(Entry.id == entry)).one() is None, "looking begins nothing"
    version = page(browser.get(edit)).split('name="version" value="')[1].split('"')[0]
    sent = {"version": version, "title": "A den", "words": "And a roof.", "audience": ["family"], "do": "keep"}
    assert browser.post(edit, sent).status_code == 303
    assert "We built it." in page(world.client("nani").get(f"/entries/{entry}"))
    assert "And a roof." not in page(world.client("nani").get(f"/entries/{entry}"))
    asked = browser.post(f"/entries/{entry}/throw-away")
    assert "Throw your changes away?" in page(asked)
    assert browser.post(f"/entries/{entry}/throw-away", {"sure": "yes"}).status_code == 303
    assert "We built it." in page(browser.get(edit))


def test_withdrawing_what_nobody_has_seen_makes_it_a_draft_again(world: World) -> None:
    browser, entry = handed_in(world, "class")
    answer = browser.post(f"/entries/{entry}/withdraw")
    assert answer.headers["Location"].endswith(f"/entries/{entry}/edit")
    assert kinds(world, entry, Waiting) == set()
    again = browser.post(f"/entries/{entry}/withdraw")
    assert again.status_code == 303, "a second press says so and changes nothing"


def test_withdrawing_leaves_those_who_have_it_alone(world: World) -> None:
    browser, entry = handed_in(world, "family", "class")
    assert browser.post(f"/entries/{entry}/withdraw").headers["Location"].endswith(f"/entries/{entry}")
    assert kinds(world, entry, Shown) == {"family"}
    assert kinds(world, entry, Waiting) == set()


def test_deleting_asks_hides_at_once_and_can_be_undone(world: World) -> None:
    browser, entry = handed_in(world, "family")
    asked = browser.post(f"/entries/{entry}/delete")
    assert asked.status_code == 200
    assert "Delete it?" in page(asked)
    assert world.client("nani").get(f"/entries/{entry}").status_code == 200
    assert browser.post(f"/entries/{entry}/delete", {"sure": "yes"}).headers["Location"].endswith("/gone")
    assert world.client("nani").get(f"/entries/{entry}").status_code == 404
    gone = page(browser.get("/gone"))
    assert "A den" in gone
    assert "until Tomorrow" in gone or "until " in gone
    assert str(entry) not in page(browser.get("/my-space"))
    assert browser.post(f"/entries/{entry}/delete", {"sure": "yes"}).status_code == 404
    assert browser.get(f"/entries/{entry}/edit").status_code == 404
    assert browser.post(f"/entries/{entry}/bring-back").status_code == 303
    assert world.client("nani").get(f"/entries/{entry}").status_code == 200


def test_after_the_waiting_time_it_is_gone_from_database_and_disk(world: World) -> None:
    browser = world.client("maya")
    before = {one for one in world.settings.media.rglob("*") if one.is_file()}
    entry = UUID(browser.post("/make").headers["Location"].split("/")[2])
    browser.post(f"/entries/{entry}/photos", {"photo": (BytesIO(pictures.jpeg()), "a.jpg")})
    world.work()
    assert browser.post(f"/entries/{entry}/throw-away").headers["Location"].endswith("/gone")
    with world.session() as session:
        long_ago = session.scalars(select(Item.deleted_at).where(Item.id == entry)).one() - timedelta(days=2)  # type: ignore[operator]
        session.execute(update(Item).where(Item.id == entry).values(deleted_at=long_ago))
        session.execute(update(Job).where(Job.about_id == entry).values(due_at=long_ago))
        session.commit()
    assert str(entry) not in page(browser.get("/gone"))
    world.work()
    with world.session() as session:
        assert session.scalar(select(func.count(Item.id)).where(Item.id == entry)) == 0
        assert session.scalar(select(func.count(Revision.id)).where(Revision.item_id == entry)) == 0
        assert session.scalar(select(func.count(Placement.id)).where(Placement.revision_id == entry)) == 0
    assert {one for one in world.settings.media.rglob("*") if one.is_file()} == before


def test_my_space_shows_what_waits_and_takes_eight_queries_at_most(world: World) -> None:
    browser = world.client("maya")
    with world.counting() as queries:
        space = page(browser.get("/my-space"))
    assert len(queries) <= 8
    assert "My cardboard robot suit" in space
    assert "Mr Adeyemi: “" in space
    assert "Still making it" in space
    assert "New from" in space
    assert "The snail hotel" not in page(browser.get("/my-space?only=mine")).split("made-h")[-1]
    for odd in ("before=zzz", "before=" + "A" * 300, "only=%00", "before=%ff%fe", "only=home"):
        assert browser.get(f"/my-space?{odd}").status_code == 200


def test_my_space_says_who_wrote_back_as_the_child_calls_them_and_as_far_as_the_child_sees_it(world: World) -> None:
    story = Story(world)
    entry = story.posts("maya", "A den for two snails", story.doors("family", "class"))
    story.decides("adeyemi", entry)

    def card() -> str:
        return page(world.client("maya").get("/my-space")).split("A den for two snails")[-1].split("</article>")[0]

    story.says("maya", entry, "I made it.", role="pupil")
    assert "wrote back" not in card()
    story.says("joe", entry, "What a den!")
    story.says("oscar", entry, "Can I see?", "everyone", role="pupil")
    assert "Grandad Joe wrote back" in card()
    assert "Oscar" not in card(), "it waits"
    hidden = story.says("nadia", entry, "Well done.")
    assert "Grandad Joe and Mum wrote back" in card()
    with world.acting("maya") as (session, me):
        hide(session, me, hidden)
    assert "Grandad Joe wrote back" in card()


def test_my_space_goes_on_page_by_page(world: World) -> None:
    with world.acting("maya") as (session, maya):
        for number in range(45):
            entry = acts.begin(session, maya, f"Number {number:02}.")
            acts.hand_in(session, maya, entry.id)
    browser, seen, here = world.client("maya"), [], "/my-space?only=mine"
    for _ in range(6):
        with world.counting() as queries:
            space = page(browser.get(here))
        assert len(queries) <= 8
        seen += [f"{number:02}" for number in range(45) if f"Number {number:02}." in space]
        if 'rel="next"' not in space:
            break
        here = space.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert sorted(set(seen)) == [f"{number:02}" for number in range(45)]
    assert len(seen) == 45


def test_pictures_go_with_the_changes_that_they_were_part_of(world: World) -> None:
    browser, entry = handed_in(world, "family")
    browser.post(f"/entries/{entry}/photos", {"photo": (BytesIO(pictures.jpeg()), "a.jpg")})
    world.work()
    with world.session() as session:
        (photo,) = session.scalars(select(Attachment).where(Attachment.item_id == entry))
        files = list(session.scalars(select(Rendition.file).where(Rendition.attachment_id == photo.id)))
    assert files
    browser.post(f"/entries/{entry}/throw-away", {"sure": "yes"})
    world.work()
    assert browser.get(f"/media/{photo.id}/small").status_code == 404
    assert not any((world.settings.media / file).exists() for file in files)


def test_what_an_interrupted_try_left_behind_is_removed_too(world: World) -> None:
    browser, entry = handed_in(world, "family")
    browser.post(f"/entries/{entry}/photos", {"photo": (BytesIO(pictures.jpeg()), "a.jpg")})
    with world.session() as session:
        upload = session.scalars(select(Attachment.upload).where(Attachment.item_id == entry)).one()
    assert upload
    left = world.settings.media / upload.replace(".upload", "-large.jpg")
    left.write_bytes(b"half of a picture")
    browser.post(f"/entries/{entry}/delete", {"sure": "yes"})
    with world.session() as session:
        long_ago = now() - timedelta(days=2)
        session.execute(update(Item).where(Item.id == entry).values(deleted_at=long_ago))
        session.execute(update(Job).where(Job.about_id == entry).values(due_at=long_ago))
        session.execute(update(Job).where(Job.kind == "pictures").values(done_at=long_ago))
        session.commit()
    world.work()
    assert not left.exists()
    assert not (world.settings.media / upload).exists()


def test_doors_opened_and_shut_at_one_moment_are_kept_whole(world: World) -> None:
    _browser, entry = handed_in(world, "family", "teachers")
    browsers = [world.client("maya") for _ in range(6)]
    tokens = [one.token() for one in browsers]

    def press(number: int) -> int:
        audience = ["family", "class"] if number % 2 else ["teachers"]
        sent = {"csrf_token": tokens[number], "audience": audience}
        return browsers[number].client.post(f"/entries/{entry}/doors", data=sent).status_code

    for _ in range(3):
        with ThreadPoolExecutor(len(browsers)) as pool:
            assert set(pool.map(press, range(len(browsers)))) == {303}
        with world.session() as session:
            chosen = session.scalars(select(Choice.circle).where(Choice.item_id == entry)).all()
        wanted = {one.split("/")[0] for one in chosen}
        assert wanted in ({"family", "class"}, {"teachers"})
        assert kinds(world, entry, Shown) | kinds(world, entry, Waiting) == wanted
