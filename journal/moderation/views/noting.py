"""The note that is built from kind sentences: what is offered, and what a moderator sent."""

from dataclasses import dataclass
from types import SimpleNamespace
from uuid import UUID

from werkzeug.datastructures import MultiDict

from journal.doors import db
from journal.errors import say
from journal.kindness import Sentence, shipped, shipped_in
from journal.moderation.answers import NoteDesk, Told, note_desk
from journal.moderation.forms import read_words
from journal.moderation.notes import Chosen, Note, built, taken_apart
from journal.pages import when
from journal.refusals import Reason, Refusal
from journal.saying import gettext as _
from journal.words import AnswerKind, NotePart

TYPED = ("note", "reason", "good", "change", "back", "suggest_old", "suggest", "written")
"""The fields that are kept when something is wrong, or somebody was signed out."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A sentence to choose: ``label`` in the moderator's language, ``words`` as they go into the note."""

    value: str
    label: str
    words: str
    part: NotePart
    own: bool


def offered(desk: NoteDesk) -> list[Offered]:
    """Return the sentences of the viewer's school, those that come along first."""
    off = {row.key for row in desk.sentences if row.key}
    kept_in = shipped_in(desk.language)
    own = [Sentence(str(row.id), row.part, row.words) for row in desk.sentences if not row.key]
    return [
        *(Offered(one.key, one.words, kept_in[one.key], one.part, False) for one in shipped() if one.key not in off),
        *(Offered(one.key, one.words, one.words, one.part, True) for one in own),
    ]


def builder(desk: NoteDesk) -> list[SimpleNamespace]:
    """Return what the note is built of, for the macro ``note_builder``: a choice for each part."""
    legends = {
        NotePart.GOOD: _("One true thing that is good"),
        NotePart.CHANGE: _("One thing to change, and why"),
        NotePart.BACK: _("The way back"),
    }
    all_offered = offered(desk)
    return [
        SimpleNamespace(name=part.value, legend=legend, sentences=[one for one in all_offered if one.part is part])
        for part, legend in legends.items()
    ]


def note_sent(form: MultiDict[str, str], own: str) -> Note:
    """Return the note that was sent: as it stands where a script built it, else of what was chosen and typed."""
    chosen = _chosen(form)
    words = own if form.get("written") else _built(chosen, own)
    return taken_apart(words, list(chosen.values()))


def typed_built(form: MultiDict[str, str]) -> dict[str, str]:
    """Return what was typed, with the note built: so it can be read over and changed before it is sent."""
    words = {name: form.get(name, "") for name in TYPED}
    return words | {"note": _built(_chosen(form), read_words(form, "note")), "written": "yes"}


def undone_words(desk: NoteDesk, revision: UUID) -> dict[str, str]:
    """Return what the viewer had written about this revision, when they have just taken their decision back."""
    was = desk.taken_back
    if was is None or was.revision != revision:
        return {}
    words = {"note": was.note, "reason": was.reason, "suggest_old": was.suggest_old, "suggest": was.suggest}
    return words | {"written": "yes" if was.note else ""}


def needed() -> dict[str, str]:
    """Return what is said of a field that an answer needs and that is empty: the words of the refusal."""
    return {
        "note": say(Refusal(Reason.NOTE_NEEDED, "note")),
        "reason": say(Refusal(Reason.REASON_NEEDED, "reason")),
    }


def told_words(told: Told) -> SimpleNamespace:
    """Return what came of a note, in words."""
    said = {"name": told.name, "at": when(told.at)}
    sentence = {
        AnswerKind.SAID: _("%(name)s answered the note. %(at)s", **said),
        AnswerKind.USED: _("%(name)s used the words that were suggested. %(at)s", **said),
        AnswerKind.KEPT: _("%(name)s kept the words as they were. %(at)s", **said),
        AnswerKind.ASKED: _("%(name)s asked for another grown-up to look. %(at)s", **said),
        None: _("%(name)s suggested other words. %(at)s", **said),
    }[told.kind]
    return SimpleNamespace(
        id=told.id, sentence=sentence, words=told.words, old=told.old, note=told.note, about=told.about
    )


def _built(chosen: dict[str, Chosen], own: str) -> str:
    return built(chosen.get(NotePart.GOOD), chosen.get(NotePart.CHANGE), chosen.get(NotePart.BACK), own)


def _chosen(form: MultiDict[str, str]) -> dict[str, Chosen]:
    """The sentences that were chosen, by part. What names none (any more) is passed over."""
    asked = {part.value: form.get(part.value) for part in NotePart}
    return {
        one.part.value: Chosen(one.value, one.words, one.own)
        for one in offered(note_desk(db()))
        if asked[one.part] == one.value
    }
