"""Making the demo schools, and saying how to come in."""

from datetime import timedelta
from pathlib import Path

import pyotp
from sqlalchemy import select

from journal.clock import now
from journal.demo import content
from journal.demo.cast_of import add_people
from journal.demo.pictures import Pictures
from journal.demo.secrets import app_secret
from journal.demo.story import Story
from journal.net import open_session
from journal.passwords import USUAL, Cost
from journal.records import School
from journal.settings import Settings
from journal.store.database import open_engine
from journal.store.files import Files
from journal.words import STAFF, Role


def demo_is_there(settings: Settings) -> bool:
    """Tell whether the database holds any school; the demo is made only where there is none."""
    engine = open_engine(settings.database_url)
    try:
        with open_session(engine, sees_all="making the demo school") as session:
            return session.scalar(select(School.id).limit(1)) is not None
    finally:
        engine.dispose()


def build_demo(settings: Settings, cost: Cost = USUAL) -> Story:
    """Make both schools with all that happened there, and return the story, which knows what stands for each key.

    The newest of it happened within the last day. All of it is one transaction, so that an interrupted start leaves no
    half school behind; the files that it had made are dropped by the next one.
    """
    cast = content.cast()
    shift = timedelta(days=(now() - content.LATEST).days)
    engine = open_engine(settings.database_url)
    files = NotedFiles(settings.media, settings.instance / "demo-files-being-made")
    files.drop_unfinished()
    try:
        with Pictures(files) as pictures, engine.begin() as connection:
            with open_session(connection, sees_all="making the demo school") as session:
                keys = add_people(session, cast, pictures, cost, settings.secret_key)
                session.commit()
            story = Story(connection, cast, keys, pictures, shift)
            story.tell()
        files.finished()
    finally:
        engine.dispose()
    return story


class NotedFiles(Files):
    """Files whose names are noted before they are made, so that an interrupted start can be tidied up."""

    def __init__(self, folder: Path, note: Path) -> None:
        super().__init__(folder)
        self.note = note

    def new_name(self, ending: str = "") -> str:
        """Return a name that nothing has yet, and note it."""
        name = super().new_name(ending)
        self.note.parent.mkdir(parents=True, exist_ok=True)
        with self.note.open("a") as note:
            note.write(f"{name}\n")
        return name

    def drop_unfinished(self) -> None:
        """Delete what an earlier start made and nobody uses."""
        if self.note.exists():
            self.drop_all(self.note.read_text().split())
            self.finished()

    def finished(self) -> None:
        """Forget the names: what they hold is in use now."""
        self.note.unlink(missing_ok=True)


def _app(key: str) -> dict[str, str]:
    """Return the secret of somebody's app, and the numbers that it shows at this moment."""
    secret = app_secret(key)
    return {"app_secret": secret, "numbers_now": pyotp.TOTP(secret).at(now())}


def accounts() -> list[dict[str, str]]:
    """Return the demo accounts: role, school, name, and what to type at sign-in."""
    cast = content.cast()
    schools = {one.key: one.name for one in cast.schools}
    codes = {one.key: one.class_code for one in cast.groups}
    found = [
        {
            "role": hat.role,
            "school": schools[hat.school],
            "name": one.name,
            "email": one.email,
            "password": one.password,
            **(_app(one.key) if Role(hat.role) in STAFF else {}),
        }
        for one in cast.grownups
        for hat in one.hats
    ]
    order = ["head", "lead", "office", "teacher", "relative"]
    found.sort(key=lambda one: (one["school"], order.index(one["role"])))
    return found + [
        {
            "role": "pupil",
            "school": schools[one.school],
            "name": one.known_as,
            "class_code": codes[one.group],
            "pass_phrase": one.pass_phrase,
        }
        for one in cast.pupils
    ]
