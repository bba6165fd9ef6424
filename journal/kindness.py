"""The kind sentences that come along, of which a note to a child is built, and notes in their reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from journal.saying import gettext as _
from journal.saying import in_language
from journal.words import NotePart


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence for a note. ``key`` names it in what is kept; for the school's own it is the row's id."""

    key: str
    part: NotePart
    words: str


def shipped() -> list[Sentence]:
    """Return the sentences that come along, in the page's language, part by part in the order they are offered."""
    return [*_good(), *_change(), *_back()]


def shipped_in(language: str) -> dict[str, str]:
    """Return the sentences that come along by key, in a language: the school's, in which a note is kept."""
    with in_language(language):
        return {one.key: one.words for one in shipped()}


def _good() -> list[Sentence]:
    said = {
        "good.idea": _("What a good idea you had!"),
        "good.told": _("You told it so well that I could see it."),
        "good.detail": _("I love the little things that you noticed."),
        "good.tried": _("You kept going when it was tricky."),
        "good.picture": _("Your picture shows just how it was."),
        "good.funny": _("It made me smile."),
        "good.kind": _("Your words are kind."),
        "good.learned": _("I learned something new from you."),
    }
    return [Sentence(key, NotePart.GOOD, words) for key, words in said.items()]


def _change() -> list[Sentence]:
    said = {
        "change.number": _("Please take out the phone number. Only people you know should have it."),
        "change.place": _("Please take out where you live. That keeps your home private."),
        "change.name": _("Please take out the whole name. Other people choose who knows theirs."),
        "change.picture": _("Please choose another picture. Somebody in this one may not want to be seen."),
        "change.kind": _("Please say one part in a kinder way. It could make somebody sad."),
        "change.more": _("Please tell a little more. I want to know what happened next."),
        "change.clear": _("Please look at one part again. I could not understand it yet."),
        "change.spelling": _("Please look at one word again. Then everybody can read it."),
        "change.doors": _("Please choose fewer doors. This is more for the people who are close to you."),
    }
    return [Sentence(key, NotePart.CHANGE, words) for key, words in said.items()]


def _back() -> list[Sentence]:
    said = {
        "back.send": _("Then send it back to me. I cannot wait to share it."),
        "back.help": _("If you get stuck, ask me and we do it together."),
        "back.talk": _("Come and find me, and we talk about it."),
    }
    return [Sentence(key, NotePart.BACK, words) for key, words in said.items()]


def note_words(note: str, pieces: Sequence[Mapping[str, Any]]) -> str:
    """Return a note for its reader: what came along in the page's language, a moderator's own words as typed.

    A note that was not built, or that holds a sentence which does not come along any more, is as it was sent.
    """
    if not any("reason" in piece for piece in pieces):
        return note
    known = {one.key: one.words for one in shipped()}
    said = [known.get(piece["reason"]) if "reason" in piece else str(piece["words"]) for piece in pieces]
    return note if None in said else "".join(one for one in said if one is not None)
