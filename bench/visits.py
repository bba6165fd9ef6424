"""Requests in process: the whole way from the socket's other side, without the socket."""

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from time import perf_counter, thread_time
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import Flask
from sqlalchemy import Engine, select
from werkzeug.test import EnvironBuilder

from bench.rows import percentile
from bench.timing import SPENT
from journal import create_app
from journal.accounts.acts import Second, begin
from journal.clock import now
from journal.net import open_session
from journal.records import Credential, Membership
from journal.settings import Settings
from journal.words import Key, Role

SEES_ALL = "making the demo school"


@dataclass(frozen=True, slots=True)
class Visit:
    """One request: times in milliseconds."""

    wall: float
    cpu: float
    database: float
    statements: int
    status: int
    body: bytes = field(repr=False)
    headers: dict[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Many:
    """The same request many times."""

    visits: list[Visit]

    def p(self, what: str, part: float) -> float:
        """Return a percentile of ``wall``, ``cpu`` or ``database`` in milliseconds, or of ``statements``."""
        return percentile([getattr(one, what) for one in self.visits], part)


class Place:
    """An app on a database, and ways to come in."""

    def __init__(self, settings: Settings, engine: Engine) -> None:
        self.settings, self.engine = settings, engine
        self.app: Flask = create_app(settings, engine)

    def member(self, email: str = "", name: str = "", role: Role | None = None) -> Membership:
        """Return somebody's membership by e-mail address or by name. Raises what finding nobody raises."""
        wanted = select(Membership).join(Credential, Credential.person_id == Membership.person_id)
        if email:
            wanted = wanted.where(Credential.email == email)
        if name:
            wanted = wanted.where(Membership.name == name)
        if role:
            wanted = wanted.where(Membership.role == role)
        with open_session(self.engine, sees_all=SEES_ALL) as session:
            return session.scalars(wanted.order_by(Membership.id).limit(1)).one()

    def come_in(self, hat: Membership) -> "Visitor":
        """Return a visitor who is signed in."""
        with open_session(self.engine, sees_all=SEES_ALL) as session:
            token = begin(session, hat.person_id, hat, Second(now(), Key.APP))
            session.commit()
        client = self.app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"], cookie["_fresh"] = token, True
        name = self.app.config["SESSION_COOKIE_NAME"]
        found = client.get_cookie(name)
        if found is None:
            raise LookupError("no cookie was set")
        return Visitor(self.app, f"{name}={found.value}")


class Visitor:
    """Somebody with a browser that keeps its cookie."""

    def __init__(self, app: Flask, cookie: str) -> None:
        self.app, self.cookie = app, cookie

    def get(self, path: str) -> Visit:
        """Open a page."""
        return self._send(EnvironBuilder(path=path, headers={"Cookie": self.cookie}).get_environ(), b"")

    def post(self, path: str, fields: dict[str, str]) -> Visit:
        """Send a form."""
        body = urlencode(fields).encode()
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        environ = EnvironBuilder(path=path, method="POST", headers=headers).get_environ()
        environ["CONTENT_LENGTH"] = str(len(body))
        return self._send(environ, body)

    def _send(self, environ: dict[str, Any], body: bytes) -> Visit:
        environ["wsgi.input"] = BytesIO(body)
        answered: dict[str, Any] = {}

        def start(status: str, headers: list[tuple[str, str]], _problem: object = None) -> Callable[[bytes], object]:
            answered.update(status=int(status[:3]), headers=dict(headers))
            return lambda _more: None

        SPENT.clear()
        began, cpu = perf_counter(), thread_time()
        answer = self.app.wsgi_app(environ, start)
        said = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        wall, cpu = perf_counter() - began, thread_time() - cpu
        self._keep_cookie(answered["headers"])
        times = (wall * 1000, cpu * 1000, SPENT.seconds * 1000)
        return Visit(*times, SPENT.statements, answered["status"], said, answered["headers"])

    def _keep_cookie(self, headers: dict[str, str]) -> None:
        """A session that has a form's token now comes back with it, as a browser's would."""
        name = self.app.config["SESSION_COOKIE_NAME"]
        if (found := headers.get("Set-Cookie", "")).startswith(f"{name}="):
            self.cookie = found.partition(";")[0]


def repeat(call: Callable[[], Visit], *, warm: int = 8, least: int = 40, most: int = 200, seconds: float = 4.0) -> Many:
    """Make the same request again and again for some seconds, after some that do not count.

    Raises RuntimeError for an answer that is no page.
    """
    return in_turn([call], warm=warm, least=least, most=most, seconds=seconds)[0]


def in_turn(
    calls: Sequence[Callable[[], Visit]], *, warm: int = 8, least: int = 40, most: int = 200, seconds: float = 4.0
) -> list[Many]:
    """Make several requests as ``repeat`` does, each in its turn, so that a processor that changes its pace meets all.

    ``seconds`` are for each. Raises RuntimeError for an answer that is no page.
    """
    for call in calls:
        for _ in range(warm):
            call()
    gc.collect()
    visits: list[list[Visit]] = [[] for _ in calls]
    began, rounds = perf_counter(), 0
    while rounds < least or (rounds < most and perf_counter() - began < seconds * len(calls)):
        rounds += 1
        for call, found in zip(calls, visits, strict=True):
            found.append(call())
            if found[-1].status >= 400:
                raise RuntimeError(f"answered {found[-1].status}")
    return [Many(found) for found in visits]


def entry_path(entry: UUID) -> str:
    """Return the address of an entry's page."""
    return f"/entries/{entry}"
