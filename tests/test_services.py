"""The services that other tests stand on do what they say, and leave nothing running."""

import smtplib
import socket
from email.message import EmailMessage
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser
from sqlalchemy import create_engine, text

from tests import services


def is_at_work(process: psutil.Process) -> bool:
    """False also for one that has ended but was not collected, as in containers without an init."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_postgres_gives_fresh_databases_and_copies(postgres_server: services.Postgres) -> None:
    engine = create_engine(postgres_server.new_database("pattern"))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE shelf AS SELECT 'کتاب' AS book"))
    engine.dispose()

    copy = create_engine(postgres_server.new_database(template="pattern"))
    with copy.begin() as connection:
        assert connection.scalar(text("SELECT book FROM shelf")) == "کتاب"
        assert connection.scalar(text("SHOW timezone")) == "UTC"
    copy.dispose()

    again = create_engine(postgres_server.new_database("pattern"))
    with again.begin() as connection:
        assert connection.scalar(text("SELECT to_regclass('shelf')")) is None
    again.dispose()


def test_postgres_ends_with_the_tests() -> None:
    with services.serve_postgres() as postgres:
        home = postgres.socket_dir
        running = [each for each in psutil.process_iter(["cmdline"]) if home in (each.info["cmdline"] or [])]
        assert running
    assert not [each for each in running if is_at_work(each)]
    assert not Path(home).exists()


def test_mail_is_kept_with_its_envelope(mailbox: services.Mailbox) -> None:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "school@example.org", "ayesha@example.org", "خوش آمدید"
    letter.set_content("Salaam!\n")
    with smtplib.SMTP(mailbox.host, mailbox.port) as sender:
        sender.send_message(letter)

    (kept,) = mailbox.wait_for(1)
    assert kept["Subject"] == "خوش آمدید"
    assert kept.get_content() == "Salaam!\n"
    assert mailbox.to("ayesha@example.org") == [kept]
    assert mailbox.to("somebody@example.org") == []


def test_waiting_for_mail_that_does_not_come_ends(mailbox: services.Mailbox) -> None:
    with pytest.raises(TimeoutError, match="0 of 1"):
        mailbox.wait_for(1, seconds=0.05)


def test_the_mail_server_ends_with_the_tests() -> None:
    with services.serve_mail() as mailbox:
        port = mailbox.port
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((services.LOOPBACK, port), timeout=1)


@pytest.mark.browser
def test_the_browser_opens_a_page_in_a_context_of_its_own(browser: Browser) -> None:
    context = browser.new_context(locale="ur")
    page = context.new_page()
    page.set_content("<html lang='ur' dir='rtl'><title>میری جگہ</title><button>آگے</button>")
    assert page.title() == "میری جگہ"
    assert page.get_by_role("button", name="آگے").is_visible()
    context.close()


def test_without_a_browser_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    with pytest.raises(FileNotFoundError, match="make test"):
        services.chromium_path()


def test_a_free_port_can_be_taken(free_port: int) -> None:
    with socket.create_server((services.LOOPBACK, free_port)) as taken:
        assert taken.getsockname()[1] == free_port
