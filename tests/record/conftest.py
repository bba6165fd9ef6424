"""Two schools with nothing in them but three people: enough for a record, and much quicker made than the demo."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from journal.migrations.run import upgrade
from journal.net import open_session
from journal.records import Membership, Person, School
from journal.store.database import open_engine
from journal.words import Role
from tests.services import Postgres
from tests.world import Template, World, checkpoint, copy_of, settings_in

PEOPLE = {"maya": Role.PUPIL, "penhale": Role.LEAD, "kaur": Role.HEAD}


def made(folder: Path, url: str = "", name: str = "") -> Template:
    """Make the two schools in a folder, or in a database of PostgreSQL."""
    (folder / "instance" / "index").mkdir(parents=True)
    (folder / "media").mkdir()
    url = url or settings_in(folder).database_url
    upgrade(url)
    engine = open_engine(url)
    with open_session(engine, sees_all="a test looks at everything") as session:
        schools = {"larkfield": School(name="Larkfield Primary"), "saltmarsh": School(name="Saltmarsh Primary")}
        session.add_all(schools.values())
        session.flush()
        members = {}
        for key, role in PEOPLE.items():
            person = Person()
            session.add(person)
            session.flush()
            hat = Membership(school_id=schools["larkfield"].id, person_id=person.id, role=role, name=key.capitalize())
            session.add(hat)
            session.flush()
            members[f"{key}/larkfield/{role.value}"] = str(hat.id)
        keys = {"schools": {key: str(one.id) for key, one in schools.items()}, "members": members}
        session.commit()
    engine.dispose()
    if not name:
        checkpoint(url)
    return Template(folder, keys, name)


@pytest.fixture(scope="session")
def bare_template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """The two schools in SQLite."""
    return made(tmp_path_factory.mktemp("bare"))


@pytest.fixture(scope="session")
def bare_in_postgres(postgres_server: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Template:
    """The two schools in PostgreSQL."""
    name = "bare_template"
    return made(tmp_path_factory.mktemp("bare-postgres"), postgres_server.new_database(name), name)


@pytest.fixture
def bare(bare_template: Template, tmp_path: Path) -> Iterator[World]:
    """A copy of the two schools in SQLite."""
    world = copy_of(bare_template, tmp_path)
    yield world
    world.engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_on_both(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """A copy of the two schools on each database in turn."""
    if request.param == "sqlite":
        world = copy_of(request.getfixturevalue("bare_template"), tmp_path)
    else:
        world = _in_postgres(request, tmp_path)
    yield world
    world.engine.dispose()


@pytest.fixture
def bare_in_its_own(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """A copy of the two schools in PostgreSQL."""
    world = _in_postgres(request, tmp_path)
    yield world
    world.engine.dispose()


def _in_postgres(request: pytest.FixtureRequest, folder: Path) -> World:
    template: Template = request.getfixturevalue("bare_in_postgres")
    server: Postgres = request.getfixturevalue("postgres_server")
    return copy_of(template, folder, server.new_database(template=template.postgres))
