"""How often one may try."""

from pathlib import Path

import pytest

from tests.accounts.conftest import Door, email_of
from tests.world import Template, copy_of


@pytest.fixture
def strict(demo_template: Template, tmp_path: Path) -> Door:
    """The door of a copy where three wrong tries are enough, and twelve from one address."""
    world = copy_of(
        demo_template, tmp_path, sign_in_limit="3 per 10 minutes", sign_in_address_limit="12 per 10 minutes"
    )
    return Door(world, world.client())


def test_after_some_wrong_tries_nobody_may_try_that_account_for_a_while(strict: Door) -> None:
    answers = [strict.grown_up("nadia", "wrong").status_code for _ in range(5)]
    assert answers == [400, 400, 400, 429, 429]
    refused = strict.another().grown_up("nadia")  # rightly, and from a fresh browser
    assert refused.status_code == 429
    assert "Wait a little while" in refused.get_data(as_text=True)
    assert strict.grown_up("tom").status_code == 303


def test_the_same_account_in_another_spelling_is_the_same_account(strict: Door) -> None:
    for spelling in (email_of("nadia"), email_of("nadia").upper(), f" {email_of('nadia')} "):
        assert strict.typed(spelling, "wrong").status_code == 400
    assert strict.typed(email_of("nadia"), "wrong").status_code == 429


def test_an_unknown_account_is_limited_in_the_same_way(strict: Door) -> None:
    answers = [strict.typed("nobody@example.org", "wrong") for _ in range(4)]
    assert [each.status_code for each in answers] == [400, 400, 400, 429]


def test_a_right_password_within_the_limit_works_and_costs_nothing(strict: Door) -> None:
    assert [strict.grown_up("nadia", "wrong").status_code for _ in range(2)] == [400, 400]
    assert [strict.another().grown_up("nadia").status_code for _ in range(4)] == [303] * 4


def test_looking_at_the_pages_costs_nothing(strict: Door) -> None:
    for _ in range(15):
        assert strict.at.get("/sign-in").status_code == 200
        assert strict.at.get("/sign-in/class").status_code == 200
        assert strict.at.get("/forgotten").status_code == 200
    assert strict.grown_up("nadia").status_code == 303


def test_a_pupils_words_may_be_tried_only_so_often(strict: Door) -> None:
    strict.class_code("PLUM-RIVER-62")
    answers = [strict.words("maya", "wrong words here").status_code for _ in range(4)]
    assert answers == [400, 400, 400, 429]
    assert strict.words("oscar", "wrong words here").status_code == 400


def test_one_address_may_fail_only_so_often_at_all_doors_together(strict: Door) -> None:
    for number in range(6):
        assert strict.typed(f"nobody-{number}@example.org", "wrong").status_code == 400
        assert strict.class_code(f"PLUM-RIVER-{number}").status_code == 400
    assert strict.class_code("PLUM-RIVER-62").status_code == 429
    assert strict.grown_up("nadia").status_code == 429


def test_a_header_that_names_another_address_is_not_believed(strict: Door) -> None:
    for number in range(12):
        strict.typed(f"nobody-{number}@example.org", "wrong")
    token = strict.at.token("/sign-in")
    answer = strict.at.client.post(
        "/sign-in", data={"csrf_token": token, "email": "a@b.org"}, headers={"X-Forwarded-For": "203.0.113.9"}
    )
    assert answer.status_code == 429


@pytest.mark.parametrize(("second", "code"), [("2001:db8::2", 429), ("2001:db8:0:1::2", 400)])
def test_one_home_counts_as_one_address_in_the_new_internet_too(strict: Door, second: str, code: int) -> None:
    def try_from(address: str, number: int) -> int:
        data = {"csrf_token": strict.at.token("/sign-in"), "email": f"nobody-{number}@example.org"}
        return strict.at.client.post("/sign-in", data=data, environ_base={"REMOTE_ADDR": address}).status_code

    assert [try_from("2001:db8::1", number) for number in range(12)] == [400] * 12
    assert try_from(second, 99) == code


def test_letters_are_sent_only_so_often_to_one_address(strict: Door) -> None:
    def ask(email: str) -> int:
        return strict.at.post("/forgotten", {"email": email}, token_from="/forgotten").status_code

    assert [ask("nobody@example.org") for _ in range(6)] == [303] * 5 + [429]
    assert ask("somebody@example.org") == 303
