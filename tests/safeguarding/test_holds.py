"""Holds: evidence stays, nobody sees a difference, and what was deleted goes when the hold comes off."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Thread
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from journal import clock
from journal.entries.acts import delete_entry
from journal.entries.work import remove_item
from journal.holds import held, in_turn
from journal.net import open_session
from journal.records import Attachment, Hold, Item, Rendition, Revision, Waiting
from journal.refusals import Reason, Refusal
from journal.safeguarding.holding import HoldInput, put_hold, take_off
from journal.talk.acts import take_back
from tests.safeguarding.caring import does, read, told
from tests.world import World


@contextmanager
def later(world: World) -> Iterator[None]:
    """A day later, when what was deleted goes for good."""
    with clock.at(clock.now() + timedelta(seconds=world.settings.undo_time + 60)):
        world.work()
        yield


def delete(world: World, entry: UUID, who: str = "maya") -> None:
    """A pupil deletes an entry."""
    with world.acting(who) as (session, me):
        delete_entry(session, me, entry, world.settings.undo_time)


def hold(world: World, **what: UUID) -> UUID:
    """The lead puts a hold on."""
    with world.acting("penhale", "lead") as (session, me):
        return put_hold(session, me, HoldInput("Evidence", **what)).id


def there(world: World, entry: UUID) -> tuple[bool, int, int]:
    """Whether an entry's row is there, how many revisions of its thread have words, and how many of its files."""
    with world.session() as session:
        row = session.scalars(select(Item.id).where(Item.id == entry)).one_or_none()
        thread = select(Item.id).where((Item.id == entry) | (Item.entry_id == entry))
        words = session.scalar(
            select(func.count()).select_from(Revision).where(Revision.item_id.in_(thread), Revision.html != "")
        )
        files = session.scalars(
            select(Rendition.file)
            .join(Attachment, Attachment.id == Rendition.attachment_id)
            .where(Attachment.item_id == entry)
        ).all()
    return row is not None, words or 0, sum((world.settings.media / one).exists() for one in files)


def test_a_held_entry_stays_with_all_of_it_and_nobody_sees_it(world_on_both: World) -> None:
    world, entry = world_on_both, world_on_both.entry("snail-hotel")
    concern = told(world, item=str(entry))
    before = there(world, entry)
    maya = world.client("maya")
    photo = read(world, f"/entries/{entry}", "maya").split("/media/")[1].split("/")[0]
    asked = maya.post(f"/entries/{entry}/delete").get_data(as_text=True)
    assert does(world, concern.id, "hold", hold_reason="Evidence").status_code == 303
    assert "Hold is on" in read(world, f"/concerns/{concern.id}")
    plain = maya.post(f"/entries/{entry}/delete").get_data(as_text=True)
    assert plain.split("</header>")[1].split("csrf_token")[0] == asked.split("</header>")[1].split("csrf_token")[0]
    delete(world, entry)
    assert world.client("nadia").get(f"/entries/{entry}").status_code == 404
    assert str(entry) in maya.get("/gone").get_data(as_text=True), "in its waiting time it can be brought back"
    with later(world):
        assert there(world, entry) == before
        assert str(entry) not in world.client("maya").get("/gone").get_data(as_text=True)
        for path in (f"/entries/{entry}", f"/media/{photo}/small", f"/entries/{entry}/edit"):
            assert world.client("maya").get(path).status_code == 404, path
        for who in ("maya", "nadia"):
            assert str(entry) not in world.client(who).get("/search?q=snail").get_data(as_text=True)
        assert world.client("maya").post(f"/entries/{entry}/bring-back").status_code == 404
        assert "deleted it" in read(world, f"/concerns/{concern.id}")
        world.work()
        assert there(world, entry) == before, "asked again it stays"


@pytest.mark.parametrize("how", ["item", "pupil", "comment"])
def test_an_entry_and_what_was_said_about_it_stand_and_fall_together(world: World, how: str) -> None:
    entry, comment = world.entry("snail-hotel"), world.comment("snail-hotel.7")
    with world.session() as session:
        school = session.scalars(select(Item.school_id).where(Item.id == entry)).one()
        on = {"pupil": {"pupil_id": world.member("maya")}, "item": {"item_id": entry}, "comment": {"item_id": comment}}
        day = clock.now().date()
        session.add(Hold(school_id=school, by_id=world.member("penhale", "lead"), reason="E", review_on=day, **on[how]))
        session.commit()
        assert held(session, [entry, comment, uuid4()]) == {entry, comment}
        assert held(session, []) == frozenset()
    with world.acting("nadia") as (session, me):
        take_back(session, me, comment, world.settings.undo_time)
    delete(world, entry)
    before = there(world, entry)
    with later(world):
        assert there(world, entry) == before


def test_off_it_goes_for_good_at_once(world_on_both: World) -> None:
    world, entry = world_on_both, world_on_both.entry("snail-hotel")
    concern = told(world, item=str(entry))
    one, other = hold(world, concern=concern.id), hold(world, pupil=world.member("maya"))
    delete(world, entry)
    with later(world):
        lead = world.client("penhale")
        assert lead.post(f"/holds/{one}", {"do": "off", "reason": " "}).status_code == 400
        assert lead.post(f"/holds/{one}", {"do": "off", "reason": "Not needed"}).status_code == 303
        world.work()
        assert there(world, entry)[0], "another hold keeps it"
        assert lead.post(f"/holds/{other}", {"do": "off", "reason": "Not needed"}).status_code == 303
        world.work()
        assert there(world, entry) == (False, 0, 0)
        assert "Gone for good" in read(world, f"/concerns/{concern.id}")
        assert read(world, f"/concerns/{concern.id}").count("<figure") > 0, "the copy stays"
        assert lead.post(f"/holds/{one}", {"do": "off", "reason": "Twice"}).status_code == 409


def test_what_was_brought_back_stays(world: World) -> None:
    entry = world.entry("snail-hotel")
    one = hold(world, pupil=world.member("maya"))
    delete(world, entry)
    assert world.client("maya").post(f"/entries/{entry}/bring-back").status_code == 303
    with later(world):
        world.client("penhale").post(f"/holds/{one}", {"do": "off", "reason": "Not needed"})
        world.work()
        assert there(world, entry)[0]
        assert world.client("maya").get(f"/entries/{entry}").status_code == 200


def test_a_hold_on_what_is_gone_or_held_already_is_told(world: World) -> None:
    entry = world.entry("snail-hotel")
    concern = told(world, item=str(entry))
    hold(world, pupil=world.member("maya"))
    with pytest.raises(Refusal) as twice:
        hold(world, pupil=world.member("maya"))
    assert twice.value.reason is Reason.NOT_NOW
    nothing = told(world, words="About nothing")
    assert does(world, nothing.id, "hold", hold_reason="Why").status_code == 409
    with world.session() as session:
        session.delete(session.scalars(select(Item).where(Item.id == entry)).one())
        session.commit()
    assert does(world, concern.id, "hold", hold_reason="Why").status_code == 409


def test_a_hold_in_the_waiting_time_is_in_time(world_on_both: World) -> None:
    world, entry = world_on_both, world_on_both.entry("snail-hotel")
    concern = told(world, item=str(entry))
    delete(world, entry)
    hold(world, concern=concern.id)
    with later(world):
        assert there(world, entry)[0]


@pytest.mark.parametrize("first", ["hold", "removal"])
def test_at_the_very_moment_of_removal_one_waits_for_the_other(world_on_both: World, first: str) -> None:
    """Both begin at once. Whoever is first is waited for: then it stays, or the other is told that it is gone."""
    world, entry = world_on_both, world_on_both.entry("snail-hotel")
    concern = told(world, item=str(entry))
    delete(world, entry)
    house, said = world.app.config["HOUSE"], []
    moment = clock.now() + timedelta(seconds=world.settings.undo_time + 60)

    def remove() -> None:
        with clock.at(moment), open_session(world.engine, sees_all="a test looks at everything") as session:
            remove_item(session, house, entry)
            session.commit()

    def put() -> None:
        try:
            hold(world, concern=concern.id)
        except Refusal as refusal:
            said.append(refusal.reason)

    with world.session() as session:
        school = session.scalars(select(Item.school_id).where(Item.id == entry)).one()
        session.commit()
        in_turn(session, school)
        if first == "hold":
            by = world.member("penhale", "lead")
            day = moment.date()
            session.add(Hold(school_id=school, item_id=entry, by_id=by, reason="Evidence", review_on=day))
        else:
            with clock.at(moment):
                remove_item(session, house, entry)
        waits = Thread(target=remove if first == "hold" else put)
        waits.start()
        waits.join(0.3)
        assert waits.is_alive(), "it waits for its turn"
        session.commit()
    waits.join(20)
    assert there(world, entry)[0] == (first == "hold")
    assert said == ([] if first == "hold" else [Reason.NOT_NOW])


def test_holds_are_listed_and_looked_at_again(world: World) -> None:
    one = hold(world, pupil=world.member("maya"))
    concern = told(world, item=str(world.entry("snail-hotel")), person=str(world.member("kaur")))
    two = hold(world, concern=concern.id)
    html = read(world, "/holds")
    assert "All of Maya’s things" in html
    assert str(two) in html
    assert str(two) not in read(world, "/holds", "kaur"), "it hangs on what is about her"
    assert world.client("kaur").get(f"/holds/{two}").status_code == 404
    assert world.client("adeyemi", "teacher").get("/holds").status_code == 404
    with world.session() as session:
        due = session.scalars(select(Hold.review_on).where(Hold.id == one)).one()
    assert 88 <= (due - clock.now().date()).days <= 93, "three months"
    with clock.at(clock.now() + timedelta(days=95)):
        lead = world.client("penhale")
        assert "Look again now" in read(world, "/holds")
        assert lead.post(f"/holds/{one}", {"do": "review", "reason": ""}).status_code == 400
        assert lead.post(f"/holds/{one}", {"do": "review", "reason": "x" * 201}).status_code == 400
        bad = lead.post(f"/holds/{one}", {"do": "review", "reason": "Still needed", "review_on": "2020-01-01"})
        assert bad.status_code == 400
        assert "Still needed" in bad.get_data(as_text=True)
        assert lead.post(f"/holds/{one}", {"do": "review", "reason": "Still needed"}).status_code == 303
        assert "Still needed" in read(world, f"/holds/{one}")
        assert "Look again now" not in read(world, f"/holds/{one}")


def test_all_things_of_a_pupil_are_held_from_the_page(world: World) -> None:
    lead = world.client("penhale")
    assert "No pupil of that name" in read(world, "/holds?find=Zzz")
    found = read(world, "/holds?find=ma")
    assert str(world.member("maya")) in found
    assert "Kingfishers" in found.split("<main")[1], "which Maya it is, says her class"
    chosen = [one for one in found.split("<input") if 'name="child"' in one]
    assert len(chosen) > 1
    assert not [one for one in chosen if " checked" in one], "nobody is chosen beforehand"
    assert "There are more of that name" not in found, "no relative takes up a place"
    good = {"do": "put", "child": str(world.member("maya")), "hold_reason": "Evidence"}
    assert lead.post("/holds", {**good, "hold_reason": ""}).status_code == 400
    nobody = lead.post("/holds", {**good, "child": ""})
    assert nobody.status_code == 400
    assert "Nobody is chosen yet" in nobody.get_data(as_text=True)
    past = lead.post("/holds", {**good, "review_on": "2020-01-01"})
    assert past.status_code == 400
    assert "Choose a day that is to come, at most 366 days from now." in past.get_data(as_text=True)
    assert lead.post("/holds", {**good, "child": str(world.member("nadia"))}).status_code == 404
    assert lead.post("/holds", good).status_code == 303
    assert lead.post("/holds", good).status_code == 409
    assert world.client("adeyemi", "teacher").post("/holds", good).status_code == 404


def test_a_thing_that_one_sees_is_held_from_the_page(world: World) -> None:
    with world.acting("penhale", "lead") as (session, me):
        seen = session.scalars(select(Item.id).where(Item.author_id != me.membership).limit(1)).one()
    assert "Hold this" in read(world, f"/holds?item={seen}")
    assert "Hold this" not in read(world, f"/holds?item={world.entry('snail-hotel')}"), "the lead does not see it"
    lead = world.client("penhale")
    assert lead.post("/holds", {"do": "put", "item": str(seen), "hold_reason": "Evidence"}).status_code == 303
    answer = lead.post("/holds", {"do": "put", "item": str(world.entry("snail-hotel")), "hold_reason": "Evidence"})
    assert answer.status_code == 404
    with world.session() as session:
        assert seen in held(session, [seen])


def test_what_waits_and_is_held_is_not_made_a_draft_again(world: World) -> None:
    with world.session() as session:
        larkfield = UUID(world.keys["schools"]["larkfield"])
        waits = session.execute(
            select(Item.id, Item.author_id, Item.revision_id)
            .join(Waiting, Waiting.item_id == Item.id)
            .where(
                Item.kind == "entry",
                Item.draft_id.is_(None),
                Item.school_id == larkfield,
            )
            .limit(1)
        ).one()
    who = next(name.split("/")[0] for name, one in world.keys["members"].items() if one == str(waits.author_id))
    hold(world, pupil=waits.author_id)
    assert world.client(who).post(f"/entries/{waits.id}/withdraw").status_code == 303
    with world.session() as session:
        row = session.scalars(select(Item).where(Item.id == waits.id)).one()
    assert row.revision_id == waits.revision_id


def test_taking_a_hold_off_twice_at_once(world: World) -> None:
    one = hold(world, pupil=world.member("maya"))
    with world.acting("penhale", "lead") as (session, me):
        take_off(session, me, one, "Not needed")
    with pytest.raises(Refusal), world.acting("penhale", "lead") as (session, me):
        take_off(session, me, one, "Not needed")
