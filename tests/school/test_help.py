"""Help and keeping safe are there for everybody, and say what is true."""

import pytest

from tests.school.telling import Teller
from tests.world import World


@pytest.mark.parametrize("who", ["", "maya", "nadia", "adeyemi", "kaur", "penhale", "bright"])
@pytest.mark.parametrize("path", ["/help", "/keeping-safe"])
def test_for_everybody(world: World, who: str, path: str) -> None:
    assert world.client(who).get(path).status_code == 200


def test_no_secrecy_is_promised_and_the_rule_is_told(world: World) -> None:
    page = Teller(world).page("", "/keeping-safe")
    assert "We never promise to keep a secret." in page
    assert "No door is open until the child opens it." in page


def test_a_schools_own_words_and_numbers_are_for_its_people(world: World) -> None:
    teller = Teller(world)
    own = teller.page("maya", "/keeping-safe")
    assert "Mr Penhale" in own
    assert "0800 1111" in own
    assert "Mr Penhale" not in teller.page("", "/keeping-safe")
    assert "Mr Penhale" not in teller.page("finch", "/keeping-safe")


@pytest.mark.parametrize("path", ["/help", "/keeping-safe"])
def test_in_urdu_from_right_to_left(world: World, path: str) -> None:
    page = world.client().get(path, headers={"Accept-Language": "ur"}).get_data(as_text=True)
    assert '<html lang="ur" dir="rtl"' in page
