"""What changed, word by word: true for any words, and cheap for hostile ones."""

from hypothesis import given
from hypothesis import strategies as st

from journal.moderation.changes import MOST, Kind, Piece, changed_pictures, changed_words

WORDS = st.lists(st.sampled_from(["a ", "b ", "cat", "\n", "  ", "a\u0301", "\u200f", "."]), max_size=30).map("".join)


@given(WORDS | st.text(max_size=60), WORDS | st.text(max_size=60))
def test_both_are_in_it(before: str, after: str) -> None:
    pieces = changed_words(before, after)
    assert "".join(one.words for one in pieces if one.kind is not Kind.GONE) == after
    assert "".join(one.words for one in pieces if one.kind is not Kind.NEW) == before
    assert all(one.words for one in pieces)


def test_a_changed_word_stands_alone() -> None:
    assert changed_words("We saw a cat there.\nIt slept.", "We saw a dog there.\nIt slept.") == (
        Piece(Kind.SAME, "We saw a "),
        Piece(Kind.GONE, "cat"),
        Piece(Kind.NEW, "dog"),
        Piece(Kind.SAME, " there.\nIt slept."),
    )


def test_many_words_are_not_held_against_one_another() -> None:
    """Beyond a number of words the old ones stand as gone and the new ones as new."""
    before, after = "x " + "a b " * MOST + "y", "z " + "b a " * MOST + "w"
    assert [one.kind for one in changed_words(before, after)] == [Kind.GONE, Kind.NEW]


def test_pictures_come_go_move_and_get_other_words() -> None:
    before = [("one", "A", ""), ("two", "B", "b"), ("three", "C", "")]
    after = [("two", "B", "better"), ("one", "A", ""), ("four", "", "")]
    moved, other, new, gone = changed_pictures(before, after)
    assert moved.moved
    assert moved.description
    assert other.moved
    assert (new.number, new.new) == (3, True)
    assert (gone.number, gone.gone) == (3, True)
    assert changed_pictures(before, before) == ()
