"""Every page of the story in every look, also in Urdu and Welsh: nothing serious for axe, nothing too wide."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from sqlalchemy import select

from journal.records import Comment, Concern, ConcernCase, Grant, Hold
from tests.browser.conftest import Served
from tests.browser.people import Person

pytestmark = pytest.mark.browser

Someone = Callable[..., Person]

GRAVE = """async options => (await axe.run(document, options)).violations
    .filter(one => ['serious', 'critical'].includes(one.impact))
    .map(one => [one.id, one.nodes.slice(0, 3).map(node => node.target)])"""
"""What axe finds that shuts somebody out, and where; small, for it goes from one program to another."""

LIGHT = {"viewport": {"width": 1366, "height": 900}}
DARK = {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"}
RIGHT_TO_LEFT = {"viewport": {"width": 820, "height": 1180}, "locale": "ur"}
WELSH = {"viewport": {"width": 360, "height": 740}, "locale": "cy-GB"}
LOOKS = {"light": LIGHT, "dark": DARK, "right-to-left": RIGHT_TO_LEFT, "welsh": WELSH}

PAGES: dict[str, tuple[str, ...]] = {
    "": ("/sign-in", "/sign-in/class", "/forgotten", "/help", "/keeping-safe", "/worried", "/easier", "/nothing"),
    "maya": (
        "/my-space",
        "/make",
        "{snail}",
        "{snail}/doors",
        "{snail}/who",
        "{snail}/as/{nani}",
        "{snail}/as/{oscar}",
        "{robot}/edit",
        "{own-words}",
        "/classes",
        "/gone",
        "/me",
        "/portfolio",
        "{book-of-maya}",
        "{made}",
    ),
    "nadia": (
        "/portfolio",
        "{book-of-maya}",
        "/home",
        "{snail}",
        "/classes",
        "/worried?about={snail-id}",
        "/worried/mine",
        "/me",
        "/pictures-of-us",
    ),
    "doyle": (
        "/today",
        "/worried",
        "/to-read",
        "/classes",
        "/shared-with-me",
        "{snail}",
        "/second-step",
        "/second-step/code",
        "/second-step/set-up",
        "/signed-in",
        "/new-password",
        "/kind-sentences",
    ),
    "adeyemi": ("/hats", "{put-away}"),
    "penhale": (
        "/concerns",
        "/concerns?tab=closed&by=street",
        "{concern}",
        "{concern}/more",
        "{concern}/paper",
        "{joined}",
        "/concerns/times",
        "/concerns/flags",
        "/holds",
        "{hold}",
        "/to-read",
        "/break-glass",
        "/opened",
        "{grant}",
        "/pause",
        "/record",
    ),
    "bright": (
        "/people",
        "/people/staff",
        "/people/staff/new",
        "{doyle}",
        "/me",
        "/who-reads",
        "/people/consent",
        "/people/consent/paper",
        "/school-days",
    ),
    "femi": ("{bridge}/doors",),
    "kofi": ("/my-space",),
    "kaur": ("/portfolio", "{book-of-maya}", "{books-of-class}", "/portfolio/who-may"),
}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_pages_are_open_to_everybody(served: Served, someone: Someone, look: dict[str, object]) -> None:
    world = served.world
    places = {
        "snail": f"/entries/{world.entry('snail-hotel')}",
        "nani": str(world.member("nani")),
        "oscar": str(world.member("oscar")),
        "snail-id": str(world.entry("snail-hotel")),
        "bridge": f"/entries/{world.entry('stick-bridge')}",
        "robot": f"/entries/{world.entry('robot-suit')}",
        "put-away": f"/items/{world.entry('tomatoes')}/put-away",
        "concern": f"/concerns/{_a_concern(served)}",
        "joined": f"/concerns/{_first(served, ConcernCase.joined_to_id, ConcernCase.joined_to_id.is_not(None))}",
        "hold": f"/holds/{_first(served, Hold.id, Hold.ended_at.is_(None))}",
        "grant": f"/opened/{_first(served, Grant.id, Grant.told_at.is_not(None))}/record",
        "own-words": f"/comments/{_words_of(served, 'maya')}/edit",
        "book-of-maya": f"/portfolio/of/{world.member('maya')}",
        "books-of-class": f"/portfolio/class/{world.group('kingfishers')}",
        "made": _ordered(served),
        "doyle": f"/people/staff/{world.member('doyle')}",
    }
    found: list[str] = []
    # One window for all: a browser takes longer to open another than to show some pages.
    person = with_axe(someone(**(look | {"reduced_motion": "reduce"})))
    for key, paths in PAGES.items():
        person.page.context.clear_cookies()
        if key:
            sign_in_quietly(served, person, key)
        for path in paths:
            answered = person.status(path.format(**places))
            if answered != (404 if path == "/nothing" else 200):
                found.append(f"{key} {path}: {answered}")
            found += trouble(person, f"{key} {path}", look)
    assert found == []


def _a_concern(served: Served) -> UUID:
    with served.world.session() as session:
        return session.scalars(select(Concern.id).where(Concern.item_id.is_not(None))).first() or UUID(int=0)


def _first(served: Served, column: Any, where: Any) -> UUID:
    with served.world.session() as session:
        return session.scalars(select(column).where(where)).first() or UUID(int=0)


def _ordered(served: Served) -> str:
    """The page of a portfolio that Maya ordered."""
    path = f"/portfolio/of/{served.world.member('maya')}"
    answer = served.world.client("maya").post(path, {"part": "all", "do": "order"})
    return str(answer.headers["Location"])


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_the_steps_to_a_portfolio_are_open_to_everybody(
    served: Served, someone: Someone, look: dict[str, object]
) -> None:
    """The pages that come when a form is sent: what is wrong, the list to tick, the look at it."""
    maya = with_axe(someone(**(look | {"reduced_motion": "reduce"})))
    sign_in_quietly(served, maya, "maya")
    found: list[str] = []
    for part, what in (("some", "what is wrong"), ("chosen", "the list"), ("all", "the look")):
        maya.go(f"/portfolio/of/{served.world.member('maya')}")
        maya.page.locator(f"input[name=part][value={part}]").check()
        maya.page.locator("button[value=look]").last.click()
        maya.page.wait_for_load_state()
        found += trouble(maya, what, look)
    assert found == []


def _words_of(served: Served, key: str) -> UUID:
    mine = Comment.author_id == served.world.member(key, school="larkfield")
    with served.world.session() as session:
        return session.scalars(select(Comment.id).where(mine, Comment.deleted_at.is_(None))).first() or UUID(int=0)


def sign_in_quietly(served: Served, person: Person, key: str) -> None:
    """Put a session's cookie into the browser; signing in by hand is the story's."""
    client = served.world.client(key)
    cookie = client.client.get_cookie("thirdspace")
    assert cookie is not None
    person.page.context.add_cookies([{"name": "thirdspace", "value": cookie.value, "url": served.address}])


def with_axe(person: Person) -> Person:
    """Let every page that comes have axe in it: to send it to each takes longer than to run it."""
    person.page.context.add_init_script(AXE_SCRIPT)
    return person


def trouble(person: Person, where: str, look: dict[str, object]) -> list[str]:
    page = person.page
    width = look["viewport"]["width"]  # type: ignore[index]
    found = []
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
        found.append(f"{where}: {wide} px wide on a screen of {width}")
    if look is RIGHT_TO_LEFT and page.evaluate("document.documentElement.dir") != "rtl":
        found.append(f"{where}: not right-to-left")
    if look is WELSH and page.evaluate("document.documentElement.lang") != "cy":
        found.append(f"{where}: not in Welsh")
    if look is WELSH:
        return found
    # Colours are the same in each language, and to look at them is half the time.
    rules = {"color-contrast": {"enabled": look is not RIGHT_TO_LEFT}}
    options = {"preload": False, "resultTypes": ["violations"], "rules": rules}
    found += [f"{where}: {name} at {nodes}" for name, nodes in page.evaluate(GRAVE, options)]
    return found
