"""Coming in: the pupils' way, the grown-ups' way, and who does not get in."""

import re
from pathlib import Path
from uuid import uuid4

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

from journal.clock import now
from journal.records import Credential, Enrolment, Group, Membership, SignIn
from tests.accounts.conftest import Door, code_of, email_of, phrase_of
from tests.world import Template, copy_of

CHANGING = re.compile(r'(name="csrf_token" value=")[^"]+')


def without_token(page: str) -> str:
    """A page without what changes each time."""
    return CHANGING.sub(r"\1", page)


def test_the_sign_in_page_has_both_ways_and_needs_no_script(door: Door) -> None:
    page = door.at.get("/sign-in").get_data(as_text=True)
    assert 'action="/sign-in/class"' in page
    assert 'action="/sign-in"' in page
    assert "/forgotten" in page
    assert door.at.get("/").location == "/sign-in"


def test_a_grown_up_comes_in_with_email_and_password_and_goes_home(door: Door) -> None:
    answer = door.grown_up("nadia")
    assert (answer.status_code, answer.location) == (303, "/")
    assert door.at.get("/").location == "/home"


def test_the_email_address_may_be_typed_in_any_case_with_spaces(door: Door) -> None:
    assert door.typed(f"  {email_of('lowe').upper()} ", "").status_code == 400
    person_password = door.grown_up("lowe")
    assert person_password.status_code == 303


def test_a_pupil_finds_the_class_then_the_face_then_types_three_words(door: Door) -> None:
    found = door.class_code(code_of("maya").lower().replace("-", " "))
    assert (found.status_code, found.location) == (303, "/sign-in/class/pupils")
    page = door.at.get("/sign-in/class/pupils").get_data(as_text=True)
    assert "Kingfishers" in page
    assert f"/sign-in/class/pupils/{door.world.member('maya')}" in page
    assert "Tobi" not in page  # another class
    assert door.at.get(f"/sign-in/class/pupils/{door.world.member('maya')}").status_code == 200
    answer = door.words("maya", phrase_of("maya"))
    assert (answer.status_code, answer.location) == (303, "/")
    assert door.at.get("/").location == "/my-space"


@pytest.mark.parametrize("how", [str.upper, str.title, lambda words: words.replace(" ", " - "), lambda w: f" {w}  "])
def test_three_words_are_taken_in_any_case_with_dashes_or_spaces(door: Door, how) -> None:  # type: ignore[no-untyped-def]
    door.class_code(code_of("sami"))
    assert door.words("sami", how(phrase_of("sami"))).status_code == 303


def test_a_wrong_class_code_says_so_and_keeps_what_was_typed(door: Door) -> None:
    answer = door.class_code("PLUM-<b>-99")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert "We do not know that class code" in page
    assert "PLUM-&lt;b&gt;-99" in page


@pytest.mark.parametrize("code", ["", " ", "\x00", "🦊" * 500, "a" * 5000, "%s", "' OR 1=1 --"])
def test_strange_class_codes_are_only_wrong(door: Door, code: str) -> None:
    assert door.class_code(code).status_code == 400


def test_without_a_code_the_faces_send_back_to_the_code(door: Door) -> None:
    assert door.at.get("/sign-in/class/pupils").location == "/sign-in/class"
    page = door.at.get(f"/sign-in/class/pupils/{door.world.member('maya')}")
    assert page.location == "/sign-in/class"
    assert door.words("maya", phrase_of("maya")).location == "/sign-in/class"
    assert not door.is_in()


def test_the_code_is_forgotten_after_a_while(door: Door) -> None:
    door.class_code(code_of("maya"))
    with door.at.client.session_transaction() as cookie:
        cookie["class"] = {**cookie["class"], "until": int(now().timestamp()) - 1}
    assert door.at.get("/sign-in/class/pupils").location == "/sign-in/class"


def test_the_code_of_a_class_whose_year_is_over_opens_nothing(door: Door) -> None:
    with door.world.session() as session:
        session.execute(update(Group).where(Group.id == door.world.group("wrens")).values(closed_at=now()))
        session.commit()
    assert door.class_code(code_of("sami")).status_code == 400


def test_a_pupil_of_another_class_and_one_who_left_are_not_there(door: Door) -> None:
    door.class_code(code_of("maya"))
    assert door.words("sami", phrase_of("sami")).status_code == 404
    assert door.at.get(f"/sign-in/class/pupils/{uuid4()}").status_code == 404
    with door.world.session() as session:
        here = Enrolment.pupil_id == door.world.member("maya")
        session.execute(update(Enrolment).where(here).values(ended_at=now()))
        session.commit()
    assert door.words("maya", phrase_of("maya")).status_code == 404


def test_a_wrong_phrase_gets_nobody_in_and_is_not_shown_again(door: Door) -> None:
    door.class_code(code_of("maya"))
    answer = door.words("maya", "wrong secret words")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert "That did not match" in page
    assert "wrong secret words" not in page
    assert not door.is_in()


def test_unknown_account_and_wrong_password_answer_byte_for_byte_alike(door: Door) -> None:
    known = email_of("nadia")
    wrong = door.typed(known, "not-the-password").get_data(as_text=True)
    unknown = known.replace("nadia", "xxxxx")
    nobody = door.another().typed(unknown, "not-the-password").get_data(as_text=True)
    assert "That did not match" in wrong
    assert without_token(wrong) == without_token(nobody).replace(unknown, known)


def test_unknown_account_and_wrong_password_cost_the_same_work(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    checks = []
    real = PasswordHasher.verify

    def counted(self: PasswordHasher, hashed: str, secret: bytes) -> bool:
        checks.append(hashed.rpartition("p=")[0])  # kind, version, memory and passes: what it costs
        return real(self, hashed, secret)

    monkeypatch.setattr(PasswordHasher, "verify", counted)
    statements = []
    for address in (email_of("nadia"), "nobody@example.org"):
        token = door.at.token("/sign-in")
        with door.world.counting() as seen:
            door.at.client.post("/sign-in", data={"csrf_token": token, "email": address, "password": "wrong"})
        statements.append(list(seen))
    assert len(checks) == 2
    assert checks[0] == checks[1]
    assert statements[0] == statements[1]


def test_a_pupil_without_a_secret_answers_like_a_wrong_phrase(door: Door) -> None:
    door.class_code(code_of("maya"))
    wrong = door.words("maya", "three wrong words").get_data(as_text=True)
    with door.world.session() as session:
        person = session.scalar(select(Membership.person_id).where(Membership.id == door.world.member("maya")))
        credential = session.scalars(select(Credential).where(Credential.person_id == person)).one()
        session.delete(credential)
        session.commit()
    none = door.words("maya", "three wrong words").get_data(as_text=True)
    assert without_token(wrong) == without_token(none)


@pytest.mark.parametrize(
    "email", ["", "\x00", "a" * 5000, "nadia.rahman@example.org\n", "' OR 1=1 --", "@", "\u202enadia"]
)
def test_strange_addresses_are_only_wrong(door: Door, email: str) -> None:
    assert door.typed(email, "x" * 100_000).status_code == 400


def test_whose_memberships_have_all_ended_does_not_get_in(door: Door) -> None:
    wrong = without_token(door.grown_up("nadia", "wrong").get_data(as_text=True))
    with door.world.session() as session:
        here = Membership.id == door.world.member("nadia")
        session.execute(update(Membership).where(here).values(ended_at=now()))
        session.commit()
    answer = door.grown_up("nadia")
    assert answer.status_code == 400
    assert without_token(answer.get_data(as_text=True)) == wrong
    assert not door.is_in()


def test_a_session_ends_with_the_last_membership(door: Door) -> None:
    door.grown_up("nadia")
    assert door.is_in()
    with door.world.session() as session:
        here = Membership.id == door.world.member("nadia")
        session.execute(update(Membership).where(here).values(ended_at=now()))
        session.commit()
    assert not door.is_in()


def test_a_form_without_its_token_is_not_taken(door: Door) -> None:
    answer = door.at.client.post("/sign-in", data={"email": email_of("nadia"), "password": "x"})
    assert answer.status_code == 400
    assert "open for a long time" in answer.get_data(as_text=True)


def test_the_browser_is_told_nothing_of_the_account(door: Door) -> None:
    door.grown_up("nadia")
    with door.at.client.session_transaction() as cookie:
        assert set(cookie) <= {"_user_id", "_fresh", "_id", "csrf_token"}
    with door.world.session() as session:
        assert door.token() not in set(session.scalars(select(SignIn.token_hash)))


@pytest.mark.parametrize(
    ("wanted", "goes_to"),
    [
        ("/classes", "/classes"),
        ("/shared-with-me?before=x", "/shared-with-me?before=x"),
        ("/comments/0190b3c0-0000-7000-8000-000000000001/hide", "/comments/0190b3c0-0000-7000-8000-000000000001"),
        ("//evil.example", "/"),
        ("///evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("https://evil.example/", "/"),
        ("https:evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/classes\r\nSet-Cookie: a=b", "/"),
        ("/sign-out", "/"),
        ("/nowhere/at/all", "/"),
        ("evil", "/"),
    ],
)
def test_after_coming_in_one_goes_on_to_a_page_of_this_site_only(door: Door, wanted: str, goes_to: str) -> None:
    assert door.grown_up("nadia", next=wanted).location == goes_to


def test_where_one_wanted_to_go_is_kept_on_the_pupils_way(door: Door) -> None:
    asked = door.at.get("/make")
    assert asked.location == "/sign-in?next=/make"
    assert 'name="next" value="/make"' in door.at.get(asked.location).get_data(as_text=True)
    found = door.class_code(code_of("maya"), next="/make")
    assert found.location == "/sign-in/class/pupils?next=/make"
    assert "?next=/make" in door.at.get(found.location).get_data(as_text=True)
    assert door.words("maya", phrase_of("maya"), next="/make").location == "/make"


def test_on_https_the_cookie_carries_its_prefix_and_is_for_this_host_alone(
    demo_template: Template, tmp_path: Path
) -> None:
    world = copy_of(demo_template, tmp_path, public_address="https://journal.example")
    answer = world.app.test_client().get("/sign-in", base_url="https://journal.example")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-thirdspace=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie.split("; ")
    assert "Domain" not in cookie
    assert "max-age" in answer.headers["Strict-Transport-Security"]
    world.engine.dispose()
