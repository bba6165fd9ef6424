"""Pausing: at once, told kindly, and nothing that is kept is lost by it."""

import re
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from journal import clock
from journal.entries import acts as entries
from journal.moderation.acts import DecideInput, decide
from journal.moderation.undoing import undo
from journal.records import Comment, Decision, Entry, KeptWords, Pause, Waiting
from journal.refusals import Reason, Refusal
from journal.talk import acts as talk
from journal.words import Role, Verdict
from tests.gate.people import Story
from tests.safeguarding.caring import add_hat
from tests.world import World

WHY = "A quiet evening while we talk with the children."


def text(answer: Any) -> str:
    """The words of a page."""
    return str(answer.get_data(as_text=True))


def pause(world: World, kind: str, where: str = "", member: str = "", **more: str) -> UUID:
    """The head pauses something, having looked who will notice."""
    group = str(world.group(where)) if where else ""
    who = str(world.member(member)) if member else ""
    form = {"kind": kind, "where": group, "member": who, "until": "tomorrow", "reason": WHY, "do": "pause"}
    sent = world.client("kaur", "head").post("/pause", {**form, "seen": f"{kind}/{group}/{who}", **more})
    assert sent.status_code == 303, text(sent)
    with world.session() as session:
        return session.scalars(select(Pause.id).order_by(Pause.id.desc()).limit(1)).one()


def off(world: World, one: UUID) -> None:
    """The head takes it off."""
    assert world.client("kaur", "head").post(f"/pause/{one}/off").status_code == 303


def says(world: World, who: str, role: str, words: str, entry: UUID) -> Any:
    """Somebody writes back with the form."""
    return world.client(who, role).post(f"/entries/{entry}/say", {"words": words, "reach": "family", "do": "send"})


def counted(world: World) -> int:
    """How many comments there are."""
    with world.session() as session:
        return session.scalar(select(func.count()).select_from(Comment)) or 0


def test_comments_rest_are_kept_with_their_writer_and_sent_by_them_later(world: World) -> None:
    entry, before = world.entry("snail-hotel"), counted(world)
    one = pause(world, "comments", "kingfishers")
    nadia = world.client("nadia", "relative")
    page = text(nadia.get(f"/entries/{entry}"))
    assert "Comments are paused" in page
    assert "Keep it for later" in page
    assert says(world, "nadia", "relative", "He would be honoured, and so am I.", entry).status_code == 303
    assert counted(world) == before
    assert "so am I" in text(nadia.get(f"/entries/{entry}"))
    assert "so am I" not in text(world.client("maya").get(f"/entries/{entry}"))
    assert says(world, "nadia", "relative", "Second thoughts are kept in its place.", entry).status_code == 303
    off(world, one)
    page = text(nadia.get(f"/entries/{entry}"))
    assert "Second thoughts are kept" in page
    assert "Comments are paused" not in page
    assert says(world, "nadia", "relative", "Second thoughts are kept in its place.", entry).status_code == 303
    assert counted(world) == before + 1
    with world.session() as session:
        assert session.scalars(select(KeptWords.id)).all() == []


def test_what_was_kept_can_be_thrown_away_by_its_writer_alone(world: World) -> None:
    entry = world.entry("snail-hotel")
    pause(world, "comments")
    says(world, "nadia", "relative", "Kept words.", entry)
    world.client("maya").post(f"/entries/{entry}/say", {"do": "drop"})
    nadia = world.client("nadia", "relative")
    assert "Kept words." in text(nadia.get(f"/entries/{entry}"))
    assert nadia.post(f"/entries/{entry}/say", {"do": "drop"}).status_code == 303
    assert "Kept words." not in text(nadia.get(f"/entries/{entry}"))


@pytest.mark.parametrize(
    ("kind", "where"), [("group", "kingfishers"), ("everything", ""), ("everything", "kingfishers")]
)
def test_nothing_new_comes_in_drafts_go_on_and_what_is_for_nobody_is_handed_in(
    world_on_both: World, kind: str, where: str
) -> None:
    world = world_on_both
    story = Story(world)
    pause(world, kind, where)
    with world.acting("maya") as (session, me):
        entry = entries.begin(session, me).id
    story.writes("maya", entry, "A snail in the rain", story.doors("family"))
    with pytest.raises(Refusal) as refused:
        story.hands_in("maya", entry)
    assert refused.value.reason is Reason.RESTING
    story.writes("maya", entry, "A snail in the rain, later", story.doors("family"))
    page = world.client("maya").get(f"/entries/{entry}/edit")
    assert "A snail in the rain, later" in text(page)
    own = story.posts("maya", "For me alone", story.doors())
    assert story.sees("maya", own)
    with clock.at(clock.now() + timedelta(days=2)):
        story.hands_in("maya", entry)
        assert story.sees("nadia", entry)


def test_a_person_reads_and_adds_nothing_in_any_hat(world: World) -> None:
    story = Story(world)
    entry = world.entry("snail-hotel")
    pause(world, "person", member="maya")
    with world.acting("maya") as (session, me):
        mine = entries.begin(session, me).id
    story.writes("maya", mine, "New", story.doors("family"))
    with pytest.raises(Refusal):
        story.hands_in("maya", mine)
    assert world.client("maya").get(f"/entries/{entry}").status_code == 200
    assert "having a rest" in text(world.client("maya").get("/my-space"))
    assert "having a rest" not in text(world.client("leo").get("/my-space"))
    assert says(world, "nadia", "relative", "Others write back.", entry).status_code == 303


def test_what_waits_goes_on_waiting_and_is_let_through_after(world: World) -> None:
    with world.session() as session:
        row = session.scalars(
            select(Waiting)
            .join(Entry, Entry.id == Waiting.item_id)
            .where(Waiting.group_id == world.group("kingfishers"))
            .limit(1)
        ).one()
        item, revision = row.item_id, row.revision_id
    one = pause(world, "group", "kingfishers")
    with pytest.raises(Refusal) as refused, world.acting("adeyemi", "teacher") as (session, me):
        decide(session, me, DecideInput(item, revision, Verdict.LET_THROUGH))
    assert refused.value.reason is Reason.RESTING
    off(world, one)
    with world.acting("adeyemi", "teacher") as (session, me):
        decide(session, me, DecideInput(item, revision, Verdict.LET_THROUGH))


def test_sending_back_and_taking_back_never_rest(world: World) -> None:
    story = Story(world)
    pause(world, "everything")
    entry = world.entry("snail-hotel")
    assert story.sees("maya", entry)
    story.opens("maya", entry, story.doors())
    with pytest.raises(Refusal):
        story.opens("maya", entry, story.doors("family"))
    maya = world.client("maya")
    assert maya.get("/portfolio").status_code == 200
    assert maya.get("/worried").status_code == 200
    assert maya.post(f"/entries/{entry}/delete", {"sure": "yes"}).status_code == 303


def test_everything_rests_from_being_read_too_on_both_databases(world_on_both: World) -> None:
    world = world_on_both
    story, entry = Story(world), world_on_both.entry("snail-hotel")
    everybody = story.all_see(entry)
    assert len(everybody) > 2
    one = pause(world, "everything", "kingfishers")
    assert story.all_see(entry) == {"maya/pupil"}
    assert world.client("nadia", "relative").get(f"/entries/{entry}").status_code == 404
    home = world.client("nadia", "relative").get("/home")
    assert home.status_code == 200
    assert str(entry) not in text(home)
    assert str(entry) not in text(world.client("nadia", "relative").get("/search?q=snail"))
    typed = says(world, "nadia", "relative", "I was still typing when it began.", entry)
    assert typed.status_code == 303
    assert says(world, "leo", "pupil", "Not shown to me at all.", entry).status_code == 404
    off(world, one)
    assert story.all_see(entry) == everybody
    assert "still typing when it began" in text(world.client("nadia", "relative").get(f"/entries/{entry}"))
    pause(world, "everything", "wrens")
    assert story.all_see(entry) == everybody, "another class's rest"


def test_two_pauses_one_over_the_other(world: World) -> None:
    story, entry = Story(world), world.entry("snail-hotel")
    first = pause(world, "comments", "kingfishers")
    second = pause(world, "comments")
    off(world, first)
    assert says(world, "nadia", "relative", "Still kept.", entry).status_code == 303
    assert "Still kept." in text(world.client("nadia", "relative").get(f"/entries/{entry}"))
    off(world, second)
    with world.acting("nadia", "relative") as (session, me):
        talk.say(session, me, entry, None, talk.SayInput(words="Awake again."))
    assert story.sees("nadia", entry)


def test_it_ends_by_the_clock_and_a_clock_put_back_lets_nothing_slip_through(world: World) -> None:
    entry = world.entry("snail-hotel")
    pause(world, "comments", "kingfishers")
    before = counted(world)
    with clock.at(clock.now() - timedelta(days=1)):
        says(world, "nadia", "relative", "Yesterday", entry)
    assert counted(world) == before
    with clock.at(clock.now() + timedelta(days=1, hours=9)):
        says(world, "nadia", "relative", "Tomorrow", entry)
    assert counted(world) == before + 1


def test_who_will_notice_is_shown_before_it_begins(world: World) -> None:
    head = world.client("kaur", "head")
    assert "Look who will notice" not in text(head.get("/pause"))
    form = {"kind": "comments", "where": str(world.group("kingfishers")), "until": "off", "reason": WHY, "do": "pause"}
    shown = head.post("/pause", {**form, "seen": "comments//"})
    assert shown.status_code == 200
    assert "Look who will notice" in text(shown)
    assert "Mr Adeyemi" in text(shown)
    assert WHY in text(shown)
    with world.session() as session:
        assert session.scalars(select(Pause.id)).all() == []
    assert head.post("/pause", {**form, "seen": f"comments/{world.group('kingfishers')}/"}).status_code == 303
    again = head.post("/pause", {**form, "seen": f"comments/{world.group('kingfishers')}/"})
    assert again.status_code == 409
    assert WHY in text(world.client("penhale", "lead").get("/pause"))


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"kind": "group", "seen": "group//"}, "Nothing is chosen yet"),
        ({"kind": "person", "seen": "person//"}, "Nobody is chosen yet"),
        ({"kind": "world"}, "Nothing is chosen yet"),
        ({"until": "never"}, "Nothing is chosen yet"),
        ({"where": "no-class"}, "Nothing is chosen yet"),
        ({"reason": " "}, "Write down why"),
        ({"child_words": "long " * 200}, "This is too long"),
    ],
)
def test_what_is_missing_is_asked_for_and_what_was_typed_stays(world: World, fields: dict[str, str], says: str) -> None:
    form = {"kind": "comments", "where": "", "until": "off", "reason": WHY, "do": "pause", "seen": "comments//"}
    sent = world.client("kaur", "head").post("/pause", {**form, **fields})
    assert sent.status_code == 400
    assert says in text(sent)
    with world.session() as session:
        assert session.scalars(select(Pause.id)).all() == []


def test_nobody_pauses_themselves_or_takes_their_own_pause_off(world: World) -> None:
    head, me = world.client("kaur", "head"), str(world.member("kaur", "head"))
    form = {"kind": "person", "member": me, "until": "off", "reason": WHY, "do": "pause", "seen": f"person//{me}"}
    assert head.post("/pause", form).status_code == 400
    lead = world.client("penhale", "lead")
    assert lead.post("/pause", form).status_code == 303
    with world.session() as session:
        one = session.scalars(select(Pause.id)).one()
    assert head.post(f"/pause/{one}/off").status_code == 404
    assert WHY not in text(head.get("/pause")), "why may be a worry about them"
    assert "You can read. Adding anything is paused for you" in text(head.get("/pause"))
    assert WHY in text(lead.get("/pause"))
    with world.session() as session:
        assert session.scalars(select(Pause.ended_at)).one() is None


def test_own_words_are_read_and_ours_stand_where_there_are_none(world: World) -> None:
    pause(world, "comments", child_words="Writing back sleeps while we talk.")
    assert "Writing back sleeps while we talk." in text(world.client("maya").get("/my-space"))
    assert "Comments are paused" in text(world.client("nadia", "relative").get("/home"))


def test_a_rest_adds_one_query_to_a_page_and_none_while_nothing_rests(world: World) -> None:
    nadia = world.client("nadia", "relative")
    nadia.get("/classes")
    with world.counting() as plain:
        nadia.get("/home")
    one = pause(world, "comments", "wrens")
    with world.counting() as resting:
        nadia.get("/home")
    assert len(resting) == len(plain) + 1
    off(world, one)
    with world.counting() as after:
        nadia.get("/home")
    assert len(after) == len(plain)


def test_taking_a_decision_back_shows_nothing_again_that_rests(world: World) -> None:
    """What was put away a moment ago stays away; when the rest is over, it can be taken back as ever."""
    story = Story(world)
    entry = story.posts("maya", "one", story.doors("class"))
    story.decides("doyle", entry)
    story.puts_away("doyle", entry)
    with world.session() as session:
        go = session.scalars(select(Decision.go_id).order_by(Decision.id.desc()).limit(1)).one()
    one = pause(world, "group", "kingfishers")
    with world.acting("doyle", "teacher") as (session, me), pytest.raises(Refusal) as refused:
        undo(session, me, go)
    assert refused.value.reason is Reason.RESTING
    assert not story.sees("oscar", entry)
    off(world, one)
    with world.acting("doyle", "teacher") as (session, me):
        undo(session, me, go)
    assert story.reads("oscar", entry) == "one"


def found(world: World, words: str) -> tuple[list[tuple[str, str]], str]:
    """Whom the head finds by a part of a name, each with what stands beside it; and the page."""
    page = text(world.client("kaur", "head").post("/pause", {"kind": "person", "find": words, "do": "find"}))
    named = re.findall(r'for="f-member-.*?<span dir="auto">([^<]*)</span><span class="who__rel"[^>]*>([^<]*)<', page)
    return [(unescape(name), unescape(hint)) for name, hint in named], page


def test_who_is_looked_for_stands_there_with_face_and_class_or_role(world: World) -> None:
    people, page = found(world, "maya")
    assert ("Maya", "Kingfishers") in people
    assert f"/faces/{world.member('maya')}" in page
    add_hat(world, "doyle", Role.RELATIVE)
    assert sorted(hint for _name, hint in found(world, "doyle")[0]) == ["Family", "Teacher, Kingfishers"]
    assert "There are more of that name" not in page
    many, page = found(world, "a")
    assert len(many) == 20
    assert "There are more of that name" in page
