"""What lies on a pupil's shelf: what they are writing, and what came back to them."""

from io import BytesIO
from uuid import UUID

from sqlalchemy import select

from journal.entries.acts import begin, throw_away, withdraw
from journal.entries.reading_space import ON_THE_SHELF, Filter, space
from journal.records import Decision, Entry
from journal.words import Door, Verdict
from tests.fixtures.pictures import jpeg
from tests.talk.story import change, let_through, shared
from tests.world import World

CLASS = frozenset({Door.CLASS})


def on_shelf(world: World, entry: UUID, who: str = "maya") -> bool:
    with world.acting(who) as (session, viewer):
        return entry in {one.entry for one in space(session, viewer, Filter.ALL, None).shelf}


def test_what_came_back_lies_there_until_it_is_handed_in_again(world: World) -> None:
    entry = shared(world, CLASS, let_through=False)
    assert not on_shelf(world, entry)
    let_through(world, entry, Verdict.SENT_BACK, "Please leave out your address.")
    assert on_shelf(world, entry)
    change(world, entry, "It has three leaves.", CLASS)
    assert not on_shelf(world, entry)
    let_through(world, entry)
    assert not on_shelf(world, entry)


def test_an_older_revision_that_came_back_lies_there_once_it_is_in_force_again(world: World) -> None:
    entry = shared(world, CLASS)
    with world.session() as session:
        # Another group's teacher sent back what the class was shown.
        given = session.scalars(select(Decision).where(Decision.item_id == entry)).one()
        same = {"school_id": given.school_id, "item_id": entry, "revision_id": given.revision_id, "by_id": given.by_id}
        session.add(Decision(**same, verdict=Verdict.SENT_BACK, note="Not for the club."))
        session.commit()
    change(world, entry, "It has three leaves.", CLASS)
    assert not on_shelf(world, entry)
    with world.acting("maya") as (session, viewer):
        withdraw(session, viewer, entry)
        throw_away(session, viewer, entry, 60)
    assert on_shelf(world, entry)


def test_in_all_schools_it_is_what_the_decisions_say(world: World) -> None:
    with world.session() as session:
        back = select(Decision.revision_id).where(Decision.verdict == Verdict.SENT_BACK)
        said = set(session.scalars(select(Entry.id).where(Entry.revision_id.in_(back))))
        noted = set(session.scalars(select(Entry.id).where(Entry.sent_back_at.is_not(None), Entry.draft_id.is_(None))))
        drafts = set(session.scalars(select(Entry.id).where(Entry.draft_id.is_not(None))))
    assert noted == said - drafts
    assert len(noted) > 1


def test_a_note_never_drops_out_however_much_is_being_made_and_every_draft_is_listed(world_on_both: World) -> None:
    world = world_on_both
    back = [shared(world, CLASS, let_through=False) for _ in range(3)]
    for entry in back:
        let_through(world, entry, Verdict.SENT_BACK, "Please leave out your address.")
    with world.acting("maya") as (session, viewer):
        drafts = [begin(session, viewer, f"Moon {number}").id for number in range(ON_THE_SHELF + 3)]
        session.commit()
    with world.acting("maya") as (session, viewer):
        found = space(session, viewer, Filter.ALL, None)
    assert set(back) <= {one.entry for one in found.shelf}
    assert {one.entry for one in found.shelf if one.is_draft and not one.came_back} == set(drafts[-ON_THE_SHELF:])
    assert found.more_drafts
    browser, seen, here = world.client("maya"), set[UUID](), "/my-space?only=making"
    assert "All that you are still making" in browser.get("/my-space").get_data(as_text=True)
    html = browser.get(here).get_data(as_text=True).split('id="made-h"')[1]
    seen = {entry for entry in drafts if f"/entries/{entry}/edit" in html}
    assert seen == set(drafts)
    assert not any(f"/entries/{entry}" in html for entry in back), "what came back was handed in"
    assert html.count("ribbon--draft") >= len(drafts)


def test_what_was_begun_and_left_as_it_was_is_taken_up_again(world: World) -> None:
    browser = world.client("maya")

    def press(start: str) -> str:
        return str(browser.post("/make", {"start": start}).headers["Location"]).split("/")[2]

    first = press("made")
    assert press("found") == first
    assert "I found " in browser.get(f"/entries/{first}/edit").get_data(as_text=True)
    browser.post(f"/entries/{first}/save", {"version": "1", "title": "", "words": "I found a snail"})
    second = press("found")
    assert second != first, "something was written"
    browser.post(f"/entries/{second}/photos", {"photo": (BytesIO(jpeg()), "a.jpg")})
    assert press("found") != second, "a picture was added"
    assert world.client("sami").post("/make", {"start": "found"}).headers["Location"].split("/")[2] not in (
        first,
        second,
    )
