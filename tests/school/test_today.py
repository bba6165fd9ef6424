"""A teacher's first page: what waits, what came for them, who has not heard back."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select, update

from journal import clock
from journal.records import Cover, Shown, Teaching, Waiting
from tests.school.telling import Door, Teller
from tests.world import World

TERM = datetime(2026, 9, 1, tzinfo=UTC)


@pytest.fixture
def teller(world: World) -> Teller:
    """A school in which nothing waits, and nothing was shared with teachers."""
    with world.session() as session:
        session.execute(delete(Waiting))
        session.execute(delete(Shown).where(Shown.circle.startswith("teachers/")))
        session.commit()
    return Teller(world)


def words(page: str) -> str:
    """The page without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page))


def test_it_is_where_a_teacher_comes_in(teller: Teller) -> None:
    assert teller.world.client("doyle").get("/").location == "/today"
    page = teller.page("doyle", "/today")
    assert re.search(r'href="/today" aria-current="page"', page)
    assert "Everything is read" in page


@pytest.mark.parametrize("who", ["maya", "nadia", "kaur", "penhale", "bright"])
def test_only_teachers_have_this_page(teller: Teller, who: str) -> None:
    teller.page(who, "/today", code=404)


def test_what_waits_in_words_with_the_way_to_it(teller: Teller) -> None:
    teller.share("maya", "Bread", Door.CLASS)
    page = teller.page("adeyemi", "/today", "teacher")
    assert "1 thing to read before others see it" in page
    assert re.search(r'class="tray" href="/to-read"', page)
    teller.share("oscar", "Call me", Door.CLASS, words="My number is 07700 900123.")
    assert "2 things to read before others see them" in (page := teller.page("adeyemi", "/today", "teacher"))
    assert "Marked: Call me." in page
    assert "The oldest came in" in page
    assert "to read before" not in teller.page("lowe", "/today")
    for number in range(50):
        teller.share("maya", f"Number {number}", Door.CLASS)
    assert "More than 50 things to read before others see them" in teller.page("adeyemi", "/today", "teacher")


def test_what_was_shared_with_them_alone(teller: Teller) -> None:
    teller.share("maya", "For the family", Door.FAMILY)
    for number in range(7):
        teller.share("maya", f"A question {number}", Door.TEACHERS)
    page = teller.page("adeyemi", "/today", "teacher")
    assert re.findall(r"A question \d", words(page)) == [f"A question {number}" for number in (6, 5, 4, 3, 2)]
    assert "For the family" not in page
    assert 'href="/shared-with-me">All that was' in page
    assert "A question" not in teller.page("lowe", "/today")


def test_who_has_not_heard_back_this_half_term(teller: Teller) -> None:
    bread = teller.share("maya", "Bread", Door.TEACHERS)
    teller.share("oscar", "Snails", Door.TEACHERS)
    with clock.at(TERM + timedelta(days=365)):
        assert "Not heard from you yet" not in teller.page("adeyemi", "/today", "teacher")
    moment = clock.now() + timedelta(seconds=1)
    with teller.world.session() as session:
        session.execute(update(Shown).where(Shown.circle.startswith("teachers/")).values(released_at=moment))
        session.commit()
    page = teller.page("adeyemi", "/today", "teacher")
    unheard = page.partition("Not heard from you yet")[2]
    assert f"/entries/{bread}" in unheard
    assert "Maya" in unheard
    assert "Oscar" in unheard
    teller.say("adeyemi", bread, "Which flour did you use?", "teacher")
    unheard = teller.page("adeyemi", "/today", "teacher").partition("Not heard from you yet")[2]
    assert "Maya" not in unheard
    assert "Oscar" in unheard
    assert "Maya" in teller.page("doyle", "/today").partition("Not heard from you yet")[2]


def test_an_answer_comes_to_them(teller: Teller) -> None:
    bread = teller.share("maya", "Bread", Door.TEACHERS)
    asked = teller.say("adeyemi", bread, "Which flour did you use?", "teacher")
    answer = teller.say("maya", bread, "Rye!", parent=asked)
    page = teller.page("adeyemi", "/today", "teacher")
    assert "Maya answered you about Bread." in page
    assert f"/comments/{answer}" in page


def test_classes_and_cover(teller: Teller) -> None:
    world = teller.world
    with world.session() as session:
        own = session.scalars(select(Teaching).where(Teaching.teacher_id == world.member("lowe"))).first()
        assert own is not None
        now = clock.now()
        days = {"starts_at": now - timedelta(days=1), "ends_at": now + timedelta(days=1)}
        group = world.group("kingfishers")
        session.add(Cover(school_id=own.school_id, teacher_id=own.teacher_id, group_id=group, **days))
        session.commit()
    page = teller.page("lowe", "/today")
    assert "You read first for Kingfishers." in page
    assert f"/classes/{own.group_id}" in page
    assert f"/classes/{group}" not in page
    assert "You read first" not in teller.page("doyle", "/today")


def test_queries_stay_few(teller: Teller) -> None:
    bread = teller.share("maya", "Bread", Door.TEACHERS, Door.CLASS)
    asked = teller.say("adeyemi", bread, "Which flour did you use?", "teacher")
    teller.say("maya", bread, "Rye!", parent=asked)
    for number in range(20):
        teller.share("oscar", f"Number {number}", Door.TEACHERS, Door.CLASS)
    browser = teller.world.client("adeyemi", "teacher")
    browser.get("/today")
    with teller.world.counting() as seen:
        assert browser.get("/today").status_code == 200
    assert len(seen) <= 8, seen
