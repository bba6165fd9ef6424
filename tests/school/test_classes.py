"""A class's page: what was let through for the class or its families, for those who hold that circle."""

import re

import pytest
from sqlalchemy import select

from journal.clock import now
from journal.records import Enrolment, Group, Teaching
from tests.school.telling import Door, Teller
from tests.world import World

CLASS, FAMILIES = Door.CLASS, Door.CLASS_FAMILIES


@pytest.fixture
def teller(world: World) -> Teller:
    return Teller(world)


def at(teller: Teller, group: str = "kingfishers", more: str = "") -> str:
    return f"/classes/{teller.world.group(group)}{more}"


def test_one_class_is_gone_to_at_once_and_several_are_a_choice(teller: Teller) -> None:
    answer = teller.world.client("maya").get("/classes")
    assert (answer.status_code, answer.location) == (302, at(teller))
    page = teller.page("nadia", "/classes")
    assert at(teller) in page
    assert at(teller, "wrens") in page
    assert at(teller, "herons") not in page


def test_no_class_is_told_kindly(teller: Teller) -> None:
    with teller.world.session() as session:
        for row in session.scalars(select(Enrolment).where(Enrolment.pupil_id == teller.world.member("maya"))):
            row.ended_at = now()
        session.commit()
    assert "No class yet" in teller.page("maya", "/classes")
    teller.page("maya", at(teller), code=404)


@pytest.mark.parametrize("who", ["kaur", "bright", "penhale"])
def test_who_is_in_no_class_finds_no_such_page(teller: Teller, who: str) -> None:
    teller.page(who, "/classes", code=404)
    teller.page(who, at(teller), code=404)


@pytest.mark.parametrize(
    ("who", "role"), [("sami", ""), ("lowe", "teacher"), ("menon", "teacher"), ("finch", ""), ("d-levy", "")]
)
def test_another_class_and_another_school_do_not_exist(teller: Teller, who: str, role: str) -> None:
    there = teller.page(who, at(teller), role, code=404)
    never = teller.page(who, "/classes/0190a000-0000-7000-8000-000000000000", role, code=404)
    assert _main(there) == _main(never)


def test_only_what_was_let_through_for_the_class(teller: Teller) -> None:
    waits = teller.share("maya", "A kite", CLASS)
    assert "A kite" not in teller.page("oscar", at(teller))
    teller.let_through(waits)
    assert "A kite" in teller.page("oscar", at(teller))
    assert "A kite" in teller.page("adeyemi", at(teller), "teacher")
    assert "A kite" not in teller.page("d-tennant", at(teller))


def test_families_see_what_is_theirs_and_no_face_of_another_child(teller: Teller) -> None:
    entry = teller.share("ruby", "With wet goggles", FAMILIES)
    teller.let_through(entry)
    page = teller.page("nadia", at(teller))
    assert "With wet goggles" in page
    assert "Ruby" in page
    assert str(teller.world.member("ruby")) not in page
    assert f"/faces/{teller.world.member('maya')}" in page
    assert "With wet goggles" not in teller.page("oscar", at(teller))
    assert "With wet goggles" in teller.page("adeyemi", at(teller), "teacher")


def test_a_teacher_as_a_parent_meets_the_other_class_as_a_parent(teller: Teller) -> None:
    assert teller.world.client("adeyemi", "teacher").get("/classes").location == at(teller)
    assert teller.world.client("adeyemi", "relative").get("/classes").location == at(teller, "wrens")
    teller.page("adeyemi", at(teller), "relative", code=404)


def test_an_edit_waits_while_the_class_keeps_the_old_words(teller: Teller) -> None:
    entry = teller.share("maya", "First words", CLASS)
    teller.let_through(entry)
    teller.edit("maya", entry, "Second words", CLASS)
    assert "First words" in teller.page("oscar", at(teller))
    assert "Second words" not in teller.page("oscar", at(teller))
    teller.let_through(entry)
    assert "Second words" in teller.page("oscar", at(teller))


def test_left_out_and_taken_away(teller: Teller) -> None:
    entry = teller.share("maya", "A kite", CLASS, left_out=(teller.world.member("oscar"),))
    teller.let_through(entry)
    assert "A kite" not in teller.page("oscar", at(teller))
    assert "A kite" in teller.page("ruby", at(teller))
    teller.open_doors("maya", entry)
    assert "A kite" not in teller.page("ruby", at(teller))


def test_last_years_class_keeps_its_page(teller: Teller) -> None:
    entry = teller.share("maya", "A kite", CLASS)
    teller.let_through(entry)
    with teller.world.session() as session:
        group = session.scalars(select(Group).where(Group.id == teller.world.group("kingfishers"))).one()
        group.closed_at = now()
        session.commit()
    page = teller.page("oscar", at(teller))
    assert "This school year is over." in page
    assert "A kite" in page


def test_a_teacher_who_left_the_class_sees_it_no_more(teller: Teller) -> None:
    with teller.world.session() as session:
        for row in session.scalars(
            select(Teaching).where(Teaching.teacher_id == teller.world.member("adeyemi", "teacher"))
        ):
            row.ended_at = now()
        session.commit()
    teller.page("adeyemi", at(teller), "teacher", code=404)
    assert "Nothing here yet" in teller.page("adeyemi", "/shared-with-me", "teacher")


def test_everything_once_over_many_pages(teller: Teller) -> None:
    for number in range(45):
        entry = teller.share("maya", f"Number {number}.", CLASS, FAMILIES)
        teller.let_through(entry)
    for who, role in (("oscar", ""), ("adeyemi", "teacher"), ("nadia", "")):
        assert _numbers(teller, who, role, at(teller)) == [str(number) for number in reversed(range(45))]


def test_eight_queries_whatever_the_past(world_on_both: World) -> None:
    teller = Teller(world_on_both)
    counts = []
    for _ in range(2):
        for who, role, path in (
            ("maya", "", at(teller)),
            ("nadia", "", at(teller)),
            ("adeyemi", "teacher", at(teller)),
            ("adeyemi", "teacher", "/shared-with-me"),
            ("nadia", "", "/classes"),
        ):
            client = world_on_both.client(who, role)
            with world_on_both.counting() as seen:
                assert client.get(path).status_code == 200
            counts.append(len(seen))
        for number in range(25):
            entry = teller.share("oscar", f"Number {number}", CLASS, FAMILIES, Door.TEACHERS)
            teller.let_through(entry)
            teller.let_through(teller.say("ruby", entry, "Well!"))
    assert counts[:5] == counts[5:]
    assert max(counts) <= 8


def _numbers(teller: Teller, who: str, role: str, path: str) -> list[str]:
    seen: list[str] = []
    while path:
        page = teller.page(who, path, role)
        seen += re.findall(r">Number (\d+)\.</a>", page)
        older = re.search(r'href="([^"]*before=[^"]+)" rel="next"', page)
        path = older.group(1) if older else ""
    return seen


def _main(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]
