"""A served copy of the demo school, by the product's own command, and people with browsers."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.people import LONGEST_WAIT, Person, arrive
from tests.services import Mailbox, free_port
from tests.world import Template, World, copy_of

expect.set_options(timeout=LONGEST_WAIT)

TOP = Path(__file__).parents[2]


@dataclass
class Served:
    """A running copy: its address, its database and files for looking behind the pages."""

    address: str
    world: World


@pytest.fixture(scope="module")
def served(demo_template: Template, tmp_path_factory: pytest.TempPathFactory, smtp_server: Mailbox) -> Iterator[Served]:
    """The product served as ``make run`` serves it, for one story."""
    folder, port = tmp_path_factory.mktemp("served"), free_port()
    world = copy_of(demo_template, folder)
    environment = os.environ | {
        "PORT": str(port),
        "HOST": "127.0.0.1",
        "THIRDSPACE_PUBLIC_ADDRESS": f"http://localhost:{port}",  # passkeys are for a name
        "THIRDSPACE_INSTANCE": str(world.settings.instance),
        "THIRDSPACE_MEDIA": str(world.settings.media),
        "THIRDSPACE_DATABASE_URL": world.settings.database_url,
        "THIRDSPACE_SECRET_KEY": world.settings.secret_key,
        "THIRDSPACE_SMTP_HOST": smtp_server.host,
        "THIRDSPACE_SMTP_PORT": str(smtp_server.port),
        "THIRDSPACE_SMTP_STARTTLS": "no",
    }
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", "from journal.cli import main; main(['serve'])"],
            cwd=TOP,
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}/help", process)
            yield Served(f"http://127.0.0.1:{port}", world)
        finally:
            process.terminate()
            process.wait(30)
            world.engine.dispose()


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert process.poll() is None, "the server ended"
        try:
            urllib.request.urlopen(address, timeout=5)
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server does not answer")


@pytest.fixture
def someone(browser: Browser, served: Served) -> Iterator[Callable[..., Person]]:
    """Call it for each person in the story; at the end no browser may have complained."""
    people: list[Person] = []

    def new(**options: object) -> Person:
        people.append(arrive(browser, served.address, **options))
        people[-1].world = served.world
        return people[-1]

    yield new
    complaints = [one for person in people for one in person.complaints]
    for person in people:
        person.leave()
    assert complaints == []
