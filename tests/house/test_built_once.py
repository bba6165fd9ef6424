"""What every page needs again and again is made once: its statements, its addresses, its words."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from babel import Locale
from flask import Flask, url_for
from flask_babel import get_locale
from sqlalchemy import CompoundSelect, Select, event, select

from journal import saying
from journal.clock import at, zone_of
from journal.ids import new_id
from journal.records import School
from journal.site import Site
from tests.world import World

PAGES = [
    ("nadia", "", "/home"),
    ("nadia", "", "/classes/{kingfishers}"),
    ("maya", "", "/classes/{kingfishers}"),
    ("adeyemi", "teacher", "/shared-with-me"),
    ("maya", "", "/my-space"),
    ("maya", "", "/entries/{snail}"),
    ("nadia", "", "/entries/{snail}"),
    ("adeyemi", "teacher", "/today"),
    ("adeyemi", "teacher", "/to-read"),
    ("nadia", "", "/search?q=the"),
    ("maya", "", "/search?q=snail&group={kingfishers}"),
    ("adeyemi", "teacher", "/search?q=snail+hotel"),
]


@contextmanager
def statements(world: World) -> Iterator[list[Any]]:
    """The statements that are run meanwhile, as objects."""
    seen: list[Any] = []

    def note(_connection: Any, asked: Any, *_rest: Any) -> None:
        if isinstance(asked, Select | CompoundSelect):
            seen.append(asked)

    event.listen(world.engine, "before_execute", note)
    try:
        yield seen
    finally:
        event.remove(world.engine, "before_execute", note)


@pytest.mark.parametrize(("who", "role", "path"), PAGES)
def test_a_page_builds_no_statement_a_second_time(world: World, who: str, role: str, path: str) -> None:
    browser = world.client(who, role)
    where = path.format(kingfishers=world.group("kingfishers"), snail=world.entry("snail-hotel"))
    assert browser.get(where).status_code == 200
    with statements(world) as first:
        browser.get(where)
    with statements(world) as second:
        browser.get(where)
    assert len(first) > 3
    assert [id(one) for one in first] == [id(one) for one in second]


@pytest.mark.parametrize(
    ("who", "role", "path", "most"),
    [
        ("nadia", "", "/help", 1),  # who looks, with all that ties them to pupils and groups
        ("nadia", "", "/home", 5),  # and the family, its news, the class's, who wrote back
        ("maya", "", "/classes/{kingfishers}", 4),  # and the class, the list, who wrote back
        ("adeyemi", "teacher", "/shared-with-me", 4),
        ("maya", "", "/my-space", 8),  # and what was opened without her, who wrote back
    ],
)
def test_a_page_takes_few_queries(world_on_both: World, who: str, role: str, path: str, most: int) -> None:
    browser = world_on_both.client(who, role)
    where = path.format(kingfishers=world_on_both.group("kingfishers"))
    with world_on_both.counting() as queries:
        assert browser.get(where).status_code == 200
    assert len(queries) <= most


@pytest.mark.parametrize(("who", "role", "path"), PAGES[:5])
def test_a_page_asks_for_its_language_twice_at_most(
    world: World, monkeypatch: pytest.MonkeyPatch, who: str, role: str, path: str
) -> None:
    browser, asked = world.client(who, role), []

    def ask() -> Locale | None:
        asked.append(path)
        return get_locale()

    monkeypatch.setattr(saying, "get_locale", ask)
    assert browser.get(path.format(kingfishers=world.group("kingfishers"))).status_code == 200
    assert 1 <= len(asked) <= 2  # for the view, and for what is said after it


def test_what_every_template_may_name_is_in_no_chain(world: World) -> None:
    template = world.app.jinja_env.get_template("school/home.html")
    assert type(template.globals) is dict
    assert template.globals["_"] is world.app.jinja_env.globals["_"]
    assert world.app.jinja_env.get_template("school/home.html", globals={"only": 1}).globals["only"] == 1
    assert "only" not in world.app.jinja_env.globals


@pytest.fixture
def site() -> Site:
    made = Site(__name__)
    made.add_url_rule("/things/<uuid:thing>", "room.thing", lambda thing: "")
    made.add_url_rule("/list", "room.list", lambda: "")
    return made


def test_an_address_is_what_flask_makes_of_it(site: Site) -> None:
    thing = new_id()
    asked: list[tuple[str, dict[str, Any]]] = [
        ("room.thing", {"thing": thing}),
        ("room.thing", {"thing": thing, "_anchor": "say"}),
        ("room.list", {"before": "a b&c", "child": None}),
        ("room.list", {"before": UUID(int=1)}),
        ("room.list", {"_external": True}),
    ]
    for root in ("", "/below"):
        with site.test_request_context("/list", base_url=f"http://school.test{root}"):
            for endpoint, values in asked:
                made = [url_for(endpoint, **values) for _ in range(2)]
                assert made == [Flask.url_for(site, endpoint, **values)] * 2
                assert root in made[0]


def test_what_people_type_is_in_no_address_that_is_kept(site: Site) -> None:
    with site.test_request_context("/list"):
        for number in range(3):
            typed = f"{number} " + "ب" * 2_000
            assert url_for("room.list", q=typed) == Flask.url_for(site, "room.list", q=typed)
    assert site._address.cache_info().currsize == 0


def test_words_that_are_kept_are_of_the_language_they_are_kept_for(world: World) -> None:
    saying._said.cache_clear()
    with world.app.test_request_context("/help", headers={"Accept-Language": "cy"}):
        token = saying._spoken.set("en")
        assert saying.gettext("My space") == "My space"
        saying._spoken.reset(token)
        assert saying.gettext("My space") == "Fy lle i"
    with world.app.test_request_context("/help", headers={"Accept-Language": "en"}):
        assert saying.gettext("My space") == "My space"


def zone_in(world: World, name: str) -> None:
    with world.session() as session:
        for school in session.scalars(select(School)):
            school.time_zone = name
        session.commit()


def test_pages_speak_the_time_of_their_school(world: World) -> None:
    with at(datetime(2026, 11, 27, 9, 30, tzinfo=UTC)):
        assert "Good morning" in world.client("nadia").get("/home").text
        zone_in(world, "Asia/Karachi")
        assert "Good afternoon" in world.client("nadia").get("/home").text


@pytest.mark.parametrize("name", ["", "Narnia/Lamp-post", "../../etc/passwd", "\0"])
def test_a_zone_that_is_none_is_london(name: str) -> None:
    assert zone_of(name).key == "Europe/London"
