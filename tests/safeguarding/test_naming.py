"""Whom a worry is about, by name: those whom the teller knows here anyway, and nobody else; free words besides."""

import re
from uuid import UUID, uuid4

from sqlalchemy import select

from journal.records import Concern, ConcernAbout
from journal.words import About
from tests.safeguarding.caring import told
from tests.safeguarding.test_telling import concerns, tell, text
from tests.world import World


def offered(world: World, who: str, role: str = "", find: str = "") -> set[UUID]:
    """Whom somebody can choose on the page."""
    browser = world.client(who, role)
    html = browser.post("/worried", {"do": "find", "find": find}, token_from="/worried").get_data(as_text=True)
    return {UUID(one) for one in re.findall(r'name="person" value="([^"]+)"', html)}


def named(world: World, concern: Concern) -> set[UUID]:
    """Whom the teller named, as it is kept."""
    with world.session() as session:
        rows = select(ConcernAbout.membership_id).where(
            ConcernAbout.concern_id == concern.id, ConcernAbout.how == About.NAMED
        )
        return set(session.scalars(rows))


def test_a_pupil_knows_classmates_staff_and_their_own_family(world_on_both: World) -> None:
    world = world_on_both
    found = offered(world, "maya")
    for key, role in (("oscar", "pupil"), ("adeyemi", "teacher"), ("penhale", "lead"), ("kaur", ""), ("nadia", "")):
        assert world.member(key, role) in found, key
    for key in ("sami", "isla", "l-chen", "yara", "okafor", "maya"):
        assert world.member(key) not in found, key


def test_a_relative_knows_their_children_and_the_staff(world: World) -> None:
    found = offered(world, "nadia")
    assert {world.member("maya"), world.member("sami"), world.member("lowe"), world.member("penhale", "lead")} <= found
    for key in ("oscar", "tom", "joe", "l-chen", "ailsa"):
        assert world.member(key) not in found, key


def test_staff_look_for_a_name(world_on_both: World) -> None:
    world = world_on_both
    assert world.member("oscar") in offered(world, "adeyemi", "teacher", "osc")
    assert world.member("nadia") in offered(world, "adeyemi", "teacher", "Maya"), "the relatives of whom one looks for"
    assert world.member("sami") not in offered(world, "adeyemi", "teacher", "Sami"), "not his pupil"
    assert world.member("sami") in offered(world, "bright", "", "sAMI")
    assert offered(world, "penhale", "lead") == set(), "too many: none is left out unseen"
    assert world.member("zain") in offered(world, "penhale", "lead", "zai")
    for hostile in ("%", "__", "'; --", "\x00\x00", "x" * 5000, "\\"):
        assert len(offered(world, "bright", "", hostile)) <= 24
    html = world.client("bright").post("/worried", {"do": "find", "find": "Nobody like this"}).get_data(as_text=True)
    assert "Nobody of that name" in html


def test_what_was_chosen_stays_while_one_looks_for_more(world: World) -> None:
    browser = world.client("bright")
    first = str(world.member("sami"))
    html = browser.post("/worried", {"do": "find", "find": "oscar", "person": first, "words": "Kept"})
    page = html.get_data(as_text=True)
    assert re.search(rf'value="{first}" checked', page)
    assert str(world.member("oscar")) in page
    assert "Kept" in page


def test_whom_one_cannot_name_is_passed_over(world: World) -> None:
    people = [str(world.member(key)) for key in ("oscar", "isla", "yara", "maya")]
    concern = told(world, words="Them", person=[*people, str(uuid4()), "nonsense"])
    assert named(world, concern) == {world.member("oscar")}
    for who in ("isla", "yara"):
        answer = world.client("maya").post("/worried", {"do": "check", "person": str(world.member(who))})
        assert answer.status_code == 400, "somebody whom she cannot name is nothing at all"


def test_a_person_alone_is_enough_and_eight_are_the_most(world: World) -> None:
    tell(world.client("maya"), {"person": str(world.member("oscar"))})
    assert named(world, concerns(world)[0]) == {world.member("oscar")}
    many = list(offered(world, "maya"))
    assert len(many) > 12
    tell(world.client("maya"), {"person": [str(one) for one in many], "words": "All"})
    assert len(named(world, concerns(world)[0])) == 8


def test_whom_a_child_would_like_to_talk_to_and_how_a_grown_up_is_reached(world: World) -> None:
    html = text(world.client("maya").get("/worried").get_data(as_text=True))
    assert "Who would you like to talk to?" in html
    assert "Mrs Doyle" in html
    browser = world.client("maya")
    sent = browser.get(tell(browser, {"words": "Me", "talk_with": str(world.member("doyle"))}))
    assert "Mrs Doyle talks with you" in text(sent.get_data(as_text=True))
    assert concerns(world)[0].talk_with_id == world.member("doyle")
    tell(browser, {"words": "Me", "talk_with": str(world.member("oscar"))})
    assert concerns(world)[0].talk_with_id is None, "not of the staff"
    grown = world.client("nadia")
    assert "May Mr Penhale contact you?" in text(grown.get("/worried").get_data(as_text=True))
    sent = grown.get(tell(grown, {"words": "Me", "contact": "ring"}))
    assert "Somebody rings you" in text(sent.get_data(as_text=True))
    assert concerns(world)[0].contact == "ring"
    tell(grown, {"words": "Me", "contact": "pigeon"})
    assert concerns(world)[0].contact == ""
