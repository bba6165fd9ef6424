"""What is sent on the pages of worries."""

from dataclasses import dataclass, field
from uuid import UUID

from werkzeug.datastructures import MultiDict

from journal.ids import new_id
from journal.refusals import Reason, Refusal
from journal.safeguarding.acts import TellInput, Worry
from journal.text import CONCERN, TooLong, clean_line, clean_words

NAME = 120


@dataclass(frozen=True, slots=True)
class Draft:
    """A worry as it was typed so far; nothing of it is lost when something is wrong."""

    picks: tuple[Worry, ...] = ()
    words: str = ""
    item: UUID | None = None
    code: str = ""
    name: str = ""
    once: UUID = field(default_factory=new_id)


def read_draft(form: MultiDict[str, str]) -> Draft:
    """Return what was typed, as it was typed. Picks and ids that are none are passed over."""
    return Draft(
        picks=tuple(one for one in Worry if one in form.getlist("about")),
        words=form.get("words", ""),
        item=read_id(form.get("item")),
        code=form.get("code", "")[:80],
        name=form.get("name", ""),
        once=read_id(form.get("once")) or new_id(),
    )


def read_worry(draft: Draft) -> TellInput:
    """Return a worry from what was typed. Raises Refusal(TOO_LONG)."""
    try:
        words = clean_words(draft.words, CONCERN)
    except TooLong as long:
        raise Refusal(Reason.TOO_LONG, "words", long.limit) from None
    try:
        name = clean_line(draft.name, NAME)
    except TooLong as long:
        raise Refusal(Reason.TOO_LONG, "name", long.limit) from None
    return TellInput(picks=draft.picks, words=words, item=draft.item, name=name, once=draft.once)


def read_answer(form: MultiDict[str, str]) -> str:
    """Return a lead's answer. Raises Refusal(TOO_LONG)."""
    try:
        return clean_words(form.get("answer", ""), CONCERN)
    except TooLong as long:
        raise Refusal(Reason.TOO_LONG, "answer", long.limit) from None


def read_id(raw: str | None) -> UUID | None:
    """Return an id, or None for none and for what is no id."""
    try:
        return UUID(raw) if raw else None
    except ValueError:
        return None
