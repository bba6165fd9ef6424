"""Letters by e-mail: sent through a mail server, or kept in a folder where there is none (floor 0)."""

import ipaddress
import os
import secrets
import smtplib
import ssl
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import policy
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path

from journal.clock import now

TLS_FROM_THE_FIRST = 465
"""The port on which mail servers speak TLS from the first byte; on others it is asked for by STARTTLS."""


class MailNotSent(Exception):
    """The letter did not go out.

    `again`: whether trying later may help. The message names no person and no words of the letter.
    """

    def __init__(self, why: str, *, again: bool) -> None:
        super().__init__(why)
        self.again = again


@dataclass(frozen=True, slots=True)
class Letter:
    """One plain-text e-mail to one person.

    Raises ValueError when `to` is not exactly one address, or when a control character, such as
    a new line that would begin another header, stands in `to` or `subject`.
    """

    to: str
    subject: str
    text: str = field(repr=False)

    def __post_init__(self) -> None:
        _address(self.to)
        _one_line(self.subject)


def _one_line(header: str) -> str:
    if any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in header):
        raise ValueError("a header of a letter must be one line of plain characters")
    return header


def _address(raw: str, name: str = "") -> Address:
    """Read one bare address. Hosts in other scripts are written in their ASCII form.

    Other scripts before the "@" are refused: few mail servers take them.
    """
    local, at, host = _one_line(raw).rpartition("@")
    if not (local.isascii() and local and at and host) or any(char in raw for char in ' ,;:<>()[]"\\'):
        raise ValueError("not one e-mail address")
    try:
        return Address(name, addr_spec=f"{local}@{host.encode('idna').decode()}")
    except (MessageError, UnicodeError, IndexError):
        raise ValueError("not one e-mail address") from None


def _author(sender: str) -> Address:
    """Read `Oak School <post@oak.example>` or an address alone; the name may hold commas."""
    name, opened, address = _one_line(sender).rpartition("<")
    if opened and not address.endswith(">"):
        raise ValueError("the sender is not one e-mail address")
    return _address(address.removesuffix(">") if opened else sender.strip(), name.strip(' "'))


def compose(letter: Letter, sender: str) -> EmailMessage:
    """Return the message. `sender` is an address, with or without a name: `Oak School <post@oak.example>`.

    Raises ValueError when `sender` has no address or more than one line.
    """
    author = _author(sender)
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = author
    message["To"] = _address(letter.to)
    message["Subject"] = letter.subject
    message["Date"] = now()
    message["Message-ID"] = make_msgid(domain=author.domain)
    # Holiday notices and the like shall not answer a letter that a machine wrote.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text.encode("utf-8", "replace").decode(), charset="utf-8")
    return message


@dataclass(frozen=True, slots=True)
class Postman:
    """Sends letters through a mail server.

    `starttls`: encrypt, and check the server's certificate, before anything else is said; a server
    that cannot is not used. Port 465 is encrypted from the first. A password is never sent in clear
    to another machine (ValueError). `timeout` is in seconds, for each step.
    """

    host: str
    port: int
    sender: str
    starttls: bool = True
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 15.0

    def __post_init__(self) -> None:
        _author(self.sender)
        if self.user and not self._encrypted and not _is_loopback(self.host):
            raise ValueError("a mail password would travel unencrypted: use STARTTLS or port 465")

    @property
    def _encrypted(self) -> bool:
        return self.starttls or self.port == TLS_FROM_THE_FIRST

    def send(self, letter: Letter) -> None:
        """Hand the letter to the server. Raises MailNotSent."""
        message = compose(letter, self.sender)
        with _told_as_one_error(), self._connected() as server:
            if self.user:
                server.login(self.user, self.password)
            # Not send_message(): it writes ">From" where a line of the letter begins with "From".
            author, reader = (message[header].addresses[0].addr_spec for header in ("From", "To"))
            server.sendmail(author, [reader], message.as_bytes())

    def _connected(self) -> smtplib.SMTP:
        if self.port == TLS_FROM_THE_FIRST:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self.host, self.port, timeout=self.timeout, context=context)
        server = smtplib.SMTP(self.host, self.port, timeout=self.timeout)
        if self.starttls:
            try:
                server.starttls(context=ssl.create_default_context())
            except BaseException:
                server.close()
                raise
        return server


@contextmanager
def _told_as_one_error() -> Iterator[None]:
    """Turn what may go wrong on the way into MailNotSent.

    "from None": the first error holds the server's own words, which may quote addresses, and errors are logged.
    """
    try:
        yield
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        again = any(400 <= code < 500 for code in codes)
        raise MailNotSent(f"the server refused the address: {codes}", again=again) from None
    except smtplib.SMTPResponseException as answer:
        again = not 500 <= answer.smtp_code < 600
        raise MailNotSent(f"the server answered {answer.smtp_code}", again=again) from None
    except (smtplib.SMTPNotSupportedError, UnicodeError):
        raise MailNotSent("the server cannot do what is needed (encryption, sign-in)", again=False) from None
    except (OSError, smtplib.SMTPException) as error:
        raise MailNotSent(f"no way through to the server: {type(error).__name__}", again=True) from None


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@dataclass(frozen=True, slots=True)
class KeepInFolder:
    """Keeps every letter as an .eml file in `path`, for a copy without a mail server.

    Letters hold links that open accounts: the folder and its files are for their owner alone.
    """

    path: Path
    sender: str = "thirdspace@localhost"

    def send(self, letter: Letter) -> None:
        """Write the letter; names sort by time. Raises MailNotSent."""
        message = compose(letter, self.sender)
        name = f"{now():%Y%m%d-%H%M%S-%f}-{secrets.token_hex(3)}.eml"
        half = self.path / f".{name}.part"
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(message.as_bytes(policy=policy.SMTPUTF8))
            half.rename(self.path / name)
        except OSError as error:
            raise MailNotSent(f"the folder did not take it: {type(error).__name__}", again=True) from None
