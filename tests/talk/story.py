"""Making something to talk about, and talking about it through the front door."""

import re
from html import unescape
from typing import Any
from uuid import UUID

from sqlalchemy import select

from journal.entries.acts import DraftInput, begin, hand_in, open_draft, save_draft, set_doors
from journal.entries.doors_of import Doors
from journal.moderation.acts import DecideInput, decide
from journal.records import Item
from journal.words import Door, Verdict
from tests.world import Browser, TestResponse, World

FIELD = re.compile(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"')
FAMILY_AND_CLASS = frozenset({Door.FAMILY, Door.TEACHERS, Door.CLASS, Door.CLASS_FAMILIES})


def shared(world: World, doors: frozenset[Door] = FAMILY_AND_CLASS, by: str = "maya", let_through: bool = True) -> UUID:
    """Something that a pupil made, given to these doors and let through by the teacher."""
    with world.acting(by) as (session, viewer):
        entry = begin(session, viewer)
        typed = DraftInput(1, "My bean", "It has two leaves now.", doors=Doors(open=doors))
        save_draft(session, viewer, entry.id, typed)
        entry = hand_in(session, viewer, entry.id)
        key, revision = entry.id, entry.revision_id
    if let_through and doors & {Door.CLASS, Door.CLASS_FAMILIES} and revision is not None:
        with world.acting("adeyemi", "teacher") as (session, viewer):
            decide(session, viewer, DecideInput(key, revision, Verdict.LET_THROUGH))
    return key


def change(world: World, entry: UUID, words: str, doors: frozenset[Door] = FAMILY_AND_CLASS, by: str = "maya") -> None:
    """Hand in a new revision."""
    with world.acting(by) as (session, viewer):
        _entry, draft = open_draft(session, viewer, entry)
        save_draft(session, viewer, entry, DraftInput(draft.version, "My bean", words, doors=Doors(open=doors)))
        hand_in(session, viewer, entry)


def open_doors(world: World, entry: UUID, doors: frozenset[Door], by: str = "maya") -> None:
    """Open other doors of it, and let it through where that waits."""
    with world.acting(by) as (session, viewer):
        set_doors(session, viewer, entry, Doors(open=doors))


def let_through(world: World, item: UUID, verdict: Verdict = Verdict.LET_THROUGH, note: str = "") -> None:
    """Let the teacher decide about what waits."""
    with world.session() as session:
        revision = session.scalars(select(Item.revision_id).where(Item.id == item)).one()
    assert revision is not None
    with world.acting("adeyemi", "teacher") as (session, viewer):
        decide(session, viewer, DecideInput(item, revision, verdict, note=note, reason="It can wait."))


def page(browser: Browser, entry: UUID, **query: str) -> str:
    """The page of an entry, which must be there."""
    answer = browser.get(f"/entries/{entry}", query_string=query)
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.get_data(as_text=True))


def say(browser: Browser, entry: UUID, words: str, *, to: UUID | None = None, **fields: Any) -> TestResponse:
    """Fill the form on the entry's page and send it."""
    query = {"reply": str(to)} if to else {}
    return browser.post(f"/entries/{entry}/say", {**hidden(page(browser, entry, **query)), "words": words, **fields})


def hidden(html: str) -> dict[str, str]:
    """The hidden fields of the form to write back with."""
    form = html[html.index("/say") :]
    return {name: value for name, value in FIELD.findall(form) if name != "csrf_token"}


def said(answer: TestResponse) -> UUID:
    """The comment that was taken in."""
    assert answer.status_code == 303, (answer.status_code, answer.get_data(as_text=True)[:2000])
    return UUID(answer.headers["Location"].rpartition("#c-")[2])
