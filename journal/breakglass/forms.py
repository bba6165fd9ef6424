"""What is sent on the pages of opening what was not shared."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from journal.breakglass.acts import MINUTES, REASON, OpenInput
from journal.refusals import Reason, Refusal
from journal.text import TooLong, clean_words


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page is about: an item, a pupil, a worry; or a name that is looked for."""

    item: UUID | None
    pupil: UUID | None
    concern: UUID | None
    find: str


def read_asked(values: Mapping[str, str]) -> Asked:
    """Return what an address asks for. What is no id is passed over."""
    item, pupil, concern = (read_id(values.get(name)) for name in ("item", "pupil", "concern"))
    return Asked(item, pupil, concern, values.get("find", "")[:120])


def read_open(form: Mapping[str, str], asked: Asked, pupil: UUID) -> OpenInput:
    """Return what is to be opened. Raises Refusal(TOO_LONG), Refusal(NOT_A_DAY) and Refusal(NOTHING_CHOSEN)."""
    minutes = form.get("minutes", "")
    if minutes not in {str(one) for one in MINUTES}:
        raise Refusal(Reason.NOTHING_CHOSEN, "minutes")
    if form.get("what") not in ("item", "all") or (form.get("what") == "item" and asked.item is None):
        raise Refusal(Reason.NOTHING_CHOSEN, "what")
    if form.get("tell") not in ("yes", "no"):
        raise Refusal(Reason.NOTHING_CHOSEN, "tell")
    told = form.get("tell") == "yes"
    return OpenInput(
        pupil=pupil,
        item=asked.item if form.get("what") == "item" else None,
        reason=read_words(form, "reason"),
        minutes=int(minutes),
        concern=asked.concern,
        talks=read_id(form.get("talks")) if told else None,
        untold=None if told else read_words(form, "untold"),
        decide_on=None if told else read_day(form, "decide_on"),
    )


def read_words(form: Mapping[str, str], name: str) -> str:
    """Return what somebody wrote in a field. Raises Refusal(TOO_LONG)."""
    try:
        return clean_words(form.get(name, ""), REASON)
    except TooLong as long:
        raise Refusal(Reason.TOO_LONG, name, long.limit) from None


def read_day(form: Mapping[str, str], name: str) -> date | None:
    """Return a day, or None where none was said. Raises Refusal(NOT_A_DAY)."""
    raw = form.get(name, "").strip()
    try:
        return date.fromisoformat(raw) if raw else None
    except ValueError:
        raise Refusal(Reason.NOT_A_DAY, name) from None


def read_id(raw: str | None) -> UUID | None:
    """Return an id, or None for none and for what is no id."""
    try:
        return UUID(raw) if raw else None
    except ValueError:
        return None
