"""The kind question before something is handed in: do you want to keep this in? It never blocks."""

from dataclasses import replace

from journal.doors import db, viewer
from journal.entries.acts import own_entry
from journal.entries.doors_of import Doors
from journal.entries.forms import Typed, read_draft
from journal.entries.reading_draft import DraftPage
from journal.flagging import asked_already, digest_of, note_asked, texts_of, to_ask
from journal.noticed import Question, questions
from journal.records import Revision
from journal.refusals import Refusal


def must_ask(page: DraftPage, draft: Revision) -> bool:
    """Tell whether there is something in a draft that the child was not asked about yet, and note that it is now.

    What nobody else will see is not asked about.
    """
    if not page.circles:
        return False
    new = {one.digest for one in questions_about(draft)} - asked_already(db(), page.entry)
    if new:
        note_asked(db(), own_entry(db(), viewer(), page.entry), new)
    return bool(new)


def questions_about(draft: Revision) -> list[Question]:
    """Return what a child is asked about a draft."""
    texts = texts_of(db(), draft)
    found = to_ask(db(), viewer(), texts)
    return questions([(one, digest_of(one, texts)) for one in found], texts, pupil=True)


def saved_just_now(page: DraftPage, typed: Typed) -> bool:
    """Tell whether this very form was saved a moment ago: the button was pressed twice, and the question is there."""
    return page.is_draft and typed.do == "hand-in" and saved_as(typed) == (page.version, page.title, page.words)


def saved_as(typed: Typed) -> tuple[int, str, str] | None:
    """Return version, title and words that a form leaves when it is saved; None for one that cannot be saved."""
    try:
        sent = read_draft(replace(typed, order=()), Doors())
    except Refusal:
        return None
    return sent.version + 1, sent.title, sent.words
