"""What has a rest is said before anybody presses: by the pages on which one shares, opens doors, writes and decides."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, select

from journal.entries import acts as entries
from journal.moderation.acts import DecideInput, decide
from journal.records import Revision, Waiting
from journal.refusals import Reason, Refusal
from journal.words import Verdict
from tests.gate.people import Story
from tests.pausing.test_pauses import off, pause
from tests.world import World

SHARE = "Share it with these people"
SHARING_RESTS = "Sharing is having a rest now."
LET_THROUGH = 'value="let_through"'
CANNOT = "Paused: this cannot be let through for now."
WRITING_RESTS = "Writing back is having a rest now."


def page(world: World, path: str, who: str = "maya", role: str = "") -> str:
    """The words and the tags of a page."""
    return unescape(str(world.client(who, role).get(path).get_data(as_text=True)))


def draft(world: World, *doors: str, who: str = "maya") -> UUID:
    """A draft with these doors open."""
    story = Story(world)
    with world.acting(who) as (session, me):
        entry = entries.begin(session, me).id
    story.writes(who, entry, "A snail in the rain", story.doors(*doors))
    return entry


def refused(act: Callable[[], object]) -> bool:
    """Whether an act is refused because of a rest."""
    try:
        act()
    except Refusal as refusal:
        return refusal.reason is Reason.RESTING
    return False


@pytest.mark.parametrize(
    ("kind", "where", "member", "rests"),
    [
        ("group", "kingfishers", "", True),
        ("everything", "kingfishers", "", True),
        ("everything", "", "", True),
        ("person", "", "maya", True),
        ("person", "", "leo", False),
        ("group", "wrens", "", False),
        ("everything", "wrens", "", False),
        ("comments", "kingfishers", "", False),
        ("comments", "", "", False),
    ],
)
@pytest.mark.parametrize("doors", [("family",), ("class", "teachers")])
def test_sharing_is_offered_where_it_would_be_done(
    world: World, kind: str, where: str, member: str, rests: bool, doors: tuple[str, ...]
) -> None:
    entry = draft(world, *doors)
    assert SHARE in page(world, f"/entries/{entry}/edit")
    pause(world, kind, where, member)
    html = page(world, f"/entries/{entry}/edit")
    assert (SHARE in html, SHARING_RESTS in html) == (not rests, rests)
    assert refused(lambda: Story(world).hands_in("maya", entry)) is rests


def test_with_shut_doors_it_is_said_too_and_what_is_for_nobody_is_handed_in(world: World) -> None:
    entry = draft(world)
    pause(world, "group", "kingfishers")
    html = page(world, f"/entries/{entry}/edit")
    assert SHARE not in html
    assert SHARING_RESTS in html
    assert "Keep it in my space" in html
    version = re.search(r'name="version" value="(\d+)"', html)
    assert version
    form = {"version": version.group(1), "words": "For me alone", "do": "hand-in"}
    assert world.client("maya").post(f"/entries/{entry}/edit", form).status_code == 303
    with world.session() as session:
        words = session.scalars(select(Revision.words).where(Revision.item_id == entry)).all()
    assert words == ["For me alone"]


def test_the_button_that_keeps_it_is_tied_to_why_and_keeps_it(world: World) -> None:
    entry = draft(world, "family")
    pause(world, "group", "kingfishers")
    html = page(world, f"/entries/{entry}/edit")
    button = re.search(r'<button[^>]*value="keep"[^>]*>', html)
    assert button
    assert 'aria-describedby="rests"' in button.group(0)
    assert re.search(r'id="rests">.*?Sharing is having a rest now', html)
    version = re.search(r'name="version" value="(\d+)"', html)
    assert version
    form = {"version": version.group(1), "words": "A snail in the sun", "audience": "family", "do": "keep"}
    maya = world.client("maya")
    assert maya.post(f"/entries/{entry}/edit", form).status_code == 303
    assert "A snail in the sun" in page(world, f"/entries/{entry}/edit")


def test_the_kind_question_is_not_asked_for_what_cannot_go(world: World) -> None:
    entry = draft(world, "family")
    Story(world).writes("maya", entry, "Ring me on 07700 900123", Story(world).doors("family"))
    asked = "Do you want to keep this in?"
    assert asked in page(world, f"/entries/{entry}/edit?ask=1")
    pause(world, "group", "kingfishers")
    assert asked not in page(world, f"/entries/{entry}/edit?ask=1")


def test_a_class_that_was_left_counts_where_its_circles_are_still_chosen(world: World) -> None:
    story = Story(world)
    entry = story.posts("maya", "For the class", story.doors("class"))
    story.moves("maya", "kingfishers", "wrens")
    story.writes("maya", entry, "For the class, again", story.doors("class"))
    other = draft(world, "family")
    pause(world, "group", "kingfishers")
    assert SHARING_RESTS in page(world, f"/entries/{entry}/edit")
    assert refused(lambda: story.hands_in("maya", entry))
    assert SHARE in page(world, f"/entries/{other}/edit")
    assert not refused(lambda: story.hands_in("maya", other))


def test_the_doors_say_that_none_can_be_opened(world: World) -> None:
    path = f"/entries/{world.entry('snail-hotel')}/doors"
    assert SHARING_RESTS not in page(world, path)
    one = pause(world, "comments", "kingfishers")
    assert SHARING_RESTS not in page(world, path)
    off(world, one)
    pause(world, "group", "kingfishers")
    assert SHARING_RESTS in page(world, path)


def test_words_that_cannot_be_changed_now_are_not_offered_for_it(world: World) -> None:
    entry = world.entry("snail-hotel")
    said = Story(world).says("nadia", entry, "I am proud of you.", "family")
    path = f"/comments/{said}/edit"
    assert "Save it" in page(world, path, "nadia", "relative")
    pause(world, "comments", "kingfishers")
    html = page(world, path, "nadia", "relative")
    assert WRITING_RESTS in html
    assert "Save it" not in html
    assert "<textarea" not in html
    sent = world.client("nadia", "relative").post(path, {"words": "I was still typing.", "do": "send"})
    html = unescape(sent.get_data(as_text=True))
    assert sent.status_code == 400
    assert WRITING_RESTS in html
    assert "I was still typing." in html
    assert "Save it" in html, "to be sent when the rest is over"


def waiting(world: World) -> dict[str, UUID]:
    """Things that wait for a teacher: two entries of two pupils of one class, and a classmate's comment."""
    with world.session() as session:
        session.execute(delete(Waiting))
        session.commit()
    story = Story(world)
    shown = story.posts("maya", "For us all", story.doors("class"))
    story.decides("doyle", shown)
    return {
        "by maya": story.posts("maya", "One", story.doors("class")),
        "by leo": story.posts("leo", "Two", story.doors("class")),
        "comment": story.says("oscar", shown, "Three", "everyone", role="pupil"),
    }


def let_through(world: World, item: UUID, who: str) -> None:
    """Somebody tries to let something through; nothing is kept of it."""
    with world.session() as session:
        revision = session.scalars(select(Waiting.revision_id).where(Waiting.item_id == item).limit(1)).one()
    with world.acting(who) as (session, me):
        decide(session, me, DecideInput(item, revision, Verdict.LET_THROUGH))
        session.rollback()


@pytest.mark.parametrize(
    ("kind", "where", "member", "rest"),
    [
        ("group", "kingfishers", "", {"by maya", "by leo", "comment"}),
        ("everything", "", "", {"by maya", "by leo", "comment"}),
        ("comments", "kingfishers", "", {"comment"}),
        ("person", "", "maya", {"by maya"}),
        ("person", "", "oscar", {"comment"}),
        ("group", "wrens", "", set()),
        ("person", "", "doyle", set()),
    ],
)
def test_letting_through_is_offered_where_it_would_be_done(
    world_on_both: World, kind: str, where: str, member: str, rest: set[str]
) -> None:
    world = world_on_both
    items = waiting(world)
    pause(world, kind, where, member)
    for name, item in items.items():
        html = page(world, f"/to-read?item={item}", "doyle")
        assert f'data-item="{item}"' in html
        assert (LET_THROUGH in html, CANNOT in html) == (name not in rest, name in rest), name
        assert all(f'value="{one}"' in html for one in ("send_back", "put_away", "pass_on"))
        assert refused(lambda one=item: let_through(world, one, "doyle")) is (name in rest), name  # type: ignore[misc]


def test_a_lead_who_decides_is_told_too(world: World) -> None:
    item = waiting(world)["by maya"]
    Story(world).decides("doyle", item, Verdict.PASSED_ON)
    path = f"/to-read?item={item}"
    assert LET_THROUGH in page(world, path, "penhale", "lead")
    pause(world, "group", "kingfishers")
    html = page(world, path, "penhale", "lead")
    assert CANNOT in html
    assert LET_THROUGH not in html
    assert 'value="send_back"' in html


def test_several_at_once_lists_what_can_go(world: World) -> None:
    items = waiting(world)
    for item in items.values():
        page(world, f"/to-read?item={item}", "doyle")
    assert all(str(one) in page(world, "/to-read/together", "doyle") for one in items.values())
    one = pause(world, "comments", "kingfishers")
    html = page(world, "/to-read/together", "doyle")
    assert [str(item) in html for item in items.values()] == [True, True, False]
    assert "What is paused is not in this list." in html
    off(world, one)
    pause(world, "group", "kingfishers")
    html = page(world, "/to-read/together", "doyle")
    assert not any(str(item) in html for item in items.values())
    assert "What is paused is not in this list." in html
    assert "Nothing to choose yet" not in html


def test_a_rest_that_began_since_the_list_was_made_is_named_as_why(world: World) -> None:
    items = waiting(world)
    teacher = world.client("doyle")
    for item in items.values():
        teacher.get(f"/to-read?item={item}")
    list_made = unescape(teacher.get("/to-read/together").get_data(as_text=True))
    ticked = re.findall(r'name="each" value="([^"]+)"', list_made)
    assert len(ticked) == 3
    pause(world, "person", member="maya")
    answer = teacher.post("/to-read/together", {"each": ticked})
    assert answer.status_code == 303
    html = unescape(teacher.get(answer.location).get_data(as_text=True))
    assert "2 things let through" in html
    assert "because they are paused: One." in html
    assert "have not looked" not in html
    late = teacher.post("/to-read/together", {"each": [one for one in ticked if str(items["by maya"]) in one]})
    assert late.status_code == 400
    assert "This has a rest just now." in unescape(late.get_data(as_text=True))


def test_it_costs_nothing_while_nothing_rests_and_little_while_something_does(world_on_both: World) -> None:
    world = world_on_both
    entry, items = draft(world, "family"), waiting(world)
    pages: list[tuple[Any, str]] = [
        (world.client("maya"), f"/entries/{entry}/edit"),
        (world.client("maya"), f"/entries/{world.entry('snail-hotel')}/doors"),
        (world.client("doyle"), f"/to-read?item={items['by leo']}"),
        (world.client("doyle"), "/to-read/together"),
    ]

    def asked() -> list[int]:
        found = []
        for browser, path in pages:
            browser.get(path)
            with world.counting() as seen:
                assert browser.get(path).status_code == 200
            found.append(len(seen))
        return found

    plain = asked()
    one = pause(world, "person", member="tomasz")
    assert asked() == [many + 2 for many in plain], "the bar asks once, and the page"
    off(world, one)
    assert asked() == plain


def test_while_reading_rests_an_empty_page_does_not_say_that_nothing_was_ever_shared(world: World) -> None:
    pages = [
        ("nadia", "relative", "/home", "When a child opens a door to you"),
        ("doyle", "teacher", "/today", "When a pupil opens the teachers’ door"),
        ("doyle", "teacher", "/shared-with-me", "When a pupil opens the teachers’ door"),
        ("oscar", "", f"/classes/{world.group('kingfishers')}", "When somebody opens a door to this class"),
    ]
    one = pause(world, "everything")
    for who, role, path, nothing_yet in pages:
        html = page(world, path, who, role)
        assert "What was shared comes back afterwards." in html, path
        assert nothing_yet not in html, path
    off(world, one)
    assert not any("comes back afterwards" in page(world, path, who, role) for who, role, path, _ in pages)
