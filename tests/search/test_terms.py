"""Words are found as they are written, and as people type them who leave the marks out."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.refusals import Refusal
from journal.search.marking import says, spans
from journal.search.question import read_question
from journal.text import terms
from journal.text.terms import compounds_at, side_terms_in, terms_in, words_in

SAME = [
    # English: stems, apostrophes, hyphens, case.
    ("snail", "Snails"),
    ("stories", "story"),
    ("building", "built-in builds"),
    ("dont", "don’t"),
    ("don't", "dont"),
    ("Grandads", "Grandad’s"),
    ("grandad", "'Grandad's'"),
    ("James", "James’s"),
    ("seashell", "a sea-shell"),
    ("sea-shell", "the seashell"),
    ("sea-shell", "two sea shells"),
    ("GRANDAD", "grandad"),
    # Latin letters with marks.
    ("ty", "tŷ"),
    ("dwr", "dŵr"),
    ("zolw", "żółw"),
    ("Lodz", "Łódź"),
    ("jagniecina", "jagnięcina"),
    ("strasse", "Straße"),
    ("smorrebrod", "smørrebrød"),
    ("cafe", "café"),
    ("café", "cafe"),
    ("istanbul", "İstanbul"),
    ("fulwidth", "ｆｕｌｗｉｄｔｈ"),
    # Arabic and Urdu: vowel signs, tatweel, letters of other keyboards.
    ("العربية", "العَرَبِيَّة"),
    ("السلام", "الســـلام"),
    ("احمد", "أحمد"),
    ("امن", "آمن"),
    ("مومن", "مؤمن"),
    ("مدرسه", "مدرسة"),
    ("هندي", "ہندی"),
    ("كتاب", "کتاب"),
    ("یی", "يى"),
    ("پاكستان", "پاکستان"),
    # Bengali, Hindi, Punjabi: as written, with the dots and nasals left out, and the consonants alone.
    ("বাংলা", "বাংলা"),
    ("বল", "বাংলা"),
    ("চাদ", "চাঁদ"),
    ("পড়া", "পড়া"),
    ("পডা", "পড়া"),
    ("हिंदी", "हिन्दी"),
    ("हिन्दी", "हिंदी"),
    ("हिनदी", "हिन्दी"),
    ("हनद", "हिन्दी"),
    ("मुंह", "मुँह"),
    ("कलम", "क़लम"),
    ("ਪੰਜਾਬੀ", "ਪੰਜਾਬੀ"),
    ("ਪਜਾਬੀ", "ਪੰਜਾਬੀ"),
    ("ਪਜਬ", "ਪੰਜਾਬੀ"),
    ("ਪਗ", "ਪੱਗ"),
    # Scripts that part no words, numbers.
    ("学校", "今日は学校へ行く"),
    ("ไทย", "ภาษาไทย"),
    ("34", "٣٤"),
    ("12", "১২"),
]
DIFFERENT = [
    ("snail", "snack"),
    ("校学", "学校"),
    ("कील", "काल"),  # a sign that is typed has to be there
    ("circle", "class/0123456789abcdef"),
    ("hotel", "hot el"),
]


def found(typed: str, text: str) -> bool:
    question = read_question(typed)
    loosely = question.loosely()
    return says(question, ("", text)) or (loosely is not None and says(loosely, ("", text)))


@pytest.mark.parametrize(("typed", "written"), SAME)
def test_it_is_found(typed: str, written: str) -> None:
    assert found(typed, f"One day: {written}, and more.")


@pytest.mark.parametrize(("typed", "written"), DIFFERENT)
def test_it_is_something_else(typed: str, written: str) -> None:
    assert not found(typed, written)


def test_letters_without_signs_are_what_they_are_first() -> None:
    question = read_question("कल")
    assert says(question, ("", "कल"))
    assert not says(question, ("", "काल"))


@given(st.text(max_size=200))
def test_a_text_has_the_same_words_wherever_it_is_asked(text: str) -> None:
    words = list(words_in(text))
    assert [word.term for word in words] == terms_in(text)
    assert all(0 <= word.start < word.end <= len(text) for word in words)
    assert all(before.end <= after.start for before, after in pairwise(words))
    assert all(side[0] in "=~" for side in side_terms_in(text))
    assert not any(term[0] in "=~§'\\" or "/" in term for term in terms_in(text))


def test_words_are_as_long_as_their_letters_go_on_in_whatever_script() -> None:
    letters = re.compile(rf"{terms._LETTER}+")
    for start in range(0, 0x12000, 64):
        signs = [chr(code) for code in range(start, start + 64) if not 0xD800 <= code < 0xE000]
        text = " ".join(f"a{sign}{sign}b{sign} {sign}" for sign in signs)
        assert terms._WORD.findall(text) == letters.findall(text)


@given(st.text(max_size=80))
def test_what_is_typed_is_found_in_itself(text: str) -> None:
    try:
        question = read_question(text.replace('"', " "))
    except Refusal:
        return
    assert says(question, ("", text.replace('"', " ")))
    assert spans(question, text.replace('"', " "))


def test_one_word_of_a_million_letters_is_gone_through_once() -> None:
    for letter in ("a", "কি", "一"):
        assert compounds_at(letter * (1_000_000 // len(letter)) + " -x") == []
