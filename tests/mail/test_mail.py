"""Letters, through a real mail server on the loopback address and into a folder."""

import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from hypothesis import given
from hypothesis import strategies as st

from journal.mail import KeepInFolder, Letter, MailNotSent, Postman, compose
from tests.services import free_port

SENDER = "Oak School, “Möwe” <post@oak.example>"

HEADERS = {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version"} | {
    "Content-Type",
    "Content-Transfer-Encoding",
}


@dataclass
class Inbox:
    """Keeps what comes, and refuses people called "nobody" for good and "busy" for now."""

    came: list[tuple[Envelope, EmailMessage]] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd looks for this name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("nobody"):
            return "550 no nobody here"
        if address.startswith("busy"):
            return "451 come again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd looks for this name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        message = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.came.append((envelope, message))
        return "250 OK"


@pytest.fixture
def inbox() -> Inbox:
    """What the server of this test was sent."""
    return Inbox()


@pytest.fixture
def port(inbox: Inbox) -> Iterator[int]:
    """The port of a mail server without TLS."""
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller.port
    controller.stop()


def test_a_letter_arrives_as_it_was_written(inbox: Inbox, port: int) -> None:
    text = "Dear Möwe,\n\n.\nسلام 👍 " + "long " * 500 + "\nFrom here\n"
    Postman("127.0.0.1", port, SENDER, starttls=False).send(Letter("nana@home.example", "Neues für سلام", text))
    ((envelope, message),) = inbox.came
    assert (envelope.mail_from, envelope.rcpt_tos) == ("post@oak.example", ["nana@home.example"])
    assert message["Subject"] == "Neues für سلام"
    assert message["From"].addresses[0].display_name == "Oak School, “Möwe”"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].endswith("@oak.example>")
    assert message.get_content().replace("\r\n", "\n") == text


@pytest.mark.parametrize(
    "bad",
    [
        *("", "nana", "@x.example", "a@", "A <a@x.example>", "a@x..example", "a\0@x.example", "a@x.example\u2028"),
        *("a@x.example, b@x.example", "a@x.example;b@x.example", "a@x.example\nBcc: b@x.example"),
        *("a@x.example\r\n\r\nhello", "möwe@x.example"),
    ],
)
def test_an_address_is_one_address(bad: str) -> None:
    with pytest.raises(ValueError):
        Letter(bad, "subject", "text")


@given(st.text(alphabet=st.characters(codec=None)), st.text(alphabet=st.characters(codec=None)))
def test_no_subject_or_text_makes_another_header(subject: str, text: str) -> None:
    try:
        letter = Letter("a@x.example", subject, text)
    except ValueError:
        return
    message = message_from_bytes(compose(letter, SENDER).as_bytes(), policy=policy.default)
    assert set(message.keys()) == HEADERS
    assert len(message.keys()) == len(HEADERS)
    assert [each.addr_spec for each in message["To"].addresses] == ["a@x.example"]


@pytest.mark.parametrize("subject", ["a\nBcc: b@x.example", "a\rb", "a\x00", "a\u2028b", "\ud800"])
def test_a_new_line_in_a_header_raises(subject: str) -> None:
    with pytest.raises(ValueError):
        Letter("a@x.example", subject, "text")
    with pytest.raises(ValueError):
        Postman("127.0.0.1", 25, f"{subject} <a@x.example>")
    with pytest.raises(ValueError):
        compose(Letter("a@x.example", "s", "t"), f"{subject} <a@x.example>")


@pytest.mark.parametrize(("to", "again"), [("nobody@x.example", False), ("busy@x.example", True)])
def test_a_refusal_says_whether_to_try_again_and_names_nobody(port: int, to: str, again: bool) -> None:
    with pytest.raises(MailNotSent) as told:
        Postman("127.0.0.1", port, SENDER, starttls=False).send(Letter(to, "s", "t"))
    assert told.value.again is again
    assert to not in str(told.value)
    assert told.value.__suppress_context__


def test_nothing_is_sent_in_clear_when_encryption_was_asked_for(inbox: Inbox, port: int) -> None:
    with pytest.raises(MailNotSent) as told:
        Postman("127.0.0.1", port, SENDER, starttls=True).send(Letter("a@x.example", "s", "t"))
    assert told.value.again is False
    assert inbox.came == []


def test_a_password_never_travels_in_clear(port: int) -> None:
    with pytest.raises(ValueError):
        Postman("mail.example", 25, SENDER, starttls=False, user="u", password="p")
    here = Postman("127.0.0.1", port, SENDER, starttls=False, user="u", password="secret")
    assert "secret" not in repr(here)
    with pytest.raises(MailNotSent):  # this server knows no sign-in
        here.send(Letter("a@x.example", "s", "t"))


def test_no_server_is_one_error_to_try_again(port: int) -> None:
    with pytest.raises(MailNotSent) as told:
        Postman("127.0.0.1", 1, SENDER, starttls=False, timeout=1).send(Letter("a@x.example", "s", "t"))
    assert told.value.again is True
    with pytest.raises(MailNotSent):
        Postman("nowhere.invalid", port, SENDER, starttls=False, timeout=1).send(Letter("a@x.example", "s", "t"))


def test_a_folder_keeps_letters_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "instance" / "mail"
    for number in range(3):
        KeepInFolder(folder).send(Letter("nana@home.example", f"Letter {number} – سلام", "https://x.example/reset/1"))
    files = sorted(folder.iterdir())
    letters = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
    assert [one["Subject"] for one in letters] == [f"Letter {number} – سلام" for number in range(3)]
    assert [one.get_content().strip() for one in letters] == ["https://x.example/reset/1"] * 3
    assert all(file.suffix == ".eml" and stat.S_IMODE(file.stat().st_mode) == 0o600 for file in files)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_written_is_the_same_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(MailNotSent):
        KeepInFolder(tmp_path / "file").send(Letter("a@x.example", "s", "t"))
