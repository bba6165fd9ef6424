"""The pupil is told when the school took their portfolio home."""

from datetime import timedelta

from journal import clock
from journal.entries.reading_names import TOLD_FOR
from tests.portfolio.asking import Asker
from tests.portfolio.telling import Teller

TOLD = "took your portfolio home for the school"


def space_of(tell: Teller, who: str) -> str:
    """The words of a pupil's own first page, in no more queries than any page takes."""
    asker = Asker(tell.world, who)
    asker.get("/my-space")
    with tell.world.counting() as seen:
        words = asker.get("/my-space")
    assert len(seen) <= 8
    return words


def test_my_space_says_that_the_school_took_the_portfolio_home_for_a_while(tell_on_both: Teller) -> None:
    tell = tell_on_both
    tell.orders("kaur")
    tell.world.work()
    assert TOLD not in space_of(tell, "maya"), "it was made, and nobody took it"
    tell.takes_home("kaur")
    words = space_of(tell, "maya")
    assert f"Today Mrs Kaur {TOLD} In it is what your teachers could see, and nothing else." in words
    assert f"Mrs Kaur {TOLD}" in space_of(tell, "maya"), "it stays there when it was read once"
    assert TOLD not in space_of(tell, "priya")
    with clock.at(clock.now() + timedelta(days=1)):
        assert f"Yesterday Mrs Kaur {TOLD}" in space_of(tell, "maya")
    with clock.at(clock.now() + TOLD_FOR + timedelta(minutes=1)):
        assert TOLD not in space_of(tell, "maya")
        assert "Mrs Kaur, for the school" in Asker(tell.world, "maya").get("/portfolio")


def test_it_says_nothing_of_the_family_s_and_of_the_pupil_s_own(tell: Teller) -> None:
    tell.takes_home("joe")
    tell.takes_home("maya")
    assert TOLD not in space_of(tell, "maya")


def test_a_class_is_told_each_pupil_of_whom_something_was_in_it_and_nobody_else(tell: Teller) -> None:
    whole = tell.orders_class("kaur")
    tell.world.work()
    assert tell.fetches("kaur", whole) is not None
    assert f"Mrs Kaur {TOLD}" in space_of(tell, "maya")
    for who, path in (("kaur", "/portfolio"), ("joe", "/home"), ("adeyemi", "/to-read")):
        assert TOLD not in Asker(tell.world, who).get(path)
