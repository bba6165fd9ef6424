"""What is sent on the pages of worries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from werkzeug.datastructures import MultiDict

from journal.ids import new_id
from journal.refusals import Reason, Refusal
from journal.safeguarding.acts import Contact, TellInput, Worry
from journal.safeguarding.course import StepInput
from journal.safeguarding.listing import Kin, Narrow, Order, Tab
from journal.safeguarding.people import MOST_NAMED
from journal.text import CONCERN, TooLong, clean_line, clean_words

NAME = 120
STEP = 200
Chosen = TypeVar("Chosen", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Draft:
    """A worry as it was typed so far; nothing of it is lost when something is wrong."""

    picks: tuple[Worry, ...] = ()
    words: str = ""
    item: UUID | None = None
    code: str = ""
    name: str = ""
    people: tuple[UUID, ...] = ()
    find: str = ""
    """A name that was looked for."""
    talk_with: UUID | None = None
    contact: Contact = Contact.UNASKED
    once: UUID = field(default_factory=new_id)


def read_draft(form: MultiDict[str, str]) -> Draft:
    """Return what was typed, as it was typed. Picks and ids that are none are passed over."""
    return Draft(
        picks=tuple(one for one in Worry if one in form.getlist("about")),
        words=form.get("words", ""),
        item=read_id(form.get("item")),
        code=form.get("code", "")[:80],
        name=form.get("name", ""),
        people=read_ids(form.getlist("person"))[:MOST_NAMED],
        find=form.get("find", "")[:NAME],
        talk_with=read_id(form.get("talk_with")),
        contact=next((one for one in Contact if one == form.get("contact")), Contact.UNASKED),
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
    return TellInput(
        picks=draft.picks,
        words=words,
        item=draft.item,
        people=draft.people,
        name=name,
        talk_with=draft.talk_with,
        contact=draft.contact,
        once=draft.once,
    )


def read_long(form: MultiDict[str, str], name: str, limit: int = CONCERN) -> str:
    """Return what somebody wrote in a field. Raises Refusal(TOO_LONG)."""
    try:
        return clean_words(form.get(name, ""), limit)
    except TooLong as long:
        raise Refusal(Reason.TOO_LONG, name, long.limit) from None


def read_line(form: MultiDict[str, str], name: str, limit: int) -> str:
    """Return what somebody wrote in a field of one line. Raises Refusal(TOO_LONG)."""
    try:
        return clean_line(form.get(name, ""), limit)
    except TooLong as long:
        raise Refusal(Reason.TOO_LONG, name, long.limit) from None


def read_day(form: MultiDict[str, str], name: str) -> date | None:
    """Return a day, or None where none was said. Raises Refusal(NOT_A_DAY)."""
    raw = form.get(name, "").strip()
    if not raw:
        return None
    try:
        return date.fromisoformat(raw)
    except ValueError:
        raise Refusal(Reason.NOT_A_DAY, name) from None


def read_step(form: MultiDict[str, str]) -> StepInput:
    """Return something that is to be done. Raises Refusal(TOO_LONG) and Refusal(NOT_A_DAY)."""
    return StepInput(read_line(form, "step", STEP), read_id(form.get("who")), read_day(form, "due"))


def read_narrow(args: MultiDict[str, str]) -> Narrow:
    """Return what of the list is asked for. What is none of the choices is passed over."""

    def one(kind: type[Chosen], name: str, usual: Chosen) -> Chosen:
        return next((each for each in kind if each == args.get(name)), usual)

    return Narrow(
        tab=one(Tab, "tab", Tab.OPEN),
        about=one(Kin, "about", Kin.ANYONE),
        by=one(Kin, "by", Kin.ANYONE),
        group=read_id(args.get("group")),
        order=one(Order, "order", Order.DUE),
    )


def read_ids(raw: Iterable[str]) -> tuple[UUID, ...]:
    """Return ids, each once; what is none is passed over."""
    return tuple(dict.fromkeys(one for one in map(read_id, raw) if one is not None))


def read_id(raw: str | None) -> UUID | None:
    """Return an id, or None for none and for what is no id."""
    try:
        return UUID(raw) if raw else None
    except ValueError:
        return None
