"""The second step of staff: numbers of an app, once each; recovery codes; what half a session opens; proving again."""

import re
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select, update

from journal.accounts.people import Account
from journal.clock import at, now
from journal.demo.secrets import app_secret
from journal.doors import ANYBODY, HALF
from journal.records import Authenticator, Credential, Membership, RecoveryCode, School, SignIn, SignInTry, Trail
from journal.stepup import proved_lately
from tests.accounts.conftest import Door, email_of, numbers_of
from tests.house.doorsteps import street
from tests.world import Browser, Template, copy_of

CODE = re.compile(r"<code>([a-z]+-\d{4}-[a-z]+)</code>")
SECRET = re.compile(r'<code class="typed">([A-Z2-7 ]+)</code>')


def words_of(door: Door, path: str) -> str:
    return door.at.get(path).get_data(as_text=True)


def without_app(door: Door, key: str) -> None:
    """Somebody who has set nothing up yet."""
    with door.world.session() as session:
        person = select(Credential.person_id).where(Credential.email == email_of(key)).scalar_subquery()
        session.execute(
            update(Authenticator).where(Authenticator.person_id == person).values(secret="", set_up_at=None)
        )
        session.commit()


def set_second_factor(door: Door, on: bool) -> None:
    with door.world.session() as session:
        session.execute(update(School).values(second_factor=on))
        session.commit()


def test_staff_type_a_password_and_then_six_numbers(door: Door) -> None:
    answer = door.grown_up("lowe", next="/shared-with-me")
    assert (answer.status_code, answer.location) == (303, "/shared-with-me")
    asked = door.at.get("/shared-with-me")
    assert asked.location == "/second-step?next=/shared-with-me"
    page = words_of(door, asked.location)
    assert "One more step" in page
    assert "Miss Lowe" in page
    before = door.token()
    let_in = door.numbers("lowe", next="/shared-with-me")
    assert (let_in.status_code, let_in.location) == (303, "/shared-with-me")
    assert door.token() != before, "the token of half a session opens nothing more"
    assert door.at.get("/shared-with-me").status_code == 200
    with door.world.session() as session:
        assert "second_app" in session.scalars(select(Trail.act)).all()


@pytest.mark.parametrize("who", ["nadia", "maya"])
def test_families_and_pupils_are_not_asked(door: Door, who: str) -> None:
    door.grown_up(who) if who == "nadia" else door.pupil(who)
    assert door.is_in()
    assert door.at.get("/second-step").status_code == 404


def test_what_is_easier_on_the_eyes_is_so_on_the_step_too(door: Door) -> None:
    door.grown_up("lowe")
    door.at.post("/easier", {"theme": "dark"}, token_from="/second-step")
    assert 'data-theme="dark"' in door.at.get("/second-step").get_data(as_text=True)


def test_with_the_password_alone_nothing_opens_but_the_step_itself(door: Door) -> None:
    door.grown_up("penhale")
    values = street(door.world)
    token, app = door.at.token("/second-step"), door.world.app
    for rule in app.url_map.iter_rules():
        said = app.view_functions[rule.endpoint].open_to  # type: ignore[attr-defined]
        path = values.path(rule)
        for method in (rule.methods or set()) & {"GET", "POST"}:
            if ANYBODY in said or HALF in said:
                continue
            answer = door.at.client.open(path, method=method, data={"csrf_token": token} if method == "POST" else None)
            assert answer.status_code == 302, (rule.endpoint, method)
            assert answer.location.startswith("/second-step?next="), rule.endpoint
    page = words_of(door, "/help")
    assert 'class="me"' not in page, "the page's frame takes them for signed out"
    assert words_of(door, "/keeping-safe").count("reads worries on school days") == 0


def test_half_a_session_may_not_change_what_it_has_to_prove(door: Door) -> None:
    door.grown_up("lowe")
    for path in ("/second-step/set-up", "/second-step/set-up/picture"):
        assert door.at.get(path).location.startswith("/second-step?next="), path
    for path in ("/second-step/set-up", "/second-step/set-up/passkey", "/second-step/set-up/passkey/ask"):
        assert door.at.post(path).location.startswith("/second-step?next="), path
    assert door.at.post("/second-step/codes").location == "/second-step"
    assert not door.is_in()


def test_numbers_count_once_also_in_another_window(door_on_both: Door) -> None:
    door = door_on_both
    other = door.another()
    door.grown_up("lowe")
    other.grown_up("lowe")
    numbers = numbers_of("lowe")
    assert door.second(numbers).status_code == 303
    again = other.second(numbers)
    assert again.status_code == 400
    assert "used already" in again.get_data(as_text=True)
    assert not other.is_in()
    # A step that is older than the last one counts no more, though its numbers were never typed.
    assert other.numbers("lowe", -1).status_code == 400
    assert other.numbers("lowe", 1).status_code == 303


@pytest.mark.parametrize(("steps", "good"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_an_apps_clock_may_be_half_a_minute_off(door: Door, steps: int, good: bool) -> None:
    with at(now().replace(second=14)):
        door.grown_up("lowe")
        assert door.numbers("lowe", steps).status_code == (303 if good else 400)


def test_a_clock_that_was_put_back_locks_nobody_out_and_replays_nothing(door_on_both: Door) -> None:
    door = door_on_both
    late = now() + timedelta(hours=3)
    with at(late):
        door.grown_up("lowe")
        used = numbers_of("lowe")
        assert door.second(used).status_code == 303
    back = door.another()
    back.grown_up("lowe")
    assert back.numbers("lowe").status_code == 303
    with at(late):
        again = door.another()
        again.grown_up("lowe")
        assert again.second(used).status_code == 400, "what was used counts no more, whatever the clock says"


@pytest.mark.parametrize("typed", ["", "000000", "12", "abcdef", "🦊" * 40, "1" * 5000, "\x00", "' OR 1=1 --"])
def test_wrong_numbers_are_said_kindly_and_let_nobody_in(door: Door, typed: str) -> None:
    door.grown_up("lowe")
    answer = door.second(typed)
    assert answer.status_code == 400
    assert "not the numbers of this half minute" in answer.get_data(as_text=True)
    assert not door.is_in()
    with door.world.session() as session:
        assert session.scalars(select(SignInTry.what)).all() == ["numbers"]


def test_spaces_and_the_figures_of_any_script_are_read(door: Door) -> None:
    door.grown_up("lowe")
    numbers = numbers_of("lowe")
    urdu = "".join(chr(ord("۰") + int(one)) for one in numbers)
    assert door.second(f" {urdu[:3]} {urdu[3:]} ").status_code == 303


def test_numbers_may_be_wrong_a_few_times_only(demo_template: Template, tmp_path) -> None:  # type: ignore[no-untyped-def]
    world = copy_of(demo_template, tmp_path, second_limit="3 per 10 minutes")
    door = Door(world, world.client())
    door.grown_up("lowe")
    for _ in range(3):
        assert door.second("000000").status_code == 400
    assert door.numbers("lowe").status_code == 429
    other = door.another()
    other.grown_up("lowe")
    assert other.at.post("/second-step/code", {"code": "plum-1234-reed"}).status_code == 429, "by whichever way"
    world.engine.dispose()


def test_the_secret_in_the_database_is_sealed(door: Door) -> None:
    with door.world.session() as session:
        kept = session.scalars(select(Authenticator)).all()
        assert kept
        assert not any(app_secret("lowe") in (one.secret + one.next_secret) for one in kept)
        session.execute(update(Authenticator).values(secret="gAAAAAB-not-ours"))
        session.commit()
    door.grown_up("lowe")
    answer = door.numbers("lowe")
    assert answer.status_code == 400
    assert "cannot read your app" in answer.get_data(as_text=True)


def set_up(door: Door) -> tuple[str, list[str]]:
    """Set an app up; return its secret and the recovery codes."""
    secret = SECRET.search(words_of(door, "/second-step/set-up"))
    assert secret
    plain = secret.group(1).replace(" ", "")
    answer = door.at.post("/second-step/set-up", {"numbers": pyotp.TOTP(plain).at(now())})
    assert answer.status_code == 200
    return plain, CODE.findall(answer.get_data(as_text=True))


def test_who_has_nothing_yet_sets_it_up_at_the_first_sign_in(door: Door) -> None:
    without_app(door, "lowe")
    door.grown_up("lowe")
    asked = door.at.get("/shared-with-me")
    assert door.at.get(asked.location).location == "/second-step/set-up?next=/shared-with-me"
    first = words_of(door, "/second-step/set-up")
    assert SECRET.search(first).group(1) == SECRET.search(words_of(door, "/second-step/set-up")).group(1)  # type: ignore[union-attr]
    assert app_secret("lowe") not in first
    picture = door.at.get("/second-step/set-up/picture")
    assert picture.mimetype == "image/svg+xml"
    drawn = picture.get_data(as_text=True)
    assert drawn.startswith("<svg")
    assert "style" not in drawn
    assert "script" not in drawn
    wrong = door.at.post("/second-step/set-up", {"numbers": "000000"})
    assert wrong.status_code == 400
    assert not door.is_in()
    secret, codes = set_up(door)
    assert door.is_in()
    assert len(set(codes)) == 10
    other = door.another()
    other.grown_up("lowe")
    assert other.second(pyotp.TOTP(secret).at(now())).status_code == 400, "the numbers that set it up are used"
    with at(now() + timedelta(seconds=30)):
        assert other.second(pyotp.TOTP(secret).at(now())).status_code == 303


def test_a_recovery_code_lets_in_once(door_on_both: Door) -> None:
    door = door_on_both
    without_app(door, "lowe")
    door.grown_up("lowe")
    _, codes = set_up(door)
    with door.world.session() as session:
        hashes = session.scalars(select(RecoveryCode.code_hash)).all()
        assert all(one.startswith("$argon2id$") for one in hashes)
    lost = door.another()
    lost.grown_up("lowe")
    typed = codes[3].replace("-", " ").upper()
    answer = lost.at.post("/second-step/code", {"code": typed, "next": "/shared-with-me"})
    assert (answer.status_code, answer.location) == (303, "/shared-with-me")
    assert "9 recovery codes are left" in words_of(lost, "/shared-with-me")
    again = door.another()
    again.grown_up("lowe")
    assert again.at.post("/second-step/code", {"code": typed}).status_code == 400
    assert not again.is_in()


def test_new_codes_stop_the_old_ones(door: Door) -> None:
    without_app(door, "lowe")
    door.grown_up("lowe")
    _, codes = set_up(door)
    answer = door.at.post("/second-step/codes")
    new = CODE.findall(answer.get_data(as_text=True))
    assert len(new) == 10
    assert not set(new) & set(codes)
    lost = door.another()
    lost.grown_up("lowe")
    assert lost.at.post("/second-step/code", {"code": codes[0]}).status_code == 400
    assert lost.at.post("/second-step/code", {"code": new[0]}).status_code == 303


@pytest.mark.parametrize("typed", ["", " ", "plum-0000-reed", "🦊" * 100, "\x00", "-" * 100])
def test_wrong_codes_are_said_kindly(door: Door, typed: str) -> None:
    door.grown_up("lowe")
    answer = door.at.post("/second-step/code", {"code": typed})
    assert answer.status_code == 400
    assert "That code does not let you in" in answer.get_data(as_text=True)


def test_a_school_that_wants_no_second_step_asks_only_who_set_one_up(door: Door) -> None:
    set_second_factor(door, False)
    door.grown_up("lowe")
    assert door.at.get("/shared-with-me").location.startswith("/second-step"), "it is set up, so it is asked for"
    without_app(door, "lowe")
    other = door.another()
    other.grown_up("lowe")
    assert other.at.get("/shared-with-me").status_code == 200
    set_second_factor(door, True)
    assert other.at.get("/shared-with-me").location.startswith("/second-step"), "from the next page on"


def test_words_that_were_typed_when_the_step_was_asked_for_are_kept(door: Door) -> None:
    set_second_factor(door, False)
    without_app(door, "kaur")
    door.grown_up("kaur")
    token = door.at.token()
    set_second_factor(door, True)
    sent = {"csrf_token": token, "membership": "words", "current": "my old secret", "again": "my new secret"}
    answer = door.at.client.post("/portfolio/who-may", data=sent)
    assert answer.location.startswith("/second-step?next=")
    with door.world.session() as session:
        from journal.records import KeptWriting

        kept = session.scalars(select(KeptWriting)).one()
        assert kept.fields == {"membership": ["words"]}, "and no secret is among them"


def test_twelve_hours_on_this_device_and_nowhere_else(door: Door) -> None:
    door.grown_up("lowe")
    door.numbers("lowe", remember="yes")
    door.at.post("/sign-out")
    door.grown_up("lowe")
    assert door.is_in(), "not asked again"
    with door.world.session() as session:
        newest = session.scalars(select(SignIn).order_by(SignIn.id.desc())).first()
        assert newest is not None
        assert newest.second_at is not None
        assert newest.second_at < newest.created_at, "when it was truly proved"
    other = door.another()
    other.grown_up("lowe")
    assert not other.is_in()
    for later in (timedelta(hours=12, minutes=1), -timedelta(hours=1)):
        with at(now() + later):
            door.at.post("/sign-out")
            door.grown_up("lowe")
            assert not door.is_in(), later


def test_without_the_tick_it_is_asked_each_time(door: Door) -> None:
    door.staff("lowe")
    door.at.post("/sign-out")
    door.grown_up("lowe")
    assert not door.is_in()


def account_of(door: Door, browser: Browser) -> Account:
    from journal.accounts.session import find_account

    with browser.client.session_transaction() as cookie:
        token = cookie["_user_id"]
    with door.world.session() as session:
        found = find_account(session, token, door.world.settings)
    assert found is not None
    return found


def test_proved_lately_knows_minutes_and_a_clock_put_back(door: Door) -> None:
    browser = door.world.client("lowe")
    account = account_of(door, browser)
    with door.world.session() as session:
        assert proved_lately(session, account, 5)
        for later in (timedelta(minutes=6), -timedelta(minutes=1)):
            with at(now() + later):
                assert not proved_lately(session, account, 5)
        session.execute(update(SignIn).where(SignIn.id == account.sign_in).values(second_at=None))
        assert not proved_lately(session, account, 5)


def test_changing_ones_keys_asks_for_the_step_again_and_comes_back(door: Door) -> None:
    browser = door.world.client("lowe")
    assert browser.get("/second-step/set-up").status_code == 200
    with at(now() + timedelta(minutes=11)):
        asked = browser.get("/second-step/set-up")
        assert asked.location == "/second-step?next=/second-step/set-up"
        page = browser.get(asked.location).get_data(as_text=True)
        assert "check once more that it is you" in page
        proved = browser.post("/second-step", {"numbers": numbers_of("lowe"), "next": "/second-step/set-up"})
        assert proved.location == "/second-step/set-up"
        assert browser.get("/second-step/set-up").status_code == 200


def test_the_step_is_for_the_person_whichever_hat_they_wear(door: Door) -> None:
    door.grown_up("adeyemi")
    assert door.at.get("/hats").location.startswith("/second-step")
    door.numbers("adeyemi")
    parent = door.world.member("adeyemi", "relative")
    assert door.at.post("/hats", {"hat": str(parent)}, token_from="/hats").status_code == 303
    assert door.at.get("/home").status_code == 200
    with door.world.session() as session:
        teacher = Membership.id == door.world.member("adeyemi", "teacher")
        session.execute(update(Membership).where(teacher).values(ended_at=now()))
        session.commit()
    again = door.another()
    again.grown_up("adeyemi")
    assert not again.is_in(), "what is set up is asked for, also of who works there no more"


def test_signing_out_from_half_a_session(door: Door) -> None:
    door.grown_up("lowe")
    token = door.token()
    assert door.at.post("/sign-out", token_from="/second-step").location == "/sign-in"
    with door.world.session() as session:
        assert session.scalars(select(SignIn.ended_at).where(SignIn.ended_at.is_not(None))).all()
    assert token


def test_a_forgotten_password_does_not_pass_by_the_second_step(door: Door) -> None:
    from journal.accounts.resets import new_link

    door.grown_up("lowe")
    door.numbers("lowe", remember="yes")
    with door.world.session() as session:
        person = session.scalars(select(Credential.person_id).where(Credential.email == email_of("lowe"))).one()
        token, link = new_link(person, door.world.settings)
        session.add(link)
        session.commit()
    new = "seven lanterns drift past Ullswater"
    answer = door.at.post(f"/reset/{token}", {"password": new, "again": new})
    assert answer.status_code == 303
    assert not door.is_in()
    door.grown_up("lowe", new)
    assert door.at.get("/shared-with-me").location.startswith("/second-step"), "also on the device that was let off"
