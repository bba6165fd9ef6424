"""Real addresses of the demo school for every rule, and the personas who knock."""

import re
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from journal.accounts.acts import Second, begin
from journal.clock import now
from journal.ids import new_id
from journal.portfolio.scope import EVERYTHING, kept
from journal.records import (
    Attachment,
    Concern,
    ConcernCase,
    Decision,
    Export,
    Grant,
    Hold,
    Item,
    Membership,
    NoteAnswer,
    Pause,
    SnapshotPicture,
    Waiting,
)
from journal.words import AnswerKind, ExportState, Key, PauseKind, Stand, Verdict
from tests.world import Browser, World

HATS = {
    "pupil": ("maya", "pupil", "larkfield"),
    "relative": ("nadia", "relative", "larkfield"),
    "teacher": ("adeyemi", "teacher", "larkfield"),
    "lead": ("penhale", "lead", "larkfield"),
    "head": ("kaur", "head", "larkfield"),
    "office": ("bright", "office", "larkfield"),
    "other": ("yara", "pupil", "saltmarsh"),
    "ended": ("claire", "relative", "larkfield"),
}
NOBODYS = "/nothing-was-ever-here"
OWN = re.compile(r'(name="csrf_token"[^>]*value="|nonce="|content="|value=")[^"]*(")')
"""What differs between two answers of the same page: form tokens, nonces, the address to come back to."""


@dataclass
class Street:
    """A world, what stands in it for each part of an address, and the personas."""

    world: World
    values: dict[str, object]

    def browser(self, persona: str) -> Browser:
        """A browser of a persona, signed in if they are."""
        if persona == "out":
            return self.world.client()
        if persona == "hatless":
            browser = self.world.client()
            with self.world.session() as session:
                person = session.scalars(
                    select(Membership.person_id).where(Membership.id == self.world.member("adeyemi", "teacher"))
                ).one()
                token = begin(session, person, None, Second(now(), Key.APP))
                session.commit()
            with browser.client.session_transaction() as cookie:
                cookie["_user_id"] = token
            return browser
        key, role, school = HATS[persona]
        browser = self.world.client(key, role, school)
        if persona == "ended":
            with self.world.session() as session:
                session.execute(
                    update(Membership).where(Membership.id == self.world.member(key)).values(ended_at=now())
                )
                session.commit()
        return browser

    def path(self, rule: Rule, **other: object) -> str:
        """The address of a rule, with what stands in this world, or other values."""
        return address(self.world.app, rule, {**self.values, **other})


def address(app: Flask, rule: Rule, values: dict[str, object]) -> str:
    """The address of a rule with these values in it."""
    wanted = {name: values[name] for name in rule.arguments}
    return str(app.url_map.bind("localhost").build(rule.endpoint, wanted))


def street(world: World) -> Street:
    """Find or make something for each part of an address."""
    with world.session() as session:
        entry, comment = world.entry("snail-hotel"), world.comment("snail-hotel.7")
        photo = session.scalars(
            select(Attachment.id).where(Attachment.item_id == entry).order_by(Attachment.id).limit(1)
        ).one()
        waits = session.scalars(
            select(Waiting.item_id).where(Waiting.group_id == world.group("kingfishers")).order_by(Waiting.id).limit(1)
        ).one()
        school = session.scalars(select(Item.school_id).where(Item.id == entry)).one()
        concern = Concern(school_id=school, by_id=world.member("maya"), by_name="Maya", item_id=entry)
        session.add(concern)
        session.flush()
        lead = world.member("penhale", "lead")
        hold = Hold(school_id=school, item_id=entry, by_id=lead, reason="Evidence", review_on=now().date())
        session.add_all([ConcernCase(school_id=school, concern_id=concern.id), hold])
        grant = Grant(
            school_id=school,
            by_id=lead,
            pupil_id=world.member("maya"),
            reason="To see whether she is safe",
            until=now() + timedelta(hours=1),
            told_at=now(),
        )
        session.add(grant)
        pause = Pause(
            school_id=school, kind=PauseKind.PERSON, member_id=world.member("jun"), by_id=lead, reason="A quiet day"
        )
        session.add(pause)
        picture = SnapshotPicture(
            school_id=school, concern_id=concern.id, position=1, file=world_file(world), sha256="0" * 64
        )
        maya = session.scalars(select(Membership).where(Membership.id == world.member("maya"))).one()
        book = Export(
            school_id=school,
            ordered_by_id=maya.id,
            person_id=maya.person_id,
            stand=Stand.PUPIL,
            pupil_id=maya.id,
            scope=kept(EVERYTHING),
            language="en",
            state=ExportState.READY,
            file=world_file(world),
        )
        session.add_all([picture, book])
        note, answer = _note(session, world, entry)
        session.commit()
        values: dict[str, object] = {
            "entry": entry,
            "comment": comment,
            "photo": photo,
            "item": waits,
            "group": world.group("kingfishers"),
            "membership": world.member("maya"),
            "seer": world.member("nadia", "relative"),
            "staff_member": world.member("doyle"),
            "concern": concern.id,
            "hold": hold.id,
            "grant": grant.id,
            "pause": pause.id,
            "picture": picture.id,
            "export": book.id,
            "decision": note,
            "answer": answer,
            "size": "small",
            "token": "not-a-token",
            "filename": "icon.svg",
        }
    return Street(world, values)


def _note(session: Session, world: World, entry: UUID) -> tuple[UUID, UUID]:
    """A note with which Maya's teacher once sent it back, and what Maya answered."""
    item = session.scalars(select(Item).where(Item.id == entry)).one()
    assert item.revision_id is not None
    note = Decision(
        school_id=item.school_id,
        item_id=entry,
        revision_id=item.revision_id,
        group_id=world.group("kingfishers"),
        verdict=Verdict.SENT_BACK,
        note="Lovely. One more line, please.",
        by_id=world.member("adeyemi", "teacher"),
    )
    session.add(note)
    session.flush()
    answer = NoteAnswer(
        school_id=item.school_id,
        item_id=entry,
        revision_id=item.revision_id,
        decision_id=note.id,
        kind=AnswerKind.SAID,
        words="I will.",
    )
    session.add(answer)
    session.flush()
    return note.id, answer.id


def unknown() -> dict[str, object]:
    """Ids that nobody has."""
    names = (
        "entry",
        "comment",
        "photo",
        "item",
        "group",
        "membership",
        "concern",
        "picture",
        "export",
        "hold",
        "grant",
        "pause",
        "staff_member",
        "decision",
        "answer",
        "seer",
    )
    return {name: new_id() for name in names}


def answer_class(answer: TestResponse) -> str:
    """What an answer says to whoever knocked. Raises AssertionError for our own mistakes."""
    assert answer.status_code < 500, f"{answer.status_code} at {answer.request.path}"
    if answer.status_code in (301, 302, 303, 307, 308):
        there = urlsplit(answer.headers["Location"])
        if there.path == "/sign-in" and "next" in parse_qs(there.query):
            return "s"
        if there.path == "/hats":
            return "h"
    return "-" if answer.status_code == 404 else "o"


def same(page: TestResponse) -> bytes:
    """A page without what belongs to this one request."""
    return OWN.sub(r"\1\2", page.get_data(as_text=True)).encode()


def world_file(world: World) -> str:
    """The name of some kept file."""
    some = next(one for one in sorted(world.settings.media.rglob("*.jpg")))
    return str(some.relative_to(world.settings.media))
