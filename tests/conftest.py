"""What any test may ask for: a PostgreSQL, a mail server, a browser. Each starts when first asked for."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser

from tests import services

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
