"""Ordering, watching, leaving and coming back, taking home, and what happens when something changed meanwhile."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from journal.clock import at, now
from journal.records import Export, Look, Trail
from journal.words import Door, ExportState, LookKind
from tests.portfolio.asking import Asker, Teller, of, text_in, words_of
from tests.world import World

FAMILY, TEACHERS = Door.FAMILY, Door.TEACHERS


@pytest.fixture
def teller(world: World) -> Teller:
    return Teller(world)


def test_it_is_ordered_watched_left_found_again_and_taken_home(teller: Teller) -> None:
    nadia = Asker(teller.world, "nadia")
    place = nadia.order("maya")
    page = nadia.get(place)
    assert "The book waits for its turn" in page
    assert "You can leave this page and come back." in page
    assert "Look again" in page
    assert "It waits for its turn." in nadia.get(of(teller.world, "maya"))
    piece = nadia.browser.get(place, headers={"X-Fragment": "1"})
    text = piece.get_data(as_text=True)
    assert "<html" not in text
    assert f'data-made="{place}"' in text
    assert "<progress" in text
    assert nadia.browser.get(f"{place}/file").status_code == 404, "not ready yet"
    teller.world.work()
    page = nadia.get(place)
    assert "The book is ready" in page
    assert "It is here until" in page
    assert 'data-made=""' in nadia.browser.get(place, headers={"X-Fragment": "1"}).get_data(as_text=True)
    assert place in nadia.browser.get("/portfolio").get_data(as_text=True)
    assert "The snail hotel" in text_in(nadia.take_home(place))


def test_how_far_it_has_come_is_said_in_numbers(world: World) -> None:
    maya = Asker(world, "maya")
    place = maya.order("maya")
    with world.session() as session:
        session.execute(update(Export).values(state=ExportState.MAKING, done=9, total=14))
        session.commit()
    text = maya.browser.get(place).get_data(as_text=True)
    assert re.search(r'<progress max="14" value="9"[^>]*>9 of 14</progress>', text)
    assert "The book is being made" in text


def test_ordered_twice_it_is_one(world: World) -> None:
    maya = Asker(world, "maya")
    first = maya.order("maya")
    assert maya.order("maya") == first
    world.work()
    assert maya.order("maya") == first
    assert maya.order("maya", part="some", since="2026-01-01") != first
    with world.session() as session:
        assert len(list(session.scalars(select(Export.id)))) == 2


def test_the_file_is_kept_by_no_browser_and_has_a_name(world: World) -> None:
    maya = Asker(world, "maya")
    answer = maya.browser.get(f"{maya.made('maya')}/file")
    assert answer.headers["Content-Disposition"] == "attachment; filename=portfolio-maya.zip"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.mimetype == "application/zip"
    assert not {"ETag", "Last-Modified", "Expires"} & set(answer.headers.keys())
    assert answer.is_streamed
    assert int(answer.headers["Content-Length"]) == len(answer.get_data())


def test_only_who_ordered_it_finds_it(world: World) -> None:
    place = Asker(world, "nadia").made("maya")
    strangers = [("maya", ""), ("tom", ""), ("kaur", ""), ("adeyemi", "teacher"), ("oscar", ""), ("yara", "")]
    for who, role in strangers:
        stranger = Asker(world, who, role)
        for path in (place, f"{place}/file"):
            stranger.get(path, 404)
        stranger.send(f"{place}/anew", 404)
    assert world.client().get(f"{place}/file").status_code == 302


def test_taking_it_home_is_told_to_the_child_and_written_down(teller: Teller) -> None:
    entry = teller.share("maya", "A kite", FAMILY, TEACHERS)
    teller.share("maya", "Only mine")
    nadia, kaur, maya = (Asker(teller.world, who) for who in ("nadia", "kaur", "maya"))
    for one in (nadia, kaur):
        one.take_home(one.made("maya"))
    page = maya.get(f"/entries/{entry}")
    looked = page[page.index("Who has looked") :]
    assert looked.count("Took it home:") == 2
    assert "Mum" in looked
    assert "Mrs Kaur" in looked
    page = maya.get("/portfolio")
    took = page[page.index("Who took it home") :]
    assert "Mum Today" in took
    assert "Mrs Kaur, for the school Today" in took
    assert "Took it home" not in nadia.get(f"/entries/{entry}")
    maya.take_home(maya.made("maya"))
    assert "You" not in maya.get("/portfolio").split("Who took it home")[1].split("They can")[0]
    with teller.world.session() as session:
        acts = list(session.scalars(select(Trail.act).where(Trail.act == "take_home")))
        looks = list(session.scalars(select(Look.item_id).where(Look.kind == LookKind.EXPORTED)))
    assert len(acts) == 3
    assert looks.count(entry) == 2


def test_only_asking_is_not_taking_home(world: World) -> None:
    nadia = Asker(world, "nadia")
    place = nadia.made("maya")
    head = nadia.browser.client.head(f"{place}/file")
    assert head.status_code == 200
    assert head.headers["Cache-Control"] == "no-store"
    with world.session() as session:
        assert list(session.scalars(select(Look.id).where(Look.kind == LookKind.EXPORTED))) == []
        assert session.scalars(select(Export.fetched_at)).one() is None
    assert Asker(world, "tom").browser.client.head(f"{place}/file").status_code == 404


@pytest.mark.parametrize("change", ["take-back", "delete", "out"])
def test_what_changed_meanwhile_is_not_handed_out(teller: Teller, change: str) -> None:
    entry = teller.share("maya", "A kite of mine", FAMILY)
    nadia, maya = Asker(teller.world, "nadia"), Asker(teller.world, "maya")
    place = nadia.made("maya")
    if change == "out":
        maya.send(f"/portfolio/entries/{entry}", 303, put="out")
    else:
        maya.browser.post(f"/entries/{entry}/{change}", {"sure": "yes"})
    answer = nadia.browser.get(f"{place}/file")
    assert answer.status_code == 303
    assert answer.headers["Location"] == place
    page = nadia.get(place)
    assert "Something in it changed since it was made." in page
    assert "It is being made anew, with what you can see now." in page
    teller.world.work()
    book = text_in(nadia.take_home(place))
    assert "A kite of mine" not in book
    assert "The snail hotel" in book


def test_after_its_time_it_can_be_had_anew(world: World) -> None:
    maya = Asker(world, "maya")
    place = maya.made("maya")
    later = now() + timedelta(days=15)
    with at(later):
        fresh = Asker(world, "maya")
        page = fresh.get(place)
        assert "The book is not here any more" in page
        assert "Files are kept for a while only." in page
        assert fresh.browser.get(f"{place}/file").status_code == 404
        assert "Not here any more." in fresh.get("/portfolio")
        again = fresh.send(f"{place}/anew", 303)
        world.work()
        assert "The snail hotel" in text_in(fresh.take_home(again))


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        ("disk_full", "There was not enough room on the school’s computer."),
        ("nothing", "There was nothing to put in."),
        ("changing", "changed again and again"),
        ("broken", "Something broke on our side. You did nothing wrong."),
    ],
)
def test_why_it_could_not_be_made_is_said(world: World, problem: str, words: str) -> None:
    maya = Asker(world, "maya")
    place = maya.order("maya")
    with world.session() as session:
        session.execute(update(Export).values(state=ExportState.FAILED, problem=problem))
        session.commit()
    page = maya.get(place)
    assert "The book could not be made" in page
    assert words in page
    maya.send(f"{place}/anew", 303)
    world.work()
    assert "The book is ready" in maya.get(place)


def test_a_class_comes_as_one_file_and_as_one_for_each_pupil(teller: Teller) -> None:
    teller.share("maya", "For the teachers", TEACHERS)
    teller.share("maya", "For home", FAMILY)
    kaur, group = Asker(teller.world, "kaur"), teller.world.group("kingfishers")
    path = f"/portfolio/class/{group}"
    assert "24 pupils, a book each" in kaur.send(path, part="all", do="look")
    place = kaur.send(path, 303, part="all", do="order")
    assert kaur.send(path, 303, part="all", do="order") == place
    teller.world.work()
    page = kaur.get(place)
    assert "The books are ready" in page
    text = kaur.browser.get(place).get_data(as_text=True)
    mayas = re.search(r'href="(/portfolio/made/[^"]+)" dir="auto">Maya’s portfolio', text)
    assert mayas
    assert "The whole class" in kaur.get(mayas[1])
    assert "For the teachers" in text_in(kaur.take_home(mayas[1]))
    whole = kaur.take_home(place)
    assert sum(name.endswith(".zip") for name in whole.namelist()) > 10
    assert "Maya" in text_in(whole)
    assert "For home" not in text_in(kaur.take_home(mayas[1]))


def test_a_page_that_was_sent_long_ago_says_so(world: World) -> None:
    answer = world.client("maya").client.post(of(world, "maya"), data={"part": "all", "do": "order"})
    assert answer.status_code == 400
    assert "This page was open for a long time." in words_of(answer)
