"""Orders a class's portfolios and makes them: ``python -m bench.export_alone DATABASE INSTANCE MEDIA PHOTOS``.

The newest entries with so many photos in all are taken. Prints JSON.
"""

import json
import sys
from datetime import date
from pathlib import Path
from time import perf_counter, process_time
from uuid import UUID

from sqlalchemy import select

from bench.photo_alone import memory
from bench.visits import SEES_ALL
from journal import create_app
from journal.demo.large_people import CLASSES, HEAD
from journal.house import House
from journal.net import open_session
from journal.portfolio import acts
from journal.portfolio.scope import Scope
from journal.reasons import GatedSession, beyond
from journal.records import (
    Attachment,
    Credential,
    Enrolment,
    Entry,
    Export,
    Group,
    Job,
    Membership,
    Placement,
    Shown,
)
from journal.settings import Settings
from journal.store.database import open_engine
from journal.viewers import viewer_for
from journal.words import ExportState


def main(address: str, instance: Path, media: Path, photos: int) -> None:
    """Make them, say what it took, and remove what was made."""
    settings = Settings(instance, media, address, "a secret for the bench alone", hash_fast=True)
    engine = open_engine(address)
    app = create_app(settings, engine)
    house: House = app.config["HOUSE"]
    with open_session(engine, sees_all=SEES_ALL) as session:
        group = session.scalars(select(Group).where(Group.name == CLASSES[0][0])).one().id
        since, many = _since(session, group, photos)
        job, export = _order(session, house, group, since)
    before, began, cpu = memory()["VmRSS"], perf_counter(), process_time()
    app.config["WORKER"].run(job)
    seconds, cpu = perf_counter() - began, process_time() - cpu
    peak = memory()["VmHWM"] - before
    with open_session(engine, sees_all=SEES_ALL) as session:
        made = session.scalars(select(Export).where(Export.id == export)).one()
        if made.state is not ExportState.READY:
            raise RuntimeError(f"the export is {made.state}")
        parts = session.scalars(select(Export).where((Export.id == export) | (Export.batch_id == export)))
        house.files.drop_all(one.file for one in parts if one.file)
        print(json.dumps({"photos": many, "seconds": seconds, "cpu": cpu, "peak": peak, "mib": made.bytes / 2**20}))
    engine.dispose()


def _since(session: GatedSession, group: UUID, photos: int) -> tuple[date, int]:
    """The day since which the class's entries that teachers have hold so many photos, and how many those are."""
    pupils = select(Enrolment.pupil_id).where(Enrolment.group_id == group)
    shown = select(Shown.id).where(Shown.revision_id == Placement.revision_id, Shown.circle == f"teachers/{group.hex}")
    moments = session.scalars(
        select(Entry.handed_in_at)
        .join(Attachment, Attachment.item_id == Entry.id)
        .join(Placement, Placement.attachment_id == Attachment.id)
        .where(Entry.author_id.in_(pupils), shown.exists(), Placement.narrowed.is_(False))
        .order_by(Entry.handed_in_at.desc())
        .limit(photos)
    ).all()
    last = moments[-1]
    if last is None:
        raise LookupError("an entry that was shown and not handed in")
    return last.date(), len(moments)


def _order(session: GatedSession, house: House, group: UUID, since: date) -> tuple[UUID, UUID]:
    """The head orders the class; return the job and the export."""
    head = select(Membership).join(Credential, Credential.person_id == Membership.person_id)
    actor = viewer_for(session, session.scalars(head.where(Credential.email == HEAD)).one())
    with open_session(house_engine := session.get_bind(), actor) as theirs:  # type: ignore[arg-type]
        ordered = acts.order_class(theirs, actor, house, group, Scope(since=since), "en").id
        theirs.commit()
    with open_session(house_engine, sees_all=SEES_ALL) as again, beyond(again, SEES_ALL):  # type: ignore[arg-type]
        job = again.scalars(select(Job.id).where(Job.about_id == ordered, Job.done_at.is_(None))).one()
    return job, ordered


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
