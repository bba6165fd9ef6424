"""The memory that a portfolio takes does not grow with its photos."""

import os
import subprocess
import sys
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from journal.clock import now
from journal.portfolio.scope import Scope
from journal.records import Attachment, Entry, Job, Placement, Rendition, Revision
from journal.words import ExportState, PictureState
from tests.portfolio.telling import Teller

ROOT = Path(__file__).resolve().parent.parent.parent
LENGTH = 2_000_000
"""Bytes of a photo: ninety more of them are 180 MB more in the ZIP."""

PROGRAM = """
import resource, sys
from pathlib import Path
from uuid import UUID
from journal.house import open_house
from journal.store.database import open_engine
from journal.worker import Worker
from tests.world import settings_in
settings = settings_in(Path(sys.argv[1]))
Worker(open_engine(settings.database_url), open_house(settings)).run(UUID(sys.argv[2]))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def with_photos(tell: Teller, number: int) -> list[UUID]:
    """Maya has so many more entries with a photo each; return their ids. The photos share one file."""
    files = tell.house.files
    name = files.new_name("-master.jpg")
    files.path(name).write_bytes(os.urandom(LENGTH))
    maya = tell.world.member("maya", "pupil")
    made = []
    with tell.world.acting("maya") as (session, me):
        for _ in range(number):
            school = {"school_id": me.school}
            entry = Entry(**school, author_id=maya, pupil_id=maya, handed_in_at=now())
            session.add(entry)
            session.flush()
            revision = Revision(**school, item_id=entry.id, number=1, words="A photo.", saved_at=now(), learned=[])
            photo = Attachment(**school, owner_id=maya, item_id=entry.id, state=PictureState.READY)
            session.add_all([revision, photo])
            session.flush()
            entry.revision_id = revision.id
            session.add(Placement(**school, revision_id=revision.id, attachment_id=photo.id, position=1))
            sides = {"width": 10, "height": 10, "length": LENGTH, "sha256": ""}
            session.add(Rendition(**school, attachment_id=photo.id, size="master", file=name, **sides))
            made.append(entry.id)
    return made


def peak(tell: Teller, entries: list[UUID]) -> int:
    """The most memory that making a portfolio of some entries takes, in a process of its own, in KiB."""
    export = tell.orders("maya", scope=Scope(entries=frozenset(entries)))
    with tell.world.session() as session:
        job = session.scalars(select(Job.id).where(Job.about_id == export, Job.kind == "export")).one()
    folder = str(tell.world.settings.instance.parent)
    words = [sys.executable, "-c", PROGRAM, folder, str(job)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    row = tell.row(export)
    assert row.state is ExportState.READY
    assert row.bytes > LENGTH * len(entries)
    return int(done.stdout)


def test_ten_times_the_photos_take_hardly_more_memory(tell: Teller) -> None:
    entries = with_photos(tell, 100)
    few, many = peak(tell, entries[:10]), peak(tell, entries)
    assert many <= 1.15 * few, (few, many)
