"""What pupils chose to show their teachers."""

import pytest
from sqlalchemy import select

from journal.records import Teaching
from tests.school.telling import Door, Teller
from tests.world import World


@pytest.fixture
def teller(world: World) -> Teller:
    return Teller(world)


def test_it_is_there_at_once_for_the_groups_teachers_alone(teller: Teller) -> None:
    teller.share("maya", "A question for you", Door.TEACHERS)
    assert "A question for you" in teller.page("adeyemi", "/shared-with-me", "teacher")
    assert "A question for you" in teller.page("doyle", "/shared-with-me", "teacher")
    assert "A question for you" not in teller.page("lowe", "/shared-with-me", "teacher")
    assert "A question for you" not in teller.page("menon", "/shared-with-me", "teacher")


def test_what_is_for_others_is_not_there(teller: Teller) -> None:
    teller.share("maya", "For the family", Door.FAMILY)
    teller.share("maya", "For the class", Door.CLASS)
    page = teller.page("adeyemi", "/shared-with-me", "teacher")
    assert "For the family" not in page
    assert "For the class" not in page


@pytest.mark.parametrize("who", ["maya", "nadia", "kaur", "penhale", "bright"])
def test_only_teachers_have_this_page(teller: Teller, who: str) -> None:
    teller.page(who, "/shared-with-me", code=404)


def test_new_until_it_was_opened(teller: Teller) -> None:
    entry = teller.share("maya", "A question for you", Door.TEACHERS)
    assert "· New" in _line(teller.page("adeyemi", "/shared-with-me", "teacher"))
    teller.look("adeyemi", entry, "teacher")
    assert "· New" not in _line(teller.page("adeyemi", "/shared-with-me", "teacher"))


def test_one_class_of_several(teller: Teller) -> None:
    with teller.world.session() as session:
        old = session.scalars(
            select(Teaching).where(Teaching.teacher_id == teller.world.member("adeyemi", "teacher"))
        ).first()
        assert old is not None
        session.add(Teaching(school_id=old.school_id, teacher_id=old.teacher_id, group_id=teller.world.group("herons")))
        session.commit()
    teller.share("maya", "From Kingfishers", Door.TEACHERS)
    teller.share("amara", "From Herons", Door.TEACHERS)
    both = teller.page("adeyemi", "/shared-with-me", "teacher")
    assert "From Kingfishers" in both
    assert "From Herons" in both
    herons = teller.page("adeyemi", f"/shared-with-me?group={teller.world.group('herons')}", "teacher")
    assert "From Kingfishers" not in herons
    assert "From Herons" in herons
    wrens = teller.page("adeyemi", f"/shared-with-me?group={teller.world.group('wrens')}", "teacher")
    assert "From Herons" in wrens


def _line(page: str) -> str:
    lines = page.split('<li class="fresh">')
    return next(line for line in lines if "A question for you" in line)
