"""How languages write lists, days and directions."""

from journal.languages import LANGUAGES, direction_of, formats_of, listed


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


def test_from_right_to_left_each_name_stands_by_itself() -> None:
    assert listed(["Mum", "نانی"], "ur") == "\u2068Mum\u2069 اور \u2068نانی\u2069"
    assert listed([], "ur") == ""
    assert direction_of("ur") == "rtl"
    assert direction_of("en") == "ltr"


def test_english_has_the_days_and_times_of_britain() -> None:
    assert formats_of("en") == "en_GB"
    assert formats_of("ur") == "ur"
