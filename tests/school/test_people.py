"""Who is in the school, for the head and the office: names and roles, nothing else."""

from uuid import UUID

import pytest
from sqlalchemy import select

from journal.clock import now
from journal.records import Enrolment, FamilyLink, Membership, TrailCheck
from tests.school.telling import Teller
from tests.world import World


@pytest.fixture
def teller(world: World) -> Teller:
    return Teller(world)


def test_a_class_with_its_teachers_pupils_and_families(teller: Teller) -> None:
    page = teller.page("bright", f"/people?group={teller.world.group('kingfishers')}")
    assert "Taught by Mr Adeyemi and Mrs Doyle." in page
    assert "Nadia Rahman (Mum)" in page
    assert "Tobi" not in page
    assert "Claire" not in page


def test_nothing_that_a_child_wrote_and_no_way_to_reach_anybody(teller: Teller) -> None:
    for who in ("bright", "kaur"):
        page = teller.page(who, f"/people?group={teller.world.group('kingfishers')}")
        assert "The snail hotel" not in page
        assert "@" not in page
        assert "/entries/" not in page


def test_staff_stand_by_role(teller: Teller) -> None:
    page = teller.page("kaur", "/people?group=staff")
    for words in ("Mr Adeyemi", "Kingfishers", "Head teacher", "Safeguarding lead", "School office"):
        assert words in page
    assert "Nadia" not in page


def test_who_left_is_not_listed(teller: Teller) -> None:
    with teller.world.session() as session:
        oscar = session.scalars(select(Membership).where(Membership.id == teller.world.member("oscar"))).one()
        oscar.ended_at = now()
        nadia = session.scalars(select(Membership).where(Membership.id == teller.world.member("nadia"))).one()
        nadia.ended_at = now()
        session.commit()
    page = teller.page("bright", f"/people?group={teller.world.group('kingfishers')}")
    assert "Oscar" not in page
    assert "Nadia" not in page


def test_who_is_in_no_class_is_found(teller: Teller) -> None:
    with teller.world.session() as session:
        for row in session.scalars(select(Enrolment).where(Enrolment.pupil_id == teller.world.member("oscar"))):
            row.ended_at = now()
        for link in session.scalars(select(FamilyLink).where(FamilyLink.relative_id == teller.world.member("joe"))):
            link.ended_at = now()
        session.commit()
    page = teller.page("bright", "/people?group=others")
    assert "Oscar" in page
    assert "Joe" in page
    assert "Maya" not in page


def test_another_school_is_not_there(teller: Teller) -> None:
    page = teller.page("finch", f"/people?group={teller.world.group('kingfishers')}")
    assert "Terns" in page
    assert "Kingfishers" not in page
    assert "Oscar" not in page
    assert "Oscar" not in teller.page("finch", "/people?group=others")
    assert "Adeyemi" not in teller.page("finch", "/people?group=staff")


@pytest.mark.parametrize("who", ["maya", "nadia", "penhale", "adeyemi"])
def test_only_head_and_office_have_this_page(teller: Teller, who: str) -> None:
    teller.page(who, "/people", code=404)


def test_eight_queries_at_most(world_on_both: World) -> None:
    for path in ("/people", "/people?group=staff", "/people?group=others", "/people?group=rubbish"):
        client = world_on_both.client("kaur")
        with world_on_both.counting() as seen:
            assert client.get(path).status_code == 200
        assert len(seen) <= 8


def test_the_office_knows_whether_the_record_is_whole_and_reads_no_line_of_it(teller: Teller) -> None:
    school = UUID(teller.world.keys["schools"]["larkfield"])
    assert "The record has not been checked yet." in teller.page("bright", "/people")
    for fault, said in (("", "The record is whole."), ("changed", "The record is broken.")):
        with teller.world.session() as session:
            session.add(TrailCheck(school_id=school, number=5, fault=fault, fault_number=3 if fault else 0))
            session.commit()
        page = teller.page("bright", "/people")
        assert said in page
        assert "Line 3" not in page
    assert "The record is" not in teller.page("kaur", "/people"), "the head reads it where it stands"
    assert teller.world.client("bright").get("/record").status_code == 404
