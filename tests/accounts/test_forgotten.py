"""A forgotten password: the letter, the link, the new password."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from sqlalchemy import func, select, update

from journal import languages
from journal.clock import now
from journal.jobs import Work
from journal.records import Job, Person, ResetLink, Trail
from tests.accounts.conftest import Door, email_of
from tests.services import Mailbox
from tests.world import Template, copy_of

NEW = "seven lanterns drift past Ullswater"


@pytest.fixture
def posted(demo_template: Template, tmp_path: Path, mailbox: Mailbox) -> Iterator[Door]:
    """The door of a copy that sends its letters through a real mail server."""
    world = copy_of(
        demo_template,
        tmp_path,
        smtp_host=mailbox.host,
        smtp_port=mailbox.port,
        smtp_starttls=False,
        mail_from="Larkfield <post@larkfield.example>",
        public_address="http://journal.example",
    )
    yield Door(world, world.client())
    world.engine.dispose()


def ask(door: Door, email: str) -> str:
    """Ask for a letter and return the page one gets."""
    answer = door.at.post("/forgotten", {"email": email}, token_from="/forgotten")
    assert answer.status_code == 303
    page: str = door.at.get(answer.location).get_data(as_text=True)
    return page


def link_in(letter: object) -> str:
    """The path of the link in a letter."""
    found = re.search(r"http://journal\.example(/reset/[\w-]{43})\b", str(letter))
    assert found
    return found.group(1)


def choose(door: Door, path: str, password: str, again: str = "") -> int:
    """Send a new password and return what came."""
    data = {"password": password, "again": again or password}
    return door.at.post(path, data, token_from="/sign-in").status_code


def link_for(door: Door, mailbox: Mailbox, key: str) -> str:
    """Ask for a letter, let it be sent, and return its link."""
    before = len(mailbox.messages)
    ask(door, email_of(key))
    door.world.work()
    return link_in(mailbox.wait_for(before + 1)[-1].get_content())


def test_a_letter_with_a_link_lets_one_choose_a_new_password(posted: Door, mailbox: Mailbox) -> None:
    path = link_for(posted, mailbox, "nadia")
    letter = mailbox.messages[0]
    assert letter["X-Envelope-To"] == email_of("nadia")
    assert letter["Subject"] == "A new password for Thirdspace"
    assert "60 minutes" in letter.get_content()
    assert "Nadia" not in letter.get_content()
    assert posted.at.get(path).status_code == 200
    assert posted.at.get(path).status_code == 200  # looking uses nothing up
    answer = posted.at.post(path, {"password": NEW, "again": NEW}, token_from=path)
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert posted.grown_up("nadia").status_code == 400
    assert posted.grown_up("nadia", NEW).status_code == 303
    with posted.world.session() as session:
        assert session.scalar(select(func.count()).select_from(Trail).where(Trail.act == "new_password")) == 1


def test_a_link_works_once_and_ends_all_sessions_and_other_links(posted: Door, mailbox: Mailbox) -> None:
    elsewhere = posted.another()
    elsewhere.grown_up("nadia")
    first, second = link_for(posted, mailbox, "nadia"), link_for(posted, mailbox, "nadia")
    assert choose(posted, second, NEW) == 303
    assert not elsewhere.is_in()
    assert choose(posted, second, NEW + " again") == 400
    assert choose(posted, first, NEW + " again") == 400
    assert posted.grown_up("nadia", NEW).status_code == 303


def test_a_link_is_too_old_after_an_hour(posted: Door, mailbox: Mailbox) -> None:
    path = link_for(posted, mailbox, "nadia")
    with posted.world.session() as session:
        session.execute(update(ResetLink).values(expires_at=now() - timedelta(seconds=1)))
        session.commit()
    answer = posted.at.get(path)
    assert answer.status_code == 400
    assert "has been used or is too old" in answer.get_data(as_text=True)
    assert choose(posted, path, NEW) == 400


@pytest.mark.parametrize("token", ["x", "a" * 43, "%00", "..%2f..", "é" * 2000])
def test_links_that_were_never_sent_are_only_old(posted: Door, token: str) -> None:
    assert posted.at.get(f"/reset/{token}").status_code in (400, 404)
    assert posted.at.post(f"/reset/{token}", {"password": NEW, "again": NEW}).status_code in (400, 404, 429)


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("short", "short", "at least 12 letters"),
        ("a" * 12, "a" * 12, "only yours"),
        ("nadia.rahman@example.org", "nadia.rahman@example.org", "only yours"),
        ("x1!y" * 100, "x1!y" * 100, "at most 256 letters"),
        (NEW, NEW + "!", "The two are not the same"),
        (NEW, "", "The two are not the same"),
        ("", "", "at least 12 letters"),
    ],
)
def test_a_password_that_will_not_do_says_why_and_leaves_the_link(
    posted: Door, mailbox: Mailbox, password: str, again: str, words: str
) -> None:
    path = link_for(posted, mailbox, "nadia")
    answer = posted.at.post(path, {"password": password, "again": again}, token_from=path)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert words in page
    assert 'aria-invalid="true"' in page
    assert password not in page or not password
    assert choose(posted, path, NEW) == 303


def test_unknown_addresses_get_the_same_answer_the_same_work_and_no_letter(posted: Door, mailbox: Mailbox) -> None:
    pages, seen = [], []
    for address in (email_of("nadia"), "nobody@example.org", "", "\x00\n"):
        with posted.world.counting() as statements:
            pages.append(re.sub(r'(name="csrf_token" value=")[^"]+', r"\1", ask(posted, address)))
        seen.append(list(statements))
    assert len(set(pages)) == 1
    assert all(each == seen[0] for each in seen)
    posted.world.work()
    assert len(mailbox.wait_for(1)) == 1
    with posted.world.session() as session:
        assert session.scalar(select(func.count()).select_from(ResetLink)) == 1
        done = session.execute(select(Job.tries, Job.problem).where(Job.kind == Work.RESET_LETTER)).all()
    assert [tuple(each) for each in done] == [(1, "")] * 4


def test_whoever_follows_the_link_the_moment_it_comes_can(posted: Door, mailbox: Mailbox) -> None:
    seen: list[int] = []
    ask(posted, email_of("nadia"))
    with mailbox.read_by(lambda letter: seen.append(posted.at.get(link_in(letter.get_content())).status_code)):
        posted.world.work()
    assert seen == [200]


def test_only_a_hash_of_the_link_is_kept(posted: Door, mailbox: Mailbox) -> None:
    token = link_for(posted, mailbox, "nadia").rpartition("/")[2]
    with posted.world.session() as session:
        kept = session.scalars(select(ResetLink.token_hash)).one()
    assert token not in kept
    assert len(kept) == 64


def test_the_letter_speaks_the_persons_language(
    posted: Door, mailbox: Mailbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = Catalog(locale="ur")
    catalogue.add("A new password for Thirdspace", "نیا پاس ورڈ")
    folder = tmp_path / "words" / "ur" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "messages.mo").open("wb") as file:
        write_mo(file, catalogue)
    monkeypatch.setattr(languages, "_FOLDER", tmp_path / "words")
    languages.translations.cache_clear()
    with posted.world.session() as session:
        session.execute(update(Person).values(locale="ur"))
        session.commit()
    link_for(posted, mailbox, "nadia")
    languages.translations.cache_clear()
    assert mailbox.messages[0]["Subject"] == "نیا پاس ورڈ"


def test_a_letter_that_could_not_be_sent_is_tried_again(demo_template: Template, tmp_path: Path) -> None:
    world = copy_of(demo_template, tmp_path, smtp_host="127.0.0.1", smtp_port=1, smtp_starttls=False)
    door = Door(world, world.client())
    ask(door, email_of("nadia"))
    world.work()
    with world.session() as session:
        job = session.scalars(select(Job).where(Job.kind == Work.RESET_LETTER)).one()
        assert (job.done_at, job.tries, job.problem) == (None, 1, "MailNotSent")
    world.engine.dispose()
