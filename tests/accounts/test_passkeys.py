"""Passkeys: what a browser answers is believed only if it is true. They work in ``tests/browser/test_second_step``."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, update
from webauthn import base64url_to_bytes
from webauthn.helpers import bytes_to_base64url

from journal.accounts.passkeys import possible
from journal.records import Membership, Passkey, SignIn
from tests.accounts.conftest import Door
from tests.world import Template, copy_of

CLIENT = {"type": "webauthn.get", "origin": "https://journal.example", "crossOrigin": False}
NOT_JSON = [
    "",
    "x",
    "{}",
    "[]",
    "null",
    '{"id": 1}',
    '{"id": "a", "rawId": "a", "type": "x"}',
    "9" * 30_000,
    "🦊",
    "\x00",
]


@pytest.fixture
def named(demo_template: Template, tmp_path: Path) -> Iterator[Door]:
    """A copy that is reached by a name, over HTTPS."""
    world = copy_of(demo_template, tmp_path, public_address="https://journal.example")
    world.app.config["SESSION_COOKIE_NAME"] = "thirdspace"
    world.app.config["SESSION_COOKIE_SECURE"] = False
    yield Door(world, world.client())
    world.engine.dispose()


def with_key(door: Door, key_id: bytes = b"a key") -> None:
    with door.world.session() as session:
        person = session.scalars(select(Membership.person_id).where(Membership.id == door.world.member("lowe"))).one()
        kept = bytes_to_base64url(key_id)
        session.add(Passkey(person_id=person, key_id=kept, public_key=kept, name="Phone"))
        session.commit()


@pytest.mark.parametrize(
    ("address", "works"),
    [
        ("https://journal.example", True),
        ("http://localhost:5000", True),
        ("http://journal.example", False),
        ("http://127.0.0.1:5000", False),
        ("https://192.0.2.7", False),
        ("http://[::1]:5000", False),
    ],
)
def test_passkeys_need_a_name_and_a_safe_way(door: Door, address: str, works: bool) -> None:
    assert possible(replace(door.world.settings, public_address=address)) is works


def test_where_they_cannot_work_the_page_says_so(door: Door) -> None:
    page = door.world.client("lowe").get("/second-step/set-up").get_data(as_text=True)
    assert "Until then, use the app" in page
    assert "data-passkey=" not in page


@pytest.mark.parametrize("answer", NOT_JSON)
@pytest.mark.parametrize("path", ["/second-step/passkey", "/second-step/set-up/passkey"])
def test_strange_answers_are_only_wrong(named: Door, path: str, answer: str) -> None:
    browser = named.world.client("lowe")
    browser.post(f"{path}/ask")
    sent = browser.post(path, {"answer": answer})
    assert sent.status_code == 400
    assert "The passkey did not work this time" in sent.get_data(as_text=True)


def test_what_is_asked_names_the_site_and_ones_own_keys_and_counts_once(named: Door) -> None:
    with_key(named)
    named.grown_up("lowe")
    asked = json.loads(named.at.post("/second-step/passkey/ask").get_data(as_text=True))
    assert asked["rpId"] == "journal.example"
    assert [base64url_to_bytes(one["id"]) for one in asked["allowCredentials"]] == [b"a key"]
    assert len(base64url_to_bytes(asked["challenge"])) == 32
    client = bytes_to_base64url(json.dumps({**CLIENT, "challenge": asked["challenge"]}).encode())
    response = {"clientDataJSON": client, "authenticatorData": "AAAA", "signature": "AAAA", "userHandle": None}
    answer = {"id": bytes_to_base64url(b"a key"), "rawId": bytes_to_base64url(b"a key"), "type": "public-key"}
    sent = named.at.post("/second-step/passkey", {"answer": json.dumps({**answer, "response": response})})
    assert sent.status_code == 400
    assert not named.is_in()


@pytest.mark.parametrize("path", ["/second-step/passkey", "/second-step/set-up/passkey"])
def test_what_was_asked_counts_once_also_if_it_was_answered_wrongly(named: Door, path: str) -> None:
    browser = named.world.client("lowe")
    asked = [json.loads(browser.post(f"{path}/ask").get_data(as_text=True))["challenge"] for _ in range(2)]
    assert asked[0] != asked[1]
    with named.world.session() as session:
        assert base64url_to_bytes(asked[1]).hex() in session.scalars(select(SignIn.challenge)).all()
    browser.post(path, {"answer": "{}"})
    with named.world.session() as session:
        assert set(session.scalars(select(SignIn.challenge)).all()) == {""}


def test_somebody_elses_key_lets_nobody_in(named: Door) -> None:
    with_key(named)
    other = named.another()
    other.grown_up("doyle")
    asked = json.loads(other.at.post("/second-step/passkey/ask").get_data(as_text=True))
    assert asked["allowCredentials"] == []
    named_id = bytes_to_base64url(b"a key")
    response = {"clientDataJSON": "e30", "authenticatorData": "AAAA", "signature": "AAAA"}
    answer = {"id": named_id, "rawId": named_id, "type": "public-key", "response": response}
    assert other.at.post("/second-step/passkey", {"answer": json.dumps(answer)}).status_code == 400
    assert not other.is_in()


def test_without_a_session_nothing_is_asked_to_be_signed(named: Door) -> None:
    assert named.at.post("/second-step/passkey/ask").location.startswith("/sign-in")


def test_what_an_older_version_asked_is_answered_in_words(named: Door) -> None:
    browser = named.world.client("lowe")
    browser.post("/second-step/set-up/passkey/ask")
    with named.world.session() as session:
        session.execute(update(SignIn).where(SignIn.challenge != "").values(challenge="not-hexadecimal_x"))
        session.commit()
    assert browser.post("/second-step/set-up/passkey", {"answer": "{}"}).status_code == 400
