"""What any test may ask for: a PostgreSQL, a mail server, a browser. Each starts when first asked for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser

from tests import services
from tests.once import folder_of_run, one_at_a_time, share_addresses
from tests.world import Template, World, copy_of, make_template, template_in

# Time limits for single examples fail on busy machines and say nothing about the rule under test.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
# For a long look in the evening: pytest --hypothesis-profile=hunt
settings.register_profile("hunt", settings.get_profile("house"), max_examples=2000)
settings.load_profile("house")

share_addresses()

# Files are divided among processes as they come (see the Makefile). The longest come first, or one process would wait
# for the other at the end. The second of them needs no demo school, while the first builds it.
LONGEST = (
    "browser/test_pages.py",
    "gate/test_three_faces.py",
    "portfolio/test_class_changes.py",
    "browser/test_search.py",
    "gate/test_long_desk.py",
    "portfolio/test_ordering.py",
    "house/test_migrations.py",
    "house/test_doors.py",
    "portfolio/test_class_making.py",
    "portfolio/test_against_the_gate.py",
    "house/test_serve.py",
    "images/test_apart.py",
    "gate/test_cases.py",
    "gate/test_story.py",
    "portfolio/test_interrupted.py",
    "browser/test_story.py",
    "browser/test_portfolio.py",
    "search/test_find.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first; the others stay in their order."""
    ranks = {Path(__file__).parent / name: rank for rank, name in enumerate(LONGEST)}
    items.sort(key=lambda item: ranks.get(item.path, len(ranks)))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[services.Postgres]:
    """The PostgreSQL of this test run; ``new_database()`` gives the address of a fresh database."""
    with services.serve_postgres() as postgres:
        yield postgres


@pytest.fixture(scope="session")
def smtp_server() -> Iterator[services.Mailbox]:
    """The mail server of this test run: ``host``, ``port``, ``messages``, ``wait_for(number)``."""
    with services.serve_mail() as mailbox:
        yield mailbox


@pytest.fixture
def mailbox(smtp_server: services.Mailbox) -> services.Mailbox:
    """The mail server, emptied for this test."""
    smtp_server.clear()
    return smtp_server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of this test run. Make and close a ``new_context()`` for each person in the story."""
    with services.serve_browser() as chromium:
        yield chromium


@pytest.fixture
def free_port() -> int:
    """A port on the loopback address that nobody listens on."""
    return services.free_port()


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """The demo school in SQLite, made once in a run."""
    place = folder_of_run(tmp_path_factory) / "demo"
    with one_at_a_time(place.with_suffix(".lock")):
        return template_in(place) or make_template(place)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: services.Postgres, tmp_path_factory: pytest.TempPathFactory) -> Template:
    """The demo school in PostgreSQL, made once in a run and carried into the server of each process."""
    place, name = folder_of_run(tmp_path_factory) / "demo-postgres", "demo_template"
    url, carried = postgres_server.new_database(name), place.with_suffix(".dump")
    with one_at_a_time(place.with_suffix(".lock")):
        template = template_in(place, name)
        if template is None:
            template = make_template(place, url, name)
            postgres_server.save(name, carried)
        else:
            postgres_server.load(name, carried)
    return template


@pytest.fixture
def world(demo_template: Template, tmp_path: Path) -> Iterator[World]:
    """A copy of the demo school in SQLite, and an app that serves it."""
    copied = copy_of(demo_template, tmp_path)
    yield copied
    copied.engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def world_on_both(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """A copy of the demo school on each database in turn."""
    if request.param == "sqlite":
        copied = copy_of(request.getfixturevalue("demo_template"), tmp_path)
    else:
        template: Template = request.getfixturevalue("postgres_template")
        server: services.Postgres = request.getfixturevalue("postgres_server")
        copied = copy_of(template, tmp_path, server.new_database(template=template.postgres))
    yield copied
    copied.engine.dispose()
