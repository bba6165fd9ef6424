"""The page at which one signs in, where one came for something else."""

import random

from journal.passwords import new_class_code
from tests.world import World

SAID = "Sign in to go on."


def test_it_says_why_one_is_asked_where_a_page_of_ours_comes_after(world: World) -> None:
    browser = world.client()
    asked = browser.get("/home").headers["Location"]
    assert SAID in browser.get(asked).get_data(as_text=True)
    for path in ("/sign-in", "/sign-in?next=", "/sign-in?next=//elsewhere.org", "/sign-in?next=/nowhere"):
        assert SAID not in browser.get(path).get_data(as_text=True), path


def test_the_code_that_shows_how_one_looks_is_no_class_s(world: World) -> None:
    shown = "APPLE-CLOUD-001"
    assert shown in world.client().get("/sign-in").get_data(as_text=True)
    tails = "".join(new_class_code(random.Random(number)).rpartition("-")[2] for number in range(300))
    assert not set(shown.rpartition("-")[2]) & set(tails)
