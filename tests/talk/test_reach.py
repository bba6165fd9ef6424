"""How far words travel, and who reads them first."""

import pytest

from journal.words import Door, Verdict
from tests.talk.story import FAMILY_AND_CLASS, change, let_through, open_doors, page, said, say, shared
from tests.world import World

FAMILY = frozenset({Door.FAMILY})


def sees(world: World, who: str, entry: object, words: str) -> bool:
    answer = world.client(who).get(f"/entries/{entry}")
    return answer.status_code == 200 and words in answer.get_data(as_text=True)


def test_a_relatives_words_are_for_the_child_and_the_family_and_there_at_once(world: World) -> None:
    entry = shared(world)
    said(say(world.client("nadia"), entry, "Only for us, my love"))
    assert all(sees(world, who, entry, "Only for us") for who in ("maya", "nadia", "joe"))
    assert not any(sees(world, who, entry, "Only for us") for who in ("aisha", "h-noor", "adeyemi"))


def test_a_relatives_words_to_everyone_wait_for_the_class_alone(world: World) -> None:
    entry = shared(world)
    comment = said(say(world.client("nadia"), entry, "Hello everybody", reach="everyone"))
    assert sees(world, "maya", entry, "Hello everybody")
    assert not sees(world, "aisha", entry, "Hello everybody")
    assert "reads it before the others do" in page(world.client("nadia"), entry)
    let_through(world, comment)
    assert sees(world, "aisha", entry, "Hello everybody")


def test_a_classmates_words_wait_for_everybody(world: World) -> None:
    entry = shared(world)
    comment = said(say(world.client("aisha"), entry, "Mine has three"))
    assert "reads this before other people can see it" in page(world.client("aisha"), entry)
    assert not any(sees(world, who, entry, "Mine has three") for who in ("maya", "nadia", "kofi"))
    let_through(world, comment)
    assert all(sees(world, who, entry, "Mine has three") for who in ("maya", "aisha", "kofi"))


def test_another_familys_words_wait_for_everybody(world: World) -> None:
    entry = shared(world)
    comment = said(say(world.client("h-noor"), entry, "We have one too"))
    assert not sees(world, "maya", entry, "We have one too")
    let_through(world, comment)
    assert sees(world, "maya", entry, "We have one too")
    assert "Aisha’s Mum" in page(world.client("maya"), entry) or "Noor" in page(world.client("maya"), entry)


def test_a_teachers_words_are_there_at_once(world: World) -> None:
    entry = shared(world)
    said(say(world.client("adeyemi", "teacher"), entry, "Look at the roots", reach="everyone"))
    assert all(sees(world, who, entry, "Look at the roots") for who in ("maya", "nadia", "aisha"))


def test_the_child_answers_the_family_at_once_and_the_class_waits(world: World) -> None:
    entry = shared(world)
    mum = said(say(world.client("nadia"), entry, "For all of you", reach="everyone"))
    let_through(world, mum)
    child = said(say(world.client("maya"), entry, "Thank you Mum", to=mum))
    assert sees(world, "nadia", entry, "Thank you Mum")
    assert not sees(world, "aisha", entry, "Thank you Mum")
    let_through(world, child)
    assert sees(world, "aisha", entry, "Thank you Mum")


def test_an_answer_goes_no_further_than_what_it_answers(world: World) -> None:
    entry = shared(world)
    mum = said(say(world.client("nadia"), entry, "Only us"))
    answer = said(say(world.client("joe"), entry, "Quite so", to=mum))
    assert sees(world, "maya", entry, "Quite so")
    assert world.client("adeyemi", "teacher").get(f"/comments/{answer}").status_code == 404
    farther = say(world.client("joe"), entry, "Quite so, all of you", to=mum, reach="everyone")
    assert farther.status_code == 400
    assert not sees(world, "aisha", entry, "Quite so")


def test_words_for_the_family_stay_there_when_the_entry_is_widened(world: World) -> None:
    entry = shared(world, FAMILY)
    first = said(say(world.client("nani"), entry, "Sleep well"))
    said(say(world.client("maya"), entry, "And you Nani", to=first))
    open_doors(world, entry, FAMILY_AND_CLASS)
    let_through(world, entry)
    assert sees(world, "aisha", entry, "It has two leaves now.")
    assert not sees(world, "aisha", entry, "Sleep well")
    assert not sees(world, "aisha", entry, "And you Nani")
    assert sees(world, "joe", entry, "Sleep well")


def test_words_about_what_one_was_looking_at_do_not_travel_with_an_edit(world: World) -> None:
    """Mum reads the second revision, which the class has not; what she says to everyone stays in the family."""
    entry = shared(world)
    change(world, entry, "It has six leaves now.")
    said(say(world.client("nadia"), entry, "Six already", reach="everyone"))
    let_through(world, entry)
    assert sees(world, "aisha", entry, "It has six leaves now.")
    assert not sees(world, "aisha", entry, "Six already")


def test_a_reach_that_is_not_offered_is_refused_and_the_words_stay(world: World) -> None:
    entry = shared(world)
    answer = say(world.client("nadia"), entry, "Hello there", reach="teachers")
    assert answer.status_code == 400
    assert "Hello there" in answer.get_data(as_text=True)


def test_an_edit_of_words_that_were_let_through_keeps_the_old_ones_for_the_class(world: World) -> None:
    entry = shared(world)
    comment = said(say(world.client("nadia"), entry, "The first words", reach="everyone"))
    let_through(world, comment)
    answer = world.client("nadia").post(f"/comments/{comment}/edit", {"words": "The second words"})
    assert said(answer) == comment
    assert sees(world, "maya", entry, "The second words")
    assert sees(world, "aisha", entry, "The first words")
    assert not sees(world, "aisha", entry, "The second words")
    let_through(world, comment, Verdict.SENT_BACK, note="Please leave out the telephone number.")
    assert "Please leave out the telephone number." in page(world.client("nadia"), entry)
    assert sees(world, "aisha", entry, "The first words")


@pytest.mark.parametrize(("who", "role"), [("lowe", ""), ("menon", "teacher"), ("claire", ""), ("kaur", "")])
def test_nobody_talks_about_what_they_cannot_see(world: World, who: str, role: str) -> None:
    entry = shared(world)
    browser = world.client(who, role)
    assert browser.get(f"/entries/{entry}").status_code == 404
    assert browser.post(f"/entries/{entry}/say", {"words": "Hello"}).status_code == 404
