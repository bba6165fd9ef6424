"""Compiled SQL is found by its statement's key, and by nothing else."""

from typing import Any

from journal.store.compiled import NEAR, CompiledStatements


class Counted(tuple[Any, ...]):
    """A statement's key that counts how often it is hashed."""

    hashed = 0

    def __hash__(self) -> int:
        type(self).hashed += 1
        return super().__hash__()


def key(statement: tuple[Any, ...], *columns: str) -> tuple[Any, ...]:
    return ("sqlite", statement, columns, False, False)


def test_the_same_key_is_not_looked_through_again() -> None:
    kept, statement = CompiledStatements(), Counted(("a", "long", "statement"))
    kept[key(statement)] = "SELECT 1"
    assert kept.get(key(statement)) == "SELECT 1"
    before = Counted.hashed
    assert kept.get(key(statement)) == "SELECT 1"
    assert Counted.hashed == before


def test_an_equal_key_finds_the_same_and_another_one_nothing() -> None:
    kept = CompiledStatements()
    kept[key(Counted(("a", "statement")))] = "SELECT 1"
    assert kept.get(key(Counted(("a", "statement")))) == "SELECT 1"
    assert kept.get(key(Counted(("another", "statement")))) is None
    assert kept.get(key(Counted(("a", "statement")), "column")) is None


def test_a_key_that_took_the_place_of_one_that_went_is_not_taken_for_it() -> None:
    kept = CompiledStatements()
    for number in range(3 * NEAR):
        statement = ("a statement", number)
        kept[key(statement)] = number
        assert kept.get(key(statement)) == number
        assert kept.get(key(statement)) == number
        assert len(kept._near) <= NEAR
