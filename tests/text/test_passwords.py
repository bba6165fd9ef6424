"""Secrets: hashed the same wherever they are typed, checked in the same time for nobody, hard to guess."""

import random
import re

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from journal import passwords
from journal.passwords import (
    CHEAP,
    USUAL,
    Cost,
    class_code_bits,
    hash_secret,
    matches,
    needs_new_hash,
    new_class_code,
    new_phrase,
    phrase_bits,
    phrase_words,
    problem_with_password,
    tidy_class_code,
    tidy_phrase,
)
from journal.refusals import Reason

ANY = st.text(alphabet=st.characters(codec=None))


def test_a_secret_matches_itself_however_it_is_composed() -> None:
    hashed = hash_secret("Möwe am Kanal 12", CHEAP)
    assert hashed.startswith("$argon2id$")
    assert matches(hashed, "Mo\u0308we am Kanal 12", CHEAP)
    assert matches(hashed, "Ｍöwe am Kanal １２", CHEAP)
    assert not matches(hashed, "möwe am kanal 12", CHEAP)
    assert hashed != hash_secret("Möwe am Kanal 12", CHEAP)


@given(ANY)
def test_checking_never_fails_and_nobody_has_no_secret(plain: str) -> None:
    assert not matches(None, plain, CHEAP)
    assert not matches("", plain, CHEAP)
    assert not matches("$argon2id$broken", plain, CHEAP)
    assert matches(hash_secret(plain, CHEAP), plain, CHEAP)


def test_nobody_costs_as_much_work_as_somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    work: list[str] = []
    verify = PasswordHasher.verify

    def counted(self: PasswordHasher, hashed: str, secret: bytes) -> bool:
        work.append(hashed.split("$")[3])
        return verify(self, hashed, secret)

    monkeypatch.setattr(PasswordHasher, "verify", counted)
    hashed = hash_secret("right one", CHEAP)
    for stored in (hashed, None, ""):
        assert not matches(stored, "wrong one", CHEAP)
        assert not matches(stored, "x" * 100_000, CHEAP)
    assert work == ["m=8,t=1,p=1"] * 6
    assert not matches(None, "nobody has this one", CHEAP)


def test_the_usual_cost_is_what_owasp_asks_and_older_hashes_are_made_anew() -> None:
    assert Cost(19 * 1024, 2, 1) == USUAL
    cheap = hash_secret("secret", CHEAP)
    assert needs_new_hash(cheap)
    assert not needs_new_hash(cheap, CHEAP)
    assert needs_new_hash("rubbish", CHEAP)
    with pytest.raises(ValueError):
        hash_secret("x" * 100_000, CHEAP)


@pytest.mark.parametrize(
    "typed",
    [
        *("plum river kite", " Plum-River  KITE ", "plumriverkite", "plum – river — kite.", "PLUM_RIVER\tKITE\0"),
        "ｐｌｕｍ　river kite",
    ],
)
def test_a_phrase_is_the_same_however_it_is_typed(typed: str) -> None:
    assert tidy_phrase(typed) == "plumriverkite"


@given(ANY)
def test_tidying_is_done_after_once(raw: str) -> None:
    assert tidy_phrase(tidy_phrase(raw)) == tidy_phrase(raw)
    assert tidy_class_code(tidy_class_code(raw)) == tidy_class_code(raw)


def test_phrases_keep_the_marks_of_every_script() -> None:
    assert tidy_phrase("آم, دریا پتنگ") == "آمدریاپتنگ"
    assert tidy_phrase("हिन्दी") == "हिन्दी"


def test_the_words_are_short_plain_and_enough() -> None:
    words = phrase_words()
    assert len(words) == len(set(words)) >= 1_024
    assert all(re.fullmatch("[a-z]{3,9}", word) for word in words)
    assert list(words) == sorted(words)
    assert phrase_bits() >= 30
    assert class_code_bits() >= 30


def test_new_phrases_are_three_different_words() -> None:
    rng = random.Random(4)
    made = [new_phrase(rng) for _ in range(200)]
    assert len(set(made)) == 200
    for phrase in made:
        assert len(set(phrase.split(" "))) == 3
        assert set(phrase.split(" ")) <= set(phrase_words())
    assert new_phrase(random.Random(4)) == made[0]


def test_class_codes_can_be_typed_in_any_way() -> None:
    rng = random.Random(4)
    for _ in range(200):
        code = new_class_code(rng)
        assert re.fullmatch("[A-Z]{3,6}-[A-Z]{3,6}-[2346789ACEFHJKMNPRTWXY]{3}", code)
        for typed in (code, code.lower(), code.replace("-", ""), code.replace("-", "  "), code.replace("-", "–")):
            assert tidy_class_code(typed) == code
    assert tidy_class_code("plum river zgb") == "PLUM-RIVER-268"


def test_codes_of_other_making_stay_in_their_groups() -> None:
    assert tidy_class_code(" maplex - 3b / x") == "MAPLEX-3B-X"
    assert tidy_class_code("—") == ""


@pytest.mark.parametrize(
    ("plain", "reason"),
    [
        ("", Reason.PASSWORD_SHORT),
        ("kd83-Wq.1zP", Reason.PASSWORD_SHORT),
        ("x" * 257, Reason.PASSWORD_LONG),
        ("aaaaaaaaaaaaaaa", Reason.PASSWORD_COMMON),
        ("abababababab", Reason.PASSWORD_COMMON),
        ("kanalkanalkanal1", Reason.PASSWORD_COMMON),
        ("123456789012", Reason.PASSWORD_COMMON),
        ("qwertyuiopas", Reason.PASSWORD_COMMON),
        ("poiuytrewq12", Reason.PASSWORD_COMMON),
        ("abcdefghijkl", Reason.PASSWORD_COMMON),
        ("Password1234", Reason.PASSWORD_COMMON),
        ("P@ssw0rd!!!!", Reason.PASSWORD_COMMON),
        ("!!Liverpool2026!!", Reason.PASSWORD_COMMON),
        ("summer-summer-26", Reason.PASSWORD_COMMON),
        ("ilovemykids1", Reason.PASSWORD_COMMON),
        ("amina.khan@home.example", Reason.PASSWORD_COMMON),
        ("AminaKhan2026!", Reason.PASSWORD_COMMON),
        ("St Oswald 2026", Reason.PASSWORD_COMMON),
        ("heron-teapot-canal-42", None),
        ("k8Vd.2wQx-Lp9", None),
        ("the heron stood on one leg", None),
        ("Amina saw two herons at dusk", None),
        ("سلام نانی جان کہاں ہیں", None),
    ],
)
def test_what_will_not_do_as_a_password(plain: str, reason: Reason | None) -> None:
    about = ["amina.khan@home.example", "Amina Khan", "St Oswald's School"]
    assert problem_with_password(plain, about) == reason


@given(ANY, st.lists(ANY, max_size=3))
def test_judging_a_password_never_fails(plain: str, about: list[str]) -> None:
    problem_with_password(plain, about)
    problem_with_password(plain * 5, about)


def test_the_lists_have_no_empty_or_upper_case_lines() -> None:
    common = passwords._common()
    assert len(common) >= 300
    assert all(word == word.casefold() for word in common)
