"""docs/security.md speaks of tests and requirements that there are, and leaves none out."""

import ast
import re
from pathlib import Path

from tests.house.asvs import ASKED, REQUIREMENTS

ROOT = Path(__file__).resolve().parent.parent.parent
PAPER = (ROOT / "docs" / "security.md").read_text()
NUMBER = re.compile(r"\b\d{1,2}\.\d{1,2}\.\d{1,2}\b(?:–\d{1,2}\.\d{1,2}\.\d{1,2}\b)?")
OF_THE_STANDARD = "OWASP Application Security Verification Standard 5.0.0"
TEST = re.compile(r"`((?:\w+/)*test_\w+\.py)?(?:::(\w+))?`")


def numbers(words: str) -> set[str]:
    """Every requirement that is named, each range filled."""
    found: set[str] = set()
    for one in NUMBER.findall(words.replace(OF_THE_STANDARD, "")):
        first, _, last = one.partition("–")
        named = list(REQUIREMENTS)
        assert first in named, first
        assert not last or last in named, last
        found.update(named[named.index(first) : named.index(last or first) + 1])
    return found


def named_tests() -> list[tuple[str, str]]:
    """The file and the function of each test that is named; ``::more`` is of the file before it."""
    found, file = [], ""
    for path, function in TEST.findall(PAPER):
        file = path or file
        if path or function:
            found.append((file, function))
    return found


def test_every_test_that_is_named_is_there() -> None:
    assert len(named_tests()) > 100
    missing = []
    for file, function in named_tests():
        path = ROOT / "tests" / file
        if not path.is_file():
            missing.append(file)
            continue
        tree = ast.parse(path.read_text())
        there = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        if function and function not in there:
            missing.append(f"{file}::{function}")
    assert missing == []


def test_no_requirement_is_left_out_and_none_is_made_up() -> None:
    assert ASKED - numbers(PAPER) == set()


def test_what_is_beyond_the_levels_is_marked() -> None:
    for line in PAPER.splitlines():
        if line.startswith("| ") and NUMBER.search(line):
            first = line.split("|")[1]
            beyond = {one for one in numbers(first) if REQUIREMENTS[one] == 3}
            assert not beyond or "(L3)" in first, line


def test_what_the_house_says_of_itself_is_where_it_says() -> None:
    for path in re.findall(r"\]\(([\w./-]+\.md)\)", PAPER):
        assert (ROOT / "docs" / path).is_file(), path
