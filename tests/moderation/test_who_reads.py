"""Cover teachers, a second one, hours and checking first: the page of the office, and what follows from it."""

from datetime import UTC, datetime, timedelta
from html import unescape
from uuid import UUID

import pytest
from sqlalchemy import delete, select, update

from journal import clock
from journal.records import Cover, Waiting
from journal.talk.acts import SayInput, say
from journal.talk.reach import Reach
from journal.words import Door
from tests.moderation.test_to_read import page, revision_on, rows
from tests.school.telling import Teller
from tests.world import World

MONDAY = datetime(2026, 12, 7, 9, tzinfo=UTC)


@pytest.fixture
def tell(world: World) -> Teller:
    """A school in which nothing waits yet, and people who do things."""
    with world.session() as session:
        session.execute(delete(Waiting))
        session.commit()
    return Teller(world)


def send(tell: Teller, who: str = "bright", **data: object) -> str:
    """Send the office's form; return the page that answers."""
    browser = tell.world.client(who)
    answer = browser.post("/who-reads", data)
    if answer.status_code == 303:
        answer = browser.get("/who-reads")
    return unescape(answer.get_data(as_text=True))


def cover(tell: Teller, teacher: str, group: str, first: str, last: str) -> str:
    """Let a teacher cover for a class."""
    chosen = {"cover_teacher": str(tell.world.member(teacher, "teacher")), "cover_group": str(tell.world.group(group))}
    return send(tell, do="cover", first=first, last=last, **chosen)


def test_a_cover_teacher_decides_on_their_days_alone(tell: Teller) -> None:
    with clock.at(MONDAY):
        old = tell.share("sami", "From before", Door.CLASS, Door.TEACHERS)
        tell.let_through(old, "lowe")
        item = tell.share("sami", "A den", Door.CLASS, Door.TEACHERS)
        html = cover(tell, "iqbal", "wrens", "2026-12-08", "2026-12-09")
        assert "Miss Iqbal for Wrens, from Tuesday 8 December to Wednesday 9 December." in html
        assert rows(page(tell.world.client("iqbal"))) == []
    with clock.at(MONDAY + timedelta(days=1)):
        browser = tell.world.client("iqbal")
        html = page(browser)
        assert rows(html) == ["A den"]
        assert browser.get(f"/entries/{old}").status_code == 404
        assert browser.get(f"/entries/{item}").location.startswith("/to-read")
        assert "Miss Iqbal or Miss Lowe reads it first" in tell.page("sami", f"/entries/{item}")
        data = {"decision": "let_through", "revision": revision_on(html)}
        assert browser.post(f"/to-read/{item}", data).status_code == 303
        assert browser.get(f"/entries/{item}").status_code == 404, "covering opens the desk, not the class"
        tell.share("sami", "Another den", Door.CLASS)
    with clock.at(datetime(2026, 12, 9, 23, 59, tzinfo=UTC)):
        browser = tell.world.client("iqbal")
        assert rows(page(browser)) == ["Another den"]
    with clock.at(datetime(2026, 12, 10, 0, 0, tzinfo=UTC)):
        assert rows(page(tell.world.client("iqbal"))) == []


def test_a_cover_ends_at_once_when_it_is_ended(tell: Teller) -> None:
    with clock.at(MONDAY):
        tell.share("sami", "A den", Door.CLASS)
        cover(tell, "iqbal", "wrens", "2026-12-07", "2026-12-31")
        browser = tell.world.client("iqbal")
        assert rows(page(browser)) == ["A den"]
        with tell.world.session() as session:
            found = session.scalars(select(Cover.id)).one()
        send(tell, do="end", cover=str(found))
        assert rows(page(browser)) == []


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2026-12-09", "2026-12-08", "before the first day"),
        ("2026-12-01", "2026-12-02", "Those days are over"),
        ("soon", "2026-12-08", "We do not know that day"),
        ("2026-12-08", "", "We do not know that day"),
    ],
)
def test_days_that_make_no_sense_are_told_and_kept(tell: Teller, first: str, last: str, said: str) -> None:
    with clock.at(MONDAY):
        html = cover(tell, "iqbal", "wrens", first, last)
    assert said in html
    assert f'value="{first}"' in html
    with tell.world.session() as session:
        assert not session.scalars(select(Cover)).all()


def test_what_waits_too_long_goes_to_the_second_and_else_to_the_lead(tell: Teller) -> None:
    wrens = str(tell.world.group("wrens"))
    named = {"group": wrens, f"second-{wrens}": str(tell.world.member("iqbal"))}
    item = tell.share("sami", "A den", Door.CLASS)
    with tell.world.session() as session:
        session.execute(update(Waiting).values(since=MONDAY))
        session.commit()
    send(tell, do="hours", before="16:00", late_after="24")
    with clock.at(MONDAY + timedelta(hours=23)):
        assert rows(page(tell.world.client("penhale"))) == []
    with clock.at(MONDAY + timedelta(hours=25)):
        second, lead = tell.world.client("iqbal"), tell.world.client("penhale")
        assert rows(page(lead)) == ["A den"]
        send(tell, do="second", **named)
        assert rows(page(lead)) == []
        assert rows(page(second)) == ["A den"]
        assert "Has waited long" in page(second)
        send(tell, do="second", group=wrens, **{f"second-{wrens}": ""})
        assert rows(page(second)) == []
        send(tell, do="second", **named)
        data = {"decision": "let_through", "revision": revision_on(page(second))}
        assert second.post(f"/to-read/{item}", data).status_code == 303
        assert rows(page(tell.world.client("lowe"))) == []
        assert "Miss Iqbal may read it too" in unescape(
            tell.world.client("sami").get(f"/entries/{item}/doors").get_data(as_text=True)
        )


def test_checked_first_holds_from_now_on(tell: Teller) -> None:
    lead = tell.world.client("penhale")
    send(tell, "penhale", do="hours", before="", late_after="0", family_first="yes")
    tell.share("maya", "For us", Door.FAMILY)
    assert rows(page(lead)) == ["For us"]
    assert "Mr Penhale reads it first" in tell.page("maya", "/my-space")
    tell.share("oscar", "For us and school", Door.FAMILY, Door.TEACHERS)
    assert rows(page(tell.world.client("adeyemi", "teacher"))) == ["For us and school"]
    send(tell, do="hours", before="", late_after="0")
    tell.share("maya", "At once", Door.FAMILY)
    assert rows(page(lead)) == ["For us"]
    assert "At once" in tell.page("nadia", "/home", "relative")


def test_what_is_typed_wrongly_is_told_and_kept(tell: Teller) -> None:
    html = send(tell, do="hours", before="late", late_after="24")
    assert "We do not know that time" in html
    assert 'value="late"' in html
    assert "did not understand" in send(tell, do="nothing")


def test_another_schools_classes_and_people_are_not_there(tell: Teller) -> None:
    office, there = tell.world.client("bright"), tell.world
    data = {"do": "cover", "first": "2027-01-01", "last": "2027-01-02", "cover_group": str(there.group("terns"))}
    assert office.post("/who-reads", data | {"cover_teacher": str(there.member("iqbal"))}).status_code == 404
    data["cover_group"] = str(there.group("wrens"))
    for nobody in (there.member("menon"), there.member("maya"), UUID(int=7)):
        assert office.post("/who-reads", data | {"cover_teacher": str(nobody)}).status_code == 404


def test_children_are_told_when_teachers_look(tell: Teller) -> None:
    send(tell, do="hours", before="16:00", late_after="0")
    days = {"day": list("12345"), "closed": "2026-12-08 2026-12-09"}
    assert tell.world.client("bright").post("/school-days", days).status_code == 303
    item = tell.share("maya", "Bread", Door.CLASS)
    for moment, said in (
        (MONDAY, "usually before 4 o’clock"),
        (MONDAY + timedelta(hours=8), "usually on Thursday before 4 o’clock"),
        (datetime(2026, 12, 9, 12, tzinfo=UTC), "usually tomorrow before 4 o’clock"),
    ):
        with clock.at(moment):
            assert said in tell.page("maya", f"/entries/{item}")
            assert said in tell.page("maya", "/my-space")
    send(tell, do="hours", before="", late_after="0")
    assert "usually" not in tell.page("maya", f"/entries/{item}")


def test_whose_words_wait_is_told_when_teachers_look(tell: Teller) -> None:
    """A child and a grown-up each in their words, at the comment that waits."""
    send(tell, do="hours", before="16:00", day=["1", "2", "3", "4", "5"], late_after="0")
    tell.let_through(item := tell.share("maya", "Bread", Door.CLASS, Door.FAMILY))
    for who in ("oscar", "nadia"):
        with clock.at(MONDAY), tell.world.acting(who) as (session, me):
            say(session, me, item, None, SayInput("Is there any left?", reach=Reach.EVERYONE))
    with clock.at(MONDAY):
        assert "Your teacher usually looks before 4 o’clock." in tell.page("oscar", f"/entries/{item}")
        assert "Teachers usually look before 4 o’clock." in tell.page("nadia", f"/entries/{item}")
    send(tell, do="hours", before="", day=["1"], late_after="0")
    assert "usually look" not in tell.page("oscar", f"/entries/{item}")


@pytest.mark.parametrize(
    ("first", "last"), [("2026-12-08", "9999-12-31"), ("0001-01-01", "2026-12-09"), ("2026-12-08", "2029-01-01")]
)
def test_a_cover_for_days_that_no_school_plans_for_is_a_slip_of_the_pen(tell: Teller, first: str, last: str) -> None:
    with clock.at(MONDAY):
        html = cover(tell, "iqbal", "wrens", first, last)
    assert "We do not know that day" in html
    assert f'value="{first}"' in html
    with tell.world.session() as session:
        assert session.scalars(select(Cover.id).where(Cover.ends_at > MONDAY)).all() == []
