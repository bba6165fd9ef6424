"""The details of the record's lines: said in words on the page, all of them, in every language."""

import ast
from pathlib import Path

import pytest

import journal
from journal.record.views import details
from journal.words import Answer, CaseState, PauseKind, Role, SaidHow, Verdict
from tests.world import World

IDS = {"about", "entry", "grant", "group", "item", "other"}
"""Details that are ids: they stand in the file, and tell nobody anything on a page."""
OF_KINDS = {
    "answer": Answer,
    "how": SaidHow,
    "kind": PauseKind,
    "role": Role,
    "state": CaseState,
    "verdict": Verdict,
}


def names_in_code() -> set[str]:
    """The names of all details that the house's code records."""
    found: set[str] = set()
    for path in Path(journal.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("record", "sight", "write"):
                found |= {one.arg for one in node.keywords if one.arg}
    return found


def test_every_detail_has_words() -> None:
    known = {*details.NUMBERS, *details.YES_OR_NO, *details.ENDS, *OF_KINDS, "purpose"}
    assert names_in_code() == known | IDS


@pytest.mark.parametrize("name", OF_KINDS)
def test_every_word_of_the_house_has_words(world: World, name: str) -> None:
    with world.app.test_request_context("/"):
        for one in OF_KINDS[name]:
            [said] = details.in_words({name: one.value})
            assert "_" not in said
            assert said != one.value


def test_a_line_says_what_was_done_in_words(world: World) -> None:
    with world.app.test_request_context("/"):
        opened = list(details.in_words({"minutes": 30, "one": False, "told": True, "grant": "0" * 32}))
        covered = list(details.in_words({"first": "2026-11-02", "last": "2026-11-06"}))
        dropped = list(details.in_words({"first": 1, "last": 20261102}))
        older = list(details.in_words({"how_many": 3, "item": "0" * 32, "kind": "nothing_known"}))
    assert opened == ["Minutes: 30", "All that is one pupil’s", "The child is told"]
    assert covered == ["From: 2 November 2026", "To: 6 November 2026"]
    assert dropped == ["From: 1", "To: 20261102"]
    assert older == ["how many: 3", "kind: nothing_known"], "a record hides nothing"


def test_the_page_says_them(world: World) -> None:
    page = world.client("penhale", "lead").get("/record?kind=shared").get_data(as_text=True)
    assert "Version 1" in page
    assert "revision:" not in page
