"""Whom the head names to take portfolios home: found at once, lost at once, written down, and nobody else's affair."""

from sqlalchemy import select

from journal.records import ExportRight, Trail
from journal.words import Door
from tests.portfolio.asking import Asker, Teller, of
from tests.world import World

WHO_MAY = "/portfolio/who-may"


def test_who_is_named_finds_the_way_and_who_is_not_any_more_loses_it(world: World) -> None:
    kaur, doyle = Asker(world, "kaur"), Asker(world, "doyle")
    Teller(world).share("maya", "For the teachers", Door.TEACHERS)
    member = str(world.member("doyle"))
    assert "Nobody but you." in kaur.get(WHO_MAY)
    doyle.get("/portfolio", 404)
    kaur.send(WHO_MAY, 303, membership=member, do="name")
    page = kaur.get(WHO_MAY)
    assert "Mrs Doyle Named by Mrs Kaur, today" in page
    assert "Mrs Kaur named Mrs Doyle." in page
    assert 'href="/portfolio"' in doyle.browser.get("/to-read").get_data(as_text=True)
    page = doyle.get("/portfolio")
    assert "The whole class" in page
    assert "Who may take portfolios home" not in page
    doyle.get(WHO_MAY, 404)
    place = doyle.made("maya")
    assert "The book is ready" in doyle.get(place)
    assert doyle.take_home(place)
    kaur.send(WHO_MAY, 303, membership=member, do="un-name")
    assert "Mrs Kaur said: Mrs Doyle not any more." in kaur.get(WHO_MAY)
    doyle.get("/portfolio", 404)
    doyle.get(of(world, "maya"), 404)
    doyle.get(f"/portfolio/class/{world.group('kingfishers')}", 404)
    assert doyle.browser.get(f"{place}/file").status_code == 404
    doyle.send(f"{place}/anew", 404)
    assert 'href="/portfolio"' not in doyle.browser.get("/to-read").get_data(as_text=True)


def test_it_is_written_down_and_pressing_twice_changes_nothing(world: World) -> None:
    kaur = Asker(world, "kaur")
    member = str(world.member("bright"))
    for do in ("name", "name", "un-name", "un-name", "name"):
        kaur.send(WHO_MAY, 303, membership=member, do=do)
    with world.session() as session:
        acts = list(session.scalars(select(Trail.act).where(Trail.act.like("%name_to_export")).order_by(Trail.id)))
        rows = list(session.scalars(select(ExportRight)))
    assert acts == ["name_to_export", "unname_to_export", "name_to_export"]
    assert len(rows) == 2
    assert "Portfolios" in Asker(world, "bright").get("/portfolio")


def test_only_the_head_and_only_staff_of_this_school(world: World) -> None:
    kaur = Asker(world, "kaur")
    strangers = [("maya", ""), ("nadia", ""), ("adeyemi", "teacher"), ("penhale", ""), ("bright", "")]
    for who, role in strangers:
        Asker(world, who, role).get(WHO_MAY, 404)
        Asker(world, who, role).send(WHO_MAY, 404, membership=str(world.member("doyle")), do="name")
    for who, school in (("maya", ""), ("nadia", ""), ("kaur", ""), ("tully", "saltmarsh"), ("finch", "saltmarsh")):
        kaur.send(WHO_MAY, 404, membership=str(world.member(who, school=school)), do="name")
    page = kaur.get(WHO_MAY)
    assert "Mr Finch" not in page
    assert "Maya" not in page
    with world.session() as session:
        assert list(session.scalars(select(ExportRight.id))) == []


def test_what_was_not_understood_is_said(world: World) -> None:
    kaur = Asker(world, "kaur")
    for fields in ({}, {"membership": "x", "do": "name"}, {"membership": str(world.member("doyle")), "do": "fly"}):
        assert "We did not understand that." in kaur.send(WHO_MAY, 400, **fields)


def test_a_named_teacher_gets_what_was_shared_with_the_teachers_and_nothing_more(world: World) -> None:
    """Whatever else they see as themselves: their own class's walls, things that wait for them."""
    teller = Teller(world)
    teller.share("maya", "For home", Door.FAMILY)
    teller.share("maya", "For the teachers", Door.TEACHERS)
    teller.share("maya", "Waits for a teacher", Door.CLASS)
    Asker(world, "kaur").send(WHO_MAY, 303, membership=str(world.member("adeyemi", "teacher")), do="name")
    adeyemi = Asker(world, "adeyemi", "teacher")
    page = adeyemi.send(of(world, "maya"), part="chosen", do="look")
    assert "For the teachers" in page
    assert "For home" not in page
    assert "Waits for a teacher" not in page
    Asker(world, "adeyemi", "relative").get(of(world, "maya"), 404)
