"""Who may open which portfolio, what the pages ask, and what they say when something is wrong."""

import re
from typing import Any

import pytest
from sqlalchemy import select, update

from journal.clock import now
from journal.portfolio import acts
from journal.records import Enrolment, Export, FamilyLink
from journal.words import Door
from tests.portfolio.asking import Asker, Teller, of, words_of
from tests.world import World

FAMILY, TEACHERS, CLASS = Door.FAMILY, Door.TEACHERS, Door.CLASS


@pytest.fixture
def teller(world: World) -> Teller:
    return Teller(world)


def test_a_pupil_finds_what_is_in_it_and_how_to_take_it_home(teller: Teller) -> None:
    teller.share("maya", "Only mine")
    page = Asker(teller.world, "maya").get("/portfolio")
    for title in ("Only mine", "The snail hotel", "My secret song"):
        assert title in page
    assert "Take it home" in page
    assert "Nobody yet." in page


def test_a_relative_is_asked_whose_and_only_of_their_own(world: World) -> None:
    nadia = Asker(world, "nadia")
    page = nadia.get("/portfolio")
    assert "Maya" in page
    assert "Sami" in page
    assert "Oscar" not in page
    assert "Take home what Maya has shown you" in nadia.get(of(world, "maya"))


def test_a_relative_of_one_child_goes_straight_there(world: World) -> None:
    with world.session() as session:
        sami = FamilyLink.pupil_id == world.member("sami")
        session.execute(update(FamilyLink).where(sami).values(ended_at=now()))
        session.commit()
    answer = world.client("nadia").get("/portfolio")
    assert answer.status_code == 302
    assert answer.headers["Location"] == of(world, "maya")


def test_the_family_home_and_my_space_lead_there(world: World) -> None:
    home = world.client("nadia").get("/home").get_data(as_text=True)
    assert f'href="{of(world, "maya")}"' in home
    for who, path in (("maya", "/my-space"), ("nadia", "/home"), ("kaur", "/people")):
        assert 'href="/portfolio"' in world.client(who).get(path).get_data(as_text=True)
    for who, path in (("adeyemi", "/to-read"), ("penhale", "/concerns"), ("bright", "/people")):
        role = "teacher" if who == "adeyemi" else ""
        assert 'href="/portfolio"' not in world.client(who, role).get(path).get_data(as_text=True)


NOT_THEIRS = [
    ("oscar", "", "", "maya"),  # a classmate
    ("maya", "", "", "oscar"),
    ("maya", "", "", "sami"),  # a sister
    ("nadia", "", "", "oscar"),
    ("adeyemi", "teacher", "", "maya"),  # her teacher, whom the head did not name
    ("adeyemi", "relative", "", "maya"),
    ("penhale", "", "", "maya"),
    ("bright", "", "", "maya"),
    ("claire", "", "", "maya"),
    ("tully", "", "saltmarsh", "maya"),  # the head of the other school
    ("yara", "", "saltmarsh", "maya"),
]


def test_to_anybody_else_it_is_not_there(world: World) -> None:
    for who, role, school, pupil in NOT_THEIRS:
        stranger = Asker(world, who, role, school)
        assert "There is nothing here" in stranger.get(of(world, pupil), 404)
        for do in ("look", "order", "change", ""):
            stranger.send(of(world, pupil), 404, do=do, part="all")
    with world.session() as session:
        assert list(session.scalars(select(Export.id))) == []


def test_an_ended_family_link_shuts_it_at_once(world: World) -> None:
    nadia = Asker(world, "nadia")
    nadia.get(of(world, "maya"))
    place = nadia.made("maya")
    with world.session() as session:
        session.execute(update(FamilyLink).values(ended_at=now()))
        session.commit()
    nadia.get(of(world, "maya"), 404)
    assert nadia.browser.get(f"{place}/file").status_code == 404
    nadia.send(f"{place}/anew", 404)
    assert "No child’s door leads here now" in nadia.get("/portfolio")


def test_the_head_chooses_a_pupil_or_a_class(world: World) -> None:
    kaur = Asker(world, "kaur")
    group = world.group("kingfishers")
    page = kaur.get(f"/portfolio?group={group}")
    for words in ("Kingfishers", "Maya", "Oscar", "The whole class", "Who may take portfolios home"):
        assert words in page
    assert "Tobi" not in page
    assert "Terns" not in page
    assert "24 pupils, a book each" in kaur.get(f"/portfolio/class/{group}")
    look = kaur.send(f"/portfolio/class/{group}", part="all", do="look")
    size = re.search(r"One file: about (\d+) megabytes", look)
    assert size
    assert int(size.group(1)) > 24 * 0.45, "each book has its own look"
    kaur.get(f"/portfolio/class/{world.group('terns')}", 404)
    for rubbish in ("", "rubbish", str(world.group("terns"))):
        assert "Herons" in kaur.get(f"/portfolio?group={rubbish}")


def test_a_school_without_pupils_in_classes_still_has_the_page(world: World) -> None:
    with world.session() as session:
        session.execute(update(Enrolment).values(ended_at=now()))
        session.commit()
    assert "No pupil is in a class yet." in Asker(world, "kaur").get("/portfolio")


# --- a look at it -------------------------------------------------------------------------------------------------


def test_the_look_says_what_is_in_it_and_what_stays_out(teller: Teller) -> None:
    mine, family, teachers = (_things(Asker(teller.world, who).look("maya")) for who in ("maya", "nadia", "kaur"))
    entry = teller.share("maya", "A kite", FAMILY, TEACHERS)
    teller.share("maya", "Only mine")
    teller.share("maya", "For home", FAMILY)
    teller.say("nadia", entry, "For the family")
    kept = teller.share("maya", "Not in the book", FAMILY, TEACHERS)
    Asker(teller.world, "maya").send(f"/portfolio/entries/{kept}", 303, put="out")
    page = Asker(teller.world, "maya").look("maya")
    assert _things(page) == mine + 3
    assert "1 thing that you keep out of your portfolio" in page
    assert "1 thing that you are still making" in page
    assert "Nobody is told that you take your own book home." in page
    page = Asker(teller.world, "nadia").look("maya")
    assert _things(page) == family + 2
    assert "1 thing that Maya keeps out of the portfolio" in page
    assert "still making" not in page
    assert "Maya sees that you took it home." in page
    page = Asker(teller.world, "kaur").look("maya")
    assert _things(page) == teachers + 1
    assert "1 thing that Maya keeps out of the portfolio" in page
    assert "Maya sees who took it home for the school" in page
    with teller.world.session() as session:
        assert list(session.scalars(select(Export.id))) == [], "looking orders nothing"


def _things(page: str) -> int:
    found = re.search(r"What is in it (\d+) things?", page)
    assert found, page
    return int(found[1])


def test_days_and_places_narrow_it(teller: Teller) -> None:
    oscar = Asker(teller.world, "oscar")
    teller.share("oscar", "A kite", FAMILY)  # on the first of December
    assert "What is in it 1 thing" in oscar.look("oscar", part="some", since="2026-12-01")
    assert "What is in it 1 thing" in oscar.look("oscar", part="some", since="2026-12-01", until="2026-12-01")
    assert "From 1 December 2026 until 1 December 2026" in oscar.look(
        "oscar", part="some", since="2026-12-01", until="2026-12-01"
    )
    assert "There would be nothing in it." in oscar.look("oscar", part="some", since="2026-12-02")
    places = oscar.look("oscar", part="some", learned=["home", "club"])
    assert "Learned: At home or A club" in places


def test_an_empty_one_cannot_be_ordered(teller: Teller) -> None:
    oscar = Asker(teller.world, "oscar")
    answer = oscar.browser.post(of(teller.world, "oscar"), {"part": "some", "since": "2030-01-01", "do": "look"},
                               follow_redirects=True)  # fmt: skip
    assert 'value="order"' not in answer.get_data(as_text=True)
    page = oscar.send(of(teller.world, "oscar"), 400, part="some", since="2030-01-01", do="order")
    assert "There would be nothing in it. Choose more days, more places or other things." in page


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"part": "some", "since": "2026-10-02", "until": "2026-10-01"}, "The last day is before the first day."),
    ({"part": "some", "since": "2026-02-30"}, "We do not know that day."),
    ({"part": "some", "until": "30.9.2026"}, "We do not know that day."),
    ({"part": "some", "since": "٢٠٢٦-٠٩-٣٠"}, "We do not know that day."),
    ({"part": "some", "until": "9999-12-31"}, "We did not understand that."),
    ({"part": "some"}, "Nothing is chosen yet."),
    ({"part": "some", "learned": ["moon"]}, "Nothing is chosen yet."),
    ({"part": "chosen", "step": "tick"}, "Nothing is chosen yet."),
]


@pytest.mark.parametrize("do", ["look", "order"])
def test_what_is_wrong_is_said_and_what_was_typed_stays(world: World, do: str) -> None:
    maya = world.client("maya")
    for fields, words in WRONG:
        answer = maya.post(of(world, "maya"), {**fields, "do": do})
        assert answer.status_code == 400, fields
        assert words in words_of(answer), fields
        page = answer.get_data(as_text=True)
        for name in ("since", "until"):
            if typed := fields.get(name):
                assert re.search(rf'name="{name}"[^>]*value="{re.escape(typed)}"', page)
        if fields["part"] == "some":
            assert 'value="some" checked' in page
            assert 'aria-invalid="true"' in page


def test_each_step_has_an_address_with_what_was_asked_for(world: World) -> None:
    maya, path = world.client("maya"), of(world, "maya")
    wanted = {"part": "some", "since": "2026-09-01", "learned": ["home", "club"], "kept_out_too": "yes"}
    for do, then in (("look", "What is in it"), ("change", "What goes in?")):
        went = maya.post(path, {**wanted, "do": do})
        assert went.status_code == 303
        page = maya.get(went.headers["Location"])
        assert then in words_of(page)
        assert 'value="2026-09-01"' in page.get_data(as_text=True)
    assert maya.post(of(world, "ailsa"), {**wanted, "do": "look"}).status_code == 404
    assert maya.get(f"{path}?step=look&part=some&since=soon").status_code == 400
    kaur, books = world.client("kaur"), f"/portfolio/class/{world.group('kingfishers')}"
    assert "Make the books" in words_of(kaur.get(kaur.post(books, {**wanted, "do": "look"}).headers["Location"]))


def test_more_ticks_than_an_address_holds_stay_all_the_same(world: World) -> None:
    many = " ".join(f"{number:032x}" for number in range(100))
    page = world.client("maya").post(
        of(world, "maya"), {"part": "chosen", "do": "newest", "step": "tick", "chosen": many}
    )
    assert page.status_code == 200
    assert f'name="chosen" value="{many}"' in page.get_data(as_text=True)


GARBAGE: list[dict[str, Any]] = [
    {},
    {"do": "older:rubbish", "part": "chosen", "step": "tick"},
    {"do": "older:", "part": "chosen"},
    {"do": "tick-month", "part": "chosen", "month": "2026-13"},
    {"do": "tick-month", "part": "chosen", "month": "0000-00"},
    {"do": "tick-month", "part": "chosen", "month": "9999-12"},
    {"do": "show-month", "part": "chosen", "month": "9999-12", "shown": "9999-12"},
    {"do": "show-month", "part": "chosen", "month": "0001-01"},
    {"do": "look", "part": "moon"},
    {"do": "look", "part": "chosen", "step": "tick", "chosen": "rubbish " * 5000, "entry": ["x", "\x00"]},
    {"do": "look", "part": "chosen", "step": "tick", "chosen": " ".join(f"{number:032x}" for number in range(2500))},
    {"do": "look", "part": "some", "since": "0001-01-01"},
    {"do": "look", "part": "some", "since": "x" * 10_000},
    {"do": "fly", "part": "all"},
    {"do": "order", "part": "all", "learned": ["home"] * 300},
]


def test_rubbish_is_answered_kindly(world: World) -> None:
    askers = [(who, of(world, "maya")) for who in ("maya", "nadia", "kaur")]
    askers.append(("kaur", f"/portfolio/class/{world.group('kingfishers')}"))
    for who, path in askers:
        browser = world.client(who)
        for fields in GARBAGE:
            assert browser.post(path, fields).status_code in (200, 303, 400), fields


def test_no_room_is_said_before_anything_is_made(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        free = 10

    monkeypatch.setattr(acts.shutil, "disk_usage", lambda _folder: Full)
    page = Asker(world, "maya").send(of(world, "maya"), 400, part="all", do="order")
    assert "There is not enough room on the school’s computer for this." in page


# --- eight queries ------------------------------------------------------------------------------------------------


def test_a_page_asks_eight_times_at_most_whatever_there_is(world_on_both: World) -> None:
    teller, world = Teller(world_on_both), world_on_both
    group = world.group("kingfishers")
    pages: list[tuple[str, str, dict[str, str] | None]] = [
        ("maya", "/portfolio", None),
        ("nadia", "/portfolio", None),
        ("kaur", f"/portfolio?group={group}", None),
        ("kaur", f"/portfolio/class/{group}", None),
        ("kaur", f"/portfolio/class/{group}", {"part": "all", "do": "look"}),
        ("kaur", "/portfolio/who-may", None),
    ]
    for who in ("maya", "nadia", "kaur"):
        pages += [
            (who, of(world, "maya"), None),
            (who, of(world, "maya"), {"part": "all", "do": "look"}),
            (who, of(world, "maya"), {"part": "chosen", "do": "look"}),
            (who, of(world, "maya"), {"part": "chosen", "do": "show-month", "month": "2026-12"}),
        ]
    place = Asker(world, "maya").order("maya")
    pages.append(("maya", place, None))
    before = [_queries(world, *page) for page in pages]
    for number in range(25):
        entry = teller.share("maya", f"Number {number}", FAMILY, TEACHERS)
        teller.say("joe", entry, "Well!")
        if number % 2:
            Asker(world, "maya").send(f"/portfolio/entries/{entry}", 303, put="out")
    after = [_queries(world, *page) for page in pages]
    told = list(zip(pages, before, after, strict=True))
    assert [one for one in told if max(one[1:]) > 8] == []
    assert [one for one in told if one[2] > one[1] + 1] == [], "one more where there were no photos before"


def _queries(world: World, who: str, path: str, fields: dict[str, str] | None) -> int:
    browser = world.client(who)
    token = browser.token("/help")
    asked = []
    if fields is not None:
        with world.counting() as seen:
            answer = browser.client.post(path, data={"csrf_token": token, **fields})
        asked.append(seen)
        path = str(answer.headers["Location"])
    with world.counting() as seen:
        assert browser.get(path).status_code == 200
    asked.append(seen)
    return max(len([one for one in many if one.lstrip().startswith(("SELECT", "WITH"))]) for many in asked)
