"""The contract of the floors finds each way of building them wrong."""

import tomllib
from pathlib import Path

import pytest
from grimp import ImportGraph

from tools.floors import FloorsContract


@pytest.fixture
def contract() -> FloorsContract:
    """The contract as the project states it."""
    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8"))
    (table,) = [each for each in project["tool"]["importlinter"]["contracts"] if each["type"] == "floors"]
    return FloorsContract(name=table["name"], session_options={"root_packages": ["journal"]}, contract_options=table)


def complaints(contract: FloorsContract, importer: str, imported: str) -> list[str]:
    """What the contract says about a house in which only this import is made."""
    graph = ImportGraph()
    for module in ("journal", importer, imported):
        graph.add_module(module, is_squashed=not module.startswith("journal"))
    graph.add_import(importer=importer, imported=imported, line_number=1, line_contents="import")
    check = contract.check(graph, verbose=False)
    found: list[str] = check.metadata["broken"]
    assert check.kept == (not found)
    return found


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("journal", "journal.doors"),
        ("journal.cli", "journal"),
        ("journal.entries.views", "journal.entries.forms"),
        ("journal.entries.views", "journal.talk.reading"),
        ("journal.entries.views", "journal.accounts.acts"),
        ("journal.entries.views", "journal.doors"),
        ("journal.entries.forms", "flask_babel"),
        ("journal.entries.acts", "journal.notices.acts"),
        ("journal.entries.acts", "journal.visibility"),
        ("journal.doors", "journal.accounts.reading"),
        ("journal.visibility", "journal.records.entries"),
        ("journal.records.entries", "sqlalchemy"),
    ],
)
def test_what_is_allowed(contract: FloorsContract, importer: str, imported: str) -> None:
    assert complaints(contract, importer, imported) == []


@pytest.mark.parametrize(
    ("importer", "imported", "complaint"),
    [
        ("journal.records.entries", "journal.visibility", "below floor"),
        ("journal.entries.acts", "journal.entries.forms", "below floor"),
        ("journal.entries.acts", "journal.doors", "below floor"),
        ("journal.doors", "journal.entries.views", "below floor"),
        ("journal.entries.views", "journal", "below floor"),
        ("journal.store.files", "journal.records", "below floor"),
        ("journal.entries.acts", "journal.talk.acts", "another room"),
        ("journal.entries.reading", "journal.talk.reading", "another room"),
        ("journal.talk.acts", "journal.notices.reading", "another room"),
        ("journal.entries.views", "journal.talk.views", "another room's reading"),
        ("journal.entries.views", "journal.talk.reach", "another room's reading"),
        ("journal.entries.acts", "flask", "web is unknown"),
        ("journal.records.school", "flask_login", "web is unknown"),
        ("journal.cellar", "journal.words", "no floor"),
    ],
)
def test_what_is_not(contract: FloorsContract, importer: str, imported: str, complaint: str) -> None:
    (found,) = complaints(contract, importer, imported)
    assert complaint in found
