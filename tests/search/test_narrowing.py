"""Looking in fewer places: by child, class, place and time; the choices are of those whose things one may see."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import select

from journal import clock
from journal.records import FamilyLink
from tests.school.telling import START
from tests.search.looking import Door, Looker, main_of
from tests.world import World


@pytest.fixture
def looker(world: World) -> Looker:
    return Looker(world)


def test_one_childs_things(looker: Looker) -> None:
    looker.share("maya", "Maya’s marmalade", Door.FAMILY)
    looker.share("sami", "Sami’s marmalade", Door.FAMILY)
    looker.ready()
    assert len(looker.cards("nadia", "marmalade")) == 2
    sami = looker.world.member("sami")
    (card,) = looker.cards("nadia", "marmalade", child=sami)
    assert "Sami’s" in card.words
    page = looker.look_for("nadia", "marmalade", child=sami)
    assert "You are looking only here: Sami." in page
    assert 'href="/search?q=marmalade"' in page
    assert f'<option value="{sami}" selected>' in page


def test_one_classs_things(looker: Looker) -> None:
    looker.share("maya", "Marmalade for us alone", Door.FAMILY)
    through = looker.share("maya", "Marmalade for the families", Door.CLASS_FAMILIES)
    looker.let_through(through)
    looker.ready()
    (card,) = looker.cards("nadia", "marmalade", group=looker.world.group("kingfishers"))
    assert "for the families" in card.words
    assert looker.cards("nadia", "marmalade", group=looker.world.group("wrens")) == []


@pytest.mark.parametrize("where", ["words", "pictures", "back"])
def test_where_it_says_it(looker: Looker, where: str) -> None:
    entry = looker.share("maya", "A marmalade machine", Door.FAMILY)
    looker.say("nadia", entry, "Marmalade again!")
    looker.ready()
    places = {"words": "In the title", "pictures": "", "back": "In what you wrote back"}
    cards = looker.cards("nadia", "marmalade", where=where)
    assert len(cards) == bool(places[where])
    assert all(one.words.startswith(places[where]) for one in cards)


def test_when_and_which_come_first(looker: Looker) -> None:
    looker.share("maya", "An old marmalade marmalade", Door.FAMILY, words="Marmalade, marmalade, marmalade.")
    looker.minutes += 60 * 24 * 60  # two months on, in the next half term
    looker.share("maya", "A new pot", Door.FAMILY, words="There is some marmalade in it, and much else besides.")
    looker.ready()
    with clock.at(START.replace(year=2027, month=2, day=10)):
        assert "An old" in looker.cards("nadia", "marmalade")[0].words
        assert "A new" in looker.cards("nadia", "marmalade", order="newest")[0].words
        (card,) = looker.cards("nadia", "marmalade", when="half-term")
        assert "A new" in card.words
        assert len(looker.cards("nadia", "marmalade", when="year")) == 2
        assert looker.cards("nadia", "marmalade", when="last-year") == []
    with clock.at(START.replace(year=2027, month=9, day=10)):
        assert len(looker.cards("nadia", "marmalade", when="last-year")) == 2


def test_choices_are_of_those_whose_things_one_may_see(looker: Looker) -> None:
    def choices(who: str, role: str = "") -> tuple[set[str], set[str]]:
        page = looker.page(who, "/search", role)
        lists = dict(re.findall(r'<select[^>]*name="(\w+)">(.*?)</select>', page, re.DOTALL))
        return tuple(set(re.findall(r">([^<]+)</option>", lists.get(one, ""))) for one in ("child", "group"))  # type: ignore[return-value]

    assert choices("nadia") == ({"Anybody", "Maya", "Sami"}, {"Any class", "Kingfishers, Year 4", "Wrens, Year 1"})
    children, classes = choices("maya")
    assert {"Your own things", "Tomasz"} <= children
    assert "Sami" not in children
    assert classes == {"Any class", "Kingfishers, Year 4"}
    children, classes = choices("adeyemi", "teacher")
    assert {"Maya", "Tomasz"} <= children
    assert "Sami" not in children
    assert classes == {"Any class", "Kingfishers, Year 4"}
    for who in ("kaur", "bright", "penhale"):
        assert choices(who) == (set(), set())
    with looker.world.session() as session:
        link = session.scalars(select(FamilyLink).where(FamilyLink.id == looker.world.link("nadia", "sami"))).one()
        link.ended_at = START
        session.commit()
    assert choices("nadia") == ({"Anybody", "Maya"}, {"Any class", "Kingfishers, Year 4"})


def test_a_child_or_class_that_is_not_ones_own_is_passed_over(looker: Looker) -> None:
    looker.share("maya", "A marmalade machine", Door.FAMILY)
    looker.ready()
    usual = main_of(looker.look_for("nadia", "marmalade"))
    tomasz, herons = looker.world.member("tomasz"), looker.world.group("herons")
    for more in (
        {"child": tomasz},
        {"group": herons},
        {"child": uuid4()},
        {"child": "rubbish", "group": "'"},
        {"where": "rubbish", "when": "rubbish", "order": "rubbish", "page": "rubbish"},
        {"page": "-1"},
        {"page": "9" * 5000},
        {"page": "²"},
        {"nobody": "knows"},
    ):
        assert main_of(looker.look_for("nadia", "marmalade", **more)) == usual, more
    twice = looker.page("nadia", "/search?q=marmalade&q=other&order=best&order=newest")
    assert main_of(twice) == usual
