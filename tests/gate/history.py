"""A school with a long history, poured straight into the tables."""

import random
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine

from journal import records as r
from journal.ids import new_id
from journal.seeing import Viewer
from journal.viewers import viewer_for
from journal.words import Role
from tests.gate.schools import LONG_AGO, seeing_all

WAITING = 150
"""Of so many of the newest entries some wait: a moderator's desk is no longer in an old school."""


@dataclass
class Old:
    """A school with a long history: 30 pupils in two classes, of whom one writes much, a teacher, a lead and a parent.

    Of what the busy pupil made some lies on the shelf, and some is deleted.
    """

    engine: Engine
    viewers: dict[str, Viewer]
    entry: UUID
    photo: UUID


def build(engine: Engine, entries: int) -> Old:
    """Put such a school with so many entries into an empty database."""
    with seeing_all(engine) as session:
        school = r.School(name="S")
        session.add(school)
        session.flush()
        groups = [r.Group(school_id=school.id, name=name, year="2026/27") for name in "AB"]
        session.add_all(groups)
        session.flush()
        hats = {}
        for name in ("teacher", "lead", "relative", *(f"pupil {n}" for n in range(30))):
            person = r.Person()
            session.add(person)
            session.flush()
            hats[name] = r.Membership(
                school_id=school.id, person_id=person.id, role=Role(name.partition(" ")[0]), name=name
            )
            session.add(hats[name])
            session.flush()
        where = {"school_id": school.id}
        for number in range(30):
            pupil = hats[f"pupil {number}"].id
            session.add(r.Enrolment(**where, pupil_id=pupil, group_id=groups[number % 2].id))
        session.add(r.Teaching(**where, teacher_id=hats["teacher"].id, group_id=groups[0].id))
        mine = {"relative_id": hats["relative"].id, "pupil_id": hats["pupil 0"].id}
        session.add(r.FamilyLink(**where, **mine, known_as="Mum"))
        session.commit()
        viewers = {name: viewer_for(session, hat) for name, hat in hats.items()}
    with engine.begin() as connection:
        entry, photo = _history(connection, viewers, [one.id for one in groups], entries)
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")
    return Old(engine, viewers, entry, photo)


def _said(viewers: dict[str, Viewer]) -> list[dict[str, Any]]:
    """What was said to pictures of everybody, again and again."""
    return [
        {
            "id": new_id(),
            "school_id": viewer.school,
            "pupil_id": viewer.membership,
            "about_id": viewer.membership,
            "purpose": "class_journal",
            "speaker": "them",
            "number": number,
            "answer": "yes",
            "how": "paper",
            "said_by_id": None,
            "by_id": viewers["lead"].membership,
            "said_name": "Mum",
            "said_on": LONG_AGO.date(),
            "wording": 1,
        }
        for viewer in viewers.values()
        for number in range(4)
    ]


def _history(connection: Connection, viewers: dict[str, Viewer], groups: list[UUID], entries: int) -> tuple[UUID, UUID]:
    draw = random.Random(1)
    rows: dict[Any, list[dict[str, Any]]] = {}
    school = viewers["teacher"].school

    def add(table: Any, **values: Any) -> UUID:
        rows.setdefault(table, []).append({"id": new_id(), "school_id": school, **values})
        return rows[table][-1]["id"]  # type: ignore[no-any-return]

    def item(
        author: UUID,
        pupil: UUID,
        circles: list[str],
        wait: UUID | None,
        entry: UUID | None,
        at: Any,
        above: UUID | None = None,
    ) -> UUID:
        kind = "comment" if entry else "entry"
        one = add(r.Item, kind=kind, author_id=author, pupil_id=pupil, entry_id=entry, parent_id=above, handed_in_at=at)
        said = {"words": "w" * 200, "saved_at": at, "handed_in_at": at, "learned": []}
        revision = add(r.Revision, item_id=one, number=1, **said)
        rows[r.Item][-1]["revision_id"] = revision
        for circle in circles:
            given = {"circle": circle, "revision_id": revision, "number": 1, "released_at": at}
            add(r.Shown, item_id=one, kind=kind, **given)
        if wait:
            whose = {"pupil_id": pupil, "author_id": author, "circle": f"class/{wait.hex}"}
            add(r.Waiting, item_id=one, revision_id=revision, **whose, group_id=wait, since=at)
        else:
            add(r.Decision, item_id=one, revision_id=revision, group_id=groups[0], verdict="let_through",
                by_id=viewers["teacher"].membership)  # fmt: skip
        for name in draw.sample(sorted(viewers), 2):
            looked = {"membership_id": viewers[name].membership, "first_at": at, "last_at": at}
            add(r.Look, item_id=one, kind="opened", **looked)
            add(r.Notice, item_id=one, kind="said", membership_id=viewers[name].membership, seen_at=at)
        return one

    for number in range(entries):
        at = LONG_AGO + timedelta(minutes=number)
        pupil = viewers[f"pupil {draw.randrange(30) if number % 10 else 0}"]
        group = groups[int(f"class/{groups[0].hex}" not in pupil.circles)]
        circles = [f"family/{pupil.membership.hex}", f"class/{group.hex}"]
        waits = number % 5 == 0 and number >= entries - WAITING
        entry = item(pupil.membership, pupil.membership, circles[: 1 + (not waits)], group if waits else None, None, at)
        rows[r.Item][-1]["sent_back_at"] = at if number % 50 == 0 else None
        rows[r.Item][-1]["deleted_at"] = at if number % 25 == 1 else None
        photo = add(r.Attachment, owner_id=pupil.membership, item_id=entry, state="ready")
        add(r.Placement, revision_id=rows[r.Revision][-1]["id"], attachment_id=photo, position=1)
        named = viewers[f"pupil {draw.randrange(30)}"].membership
        add(r.Tagged, attachment_id=photo, pupil_id=named, kind="pupil", by_id=pupil.membership)
        for size in ("s", "m", "l"):
            file = {"file": "f", "sha256": "", "width": 1, "height": 1, "length": 1}
            add(r.Rendition, attachment_id=photo, size=size, **file)
        above = None
        for _ in range(3 if number >= entries - WAITING else draw.choice([0, 1, 2, 3])):
            above = item(viewers["teacher"].membership, pupil.membership, circles, None, entry, at, above)
    rows[r.Consent] = _said(viewers)
    photos = {row["item_id"]: row["id"] for row in rows[r.Attachment]}
    for kind in (
        r.Item,
        r.Revision,
        r.Attachment,
        r.Placement,
        r.Rendition,
        r.Shown,
        r.Waiting,
        r.Decision,
        r.Look,
        r.Notice,
        r.Tagged,
        r.Consent,
    ):
        for values in rows[kind] if kind is r.Item else ():
            values.update({"sent_back_at": None, "deleted_at": None} | values)
        connection.execute(kind.__table__.insert(), rows[kind])
    # Somebody else's: of one's own neither class nor family is asked.
    others = {row["id"] for row in rows[r.Item] if row["pupil_id"] != viewers["pupil 0"].membership}
    given = [row["item_id"] for row in rows[r.Shown] if row["circle"] == f"class/{groups[0].hex}"]
    shown = next(item for item in reversed(given) if item in others and item in photos)
    return shown, photos[shown]
