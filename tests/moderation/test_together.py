"""Several at once, news of what others decide, a teacher who is moved, the parts of the list, what has changed."""

from datetime import timedelta
from html import unescape
from uuid import UUID

import pytest
from sqlalchemy import delete, select, update

from journal import clock
from journal.clock import now
from journal.records import Decision, Revision, Shown, Teaching, Waiting
from journal.words import Door
from tests.moderation.test_to_read import page, revision_on, rows
from tests.moderation.test_undo import go_on, undo
from tests.school.telling import Teller
from tests.world import World


@pytest.fixture
def tell(world: World) -> Teller:
    """A school in which nothing waits yet, and people who do things."""
    with world.session() as session:
        session.execute(delete(Waiting))
        session.commit()
    return Teller(world)


def each(world: World, item: UUID) -> str:
    """What the form sends for an item as it waits now."""
    with world.session() as session:
        revision = session.scalars(select(Waiting.revision_id).where(Waiting.item_id == item).limit(1)).one()
    return f"{item}:{revision}"


def shown(world: World, *items: UUID) -> list[bool]:
    """Whether each is shown to anybody."""
    with world.session() as session:
        return [bool(session.scalars(select(Shown.id).where(Shown.item_id == one)).all()) for one in items]


def test_only_what_was_looked_at_goes_through_together(tell: Teller) -> None:
    first, second, unread, changed = (tell.share("maya", name, Door.CLASS) for name in ("One", "Two", "Three", "Four"))
    browser = tell.world.client("adeyemi", "teacher")
    for item in (first, second, changed):
        page(browser, item)
    old = each(tell.world, changed)
    tell.edit("maya", changed, "Four again", Door.CLASS)
    html = unescape(browser.get("/to-read/together").get_data(as_text=True))
    assert [name in html for name in ("One", "Two", "Three", "Four")] == [True, True, False, False]
    wanted = [*(each(tell.world, one) for one in (first, second, unread, changed)), old]
    answer = browser.post("/to-read/together", {"each": wanted})
    assert answer.status_code == 303
    html = unescape(browser.get(answer.location).get_data(as_text=True))
    assert "2 things let through" in html
    assert "Not let through" in html
    assert "Three" in html
    assert shown(tell.world, first, second, unread, changed) == [True, True, False, False]
    undo(browser, go_on(html))
    assert shown(tell.world, first, second) == [False, False]
    assert rows(page(browser)) == ["One", "Two", "Three", "Four again"]


@pytest.mark.parametrize("sent", [[], ["x"], [f"{UUID(int=1)}:{UUID(int=2)}"]])
def test_nothing_sensible_chosen_is_told(tell: Teller, sent: list[str]) -> None:
    item = tell.share("maya", "One", Door.CLASS)
    browser = tell.world.client("adeyemi", "teacher")
    answer = browser.post("/to-read/together", {"each": sent or ""})
    assert answer.status_code == 400
    assert "One moment" in answer.get_data(as_text=True)
    assert shown(tell.world, item) == [False]


def test_news_is_small_and_says_what_happened(tell: Teller) -> None:
    item, other = tell.share("maya", "One", Door.CLASS), tell.share("oscar", "Two", Door.CLASS)
    browser = tell.world.client("doyle")
    browser.get("/to-read")
    asked = {"query_string": {"item": str(item)}}
    with tell.world.counting() as seen:
        first = browser.client.get("/to-read/news", **asked)
    assert len(seen) <= 3, seen
    assert first.headers["X-Revision"] == each(tell.world, item).partition(":")[2]
    again = {"If-None-Match": first.headers["ETag"]}
    with tell.world.counting() as seen:
        assert browser.client.get("/to-read/news", headers=again, **asked).status_code == 304
    assert len(seen) <= 2, seen
    tell.let_through(item)
    answer = browser.client.get("/to-read/news", headers=again, **asked)
    assert answer.status_code == 200
    assert answer.headers["X-Revision"] == ""
    assert rows(answer.get_data(as_text=True)) == ["Two"]
    tell.edit("oscar", other, "Two again", Door.CLASS)
    assert rows(browser.client.get("/to-read/news", **asked).get_data(as_text=True)) == ["Two again"]


def test_a_teacher_who_was_moved_meanwhile_is_told_kindly(tell: Teller) -> None:
    item = tell.share("maya", "One", Door.CLASS)
    browser, never = tell.world.client("doyle"), tell.world.client("iqbal")
    revision = revision_on(page(browser, item))
    with tell.world.session() as session:
        session.execute(
            update(Teaching).where(Teaching.teacher_id == tell.world.member("doyle")).values(ended_at=now())
        )
        session.commit()
    data = {"decision": "send_back", "revision": revision, "note": "My long note."}
    answer = browser.post(f"/to-read/{item}", data)
    html = unescape(answer.get_data(as_text=True))
    assert answer.status_code == 409
    assert "you do not read for that class any more" in html
    assert "My long note." in html
    assert never.post(f"/to-read/{item}", data).status_code == 404
    assert shown(tell.world, item) == [False]


def test_by_group_and_by_the_leads_desk(tell: Teller) -> None:
    with tell.world.session() as session:
        school = session.scalars(
            select(Teaching.school_id).where(Teaching.teacher_id == tell.world.member("lowe"))
        ).one()
        more = {"teacher_id": tell.world.member("lowe"), "group_id": tell.world.group("kingfishers")}
        session.add(Teaching(school_id=school, **more))
        session.commit()
    tell.share("maya", "Of the Kingfishers", Door.CLASS)
    tell.share("sami", "Of the Wrens", Door.CLASS)
    browser = tell.world.client("lowe")
    assert rows(page(browser)) == ["Of the Kingfishers", "Of the Wrens"]
    for group, title in (("wrens", "Of the Wrens"), ("kingfishers", "Of the Kingfishers")):
        html = browser.get("/to-read", query_string={"group": str(tell.world.group(group))}).get_data(as_text=True)
        assert rows(html) == [title]
        assert "1 thing waiting" in html
    assert rows(browser.get("/to-read?group=nonsense").get_data(as_text=True)) == ["Of the Kingfishers", "Of the Wrens"]
    lead = tell.world.client("penhale")
    data = {"decision": "pass_on", "revision": revision_on(page(browser)), "reason": "A bruise."}
    with tell.world.session() as session:
        item = session.scalars(select(Revision.item_id).where(Revision.id == UUID(data["revision"]))).one()
    assert browser.post(f"/to-read/{item}", data).status_code == 303
    assert rows(lead.get("/to-read?group=desk").get_data(as_text=True)) == ["Of the Kingfishers"]
    assert rows(lead.get("/to-read?group=instead").get_data(as_text=True)) == []


def test_keys_are_switched_off_for_the_person(tell: Teller) -> None:
    tell.share("maya", "One", Door.CLASS)
    browser = tell.world.client("adeyemi", "teacher")
    assert 'data-keys="on"' in page(browser)
    assert browser.post("/to-read/keys", {"keys": "off"}).status_code == 303
    again = tell.world.client("adeyemi", "teacher")
    assert 'data-keys="off"' in page(again)
    assert "<kbd>" not in page(again).partition("<dialog")[0]
    assert "Switch the keys on" in again.get("/to-read/keys").get_data(as_text=True)


def test_a_change_is_shown_word_by_word(tell: Teller) -> None:
    item = tell.share("maya", "Bread", Door.CLASS)
    tell.let_through(item)
    tell.edit("maya", item, "Bread and butter", Door.CLASS)
    html = page(tell.world.client("adeyemi", "teacher"), item)
    assert "What has changed" in html
    assert "<span>Bread</span>" in html
    assert "(new:) </span> and butter</ins>" in html


def test_a_list_that_asks_by_itself_keeps_nobody_signed_in_who_has_gone_away(world: World) -> None:
    browser = world.client("adeyemi", "teacher")
    left, idle = clock.now(), timedelta(seconds=world.settings.session_idle)
    with clock.at(left + idle - timedelta(minutes=1)):
        assert browser.get("/to-read/news").status_code == 200
    with clock.at(left + idle + timedelta(minutes=1)):
        assert browser.get("/to-read/news").status_code == 302
        assert browser.get("/to-read").status_code == 302
    other = world.client("adeyemi", "teacher")
    with clock.at(left + idle - timedelta(minutes=1)):
        assert other.get("/to-read").status_code == 200
    with clock.at(left + idle + timedelta(minutes=1)):
        assert other.get("/to-read/news").status_code == 200, "who is there stays"


def test_what_was_noticed_is_shown_and_ticked_by_hand(tell: Teller) -> None:
    plain = tell.share("maya", "Snails", Door.CLASS)
    flagged = tell.share("oscar", "My badge", Door.CLASS, words="Ring 07700 900142 if you want to come.")
    asked = tell.share("maya", "My den", Door.CLASS)
    first = tell.world.client("doyle")
    note = {"decision": "send_back", "revision": revision_on(page(first, asked)), "note": "Tell a little more."}
    assert first.post(f"/to-read/{asked}", note).status_code == 303
    with tell.world.session() as session:
        sent_back = session.scalars(select(Decision.id).where(Decision.item_id == asked)).one()
    assert tell.world.client("maya").post(f"/notes/{sent_back}", {"do": "ask"}).status_code == 303
    browser = tell.world.client("adeyemi", "teacher")
    for item in (plain, flagged, asked):
        page(browser, item)
    html = unescape(browser.get("/to-read/together").get_data(as_text=True))
    fields = {item: html.split(f'value="{item}:')[1].split("<span")[0] for item in (plain, flagged, asked)}
    assert [item for item, field in fields.items() if " checked" in field] == [plain]
    assert "Phone number" in html
    assert "Asked to look again" in html
    assert "nothing is ticked for you" in html
    assert browser.post("/to-read/together", {"each": [each(tell.world, flagged)]}).status_code == 303
    assert shown(tell.world, flagged) == [True]


def test_what_was_noticed_stays_in_the_list_when_there_are_news(tell: Teller) -> None:
    tell.share("oscar", "My badge", Door.CLASS, words="Ring 07700 900142 if you want to come.")
    browser = tell.world.client("adeyemi", "teacher")
    assert "Phone number" in browser.get("/to-read/news").get_data(as_text=True)


def test_who_decided_too_late_reads_what_it_was_about(tell: Teller) -> None:
    item = tell.share("maya", "Snails", Door.CLASS)
    late = tell.world.client("adeyemi", "teacher")
    revision = revision_on(page(late, item))
    tell.let_through(item, "doyle")
    answer = late.post(f"/to-read/{item}", {"decision": "let_through", "revision": revision})
    assert answer.status_code == 409
    assert "What happened to “Snails”" in unescape(answer.get_data(as_text=True))
