"""A family's home: what the children opened to this relative, and nothing else."""

import re

import pytest
from sqlalchemy import select

from journal.clock import now
from journal.records import FamilyLink
from tests.school.telling import Door, Teller
from tests.world import World

FAMILY, CLASS, FAMILIES = Door.FAMILY, Door.CLASS, Door.CLASS_FAMILIES


@pytest.fixture
def teller(world: World) -> Teller:
    return Teller(world)


def test_both_children_on_one_page_the_newest_first(teller: Teller) -> None:
    teller.share("maya", "A kite from Maya", FAMILY)
    teller.share("sami", "A crab from Sami", FAMILY)
    page = teller.page("nadia", "/home")
    assert page.index("A crab from Sami") < page.index("A kite from Maya") < page.index("The snail hotel")
    assert "Here is what Maya and Sami chose to show you." in page


def test_the_news_of_one_child_alone(teller: Teller) -> None:
    teller.share("maya", "A kite from Maya", FAMILY)
    teller.share("sami", "A crab from Sami", FAMILY)
    page = teller.page("nadia", f"/home?child={teller.world.member('sami')}")
    assert "A crab from Sami" in page
    assert "A kite from Maya" not in page


@pytest.mark.parametrize("child", ["oscar", "rubbish"])
def test_a_child_who_is_not_theirs_is_no_filter(teller: Teller, child: str) -> None:
    teller.share("oscar", "A secret of Oscar", FAMILY)
    child = str(teller.world.member(child)) if child == "oscar" else child
    page = teller.page("nadia", f"/home?child={child}")
    assert "A secret of Oscar" not in page
    assert "The snail hotel" in page


def test_just_me_is_for_nobody_else(teller: Teller) -> None:
    teller.share("maya", "Only mine")
    assert "Only mine" not in teller.page("nadia", "/home")


def test_who_is_left_out_sees_nothing_while_others_do(teller: Teller) -> None:
    out = teller.world.member("tom")
    teller.share("maya", "Not for Dad", FAMILY, left_out=(out,))
    assert "Not for Dad" not in teller.page("tom", "/home")
    assert "Not for Dad" in teller.page("nadia", "/home")


def test_taken_away_it_is_gone_at_once(teller: Teller) -> None:
    entry = teller.share("maya", "Soon gone", FAMILY)
    assert "Soon gone" in teller.page("nadia", "/home")
    teller.open_doors("maya", entry)
    assert "Soon gone" not in teller.page("nadia", "/home")


def test_an_ended_link_shuts_the_page_and_leaves_kind_words(teller: Teller) -> None:
    with teller.world.session() as session:
        for link in session.scalars(select(FamilyLink).where(FamilyLink.relative_id == teller.world.member("nadia"))):
            link.ended_at = now()
        session.commit()
    page = teller.page("nadia", "/home")
    assert "No child’s door leads here now" in page
    assert "The snail hotel" not in page
    assert "Maya" not in page
    assert "Nadia" not in _circle(teller.page("tom", "/home"))


def test_from_the_class_only_what_its_families_were_shown(teller: Teller) -> None:
    teller.share("oscar", "Waits for a teacher", FAMILIES)
    ready = teller.share("oscar", "For all the families", FAMILIES)
    teller.let_through(ready)
    classmates = teller.share("oscar", "For the class alone", CLASS)
    teller.let_through(classmates)
    page = teller.page("nadia", "/home")
    assert "For all the families" in page[page.index("From the class") :]
    assert "Waits for a teacher" not in page
    assert "For the class alone" not in page


def test_ones_own_childs_entry_does_not_stand_there_twice(teller: Teller) -> None:
    entry = teller.share("maya", "A kite from Maya", FAMILY, FAMILIES)
    teller.let_through(entry)
    assert teller.page("nadia", "/home").count("A kite from Maya</a>") == 1
    alone = teller.share("maya", "For the families of the class", FAMILIES)
    teller.let_through(alone)
    assert teller.page("nadia", "/home").count("For the families of the class</a>") == 1


def test_who_wrote_back_stands_there_by_name_as_far_as_one_sees_it(teller: Teller) -> None:
    entry = teller.share("maya", "A kite from Maya", FAMILY)
    teller.say("joe", entry, "What a kite!")
    hidden = teller.share("maya", "Picked", FAMILY, left_out=(teller.world.member("joe"),))
    teller.say("nani", hidden, "Lovely.")
    assert "Grandad Joe wrote back" in teller.page("nadia", "/home")
    assert "You wrote back" in teller.page("joe", "/home")
    assert "Nani wrote back" in teller.page("nadia", "/home")
    assert "Picked" not in teller.page("joe", "/home")


def test_new_until_it_was_opened(teller: Teller) -> None:
    entry = teller.share("maya", "A kite from Maya", FAMILY)
    assert "New since last time" in _card(teller.page("joe", "/home"), "A kite from Maya")
    teller.look("joe", entry)
    assert "New since last time" not in _card(teller.page("joe", "/home"), "A kite from Maya")
    assert "New since last time" in _card(teller.page("nadia", "/home"), "A kite from Maya")


def test_an_answer_is_told_until_it_was_seen(teller: Teller) -> None:
    entry = teller.share("maya", "A kite from Maya", FAMILY)
    mine = teller.say("joe", entry, "What a kite!")
    answer = teller.say("maya", entry, "It flew.", parent=mine)
    page = teller.page("joe", "/home")
    assert "Maya answered you about A kite from Maya." in page
    assert f"/comments/{answer}" in page


def test_what_has_no_name_is_called_by_its_first_words_and_what_is_hidden_by_nothing(teller: Teller) -> None:
    entry = teller.share("maya", "", FAMILY, words="It went up and up. " * 20)
    answer = teller.say("maya", entry, "It flew.", parent=teller.say("joe", entry, "What a kite!"))
    page = teller.page("joe", "/home")
    assert re.search(r"Maya answered you about It went up and up\.[^<]{0,60}…", page)
    teller.open_doors("maya", entry)
    page = teller.page("joe", "/home")
    assert "It went up" not in page
    assert str(answer) not in page


def test_whether_pictures_may_be_shown_is_asked_of_carers_alone(teller: Teller) -> None:
    assert "Pictures of Maya and Sami: yes or no" in teller.page("nadia", "/home")
    assert "/pictures-of-us" not in teller.page("joe", "/home")
    assert "your children" not in teller.page("joe", "/portfolio")


def test_the_family_circle_names_who_can_come_in_and_no_contact(teller: Teller) -> None:
    circle = _circle(teller.page("nadia", "/home"))
    assert re.findall(r'<span dir="auto">([^<]+)</span>', circle)[:4] == ["You", "Dad", "Grandad Joe", "Nani"]
    assert "@" not in circle


def test_a_teacher_who_is_a_parent_sees_as_parent_what_the_family_sees(teller: Teller) -> None:
    teller.share("maya", "For the teachers", Door.TEACHERS)
    teller.share("tobi", "For my dad", FAMILY)
    page = teller.page("adeyemi", "/home", "relative")
    assert "For my dad" in page
    assert "For the teachers" not in page
    teller.page("adeyemi", "/home", "teacher", code=404)


def test_an_edit_is_the_familys_at_once(teller: Teller) -> None:
    entry = teller.share("maya", "First words", FAMILY, FAMILIES)
    teller.let_through(entry)
    teller.edit("maya", entry, "Second words", FAMILY, FAMILIES)
    assert "Second words" in teller.page("nadia", "/home")
    assert "First words" in teller.page("d-tennant", "/home")
    assert "Second words" not in teller.page("d-tennant", "/home")


def test_everything_once_over_many_pages(teller: Teller) -> None:
    for number in range(45):
        teller.share("maya" if number % 2 else "sami", f"Number {number}.", FAMILY)
    seen, path = [], "/home"
    for _ in range(10):
        page = teller.page("nadia", path)
        seen += sorted(re.findall(r">Number (\d+)\.</a>", page), key=int, reverse=True)  # each child's stand together
        older = re.search(r'href="(/home\?[^"]*before=[^"]+)" rel="next"', page)
        if not older:
            assert "That is everything." in page
            break
        path = older.group(1)
    assert seen == [str(number) for number in reversed(range(45))]


@pytest.mark.parametrize("mark", ["rubbish", "%00", "A" * 70, "A" * 30, "-1", "é"])
def test_a_place_that_is_none_is_the_beginning(teller: Teller, mark: str) -> None:
    teller.share("maya", "A kite from Maya", FAMILY)
    assert "A kite from Maya" in teller.page("nadia", f"/home?before={mark}")


def test_eight_queries_whatever_the_past(world_on_both: World) -> None:
    teller = Teller(world_on_both)
    counts = []
    for _ in range(2):
        client = world_on_both.client("nadia")
        with world_on_both.counting() as seen:
            assert client.get("/home").status_code == 200
        counts.append(len(seen))
        for number in range(25):
            entry = teller.share("maya", f"Number {number}", FAMILY, FAMILIES)
            teller.say("joe", entry, "Well!")
    assert counts[0] == counts[1] <= 8


def _card(page: str, title: str) -> str:
    cards = re.findall(r"<article.*?</article>", page, re.S)
    return next(card for card in cards if title in card)


def _circle(page: str) -> str:
    return page[page.index("The family circle of Maya") :]
