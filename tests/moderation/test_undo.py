"""Taking a decision back, through the front door: exactly what was, and only while nothing has moved on."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from uuid import UUID

import pytest
from sqlalchemy import delete, select

from journal import clock
from journal.clock import now
from journal.records import Decision, Entry, Notice, Shown, Trail, Waiting
from journal.words import Door
from tests.moderation.test_to_read import page, revision_on, rows
from tests.school.telling import Teller
from tests.world import Browser, World


@pytest.fixture
def tell(world: World) -> Teller:
    """A school in which nothing waits yet, and people who do things."""
    with world.session() as session:
        session.execute(delete(Waiting))
        session.commit()
    return Teller(world)


def gate(world: World, item: UUID) -> set[tuple[object, ...]]:
    """How the rows of the gate stand for an item."""
    with world.session() as session:
        shown = session.execute(
            select(Shown.circle, Shown.revision_id, Shown.number, Shown.decision_id, Shown.released_at).where(
                Shown.item_id == item
            )
        )
        waiting = session.execute(
            select(Waiting.circle, Waiting.revision_id, Waiting.group_id, Waiting.since, Waiting.late_at).where(
                Waiting.item_id == item
            )
        )
        return {("shown", *row) for row in shown} | {("waiting", *row) for row in waiting}


def decide(browser: Browser, item: UUID, decision: str) -> str:
    """Decide about an item, and return the page that follows."""
    data = {"decision": decision, "revision": revision_on(page(browser, item)), "note": "Nearly.", "reason": "Not yet."}
    answer = browser.post(f"/to-read/{item}", data)
    assert answer.status_code == 303
    return unescape(browser.get(answer.location).get_data(as_text=True))


def go_on(html: str) -> str:
    """What the page offers to undo."""
    found = re.search(r'name="go" value="([^"]+)"', html)
    assert found, "nothing can be undone"
    return found.group(1)


def undo(browser: Browser, go: str) -> str:
    """Undo, and return the page that follows."""
    answer = browser.post("/to-read/undo", {"go": go})
    assert answer.status_code == 303
    return unescape(browser.get(answer.location).get_data(as_text=True))


@pytest.mark.parametrize("decision", ["let_through", "send_back", "put_away", "pass_on"])
def test_undone_all_is_as_it_was(tell: Teller, decision: str) -> None:
    """Of a changed entry, of which the class keeps the older revision meanwhile; on a later page too."""
    item = tell.share("maya", "Bread", Door.FAMILY, Door.CLASS, Door.CLASS_FAMILIES)
    tell.let_through(item)
    tell.edit("maya", item, "Bread and butter", Door.FAMILY, Door.CLASS, Door.CLASS_FAMILIES)
    tell.share("oscar", "Next", Door.CLASS)
    before = gate(tell.world, item)
    browser = tell.world.client("adeyemi", "teacher")
    decide(browser, item, decision)
    assert gate(tell.world, item) != before
    html = undo(browser, go_on(page(browser)))
    assert "Undone" in html
    assert rows(html) == ["Bread and butter", "Next"]
    assert gate(tell.world, item) == before
    with tell.world.session() as session:
        assert session.scalars(
            select(Decision.undone_at).where(Decision.item_id == item, Decision.verdict == "let_through")
        ).all()
        entry = session.scalars(select(Entry).where(Entry.id == item)).one()
        assert entry.sent_back_at is None
        kinds = set(session.scalars(select(Notice.kind).where(Notice.item_id == item, Notice.seen_at.is_(None))))
        assert session.scalars(select(Trail.id).where(Trail.act == "undo", Trail.subject_id == item)).all()
    assert "sent_back" not in kinds
    assert "put_away" not in kinds


def fields(html: str) -> tuple[str, str, str]:
    """What stands in the note, in the reason, and in the words that are suggested."""
    found = [re.search(rf'<textarea[^>]*id="f-{one}"[^>]*>\n([^<]*)<', html) for one in ("note", "reason")]
    suggested = re.search(r'id="f-suggest"[^>]*value="([^"]*)"', html)
    note, reason = found
    assert note
    assert reason
    assert suggested
    return note.group(1), reason.group(1), suggested.group(1)


def test_what_was_written_is_offered_again_for_that_thing_alone(tell: Teller) -> None:
    """Also without scripts; not for another child's thing, and not when the child changed it meanwhile."""
    item = tell.share("maya", "Bread", Door.CLASS)
    other = tell.share("oscar", "Next", Door.CLASS)
    browser = tell.world.client("adeyemi", "teacher")
    written = {"note": "Nearly there.", "suggest_old": "Words of it.", "suggest": "More words."}
    revision = revision_on(page(browser, item))
    browser.post(f"/to-read/{item}", {"decision": "send_back", "revision": revision, **written})
    html = undo(browser, go_on(page(browser)))
    assert fields(html) == ("Nearly there.", "", "More words.")
    assert fields(page(browser, other)) == ("", "", "")
    assert fields(page(tell.world.client("doyle"), item)) == ("", "", "")
    browser.post(f"/to-read/{item}", {"decision": "put_away", "revision": revision, "reason": "Not yet."})
    assert fields(undo(browser, go_on(page(browser)))) == ("", "Not yet.", "")
    with clock.at(now() + timedelta(hours=2)):
        assert fields(page(browser, item)) == ("", "", "")
    tell.edit("maya", item, "Bread and butter", Door.CLASS)
    assert fields(page(browser, item)) == ("", "", "")


def test_after_a_minute_it_stands(tell: Teller) -> None:
    item = tell.share("maya", "Bread", Door.CLASS)
    browser = tell.world.client("adeyemi", "teacher")
    go = go_on(decide(browser, item, "let_through"))
    with clock.at(now() + timedelta(seconds=61)):
        assert "go" not in re.findall(r'name="(go)"', page(browser))
        assert "cannot be undone any more" in undo(browser, go)
    with tell.world.session() as session:
        assert session.scalars(select(Shown).where(Shown.item_id == item)).all()


def test_a_door_that_was_shut_meanwhile_stays_shut(tell: Teller) -> None:
    item = tell.share("maya", "Bread", Door.CLASS, Door.TEACHERS)
    tell.let_through(item)
    tell.edit("maya", item, "Bread and butter", Door.CLASS, Door.TEACHERS)
    browser = tell.world.client("adeyemi", "teacher")
    go = go_on(decide(browser, item, "put_away"))
    tell.open_doors("maya", item, Door.TEACHERS)
    assert "cannot be undone any more" in undo(browser, go)
    with tell.world.session() as session:
        kinds = {one.partition("/")[0] for one in session.scalars(select(Shown.circle).where(Shown.item_id == item))}
    assert kinds == {"teachers"}


def test_what_was_changed_meanwhile_is_not_overwritten(tell: Teller) -> None:
    item = tell.share("maya", "Bread", Door.CLASS)
    browser = tell.world.client("adeyemi", "teacher")
    go = go_on(decide(browser, item, "send_back"))
    tell.edit("maya", item, "Bread and butter", Door.CLASS)
    before = gate(tell.world, item)
    assert "cannot be undone any more" in undo(browser, go)
    assert gate(tell.world, item) == before


def test_only_whoever_decided_undoes_it_and_only_once(tell: Teller) -> None:
    item = tell.share("maya", "Bread", Door.CLASS)
    browser, other = tell.world.client("adeyemi", "teacher"), tell.world.client("doyle")
    go = go_on(decide(browser, item, "let_through"))
    assert not re.findall(r'name="go"', page(other))
    assert other.post("/to-read/undo", {"go": go}).status_code == 404
    assert other.post("/to-read/undo", {"go": "x"}).status_code == 400
    assert "Undone" in undo(browser, go)
    assert "cannot be undone any more" in undo(browser, go)


def test_comments_that_waited_wait_again(tell: Teller) -> None:
    """Putting an entry away from a class takes what others said to the class from the desk; undoing brings it back."""
    item = tell.share("maya", "Bread", Door.CLASS)
    tell.let_through(item)
    said = tell.say("oscar", item, "What a loaf!", "pupil")
    before = gate(tell.world, said)
    assert before
    browser = tell.world.client("adeyemi", "teacher")
    answer = browser.post(f"/items/{item}/put-away", {"reason": "Not yet."})
    assert answer.status_code == 303
    assert not gate(tell.world, said)
    assert "Undone" in undo(browser, go_on(page(browser)))
    assert gate(tell.world, said) == before


def test_the_clock_may_go_backwards(tell: Teller) -> None:
    item = tell.share("maya", "Bread", Door.CLASS)
    browser = tell.world.client("adeyemi", "teacher")
    go = go_on(decide(browser, item, "let_through"))
    with clock.at(datetime(2026, 1, 2, tzinfo=UTC)):
        assert "Undone" in undo(browser, go)
