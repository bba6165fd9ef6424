"""The page of what waits, through the front door."""

import re
from datetime import timedelta
from html import unescape
from uuid import UUID

import pytest
from sqlalchemy import delete, select, update

from journal.clock import now
from journal.records import Decision, FamilyLink, KeptWriting, Look, Membership, Shown, SignIn, Teaching, Trail, Waiting
from journal.words import Door, LookKind
from tests.school.telling import Teller
from tests.world import Browser, World


@pytest.fixture
def tell(world: World) -> Teller:
    """A school in which nothing waits yet, and people who do things."""
    with world.session() as session:
        session.execute(delete(Waiting))
        session.commit()
    return Teller(world)


def page(browser: Browser, item: UUID | None = None) -> str:
    """The page, with an item chosen if one is given."""
    answer = browser.get("/to-read", query_string={"item": str(item)} if item else None)
    assert answer.status_code == 200
    return unescape(answer.get_data(as_text=True))


def revision_on(html: str) -> str:
    """The revision that the form on the page is about."""
    found = re.search(r'name="revision" value="([^"]+)"', html)
    assert found
    return found.group(1)


def rows(html: str) -> list[str]:
    """The titles in the list, in order."""
    return re.findall(r'class="qrow__title"><a[^>]*>([^<]*)<', html)


def test_oldest_first_and_only_what_is_mine(tell: Teller) -> None:
    tell.share("maya", "First of all", Door.CLASS)
    tell.share("oscar", "Second", Door.CLASS, Door.CLASS_FAMILIES)
    tell.share("sami", "Of the Wrens", Door.CLASS)
    tell.share("maya", "For the family", Door.FAMILY)
    html = page(tell.world.client("adeyemi", "teacher"))
    assert rows(html) == ["First of all", "Second"]
    assert "2 things waiting" in html
    assert rows(page(tell.world.client("lowe"))) == ["Of the Wrens"]
    assert "Everything is read" in page(tell.world.client("iqbal"))
    assert "Everything is read" in page(tell.world.client("menon", "teacher"))


@pytest.mark.parametrize("who", ["maya", "nadia", "kaur", "bright"])
def test_nobody_else_may_open_it(world: World, who: str) -> None:
    assert world.client(who).get("/to-read").status_code == 404


def test_who_would_see_it_stands_there_by_name(tell: Teller) -> None:
    item = tell.share("maya", "Bread", Door.CLASS, Door.CLASS_FAMILIES, words="We baked\nbread.")
    html = page(tell.world.client("adeyemi", "teacher"), item)
    assert "Kingfishers: 24 pupils, Mr Adeyemi and Mrs Doyle." in html
    assert "the families of 24 pupils" in html
    assert "We baked" in html
    assert "Maya" in html


def test_let_through_goes_on_to_the_next(tell: Teller) -> None:
    item = tell.share("maya", "First", Door.CLASS)
    then = tell.share("oscar", "Second", Door.CLASS)
    browser = tell.world.client("adeyemi", "teacher")
    html = page(browser)
    answer = browser.post(
        f"/to-read/{item}", {"decision": "let_through", "revision": revision_on(html), "then": str(then)}
    )
    assert answer.status_code == 303
    html = unescape(browser.get(answer.location).get_data(as_text=True))
    assert "It is shared now" in html
    assert rows(html) == ["Second"]
    with tell.world.session() as session:
        circles = session.scalars(select(Shown.circle).where(Shown.item_id == item)).all()
        assert [one.partition("/")[0] for one in circles] == ["class"]
        assert session.scalars(select(Trail.act).where(Trail.subject_id == item, Trail.act == "let_through")).all()
        looks = session.scalars(select(Look).where(Look.item_id == item)).all()
    assert {(one.membership_id, one.kind) for one in looks} == {
        (tell.world.member("adeyemi", "teacher"), LookKind.MODERATED)
    }


@pytest.mark.parametrize(
    ("decision", "said", "missing"),
    [
        ("send_back", {}, "Write a kind note"),
        ("put_away", {"note": "Lovely!"}, "Write down why"),
        ("pass_on", {"note": "Lovely!"}, "Write down why"),
        ("something", {"note": "Lovely!"}, "We did not understand"),
        ("send_back", {"note": "x" * 2001}, "2000 letters"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(
    tell: Teller, decision: str, said: dict[str, str], missing: str
) -> None:
    item = tell.share("maya", "Bread", Door.CLASS)
    browser = tell.world.client("adeyemi", "teacher")
    html = page(browser)
    answer = browser.post(f"/to-read/{item}", {"decision": decision, "revision": revision_on(html), **said})
    html = unescape(answer.get_data(as_text=True))
    assert answer.status_code == 400
    assert missing in html
    assert said.get("note", "")[:1990] in html
    assert rows(html) == ["Bread"]
    with tell.world.session() as session:
        assert not session.scalars(select(Decision).where(Decision.item_id == item)).all()


def test_sent_back_with_a_note(tell: Teller) -> None:
    item = tell.share("maya", "Bread", Door.CLASS)
    browser = tell.world.client("adeyemi", "teacher")
    note = "Maya, such bread! <b>Please</b> take out the number."
    answer = browser.post(
        f"/to-read/{item}", {"decision": "send_back", "revision": revision_on(page(browser)), "note": note}
    )
    assert answer.status_code == 303
    assert "Everything is read" in page(browser)
    tell.edit("maya", item, "Bread again", Door.CLASS)
    html = browser.get("/to-read").get_data(as_text=True)
    assert "Mr Adeyemi sent it back" in html
    assert "&lt;b&gt;Please&lt;/b&gt;" in html


def test_somebody_else_was_first(tell: Teller) -> None:
    item = tell.share("maya", "Bread", Door.CLASS)
    tell.share("oscar", "Next", Door.CLASS)
    late = tell.world.client("doyle")
    revision = revision_on(page(late, item))
    tell.let_through(item)
    answer = late.post(f"/to-read/{item}", {"decision": "send_back", "revision": revision, "note": "My long note."})
    html = unescape(answer.get_data(as_text=True))
    assert answer.status_code == 409
    assert "Somebody else has decided" in html
    assert "Mr Adeyemi let it through" in html
    assert "My long note." in html
    assert rows(html) == ["Next"]
    with tell.world.session() as session:
        assert len(session.scalars(select(Decision).where(Decision.item_id == item)).all()) == 1


def test_it_was_changed_meanwhile(tell: Teller) -> None:
    item = tell.share("maya", "Bread", Door.CLASS)
    browser = tell.world.client("adeyemi", "teacher")
    old = revision_on(page(browser))
    tell.edit("maya", item, "Bread and butter", Door.CLASS)
    answer = browser.post(f"/to-read/{item}", {"decision": "let_through", "revision": old, "note": "Kept?"})
    html = unescape(answer.get_data(as_text=True))
    assert answer.status_code == 409
    assert "Here is the newest one" in html
    assert "Bread and butter" in html
    assert "Kept?" in html
    assert revision_on(html) != old
    with tell.world.session() as session:
        assert not session.scalars(select(Shown).where(Shown.item_id == item)).all()


def test_an_edit_stands_beside_what_is_shown(tell: Teller) -> None:
    item = tell.share("maya", "Bread", Door.CLASS)
    tell.let_through(item)
    tell.edit("maya", item, "Bread and butter", Door.CLASS)
    html = page(tell.world.client("adeyemi", "teacher"), item)
    assert "What they see until then" in html
    assert "Mr Adeyemi let it through" in html
    assert rows(html) == ["Bread and butter"]
    assert "<strong>Bread</strong>" in html


def test_a_teacher_never_decides_about_their_own_child(tell: Teller) -> None:
    """Ms Grant teaches the Herons, and Isla is her daughter; Miss Iqbal teaches them too."""
    item = tell.share("isla", "At home", Door.CLASS)
    grant = tell.world.client("grant", "teacher")
    assert "Everything is read" in page(grant)
    assert rows(page(tell.world.client("iqbal"))) == ["At home"]
    with tell.world.session() as session:
        revision = session.scalars(select(Waiting.revision_id).where(Waiting.item_id == item)).one()
    answer = grant.post(f"/to-read/{item}", {"decision": "let_through", "revision": str(revision)})
    assert answer.status_code == 404
    assert rows(page(tell.world.client("penhale"))) == []


def test_where_no_teacher_can_the_lead_does(tell: Teller) -> None:
    item = tell.share("isla", "At home", Door.CLASS)
    with tell.world.session() as session:
        left = tell.world.member("iqbal")
        session.execute(update(Teaching).where(Teaching.teacher_id == left).values(ended_at=now()))
        session.execute(update(Membership).where(Membership.id == left).values(ended_at=now()))
        session.commit()
    lead = tell.world.client("penhale")
    html = page(lead)
    assert rows(html) == ["At home"]
    assert 'value="pass_on"' not in html
    revision = revision_on(html)
    refused = lead.post(f"/to-read/{item}", {"decision": "pass_on", "revision": revision, "reason": "No"})
    assert refused.status_code == 400
    assert lead.post(f"/to-read/{item}", {"decision": "let_through", "revision": revision}).status_code == 303
    assert "Everything is read" in page(lead)
    with tell.world.session() as session:
        assert session.scalars(select(Shown).where(Shown.item_id == item)).all()


def test_the_queue_of_a_teacher_who_left_goes_to_the_lead(tell: Teller) -> None:
    """Miss Lowe alone teaches the Wrens."""
    tell.share("sami", "A den", Door.CLASS)
    assert rows(page(tell.world.client("penhale"))) == []
    with tell.world.session() as session:
        session.execute(update(Membership).where(Membership.id == tell.world.member("lowe")).values(ended_at=now()))
        session.commit()
    assert rows(page(tell.world.client("penhale"))) == ["A den"]


def test_passed_on_is_the_leads(tell: Teller) -> None:
    item = tell.share("maya", "Bread", Door.CLASS)
    browser = tell.world.client("adeyemi", "teacher")
    data = {"decision": "pass_on", "revision": revision_on(page(browser)), "reason": "A bruise in the picture."}
    assert browser.post(f"/to-read/{item}", data).status_code == 303
    html = page(tell.world.client("penhale"))
    assert rows(html) == ["Bread"]
    assert "Mr Adeyemi passed it on" in html
    assert "A bruise in the picture." in html


def test_nothing_is_passed_on_to_a_lead_who_is_of_the_family(tell: Teller) -> None:
    item = tell.share("maya", "Bread", Door.CLASS)
    with tell.world.session() as session:
        lead = session.scalars(select(Membership).where(Membership.id == tell.world.member("penhale"))).one()
        mother = session.scalars(select(Membership).where(Membership.id == tell.world.member("nadia"))).one()
        lead.person_id = mother.person_id
        session.commit()
    browser = tell.world.client("adeyemi", "teacher")
    data = {"decision": "pass_on", "revision": revision_on(page(browser)), "reason": "A bruise."}
    assert browser.post(f"/to-read/{item}", data).status_code == 400
    assert rows(page(browser)) == ["Bread"]


def test_nothing_is_passed_on_to_nobody(tell: Teller) -> None:
    item = tell.share("maya", "Bread", Door.CLASS)
    with tell.world.session() as session:
        session.execute(update(Membership).where(Membership.id == tell.world.member("penhale")).values(ended_at=now()))
        session.commit()
    browser = tell.world.client("adeyemi", "teacher")
    html = page(browser)
    assert "Pass on" not in html
    answer = browser.post(
        f"/to-read/{item}", {"decision": "pass_on", "revision": revision_on(html), "reason": "A bruise."}
    )
    assert answer.status_code == 400
    said = answer.get_data(as_text=True)
    assert "no safeguarding lead" in said
    assert "A bruise." in said
    assert rows(page(browser)) == ["Bread"]


def test_another_schools_moderators_find_nothing(tell: Teller) -> None:
    item = tell.share("maya", "Bread", Door.CLASS)
    with tell.world.session() as session:
        revision = session.scalars(select(Waiting.revision_id).where(Waiting.item_id == item)).one()
    for who, role in (("menon", "teacher"), ("okafor", "lead")):
        browser = tell.world.client(who, role)
        data = {"decision": "let_through", "revision": str(revision), "note": "", "reason": ""}
        assert browser.post(f"/to-read/{item}", data).status_code == 404
        assert "Bread" not in page(browser, item)


@pytest.mark.parametrize("raw", ["x", "0" * 36, "01a20796-79fc-7948-bb17-0ca053090163", "'; drop", "\x00"])
def test_a_strange_item_or_place_changes_nothing(tell: Teller, raw: str) -> None:
    tell.share("maya", "Bread", Door.CLASS)
    browser = tell.world.client("adeyemi", "teacher")
    for query in ({"item": raw}, {"after": raw}, {"then": raw}):
        answer = browser.get("/to-read", query_string=query)
        assert answer.status_code == 200
        assert rows(answer.get_data(as_text=True)) == ["Bread"]


def test_pages_of_twenty_and_counts(tell: Teller) -> None:
    for number in range(23):
        tell.share("maya", f"Number {number:02}", Door.CLASS)
    browser = tell.world.client("adeyemi", "teacher")
    html = page(browser)
    assert rows(html) == [f"Number {number:02}" for number in range(20)]
    assert "23 things waiting" in html
    older = re.search(r'href="([^"]*)"[^>]*>[^<]*<svg[^>]*>.*?</svg><span>The next ones', html)
    assert older
    html = unescape(browser.get(older.group(1)).get_data(as_text=True))
    assert rows(html) == ["Number 20", "Number 21", "Number 22"]
    for number in range(28):
        tell.share("oscar", f"More {number}", Door.CLASS)
    assert "More than 50 things waiting" in page(browser)


def test_queries_stay_few(tell: Teller) -> None:
    tell.let_through(item := tell.share("maya", "Bread", Door.CLASS, Door.CLASS_FAMILIES))
    tell.edit("maya", item, "Bread and butter", Door.CLASS, Door.CLASS_FAMILIES)
    for number in range(30):
        tell.share("oscar", f"Number {number}", Door.CLASS)
    browser = tell.world.client("adeyemi", "teacher")
    browser.get("/to-read")
    for path in ("/to-read", f"/to-read?item={item}"):
        with tell.world.counting() as seen:
            assert browser.get(path).status_code == 200
        assert len(seen) <= 8, seen


def test_the_wait_of_a_family_that_is_checked_first_is_the_leads(tell: Teller) -> None:
    """Saltmarsh reads what is for the family alone first; at Larkfield it goes straight."""
    item = tell.share("ailsa", "The harbour", Door.FAMILY)
    html = page(tell.world.client("okafor"))
    assert rows(html) == ["The harbour"]
    assert "Ailsa’s family" in html
    assert "Everything is read" in page(tell.world.client("menon", "teacher"))
    with tell.world.session() as session:
        assert session.scalars(select(FamilyLink.id).where(FamilyLink.pupil_id == tell.world.member("ailsa"))).all()
        assert session.scalars(select(Waiting).where(Waiting.item_id == item)).all()


def test_words_survive_a_session_that_ran_out(tell: Teller) -> None:
    """What was typed when the session was over is there again for the same person, and goes with the decision."""
    item = tell.share("maya", "Bread", Door.CLASS)
    browser = tell.world.client("adeyemi", "teacher")
    revision = revision_on(page(browser))
    with tell.world.session() as session:
        long_ago = now() - timedelta(days=2)
        session.execute(update(SignIn).values(seen_at=long_ago))
        session.commit()
    answer = browser.post(f"/to-read/{item}", {"decision": "send_back", "revision": revision, "note": "A kept note."})
    assert answer.status_code == 302
    again = tell.world.client("adeyemi", "teacher")
    html = again.get(f"/to-read/{item}", follow_redirects=True).get_data(as_text=True)
    assert "A kept note." in html
    data = {"decision": "send_back", "revision": revision, "note": "A kept note."}
    assert again.post(f"/to-read/{item}", data).status_code == 303
    with tell.world.session() as session:
        assert not session.scalars(select(KeptWriting)).all()
