"""What any test may ask for: a PostgreSQL, a mail server, a browser. Each starts when first asked for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser

from tests import services
from tests.world import Template, World, copy_of, make_template

# Time limits for single examples fail on busy machines and say nothing about the rule under test.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
# For a long look in the evening: pytest --hypothesis-profile=hunt
settings.register_profile("hunt", settings.get_profile("house"), max_examples=2000)
settings.load_profile("house")


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
    """The demo school in SQLite, made once."""
    return make_template(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="session")
def postgres_template(postgres_server: services.Postgres, tmp_path_factory: pytest.TempPathFactory) -> Template:
    """The demo school in PostgreSQL, made once."""
    url = postgres_server.new_database("demo_template")
    return make_template(tmp_path_factory.mktemp("demo-postgres"), url, "demo_template")


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
