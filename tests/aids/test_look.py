"""What the aids find, what they leave alone, and that nothing makes them slow."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.corpus import known, mistakes, scores, sentences
from journal.aids import BadLine, Known, list_of, look, much_changed, shipped
from journal.aids.people import all_names, names_of
from journal.aids.reads import read
from journal.aids.wordlist import LANGUAGES, MOST_LINES, tidied
from journal.words import ABOUT_WORDS, FlagKind

SCHOOL = known()


def kinds(text: str, school: Known = SCHOOL) -> set[FlagKind]:
    """The kinds that are flagged in a text."""
    return {one.kind for one in look({"words": text}, school)}


def quoted(text: str, school: Known = SCHOOL) -> list[str]:
    """The parts of a text that are flagged."""
    return [text[one.start : one.end] for one in look({"words": text}, school) if one.where]


def test_the_corpus_is_large_and_of_three_languages() -> None:
    many = sentences()
    assert len(many) > 400
    assert sum(not one.kinds for one in many) > 150
    assert len({one.text for one in many}) == len(many)


@pytest.mark.parametrize("text", ["It holds 3 tins of beans.", "Nan's button tin.", "At 4 tins it made a noise."])
def test_a_plain_word_of_english_is_on_no_other_list(text: str) -> None:
    assert quoted(text) == []


@pytest.mark.parametrize("kind", sorted(ABOUT_WORDS))
def test_an_aid_is_mostly_right_and_finds_most(kind: FlagKind) -> None:
    score = scores()[kind]
    assert score.precision >= 0.95, mistakes()
    assert score.recall >= 0.9, mistakes()


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("ring 07700 900142 now", "07700 900142"),
        ("oh seven seven hundred nine hundred one four two.", "oh seven seven hundred nine hundred one four two"),
        ("0\u200b7700 900142", "0\u200b7700 900142"),
        ("at 12 Kestrel Close, with", "12 Kestrel Close"),
        ("in ls1 4ap.", "ls1 4ap"),
        ("a fu\u200bck b", "fu\u200bck"),
        ("so ѕһіт it", "ѕһіт"),
        ("Nadia Rahman’s cake", "Nadia Rahman"),
    ],
)
def test_a_flag_stands_at_its_place(text: str, part: str) -> None:
    assert quoted(text) == [part]


def test_the_writers_own_name_is_left_alone() -> None:
    roll = all_names(["Nadia Rahman", "Joe Ellis"])
    assert kinds("I am Nadia Rahman", Known(names_of(roll, "Nadia Rahman"))) == set()
    assert kinds("I am Joe Ellis", Known(names_of(roll, "Nadia Rahman"))) == {FlagKind.NAME}


def test_long_texts_and_many_emoji() -> None:
    assert kinds("word " * 1300) == {FlagKind.LONG}
    assert kinds("🐸" * 12) == {FlagKind.EMOJI}
    assert kinds("Look 👨‍👩‍👧‍👦 our family, and a flag 🏴󠁧󠁢󠁷󠁬󠁳󠁿") == set()


def test_much_changed() -> None:
    assert not much_changed("We made a snail hotel of sticks", "We made a big snail hotel of sticks")
    assert much_changed("We made a snail hotel of sticks", "Come to my house at four on Friday and bring money")
    assert not much_changed("A frog", "A newt")


@pytest.mark.parametrize("line", ["(a+)+$", "[", "a*b*c", "*", "a*", "\\w+", "x" * 61, "1234", "fish *", "a|b", "."])
def test_a_list_takes_plain_words_alone(line: str) -> None:
    with pytest.raises(BadLine) as wrong:
        tidied(f"frog\n{line}")
    assert wrong.value.number == 2


def test_a_list_of_a_school() -> None:
    own = list_of("school", tidied("Frogface\nfrogface\n# a note\n\nslime*\n*goo\ngreen eggs and ham\nمینڈک"))
    school = Known(lists=(own,))
    for text in ("frogface!", "FR0GFACE", "slimeball", "megagoo", "green  eggs and ham", "frooogface", "مینڈک"):
        assert kinds(text, school) == {FlagKind.WORD}, text
    for text in ("frog", "goose", "slim", "green ham"):
        assert kinds(text, school) == set(), text
    with pytest.raises(BadLine):
        tidied("\n".join(f"word{chr(97 + at % 26)}" for at in range(MOST_LINES + 1)))


def test_words_can_be_left_alone() -> None:
    left = Known(lists=(list_of("en", shipped("en"), frozenset(tidied("loser"))),))
    assert kinds("a loser", left) == set()
    assert kinds("an idiot", left) == {FlagKind.WORD}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lists_that_come_with_it_are_whole(language: str) -> None:
    assert len(shipped(language)) > 30


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=200))
def test_any_text_is_looked_through(text: str) -> None:
    for one in look({"title": "", "words": text}, SCHOOL):
        assert 0 <= one.start <= one.end <= len(text)
        assert (one.where == "words") is (one.kind in ABOUT_WORDS)
    seen = read(text)
    assert len(seen.text) == len(seen.at)


HARD = (
    "a",
    "0 ",
    "0",
    "@",
    "a@",
    "a.",
    "1 a ",
    "07",
    "s ",
    "f*",
    "www.",
    "oh ",
    " 12 Mill",
    "Nadia ",
    "\u200b",
    "🐸",
    "ﷺ",
)


@pytest.mark.parametrize("piece", HARD)
def test_steps_grow_as_the_text_does(piece: str) -> None:
    """Counted in calls of our own functions: twice the text is at most about twice the steps."""
    short, long = _steps(piece * 300), _steps(piece * 600)
    assert long < 2.5 * short + 1000


def _steps(text: str) -> int:
    steps = 0

    def count(_frame: object, event: str, _arg: object) -> None:
        nonlocal steps
        steps += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        look({"words": text}, SCHOOL)
    finally:
        sys.setprofile(None)
    return steps
