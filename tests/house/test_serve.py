"""``journal serve`` as somebody starts it: an interrupted start, a whole one, the front door, a stop, another start."""

import json
import signal
import socket
import subprocess
import time
from contextlib import closing
from dataclasses import dataclass, field

import pytest

from journal.demo.build import accounts
from journal.settings import address_of, from_environment
from journal.words import STAFF
from tests import services
from tests.house.copies import JOURNAL, Copy, Somebody, wait_until


@dataclass
class Seen:
    """What was seen of a copy whose first start was killed, whose second was served and stopped."""

    copy: Copy
    schools_after_kill: int = -1
    files_after_kill: set[str] = field(default_factory=set)
    said: str = ""
    front: str = ""
    home: str = ""
    chosen: str = ""
    code: int = -1
    took: float = 0
    complained: str = ""
    somebody: Somebody | None = None


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """The story of one copy, up to its first stop."""
    copy = Copy(tmp_path_factory.mktemp("copy"), services.free_port())
    first = copy.start("serve")
    note = copy.instance / "demo-files-being-made"
    # Past the faces, among the pictures of the entries.
    wait_until(lambda: note.exists() and len(note.read_text().split()) > 90)
    first.kill()
    first.wait()
    story = Seen(copy, copy.ask("select count(*) from school")[0][0], copy.files())
    with copy.serving() as process:
        story.said = copy.said()
        story.somebody = somebody = Somebody(copy.address)
        story.front = somebody.get("/sign-in")
        staff = {one["email"] for one in accounts() if "app_secret" in one}
        parent = next(one for one in accounts() if one["role"] == "relative" and one["email"] not in staff)
        story.home = somebody.post("/sign-in", email=parent["email"], password=parent["password"])
        story.chosen = somebody.post("/easier", theme="dark")
        somebody.post("/forgotten", email=parent["email"])
        letters = copy.instance / "letters"
        wait_until(lambda: letters.is_dir() and list(letters.iterdir()), 30)
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        story.code = process.wait(30)
        story.took = time.monotonic() - begun
    story.complained = copy.complained()
    return story


def test_an_interrupted_start_leaves_no_half_school(seen: Seen) -> None:
    assert seen.schools_after_kill == 0
    assert len(seen.files_after_kill) > 80, "killed too early to show anything"


def test_the_next_start_makes_the_whole_demo_and_tidies_up(seen: Seen) -> None:
    ask = seen.copy.ask
    assert ask("select count(*) from school") == [(2,)]
    assert ask("select count(*) from item where entry_id is null")[0][0] >= 140
    columns = (("rendition", "file"), ("snapshot_picture", "file"), ("membership", "face"))
    named = [
        row for table, column in columns for row in ask(f"select {column} from {table} where {column} is not null")
    ]
    assert {name for (name,) in named} == seen.copy.files()
    assert not seen.copy.files() & seen.files_after_kill
    assert not (seen.copy.instance / "demo-files-being-made").exists()


def test_it_says_where_it_is_and_how_to_come_in(seen: Seen) -> None:
    assert f"open at {seen.copy.address}\n" in seen.said
    lines = seen.said.splitlines()
    for one in accounts():
        keys = ("email", "password") if one["role"] != "pupil" else ("class_code", "pass_phrase")
        assert any(all(one[key] in line for key in (*keys, "name", "school")) for line in lines), one


def test_the_front_door_answers_and_lets_people_in(seen: Seen) -> None:
    assert "/sign-in/class" in seen.front
    assert "/sign-out" in seen.home
    assert 'data-theme="dark"' in seen.chosen


def test_it_ends_cleanly_when_told_to_stop(seen: Seen) -> None:
    assert seen.code == 0
    assert seen.took < 20
    assert "Traceback" not in seen.complained
    assert "ERROR" not in seen.complained
    with closing(socket.socket()) as probe:
        assert probe.connect_ex((services.LOOPBACK, seen.copy.port)) != 0, "somebody still listens"


def test_work_was_done_beside_the_pages_and_its_row_says_so(seen: Seen) -> None:
    assert seen.copy.ask("select kind, tries, done_at is not null from job where kind = 'reset_letter'") == [
        ("reset_letter", 1, 1)
    ]


def test_no_stray_files(seen: Seen) -> None:
    assert {one.name for one in seen.copy.here.iterdir()} == {"instance", "media"}
    kept = {"secret", "thirdspace.sqlite3", "queue.sqlite3", "letters", "index"}
    found = {one.name.removesuffix("-wal").removesuffix("-shm") for one in seen.copy.instance.iterdir()}
    assert found == kept
    assert (seen.copy.instance / "secret").stat().st_mode & 0o077 == 0
    left = [one.name for name in ("home", "tmp") for one in (seen.copy.folder / name).rglob("*") if one.is_file()]
    # The start that was killed could not remove its folder of pictures in the making.
    assert [one for one in left if not one.endswith(".jpg")] == []


def test_started_again_it_keeps_everything(seen: Seen) -> None:
    before = seen.copy.ask("select count(*) from item"), seen.copy.files()
    begun = time.monotonic()
    with seen.copy.serving():
        assert seen.somebody is not None
        page = seen.somebody.get("/easier")
        took = time.monotonic() - begun
    assert 'data-theme="dark"' in page
    assert "/sign-out" in page, "who was signed in still is"
    assert (seen.copy.ask("select count(*) from item"), seen.copy.files()) == before
    assert took < 15


def test_a_taken_port_is_said_and_nothing_else_happens(seen: Seen) -> None:
    with closing(socket.socket()) as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind((services.LOOPBACK, seen.copy.port))
        other.listen()
        process = seen.copy.start("serve")
        assert process.wait(30) == 1
    assert "in use" in seen.copy.complained()
    assert "open at" not in seen.copy.said()


def test_accounts_are_printed_without_a_database(tmp_path_factory: pytest.TempPathFactory) -> None:
    copy = Copy(tmp_path_factory.mktemp("bare"), 1)
    process = copy.start("demo", "--accounts")
    assert process.wait(30) == 0
    listed = json.loads(copy.said())
    assert {one["role"] for one in listed} == {"pupil", "relative", "teacher", "head", "lead", "office"}
    assert len({one["school"] for one in listed}) == 2
    for one in listed:
        wanted = {"class_code", "pass_phrase"} if one["role"] == "pupil" else {"email", "password"}
        wanted |= {"app_secret", "numbers_now"} if one["role"] in set(STAFF) else set()
        assert {key for key, value in one.items() if value} == {"role", "school", "name", *wanted}
    assert list(copy.here.iterdir()) == []


def test_a_number_that_is_none_is_named(tmp_path_factory: pytest.TempPathFactory) -> None:
    copy = Copy(tmp_path_factory.mktemp("wrong"), 1)
    told = {**copy.environment(), "PORT": "many"}
    done = subprocess.run([str(JOURNAL), "serve"], cwd=copy.here, env=told, capture_output=True, text=True, timeout=30)
    assert done.returncode == 2
    assert "PORT must be a whole number" in done.stderr
    assert "Traceback" not in done.stderr


def test_settings_come_from_the_environment(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("settings")
    told = {"THIRDSPACE_INSTANCE": str(folder), "HOST": "::1", "PORT": "81"}
    first, second = from_environment(told), from_environment(told)
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 43
    assert first.public_address == "http://[::1]:81"
    assert address_of("127.0.0.1", 5000) == "127.0.0.1:5000"
    assert from_environment({"THIRDSPACE_INSTANCE": str(folder)}).host == "127.0.0.1"
    assert [one.name for one in folder.iterdir()] == ["secret"]
