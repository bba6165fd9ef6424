"""Who reads a worry: never the one it is about, in whatever hat; through the front door."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from journal.clock import now
from journal.records import ConcernAbout, Membership
from journal.words import About, Role
from tests.safeguarding.caring import add_hat, does, name_second, read, sees, told
from tests.safeguarding.test_telling import CODE, tell, text
from tests.world import World


def about(world: World, concern: UUID) -> dict[UUID, About]:
    """Whom a worry is about, by membership."""
    with world.session() as session:
        rows = session.scalars(select(ConcernAbout).where(ConcernAbout.concern_id == concern))
        return {one.membership_id: one.how for one in rows}


def test_leads_and_the_second_read_it_and_nobody_else(world: World) -> None:
    concern = told(world)
    for who, role in (("penhale", ""), ("kaur", "")):
        assert sees(world, concern.id, who, role)
    for who, role in (
        ("adeyemi", "teacher"),
        ("bright", ""),
        ("okafor", ""),
        ("tully", ""),
        ("nadia", ""),
        ("maya", ""),
    ):
        assert world.client(who, role).get(f"/concerns/{concern.id}").status_code == 404
    name_second(world, None)
    assert not sees(world, concern.id, "kaur"), "the head reads only what is about those who read worries"


@pytest.mark.parametrize("second", [True, False])
def test_about_the_only_lead_it_goes_to_the_second_or_the_head(world: World, second: bool) -> None:
    name_second(world, world.member("doyle") if second else None)
    lead = world.member("penhale", "lead")
    browser = world.client("maya")
    check = text(browser.post("/worried", {"do": "check", "words": "He", "person": str(lead)}).get_data(as_text=True))
    assert ("Mrs Doyle" if second else "Mrs Kaur") in check
    assert "Send it to Mr Penhale" not in check
    concern = told(world, words="He shouted", person=str(lead))
    assert not sees(world, concern.id, "penhale")
    assert sees(world, concern.id, "kaur")
    if second:
        assert sees(world, concern.id, "doyle")


def test_two_leads_at_once(world: World) -> None:
    name_second(world, None)
    other = add_hat(world, "lowe", Role.LEAD)
    one = told(world, words="One of them", person=str(world.member("penhale", "lead")))
    assert sees(world, one.id, "lowe", "lead")
    assert sees(world, one.id, "kaur")
    both = told(world, words="Both", person=[str(world.member("penhale", "lead")), str(other)])
    assert not sees(world, both.id, "penhale")
    assert not sees(world, both.id, "lowe", "lead")
    assert sees(world, both.id, "kaur")


def test_about_all_who_read_them_it_is_kept_and_the_page_says_so(world: World) -> None:
    people = [str(world.member("penhale", "lead")), str(world.member("kaur"))]
    browser = world.client("nadia")
    html = text(browser.post("/worried", {"do": "check", "words": "Both", "person": people}).get_data(as_text=True))
    assert "So nobody there reads it now" in html
    assert "Childline" in html
    sent = browser.get(tell(browser, {"words": "Both of them", "person": people}))
    assert "It is kept" in text(sent.get_data(as_text=True))
    assert "It has gone to" not in text(sent.get_data(as_text=True))
    concern = told(world, "nadia", words="Both of them", person=people)
    assert not any(sees(world, concern.id, who) for who in ("penhale", "kaur"))
    add_hat(world, "iqbal", Role.LEAD)
    assert sees(world, concern.id, "iqbal", "lead"), "whoever reads worries next finds it"


def test_who_made_what_it_is_about_does_not_read_it_in_any_hat(world: World) -> None:
    add_hat(world, "adeyemi", Role.LEAD)
    with world.session() as session:
        teacher = world.member("adeyemi", "teacher")
        person = session.scalars(select(Membership.person_id).where(Membership.id == teacher)).one()
    concern = told(world, words="A teacher", person=str(teacher))
    assert not sees(world, concern.id, "adeyemi", "lead")
    assert sees(world, concern.id, "penhale")
    entry = told(world, item=str(world.entry("snail-hotel")))
    assert about(world, entry.id)[world.member("maya")] is About.AUTHOR
    assert sees(world, entry.id, "adeyemi", "lead"), "he is neither Maya nor of her family"
    assert person


def test_a_relative_of_the_child_does_not_read_it(world: World) -> None:
    add_hat(world, "nadia", Role.LEAD)
    concern = told(world, item=str(world.entry("snail-hotel")))
    assert about(world, concern.id)[world.member("nadia", "relative")] is About.NEAR
    assert not sees(world, concern.id, "nadia", "lead")
    other = told(world, "priya", words="About my lunch")
    assert sees(world, other.id, "nadia", "lead")
    father = told(world, "priya", words="Somebody’s dad", person=str(world.member("tom")))
    assert about(world, father.id) == {}, "Priya cannot name him"
    father = told(world, "adeyemi", words="Maya’s dad", person=str(world.member("tom")))
    assert not sees(world, father.id, "nadia", "lead"), "she shares a child with him"


def test_whoever_is_named_later_reads_it_no_more(world: World) -> None:
    concern = told(world)
    kaur = str(world.member("kaur"))
    assert sees(world, concern.id, "kaur")
    assert does(world, concern.id, "take", assigned=kaur).status_code == 303
    assert does(world, concern.id, "name", person=kaur).status_code == 303
    assert not sees(world, concern.id, "kaur")
    assert "With nobody yet" in read(world, f"/concerns/{concern.id}")
    answer = does(world, concern.id, "name", person=str(world.member("penhale", "lead")))
    assert answer.location == "/concerns"
    assert not sees(world, concern.id, "penhale"), "he handed it over"


def test_on_the_street_one_can_say_that_it_is_about_the_lead(world: World) -> None:
    html = text(world.client().get("/worried").get_data(as_text=True))
    assert "Is it about one of those who read this?" not in html, "no school is known yet"
    browser = world.client()
    lead, teacher = str(world.member("penhale", "lead")), str(world.member("doyle"))
    tell(browser, {"words": "Him", "code": CODE, "person": [lead, teacher]})
    concern = told(world, "penhale", words="After")  # the newest; the one before is the street's
    with world.session() as session:
        rows = session.scalars(select(ConcernAbout).where(ConcernAbout.concern_id < concern.id)).all()
    assert {one.membership_id for one in rows if one.how is About.NAMED} >= {UUID(lead)}
    assert UUID(teacher) not in {one.membership_id for one in rows if one.how is About.NAMED}


def test_a_second_who_is_named_and_unnamed(world: World) -> None:
    concern = told(world)
    times = {"opens": "08:00", "shuts": "16:00", "by": "10:00", "help_lines": "Childline|0800 1111|"}
    assert world.client("doyle").get("/concerns").status_code == 404
    head = world.client("kaur")
    assert head.post("/concerns/times", {**times, "second": str(world.member("doyle"))}).status_code == 303
    assert sees(world, concern.id, "doyle")
    assert "Concerns</a>" in world.client("doyle").get("/to-read").get_data(as_text=True).replace("\n", "")
    lead = world.client("penhale")
    assert lead.post("/concerns/times", {**times, "second": ""}).status_code == 303
    assert sees(world, concern.id, "doyle"), "a lead names nobody"
    assert head.post("/concerns/times", {**times, "second": str(world.member("maya"))}).status_code == 400
    assert head.post("/concerns/times", {**times, "second": str(uuid4())}).status_code == 400
    assert head.post("/concerns/times", {**times, "second": ""}).status_code == 303
    assert world.client("doyle").get(f"/concerns/{concern.id}").status_code == 404


def test_where_nobody_leads_the_head_reads_them(world: World) -> None:
    name_second(world, None)
    concern = told(world)
    assert not sees(world, concern.id, "kaur")
    with world.session() as session:
        lead = update(Membership).where(Membership.id == world.member("penhale", "lead"))
        session.execute(lead.values(ended_at=now()))
        session.commit()
    assert sees(world, concern.id, "kaur")


def test_times_that_are_none_are_said_and_nothing_is_lost(world: World) -> None:
    good = {"opens": "08:00", "shuts": "16:00", "by": "10:00", "words": "Kept words"}
    for wrong in (
        {"opens": "soon"},
        {"shuts": "07:00"},
        {"words": "x" * 2001},
    ):
        answer = world.client("kaur").post("/concerns/times", {**good, **wrong})
        assert answer.status_code == 400, wrong
        if "words" not in wrong:
            assert "Kept words" in answer.get_data(as_text=True)


def test_times_that_are_turned_round_are_called_times(world: World) -> None:
    times = {"opens": "16:00", "shuts": "08:00", "by": "10:00", "help_lines": "Childline|0800 1111|"}
    answer = world.client("kaur").post("/concerns/times", {**times, "second": ""})
    assert answer.status_code == 400
    page = answer.get_data(as_text=True)
    assert "It ends before it begins" in page
    assert "first day" not in page
