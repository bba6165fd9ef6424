"""docs/http.md names every page of the app, with its methods and who may open it, and no other."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from journal import create_app
from journal.doors import SIGNED_IN
from tests.world import settings_in

DOC = Path(__file__).parent.parent / "docs" / "http.md"
ROW = re.compile(r"^\| `(?P<rule>/[^`]*)` \| (?P<methods>[A-Z, ]+) \| (?P<who>[a-z ,]+) \| (?P<rest>.+) \|$")
WITHOUT_SAYING = {"HEAD", "OPTIONS"}


def documented() -> dict[str, tuple[str, str]]:
    """Address to its methods and who may open it, as the document has them."""
    rows = [ROW.match(line) for line in DOC.read_text(encoding="utf-8").splitlines()]
    return {row["rule"]: (row["methods"], row["who"]) for row in rows if row}


def real(app: Flask) -> Iterator[tuple[str, tuple[str, str]]]:
    """The same, as the app has them."""
    for rule in app.url_map.iter_rules():
        methods = ", ".join(sorted((rule.methods or set()) - WITHOUT_SAYING))
        who = app.view_functions[rule.endpoint].open_to  # type: ignore[attr-defined]
        yield rule.rule, (methods, "signed in" if who == frozenset(SIGNED_IN) else in_order(who))


def in_order(who: frozenset[str]) -> str:
    """Roles in the order in which the house names them."""
    names = [str(role) for role in SIGNED_IN]
    return ", ".join(sorted((str(one) for one in who), key=lambda one: names.index(one) if one in names else -1))


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return create_app(settings_in(tmp_path))


def test_the_document_and_the_app_name_the_same_pages(app: Flask) -> None:
    assert documented() == dict(real(app))


def test_every_line_of_its_tables_is_understood() -> None:
    lines = [line for line in DOC.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    assert len(lines) == len(documented())


def test_every_page_has_one_address(app: Flask) -> None:
    rules = [rule.rule for rule in app.url_map.iter_rules()]
    assert len(rules) == len(set(rules))
