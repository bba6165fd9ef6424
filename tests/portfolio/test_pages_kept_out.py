"""Not in my portfolio: at once, for everybody's book, undone by one press; and nobody's sight is changed by it."""

import pytest
from sqlalchemy import select

from journal.entries.acts import begin
from journal.records import Trail
from journal.words import Door
from tests.portfolio.asking import Asker, Teller, text_in
from tests.world import World

FAMILY, TEACHERS = Door.FAMILY, Door.TEACHERS


@pytest.fixture
def teller(world: World) -> Teller:
    return Teller(world)


def test_on_the_page_of_the_entry(teller: Teller) -> None:
    entry = teller.share("maya", "A kite", FAMILY)
    maya, nadia = Asker(teller.world, "maya"), Asker(teller.world, "nadia")
    assert "It is in your portfolio." in maya.get(f"/entries/{entry}")
    place = maya.send(f"/portfolio/entries/{entry}", 303, put="out")
    assert place == f"/entries/{entry}"
    page = maya.get(place)
    assert "It stays out of your portfolio now." in page
    assert "Put it in" in page
    page = nadia.get(f"/entries/{entry}")
    assert "A kite" in page, "it is seen as before"
    assert "portfolio" not in page.lower()
    maya.send(f"/portfolio/entries/{entry}", 303, put="in")
    assert "It is in your portfolio." in maya.get(f"/entries/{entry}")


def test_on_the_page_of_the_portfolio_with_an_undo(teller: Teller) -> None:
    entry = teller.share("maya", "A kite", FAMILY)
    maya = Asker(teller.world, "maya")
    place = maya.send(f"/portfolio/entries/{entry}", 303, put="out", before="")
    page = maya.get(place)
    assert "A kite stays out now." in page
    assert "A kite" in page[page.index("What stays out") :]
    assert "A kite" not in page[page.index("What is in it") : page.index("What stays out")]
    text = maya.browser.get(place).get_data(as_text=True)
    undo = text[text.index("toast") :]
    assert f'action="/portfolio/entries/{entry}"' in undo
    assert 'name="put" value="in"' in undo
    page = maya.get(maya.send(f"/portfolio/entries/{entry}", 303, put="in", before=""))
    assert "A kite is in it now." in page
    assert "A kite" in page[page.index("What is in it") : page.index("What stays out")]


def test_it_is_in_nobodys_book_but_the_pupils_who_asks(teller: Teller) -> None:
    entry = teller.share("maya", "A kite of mine", FAMILY, TEACHERS)
    maya, nadia, kaur = (Asker(teller.world, who) for who in ("maya", "nadia", "kaur"))
    maya.send(f"/portfolio/entries/{entry}", 303, put="out")
    for one in (maya, nadia, kaur):
        assert "A kite of mine" not in text_in(one.take_home(one.made("maya")))
    for one in (nadia, kaur):
        assert "A kite of mine" not in text_in(one.take_home(one.made("maya", kept_out_too="yes")))
    assert "A kite of mine" in text_in(maya.take_home(maya.made("maya", kept_out_too="yes")))


def test_ones_own_things_alone(teller: Teller) -> None:
    entry = teller.share("maya", "A kite", FAMILY)
    for who in ("oscar", "nadia", "kaur", "adeyemi", "yara"):
        role = "teacher" if who == "adeyemi" else ""
        Asker(teller.world, who, role).send(f"/portfolio/entries/{entry}", 404, put="out")
    maya = Asker(teller.world, "maya")
    assert "It is in your portfolio." in maya.get(f"/entries/{entry}")
    for rubbish in ("", "maybe", "OUT"):
        assert "We did not understand that." in maya.send(f"/portfolio/entries/{entry}", 400, put=rubbish)
    maya.browser.post(f"/entries/{entry}/delete", {"sure": "yes"})
    maya.send(f"/portfolio/entries/{entry}", 404, put="out")


def test_a_draft_can_be_kept_out_too_and_it_is_written_down_once(teller: Teller) -> None:
    with teller.world.acting("maya") as (session, me):
        entry = begin(session, me, "Still making").id
    maya = Asker(teller.world, "maya")
    for _ in range(2):
        maya.send(f"/portfolio/entries/{entry}", 303, put="out", before="")
    with teller.world.session() as session:
        rows = list(session.scalars(select(Trail).where(Trail.subject_id == entry, Trail.act == "keep_out")))
    assert len(rows) == 1
    assert rows[0].details == {}


def test_long_lists_come_a_page_at_a_time(teller: Teller) -> None:
    entries = [teller.share("maya", f"Number {number}.") for number in range(45)]
    maya = Asker(teller.world, "maya")
    for entry in entries[:22]:
        maya.send(f"/portfolio/entries/{entry}", 303, put="out", before="")
    page = maya.get("/portfolio")
    assert page.count("Keep it out") == 20
    assert page.count("Put it in") == 20
    assert "These are the newest. Put one in to see the next." in page
    assert "Older" in page
    for place in ("rubbish", "A" * 70, "%00"):
        assert "Number 44." in maya.get(f"/portfolio?before={place}&moved={place}")
