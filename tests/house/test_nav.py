"""The bar at the head of each page marks where one is: on that very page, or on one that belongs to it."""

import re

from journal.nav import BELONGS, ROOMS
from tests.world import World

MARKED = re.compile(r'aria-current="(page|true)"[^>]*><svg.*?</svg>([^<]+)</a>', re.S)

PLACES = [
    ("maya", "", "/my-space", "page", "My space"),
    ("maya", "", "/make", "page", "Make"),
    ("maya", "", "/gone", "true", "My space"),
    ("maya", "", "/entries/{snail-hotel}", "true", "My space"),
    ("maya", "", "/entries/{snail-hotel}/doors", "true", "My space"),
    ("maya", "", "/entries/{robot-suit}/edit", "true", "My space"),
    ("maya", "", "/entries/{snail-hotel}/who", "true", "My space"),
    ("maya", "", "/entries/{snail-hotel}/as/{joe}", "true", "My space"),
    ("oscar", "", "/entries/{tomatoes}", "true", "Class"),
    ("oscar", "", "/entries/{tomatoes}/say", "true", "Class"),
    ("maya", "", "/classes/{kingfishers}", "true", "Class"),
    ("maya", "", "/portfolio/of/{maya}", "true", "My portfolio"),
    ("nadia", "relative", "/entries/{snail-hotel}", "true", "Home"),
    ("nadia", "relative", "/entries/{snail-hotel}/say", "true", "Home"),
    ("nadia", "relative", "/pictures-of-us", "true", "Home"),
    ("doyle", "teacher", "/entries/{snail-hotel}", "true", "Shared with me"),
    ("doyle", "teacher", "/entries/{tomatoes}", "true", "Class"),
    ("doyle", "teacher", "/to-read/keys", "true", "To read"),
    ("doyle", "teacher", "/classes/{kingfishers}", "true", "Class"),
    ("penhale", "lead", "/holds", "true", "Concerns"),
    ("penhale", "lead", "/opened", "true", "Concerns"),
    ("penhale", "lead", "/record", "page", "Record"),
    ("kaur", "head", "/opened", "page", "Opened"),
    ("kaur", "head", "/portfolio/who-may", "true", "Portfolios"),
    ("bright", "office", "/people/staff", "true", "People"),
    ("bright", "office", "/school-days", "true", "Who reads"),
]


def where(page: str) -> list[tuple[str, str]]:
    """What the bar at the head marks, and how."""
    bar = page[page.index('<nav class="mainnav"') :]
    return [(how, label) for how, label in MARKED.findall(bar[: bar.index("</nav>")])]


def test_each_page_says_where_it_belongs(world: World) -> None:
    named = {key: str(world.entry(key)) for key in ("snail-hotel", "robot-suit", "tomatoes")}
    named |= {"kingfishers": str(world.group("kingfishers")), "maya": str(world.member("maya"))}
    named |= {"joe": str(world.member("joe"))}
    wrong = []
    for who, role, path, how, label in PLACES:
        found = where(world.client(who, role).get(path.format(**named)).get_data(as_text=True))
        wrong += [] if found == [(how, label)] else [(who, path, found)]
    assert wrong == []


def test_what_is_not_there_belongs_nowhere(world: World) -> None:
    """A page that does not exist and one that one may not see look alike."""
    browser = world.client("oscar")
    hidden, nothing = (browser.get(path) for path in (f"/entries/{world.entry('robot-suit')}/edit", "/nothing"))
    assert hidden.status_code == nothing.status_code == 404
    assert where(hidden.get_data(as_text=True)) == where(nothing.get_data(as_text=True)) == []


def test_only_pages_that_there_are_belong_somewhere(world: World) -> None:
    assert BELONGS.keys() <= world.app.view_functions.keys()
    assert {way for ways in (*BELONGS.values(), *ROOMS.values()) for way in ways} <= world.app.view_functions.keys()
    assert ROOMS.keys() <= world.app.blueprints.keys()
