"""How languages write lists, days, numbers and directions, and which letters they need."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from journal.accounts.letters import reset_letter, translations
from journal.languages import LANGUAGES, RIGHT_TO_LEFT, direction_of, formats_of, in_a_row, listed
from tools.translations import catalogue_path

ROOT = Path(__file__).resolve().parent.parent


def test_lists_are_written_as_in_britain() -> None:
    assert listed(["Mum", "Dad", "Nani"], "en") == "Mum, Dad and Nani"
    assert listed(["Mr Adeyemi", "Mrs Doyle"], "en", "or") == "Mr Adeyemi or Mrs Doyle"
    assert listed(["Mum", "Mum"], "en") == "Mum"
    assert listed([], "en") == ""


def test_every_language_can_write_every_list() -> None:
    for language in LANGUAGES:
        for most in range(5):
            names = [f"Pupil {number}" for number in range(most)]
            assert all(name in listed(names, language) for name in names)
            assert all(name in listed(names, language, "or") for name in names)


@pytest.mark.parametrize(("language", "said"), [("en", "a, b, c"), ("cy", "a, b, c"), ("ur", "⁨a⁩، ⁨b⁩، ⁨c⁩")])
def test_names_one_after_the_other_have_the_commas_of_the_language(language: str, said: str) -> None:
    assert in_a_row(iter("abcb"), language) == said
    assert in_a_row([], language) == ""


def test_from_right_to_left_each_name_stands_by_itself() -> None:
    assert listed(["Mum", "نانی"], "ur") == "\u2068Mum\u2069 اور \u2068نانی\u2069"
    assert listed([], "ur") == ""
    assert direction_of("ur") == "rtl"
    assert direction_of("en") == "ltr"


def test_english_has_the_days_and_times_of_britain() -> None:
    assert formats_of("en") == "en_GB"
    assert formats_of("ur") == "ur"


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], ""),
        (["Mam"], "Mam"),
        (["Mam", "Dad"], "Mam a Dad"),
        (["Mam", "Aled"], "Mam ac Aled"),
        (["Mam", "Dad", "Ynyr"], "Mam, Dad ac Ynyr"),
        (["Mam", "Yusuf"], "Mam a Yusuf"),
        (["Mam", "William"], "Mam a William"),
        (["Mam", "Ôl-y-gof"], "Mam ac Ôl-y-gof"),
        (["Mam", "“Eira”"], "Mam ac “Eira”"),
        (["Mam", "نانی"], "Mam a نانی"),
        (["Mam", "Mam"], "Mam"),
    ],
)
def test_welsh_joins_a_list_by_the_sound_that_follows(names: list[str], said: str) -> None:
    assert listed(names, "cy") == said


def test_welsh_says_or_in_its_own_word() -> None:
    assert listed(["Mrs Doyle", "Mr Adeyemi"], "cy", "or") == "Mrs Doyle neu Mr Adeyemi"


@pytest.mark.parametrize(
    ("number", "counted"),
    [(0, "0 o bethau"), (1, "1 peth"), (2, "2 beth"), (3, "3 pheth"), (6, "6 pheth"), (11, "11 o bethau")],
)
def test_welsh_gives_each_number_its_form(number: int, counted: str) -> None:
    said = translations("cy").ngettext(
        "%(num)s thing waiting; it came in %(ago)s.", "%(num)s things waiting; the oldest came in %(ago)s.", number
    )
    assert (said % {"num": number, "ago": ""}).startswith(counted)


@pytest.mark.parametrize(("minutes", "said"), [(1, "1 munud."), (2, "2 funud."), (3, "3 munud."), (60, "60 munud.")])
def test_a_letter_is_written_in_welsh(minutes: int, said: str) -> None:
    letter = reset_letter("mam@example.org", "https://example.org/r", minutes, "cy")
    assert letter.subject == "Cyfrinair newydd ar gyfer Thirdspace"
    assert letter.text.startswith("Helô,")
    assert said in letter.text


@pytest.mark.parametrize("family", ["Atkinson Hyperlegible Next", "Bricolage Grotesque", "Andika"])
def test_the_fonts_have_the_letters_of_every_language_in_latin_script(family: str) -> None:
    sheet = (ROOT / "static" / "css" / "fonts.css").read_text(encoding="utf-8")
    faces = [face for face in re.findall(r"@font-face {.*?}", sheet) if f'"{family}"' in face]
    has = {letter for face in faces for letter in _range_of(face)}
    for face in faces:
        name = re.search(r'url\("\.\./fonts/([^"]+)"\)', face)
        assert name
        assert (ROOT / "static" / "fonts" / name[1]).is_file()
    for language in LANGUAGES.keys() - RIGHT_TO_LEFT:
        with catalogue_path(ROOT, language).open("rb") as file:
            words = "".join(str(message.string) for message in read_po(file, locale=language))
        assert {letter for letter in words if letter.isalpha()} <= has, language


def _range_of(face: str) -> list[str]:
    """The letters of the range that a face is taken for."""
    told = re.search(r"unicode-range: ([^;]+)", face)
    assert told
    ends = [one.strip().removeprefix("U+").split("-") for one in told[1].split(",")]
    return [chr(code) for one in ends for code in range(int(one[0], 16), int(one[-1], 16) + 1)]
