"""Plain text: nothing typed can break a page, a database or a log, and nothing people need is lost."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.text import ENTRY_WORDS, TITLE, TooLong, clean_line, clean_words, direction, excerpt
from journal.text.plain import visible

ANY = st.text(alphabet=st.characters(codec=None))
AWKWARD = st.lists(
    st.sampled_from(
        [
            *"\0\ud800\udfff\u202e\u2066\u2069\r\u2028\ufeff\uffff\U0010ffff\x85\x9b\u200d\u3164\t e",
            *"\u1100\u1161\u11a8\u0958\u2126",
            *("\r\n", "\n\n\n\n\n", "\u0301" * 20, "سلام", "বাংলা", "👩‍👩‍👧"),
        ]
    )
).map("".join)


@given(ANY | AWKWARD)
@pytest.mark.parametrize("clean", [clean_line, clean_words])
def test_cleaning_never_fails_and_is_done_after_once(clean: Callable[[str, int], str], raw: str) -> None:
    words = clean(raw, 10_000)
    words.encode()
    assert words == clean(words, 10_000)
    assert words == unicodedata.normalize("NFC", words)
    assert not any(unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t" for char in words)
    assert not set(words) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\uffff")
    assert words == words.strip()
    assert words == "" or visible(words)


def test_lines_are_one_line_and_words_keep_theirs() -> None:
    assert clean_line(" My\r\n big \t day\u2029", TITLE) == "My big day"
    assert clean_words("one  \r\ntwo\r\r\n\n\n\n\nthree \n", ENTRY_WORDS) == "one\ntwo\n\n\nthree"
    assert clean_words("a\0b\x07c\ud83d", ENTRY_WORDS) == "abc\ufffd"
    assert clean_words("safe \u202etxt.exe", ENTRY_WORDS) == "safe txt.exe"


def test_scripts_and_emoji_stay_whole() -> None:
    for words in ("می‌خواهم", "क्‍ष", "👩‍👩‍👧 👍🏽 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️", "العَرَبِيَّة", "\u200fسلام!"):
        assert clean_words(words, ENTRY_WORDS) == unicodedata.normalize("NFC", words)
    assert clean_line("e\u0301", TITLE) == "é"


def test_what_nobody_can_see_is_empty_and_towers_of_marks_are_cut() -> None:
    assert clean_line("\u200b \u200d\u3164\u2800\ufe0f", TITLE) == ""
    assert len(clean_line("x" + "\u0336" * 500, TITLE)) == 9


@pytest.mark.parametrize("clean", [clean_line, clean_words])
def test_over_the_limit_is_told_and_given_back(clean: Callable[[str, int], str]) -> None:
    assert clean("x" * 120, TITLE) == "x" * 120
    with pytest.raises(TooLong) as told:
        clean("x" * 100_000, TITLE)
    assert (told.value.limit, told.value.length, told.value.text) == (120, 100_000, "x" * 100_000)
    assert "xx" not in str(told.value)


def test_direction_follows_the_first_letter() -> None:
    assert direction("123 سلام hello") == "rtl"
    assert direction("«שלום»") == "rtl"
    assert direction("– Hello سلام") == "ltr"
    assert direction("12:30 👍") == "auto"


def test_excerpts_end_between_words() -> None:
    assert excerpt("We  saw\na heron", 20) == "We saw a heron"
    assert excerpt("We saw a heron, by the canal", 17) == "We saw a heron…"
    assert excerpt("We saw a heron by", 15) == "We saw a heron…"
    assert excerpt("Donaudampfschifffahrt", 10) == "Donaudamp…"


@pytest.mark.parametrize(
    "cluster",
    ["e\u0301\u0323", "👩‍👩‍👧", "👍🏽", "❤️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🇵🇰", "क्षि", "กำ", "\u1112\u1161\u11ab"],
)
def test_excerpts_never_split_what_people_see_as_one_character(cluster: str) -> None:
    words = cluster * 12
    for length in range(1, len(words)):
        cut = excerpt(words, length)
        assert len(cut) <= length
        assert cut == cluster * (len(cut) // len(cluster)) + "…"


@given(ANY, st.integers(1, 50))
def test_excerpts_keep_to_their_length(words: str, length: int) -> None:
    assert len(excerpt(words, length)) <= length
