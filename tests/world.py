"""The demo school for tests: made once, copied for each test, with everybody signed in as asked.

Ask for the fixture ``world``. ``world.client("maya")`` is a browser without scripts in which Maya is signed in;
``world.entry("snail-hotel")`` an entry's id. Keys are those of ``journal.demo``.
"""

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from secrets import token_hex
from typing import Any
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import Engine, event, select
from werkzeug.test import TestResponse

from journal import create_app
from journal.accounts.acts import Second, begin
from journal.clock import now
from journal.demo.build import build_demo
from journal.house import open_house
from journal.migrations.run import upgrade
from journal.net import open_session
from journal.passwords import CHEAP
from journal.reasons import GatedSession, beyond
from journal.records import Membership
from journal.search.asking import Ask, Found
from journal.search.reading import find
from journal.search.work import reindex
from journal.seeing import Viewer
from journal.settings import Settings
from journal.store.database import open_engine
from journal.viewers import viewer_for
from journal.words import Key, Role
from tests.once import TEMPLATES, share_statements

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="csrf_token"')


SALT = "wtf-csrf-token"
"""Flask-WTF's own: what seals a form token besides the secret."""


def settings_in(folder: Path, **other: Any) -> Settings:
    """Settings for a copy in a folder, with cheap password hashes."""
    plain = Settings(
        instance=folder / "instance",
        media=folder / "media",
        database_url=f"sqlite:///{folder / 'instance' / 'thirdspace.sqlite3'}",
        secret_key="a secret for tests alone",
        hash_fast=True,
    )
    return replace(plain, **other)


@dataclass
class Template:
    """A demo school that is copied for each test."""

    folder: Path
    keys: dict[str, dict[str, str]]
    postgres: str = ""
    """The name of its database, where it is one of PostgreSQL."""


def make_template(folder: Path, database_url: str = "", name: str = "") -> Template:
    """Build the demo in a folder, once."""
    settings = settings_in(folder, **({"database_url": database_url} if database_url else {}))
    upgrade(settings.database_url)
    story = build_demo(settings, CHEAP)
    keys = {
        "entries": {key: str(one) for key, one in story.entries.items()},
        "comments": {key: str(one) for key, one in story.comments.items()},
        "members": {"/".join(key): str(one) for key, one in story.keys.members.items()},
        "groups": {key: str(one) for key, one in story.keys.groups.items()},
        "links": {"/".join(key): str(one) for key, one in story.keys.links.items()},
        "schools": {key: str(one) for key, one in story.keys.schools.items()},
    }
    index_all(settings)
    if not database_url:
        checkpoint(settings.database_url)
    (folder / "keys.json").write_text(json.dumps(keys))
    return Template(folder, keys, name)


def template_in(folder: Path, name: str = "") -> Template | None:
    """Return the demo school that another process of this run has built in a folder, if it has."""
    written = folder / "keys.json"
    return Template(folder, json.loads(written.read_text()), name) if written.exists() else None


def index_all(settings: Settings) -> None:
    """Build the search index of a copy."""
    engine = open_engine(settings.database_url)
    reindex(engine, open_house(settings, engine).index)
    engine.dispose()


def checkpoint(url: str) -> None:
    """Bring all of a SQLite database into its one file, so that a copy of the file is whole."""
    engine = open_engine(url)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()


@dataclass
class World:
    """A copy of the demo school and an app that serves it."""

    app: Flask
    settings: Settings
    engine: Engine
    keys: dict[str, dict[str, str]]
    queries: list[str] = field(default_factory=list)

    def entry(self, key: str) -> UUID:
        """The id of an entry."""
        return UUID(self.keys["entries"][key])

    def comment(self, key: str) -> UUID:
        """The id of a comment."""
        return UUID(self.keys["comments"][key])

    def group(self, key: str) -> UUID:
        """The id of a class."""
        return UUID(self.keys["groups"][key])

    def link(self, relative: str, pupil: str) -> UUID:
        """The id of a family link."""
        return UUID(self.keys["links"][f"{relative}/{pupil}"])

    def member(self, key: str, role: str = "", school: str = "") -> UUID:
        """The id of somebody's membership; role and school where they have several."""
        for name, one in self.keys["members"].items():
            who, where, what = name.split("/")
            if who == key and role in ("", what) and school in ("", where):
                return UUID(one)
        raise KeyError(key)

    def client(self, key: str = "", role: str = "", school: str = "", *, proved: bool = True) -> "Browser":
        """A browser without scripts; signed in if a key is given, with the second step just taken if ``proved``."""
        client = Browser(self.app.test_client())
        if key:
            with open_session(self.engine, sees_all="a test looks at everything") as session:
                hat = session.scalars(select(Membership).where(Membership.id == self.member(key, role, school))).one()
                token = begin(session, hat.person_id, hat, Second(now(), Key.APP) if proved else None)
                session.commit()
            with client.client.session_transaction() as cookie:
                cookie["_user_id"] = token
                cookie["_fresh"] = True
        return client

    @contextmanager
    def session(self) -> Iterator[GatedSession]:
        """A database session that sees all."""
        with open_session(self.engine, sees_all="a test looks at everything") as session:
            yield session

    @contextmanager
    def acting(self, key: str, role: str = "", school: str = "") -> Iterator[tuple[GatedSession, Viewer]]:
        """A database session of somebody, as acts want it; kept at the end."""
        with open_session(self.engine) as session:
            with beyond(session, "a test looks at everything"):
                hat = session.scalars(select(Membership).where(Membership.id == self.member(key, role, school))).one()
            session.viewer = viewer_for(session, hat)
            yield session, session.viewer
            session.commit()

    def index(self) -> int:
        """Put all that changed into the search index; return how many changes that were."""
        done: int = self.app.config["WORKER"].index()
        return done

    def found(self, who: str, words: str, role: str = "", school: str = "", **more: Any) -> Found:
        """What somebody finds who looks for words."""
        with self.acting(who, role, school) as (session, viewer):
            return find(session, viewer, self.app.config["HOUSE"].index, Ask(words, **more))

    def work(self) -> int:
        """Do all jobs that are due; return how many they were."""
        done: int = self.app.config["WORKER"].sweep()
        return done

    @contextmanager
    def counting(self) -> Iterator[list[str]]:
        """Collect the statements that are run meanwhile."""
        seen: list[str] = []

        def note(_c: Any, _cur: Any, statement: str, *_rest: Any) -> None:
            seen.append(statement)

        event.listen(self.engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(self.engine, "before_cursor_execute", note)


class Browser:
    """A test client that sends the form token of the page it looked at last, as a browser does."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str, **more: Any) -> TestResponse:
        """Open a page."""
        return self.client.get(path, **more)

    def post(self, path: str, data: dict[str, Any] | None = None, token_from: str = "", **more: Any) -> TestResponse:
        """Send a form, with the token of a page that is opened first, if one is named."""
        return self.client.post(path, data={"csrf_token": self.token(token_from), **(data or {})}, **more)

    def token(self, path: str = "") -> str:
        """The form token on a page; without one, the token that every page of this session would hold."""
        if not path:
            with self.client.session_transaction() as cookie:
                seed = cookie.setdefault("csrf_token", token_hex(20))
            return str(URLSafeTimedSerializer(self.client.application.secret_key or "", salt=SALT).dumps(seed))
        found = TOKEN.search(self.client.get(path).get_data(as_text=True))
        assert found, f"no form token on {path}"
        return found.group(1) or found.group(2)


@cache
def _tree(folder: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The folders and the files below a folder, seen from there; each folder after the one that it is in."""
    found = sorted(folder.rglob("*"))
    names = [(one.is_dir(), str(one.relative_to(folder))) for one in found]
    return tuple(name for is_dir, name in names if is_dir), tuple(name for is_dir, name in names if not is_dir)


def link_all(source: Path, target: Path) -> None:
    """Give a tree that nobody changes a second place, without copying. (shutil.copytree takes ten times as long.)"""
    folders, files = _tree(source)
    target.mkdir(parents=True)
    for name in folders:
        (target / name).mkdir()
    for name in files:
        os.link(f"{source}/{name}", f"{target}/{name}")


def copy_of(template: Template, folder: Path, database_url: str = "", **settings: Any) -> World:
    """A copy of the demo school in a folder, or with a copied PostgreSQL database."""
    link_all(template.folder / "media", folder / "media")
    chosen = settings_in(folder, **({"database_url": database_url} if database_url else {}), **settings)
    chosen.instance.mkdir(parents=True, exist_ok=True)
    if not database_url:
        shutil.copytree(template.folder / "instance" / "index", chosen.instance / "index")
        shutil.copyfile(template.folder / "instance" / "thirdspace.sqlite3", chosen.instance / "thirdspace.sqlite3")
    engine = share_statements(open_engine(chosen.database_url))
    app = create_app(chosen, engine)
    app.jinja_env.bytecode_cache = TEMPLATES
    return World(app, chosen, engine, template.keys)


__all__ = ["Browser", "Role", "Template", "World", "copy_of", "make_template", "settings_in"]
