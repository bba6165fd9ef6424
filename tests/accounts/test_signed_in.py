"""Where I am signed in: sessions ended one by one, a device that is new, tries that failed, another password."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from journal.accounts.agents import describe
from journal.clock import at, now
from journal.demo.content import cast
from journal.records import Device, SignIn, SignInTry
from tests.accounts.conftest import Door, email_of, numbers_of
from tests.house.doorsteps import same
from tests.services import Mailbox
from tests.world import Template, copy_of

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19 Mobile/15E148 Safari/604"
OLD = {one.key: one.password for one in cast().grownups}
NEW = "seven tangerine lamps under Orkney"


def coming_from(door: Door, agent: str) -> Door:
    """A browser of its own that says what it is."""
    other = door.another()
    other.at.client.environ_base["HTTP_USER_AGENT"] = agent
    return other


def page_of(door: Door) -> str:
    return door.at.get("/signed-in").get_data(as_text=True)


def ids_to_end(door: Door) -> list[str]:
    return re.findall(r'name="do" value="end"><input type="hidden" name="about" value="([0-9a-f-]+)"', page_of(door))


@pytest.mark.parametrize(
    ("agent", "kind", "software"),
    [
        (FIREFOX, "computer", "Firefox, Linux"),
        (PHONE, "phone", "Safari, iPhone"),
        ("Mozilla/5.0 (iPad; CPU OS 18_0) AppleWebKit/605 Version/18 Mobile/1 Safari/604", "tablet", "Safari, iPad"),
        ("Mozilla/5.0 (Linux; Android 15; Pixel) Chrome/140.0 Mobile Safari/537", "phone", "Chrome, Android"),
        ("Mozilla/5.0 (Linux; Android 15; Tab) Chrome/140.0 Safari/537", "tablet", "Chrome, Android"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537 Edg/140.0", "computer", "Edge, Windows"),
        ("Mozilla/5.0 (X11; CrOS x86_64) Chrome/140.0 Safari/537", "computer", "Chrome, ChromeOS"),
        ("", "unknown", ""),
        ("<script>" * 5000, "unknown", ""),
    ],
)
def test_a_browser_is_described_in_a_few_plain_words(agent: str, kind: str, software: str) -> None:
    assert describe(agent) == (kind, software)


def test_sessions_are_listed_and_ended_one_by_one(door: Door) -> None:
    laptop, phone = coming_from(door, FIREFOX), coming_from(door, PHONE)
    laptop.staff("lowe")
    phone.grown_up("lowe")
    with at(now() + timedelta(seconds=31)):
        phone.numbers("lowe")
        page = page_of(laptop)
        assert "Computer: Firefox, Linux" in page
        assert "Phone: Safari, iPhone" in page
        assert page.count("You are here") == 1
        assert "Numbers of the app" in page
        (about,) = ids_to_end(laptop)
        assert laptop.at.post("/signed-in", {"do": "end", "about": about}).location == "/signed-in"
        assert not phone.is_in(), "at the next page"
        assert laptop.is_in()
        assert ids_to_end(laptop) == []


def test_all_others_are_ended_at_once_and_nowhere_is_the_step_skipped(door: Door) -> None:
    first, second, here = door.another(), door.another(), door.another()
    first.grown_up("lowe")
    first.numbers("lowe", remember="yes")
    for steps, one in enumerate((second, here), 1):
        with at(now() + timedelta(seconds=31 * steps)):
            one.staff("lowe")
    here.at.post("/signed-in", {"do": "end-others"})
    assert not first.is_in()
    assert not second.is_in()
    assert here.is_in()
    first.grown_up("lowe")
    assert not first.is_in(), "the twelve hours of that device are over too"


def test_sessions_of_others_cannot_be_ended_and_nothing_tells_of_them(door: Door) -> None:
    nadia = door.another()
    nadia.grown_up("nadia")
    with door.world.session() as session:
        theirs = str(session.scalars(select(SignIn.id)).one())
    door.staff("lowe")
    answer = door.at.post("/signed-in", {"do": "end", "about": theirs})
    never = door.at.post("/signed-in", {"do": "end", "about": "019a0000-0000-7000-8000-000000000000"})
    assert (answer.status_code, same(answer)) == (never.status_code, same(never))
    assert nadia.is_in()


@pytest.mark.parametrize("sent", [{}, {"do": "fly"}, {"do": "end"}, {"do": "end", "about": "x"}, {"do": "mine"}])
def test_what_is_not_understood_is_said(door: Door, sent: dict[str, str]) -> None:
    door.pupil("maya")
    answer = door.at.post("/signed-in", sent)
    assert answer.status_code == 400
    assert "We did not understand that" in answer.get_data(as_text=True)


def test_a_pupil_sees_their_sessions_and_no_keys(door: Door) -> None:
    door.pupil("maya")
    page = page_of(door)
    assert "You are here" in page
    assert "Keys I can come in with" not in page


def test_the_page_asks_few_questions_of_the_database(door: Door) -> None:
    browser = door.world.client("lowe")
    browser.get("/signed-in")
    with door.world.counting() as statements:
        assert browser.get("/signed-in").status_code == 200
    assert len(statements) <= 8, statements


def test_a_new_device_is_told_by_letter_and_on_the_page(
    demo_template: Template,
    tmp_path,
    mailbox: Mailbox,  # type: ignore[no-untyped-def]
) -> None:
    post = {"smtp_host": mailbox.host, "smtp_port": mailbox.port, "smtp_starttls": False}
    world = copy_of(demo_template, tmp_path, **post)
    door = Door(world, world.client())
    mine = coming_from(door, FIREFOX)
    mine.staff("lowe")
    world.work()
    assert not mailbox.messages, "the first device is no news"
    thief = coming_from(door, PHONE)
    thief.grown_up("lowe")
    world.work()
    (letter,) = mailbox.wait_for(1)
    text = letter.get_content()
    assert letter["To"] == email_of("lowe")
    assert "Safari, iPhone" in text
    assert "/signed-in" in text
    with at(now() + timedelta(seconds=31)):
        thief.numbers("lowe")
        assert thief.is_in()
        mine.at.get("/")
        told = mine.at.get("/shared-with-me").get_data(as_text=True)
        assert "Somebody came in as you on a new device" in told
        page = page_of(mine)
        assert "That was not me" in page
        assert "That was not me" not in page_of(thief), "the new one cannot speak for itself"
        (about,) = re.findall(r'value="not-mine"><input type="hidden" name="about" value="([0-9a-f-]+)"', page)
        answer = mine.at.post("/signed-in", {"do": "not-mine", "about": about})
        assert answer.location == "/new-password"
        assert not thief.is_in()
        assert mine.is_in()
    world.engine.dispose()


def test_that_was_me_settles_it(door_on_both: Door) -> None:
    door = door_on_both
    mine, phone = coming_from(door, FIREFOX), coming_from(door, PHONE)
    mine.staff("lowe")
    phone.grown_up("lowe")
    (about,) = re.findall(r'value="mine"><input type="hidden" name="about" value="([0-9a-f-]+)"', page_of(mine))
    # The new device does not vouch for itself.
    with at(now() + timedelta(seconds=31)):
        phone.numbers("lowe")
        phone.at.post("/signed-in", {"do": "mine", "about": about})
        assert "That was not me" in page_of(mine)
        mine.at.post("/signed-in", {"do": "mine", "about": about})
        assert "That was not me" not in page_of(mine)
        assert phone.is_in()


def test_tries_that_failed_are_listed_together(door_on_both: Door) -> None:
    door = door_on_both
    thief = coming_from(door, PHONE)
    for _ in range(3):
        thief.grown_up("lowe", "not the password")
    thief.grown_up("lowe")
    thief.second("000000")
    door.staff("lowe")
    page = page_of(door)
    assert "Wrong password, 3 times. Phone: Safari, iPhone. It did not get in." in page
    assert "Wrong numbers, 1 time. Phone" in page
    assert "The password was typed, and the second step was not taken. Phone: Safari, iPhone" in page
    answer = door.at.post("/signed-in", {"do": "tries-not-mine"})
    assert answer.location == "/new-password"
    assert "tries-not-mine" not in page_of(door)


def test_a_try_for_nobodys_account_is_written_down_alike_and_is_nobodys(door: Door) -> None:
    with door.world.counting() as known:
        door.grown_up("lowe", "not the password")
    with door.world.counting() as unknown:
        door.typed("nobody@example.org", "not the password")
    assert [one.split()[0] for one in known] == [one.split()[0] for one in unknown], "as much work"
    with door.world.session() as session:
        assert len(session.scalars(select(SignInTry.person_id)).all()) == 2
        assert session.scalars(select(SignInTry.person_id).where(SignInTry.person_id.is_(None))).all() == [None]


def test_nothing_of_where_somebody_is_is_kept(door: Door) -> None:
    coming_from(door, FIREFOX).staff("lowe")
    with door.world.session() as session:
        device = session.scalars(select(Device)).one()
        kept = {name: value for name, value in vars(device).items() if isinstance(value, str)}
    assert kept["kind"] == "computer"
    assert kept["software"] == "Firefox, Linux"
    assert not any("127.0.0.1" in value or "Gecko" in value for value in kept.values())


def test_another_password_asks_for_the_one_of_now_and_ends_the_other_sessions(door: Door) -> None:
    other = door.another()
    other.staff("lowe")
    with at(now() + timedelta(seconds=31)):
        door.staff("lowe")
        typed = {"current": OLD["lowe"], "password": NEW, "again": NEW}
        wrong = door.at.post("/new-password", {**typed, "current": "not the password"})
        assert wrong.status_code == 400
        assert "That is not your password of now" in wrong.get_data(as_text=True)
        assert NEW not in wrong.get_data(as_text=True)
        before = door.token()
        assert door.at.post("/new-password", typed).location == "/signed-in"
        assert door.token() != before
        assert door.is_in()
        assert not other.is_in()
    again = door.another()
    assert again.grown_up("lowe").status_code == 400
    assert again.grown_up("lowe", NEW).status_code == 303


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("too short", "too short", "at least 12 letters"),
        ("correcthorsebatterystaple", "correcthorsebatterystaple", "Many people use that password"),
        (f"{NEW}!", NEW, "The two are not the same"),
        ("x" * 300, "x" * 300, "at most 256 letters"),
    ],
)
def test_a_password_that_will_not_do_is_said(door: Door, password: str, again: str, said: str) -> None:
    door.grown_up("nadia")
    answer = door.at.post("/new-password", {"current": OLD["nadia"], "password": password, "again": again})
    assert answer.status_code == 400
    assert said in answer.get_data(as_text=True)
    assert door.another().grown_up("nadia").status_code == 303, "the old one still is"


def test_pupils_have_words_and_no_password_to_choose(door: Door) -> None:
    door.pupil("maya")
    assert door.at.get("/new-password").status_code == 404
    assert "/new-password" not in door.at.get("/me").get_data(as_text=True)


def test_keys_are_taken_away_but_not_the_last(door: Door) -> None:
    door.staff("lowe")
    answer = door.at.post("/signed-in/drop", {"key": "app"})
    assert answer.status_code == 400
    assert "the only one you have" in answer.get_data(as_text=True)
    with at(now() + timedelta(minutes=11)):
        assert door.at.post("/signed-in/drop", {"key": "app"}).location == "/second-step?next=/signed-in"
        assert door.numbers("lowe", next="/signed-in").location == "/signed-in"
        assert numbers_of("lowe")
