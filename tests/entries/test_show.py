"""The page of an entry: for the child, for its readers, and for nobody else."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from journal.clock import at
from journal.entries.acts import begin, delete_entry
from journal.records import Look, Notice, Placement
from journal.talk.acts import SayInput
from journal.talk.acts import say as say_so
from journal.words import Door, Verdict
from tests.talk.story import FAMILY_AND_CLASS, change, let_through, page, said, say, shared
from tests.world import World

FAMILY = frozenset({Door.FAMILY})
CLASS = frozenset({Door.CLASS})
READS = ("SELECT", "WITH")


def test_readers_see_the_revision_that_was_let_through_and_the_child_the_newest(world: World) -> None:
    entry = shared(world)
    change(world, entry, "It has six leaves now.")
    for who in ("maya", "nadia"):
        assert "six leaves" in page(world.client(who), entry)
    for who in ("aisha", "h-noor"):
        assert "two leaves" in page(world.client(who), entry)
        assert "six leaves" not in page(world.client(who), entry)


def test_the_child_reads_where_it_stands(world: World) -> None:
    entry = shared(world, FAMILY_AND_CLASS, let_through=False)
    text = page(world.client("maya"), entry)
    assert "Mr Adeyemi or Mrs Doyle reads it first" in text
    assert f"/entries/{entry}/withdraw" in text
    let_through(world, entry, Verdict.SENT_BACK, "Lovely leaves. Please leave out your address.")
    text = page(world.client("maya"), entry)
    assert "Lovely leaves. Please leave out your address." in text
    assert f"/entries/{entry}/edit" in text
    for who in ("nadia", "adeyemi"):
        assert "Please leave out your address." not in page(world.client(who), entry)
        assert "Where it stands" not in page(world.client(who), entry)


def test_who_has_looked_is_for_the_child_alone(world: World) -> None:
    entry = shared(world)
    for who in ("maya", "nadia", "aisha", "aisha"):
        page(world.client(who), entry)
    text = page(world.client("maya"), entry)
    looked = text[text.index('id="looked-h"') :]
    assert "Mum" in looked
    assert "Aisha" in looked
    assert "Grandad Joe" not in looked
    assert "Who has looked" not in page(world.client("nadia"), entry)
    with world.session() as session:
        assert len(list(session.scalars(select(Look).where(Look.item_id == entry, Look.kind == "opened")))) == 2


def test_opening_it_marks_what_was_new_as_seen(world: World) -> None:
    entry = shared(world, FAMILY)
    comment = said(say(world.client("nadia"), entry, "Well done, bean"))
    page(world.client("maya"), entry)
    with world.session() as session:
        rows = list(session.scalars(select(Notice).where(Notice.item_id == comment)))
    assert rows
    assert all(row.seen_at for row in rows)


def test_who_only_decides_is_sent_to_the_desk(world: World) -> None:
    entry = shared(world, CLASS, let_through=False)
    answer = world.client("doyle").get(f"/entries/{entry}")
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(f"/to-read?item={entry}")
    assert world.client("aisha").get(f"/entries/{entry}").status_code == 404


def test_what_was_never_handed_in_goes_on_being_made(world: World) -> None:
    with world.acting("maya") as (session, viewer):
        entry = begin(session, viewer, "Just begun").id
    assert world.client("maya").get(f"/entries/{entry}").headers["Location"].endswith(f"/entries/{entry}/edit")
    assert world.client("nadia").get(f"/entries/{entry}").status_code == 404


def test_what_was_deleted_is_there_for_nobody(world: World) -> None:
    entry = shared(world)
    with world.acting("maya") as (session, viewer):
        delete_entry(session, viewer, entry, 3600)
    for who in ("maya", "nadia", "aisha", "adeyemi"):
        assert world.client(who).get(f"/entries/{entry}").status_code == 404


def test_taking_it_back_shuts_all_doors_and_leaves_nobody_in_again(world: World) -> None:
    entry = shared(world)
    assert world.client("nadia").post(f"/entries/{entry}/take-back").status_code == 404
    assert world.client("maya").post(f"/entries/{entry}/take-back").status_code == 303
    assert "two leaves" in page(world.client("maya"), entry)
    for who in ("nadia", "aisha", "adeyemi", "h-noor"):
        assert world.client(who).get(f"/entries/{entry}").status_code == 404


def test_a_photo_kept_for_the_family_says_so_to_the_child_alone(world: World) -> None:
    entry = world.entry("snail-hotel")
    assert "Only my family" in page(world.client("maya"), entry)
    assert "Only my family" not in page(world.client("nadia"), entry)
    with world.session() as session:
        kept = session.scalars(select(Placement).where(Placement.narrowed)).all()
    teacher = page(world.client("adeyemi"), entry)
    assert not any(str(one.attachment_id) in teacher for one in kept)


def test_names_are_those_of_the_one_who_reads(world: World) -> None:
    entry = shared(world)
    comment = said(say(world.client("joe"), entry, "Splendid bean", reach="everyone"))
    let_through(world, comment)
    assert "Maya’s Grandad Joe" in page(world.client("aisha"), entry)
    assert "Maya’s" not in page(world.client("nadia"), entry)


@pytest.mark.parametrize("who", ["maya", "nadia", "adeyemi"])
def test_a_page_asks_eight_times_at_most_whatever_was_said(world: World, who: str) -> None:
    entry = shared(world)
    moment = datetime.now(UTC) - timedelta(hours=1)
    counts = []
    for many in (3, 27):
        with world.acting("adeyemi", "teacher") as (session, viewer):
            first = None
            for number in range(many):
                moment += timedelta(seconds=1)
                with at(moment):
                    words = SayInput(words=f"Word {many} {number}")
                    comment = say_so(session, viewer, entry, first if number % 3 else None, words)
                    first = first if number % 3 else comment.id
        browser = world.client(who)
        page(browser, entry)
        with world.counting() as seen:
            page(browser, entry)
        counts.append([one for one in seen if one.lstrip().startswith(READS)])
        assert len(counts[-1]) <= 8, [one[:80] for one in counts[-1]]
        assert len(seen) <= 9
    assert len(counts[0]) == len(counts[1])


def test_long_talk_comes_a_page_at_a_time_with_whole_threads(world: World) -> None:
    entry = shared(world, FAMILY)
    moment = datetime.now(UTC) - timedelta(hours=1)
    with world.acting("nadia") as (session, viewer):
        for number in range(23):
            moment += timedelta(seconds=1)
            with at(moment):
                thread = say_so(session, viewer, entry, None, SayInput(words=f"Thread {number}."))
    with world.acting("maya") as (session, viewer):
        answer = say_so(session, viewer, entry, thread.id, SayInput(words="The very last answer")).id
    first = page(world.client("nadia"), entry)
    assert "Thread 19." in first
    assert "Thread 20." not in first
    assert "The very last answer" not in first
    after = first.split("after=")[1].split("#")[0].split("&")[0].split('"')[0]
    second = page(world.client("nadia"), entry, after=after)
    assert "Thread 20." in second
    assert "The very last answer" in second
    assert "Thread 19." not in second
    where = world.client("nadia").get(f"/comments/{answer}").headers["Location"]
    assert f'id="c-{answer}"' in world.client("nadia").get(where).get_data(as_text=True)


def test_the_page_and_the_talk_are_the_same_on_both_databases(world_on_both: World) -> None:
    entry = shared(world_on_both)
    comment = said(say(world_on_both.client("nadia"), entry, "For everybody", reach="everyone"))
    answer = said(say(world_on_both.client("maya"), entry, "Thank you", to=comment))
    world_on_both.client("nadia").post(f"/comments/{comment}/take-back")
    text = page(world_on_both.client("joe"), entry)
    assert "Thank you" in text
    assert "Somebody took back what stood here." in text
    assert world_on_both.client("maya").get(f"/comments/{answer}").status_code == 303
    assert "Who has looked" in page(world_on_both.client("maya"), entry)
