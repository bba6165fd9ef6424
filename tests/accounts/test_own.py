"""Languages, colours and letters: kept with the person, or in the browser of somebody at the door."""

import pytest
from sqlalchemy import select

from journal.records import Membership, Person
from tests.accounts.conftest import Door

URDU = 'lang="ur" dir="rtl"'


def opening(door: Door, path: str = "/sign-in") -> str:
    """The first lines of a page."""
    text: str = door.at.get(path).get_data(as_text=True)
    return text.partition("<head>")[0]


def test_the_browsers_language_counts_until_one_chooses(door: Door) -> None:
    page = door.at.get("/sign-in", headers={"Accept-Language": "ur-PK,ur;q=0.9,en;q=0.5"}).get_data(as_text=True)
    assert URDU in page
    door.at.post("/language", {"locale": "en"})
    page = door.at.get("/sign-in", headers={"Accept-Language": "ur"}).get_data(as_text=True)
    assert 'lang="en" dir="ltr"' in page


def test_a_welsh_browser_is_spoken_to_in_welsh(door: Door) -> None:
    page = door.at.get("/sign-in", headers={"Accept-Language": "cy-GB,cy;q=0.9,en;q=0.5"}).get_data(as_text=True)
    assert '<html lang="cy" dir="ltr"' in page
    assert "Rwy’n ddisgybl" in page
    assert 'name="locale" value="cy" lang="cy" aria-current="true">Cymraeg</button>' in page


def test_a_language_chosen_at_the_door_stays_for_this_browser(door: Door) -> None:
    answer = door.at.post("/language", {"locale": "ur", "next": "/sign-in?next=/make"})
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/make")
    assert URDU in opening(door)
    assert URDU not in opening(door.another())


def test_a_language_chosen_by_somebody_signed_in_goes_with_them(door: Door) -> None:
    door.pupil("maya")
    door.at.post("/language", {"locale": "ur"})
    assert URDU in opening(door, "/easier")
    door.at.post("/sign-out")
    assert URDU not in opening(door)
    elsewhere = door.another()
    elsewhere.pupil("maya")
    assert URDU in opening(elsewhere, "/easier")
    another = door.another()
    another.pupil("oscar")
    assert URDU not in opening(another, "/easier")


@pytest.mark.parametrize("locale", ["xx", "", "../../etc/passwd", "ur\x00", "UR", "en-GB-oed", "🦊" * 100])
def test_an_unknown_language_is_no_choice(door: Door, locale: str) -> None:
    door.at.post("/language", {"locale": "ur"})
    answer = door.at.post("/language", {"locale": locale, "next": "/sign-in"})
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert URDU in opening(door)


def test_a_form_without_a_language_changes_nothing(door: Door) -> None:
    door.pupil("maya")
    assert door.at.post("/language").status_code == 303
    assert 'lang="en"' in opening(door, "/easier")


@pytest.mark.parametrize("wanted", ["//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example"])
def test_a_choice_of_language_leads_nowhere_else(door: Door, wanted: str) -> None:
    assert door.at.post("/language", {"locale": "ur", "next": wanted}).location == "/"


def test_colours_and_letters_stay_in_the_browser_at_the_door(door: Door) -> None:
    page = door.at.get("/easier").get_data(as_text=True)
    assert 'value="device" checked' in page
    assert 'value="usual" checked' in page
    assert "data-theme" not in opening(door)
    answer = door.at.post("/easier", {"theme": "dark", "letters": "infant"}, token_from="/easier")
    assert (answer.status_code, answer.location) == (303, "/easier")
    assert 'data-theme="dark" data-letters="infant"' in opening(door)
    assert 'value="dark" checked' in door.at.get("/easier").get_data(as_text=True)
    door.at.post("/easier", {"theme": "device", "letters": "usual"}, token_from="/easier")
    assert "data-theme" not in opening(door)
    assert "data-letters" not in opening(door)


def test_colours_and_letters_go_with_the_person(door: Door) -> None:
    door.pupil("maya")
    door.at.post("/easier", {"theme": "light", "letters": "infant"}, token_from="/easier")
    door.at.post("/sign-out")
    assert "data-theme" not in opening(door)
    elsewhere = door.another()
    elsewhere.pupil("maya")
    assert 'data-theme="light" data-letters="infant"' in opening(elsewhere, "/easier")
    with door.world.session() as session:
        assert len(session.scalars(select(Person.id).where(Person.theme == "light")).all()) == 1


def test_what_is_not_on_the_form_is_no_choice(door: Door) -> None:
    door.pupil("maya")
    door.at.post("/easier", {"theme": "dark"}, token_from="/easier")
    door.at.post("/easier", {"theme": "neon", "letters": "x" * 5000}, token_from="/easier")
    assert 'data-theme="dark"' in opening(door, "/easier")


def test_my_page_says_who_i_am_and_leads_on(door: Door) -> None:
    assert door.at.get("/me").location == "/sign-in?next=/me"
    door.pupil("maya")
    page = door.at.get("/me").get_data(as_text=True)
    for part in ("Maya", "Pupil", "Larkfield Primary", "/easier", "/worried/mine", "/gone", "/sign-out"):
        assert part in page
    assert "/hats" not in page
    grown_up = door.another()
    grown_up.grown_up("nadia")
    page = grown_up.at.get("/me").get_data(as_text=True)
    assert "Family" in page
    assert "/gone" not in page


def test_names_with_signs_are_shown_as_they_are(door: Door) -> None:
    with door.world.session() as session:
        maya = session.scalars(select(Membership).where(Membership.id == door.world.member("maya"))).one()
        maya.name = "<b>Maya</b> & 'co' %(name)s"
        session.commit()
    door.class_code("PLUM-RIVER-62")
    for path in ("/sign-in/class/pupils", f"/sign-in/class/pupils/{door.world.member('maya')}"):
        page = door.at.get(path).get_data(as_text=True)
        assert "&lt;b&gt;Maya&lt;/b&gt; &amp; &#39;co&#39; %(name)s" in page


def test_pages_ask_the_database_only_a_few_things(door: Door) -> None:
    door.class_code("PLUM-RIVER-62")
    door.at.get("/sign-in/class/pupils")
    paths = ["/sign-in", "/sign-in/class/pupils", "/forgotten", "/easier"]
    for path in paths:
        with door.world.counting() as seen:
            assert door.at.get(path).status_code == 200
        assert len(seen) <= 3
    door.staff("adeyemi")
    with door.world.counting() as seen:
        assert door.at.get("/hats").status_code == 200
    assert len(seen) <= 4
