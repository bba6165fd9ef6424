"""What is sent on the page of pausing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from journal.pausing.acts import REASON, WORDS, PauseInput
from journal.refusals import Reason, Refusal
from journal.text import TooLong, clean_words
from journal.words import PauseKind

MORNING = time(8)
"""When a pause ends that ends by itself, by the school's clock."""


class Until(StrEnum):
    """When it ends."""

    TOMORROW = "tomorrow"
    MONDAY = "monday"
    OFF = "off"  # when somebody takes it off


@dataclass(frozen=True, slots=True)
class Asked:
    """The form as it stands; what is none of the choices is passed over."""

    kind: PauseKind
    group: UUID | None
    member: UUID | None
    until: Until
    find: str

    @property
    def key(self) -> str:
        """What it would pause, as one value: who will notice was shown for this."""
        return f"{self.kind}/{self.group or ''}/{self.member or ''}"


def read_asked(form: Mapping[str, str]) -> Asked:
    """Return what is chosen so far."""
    return Asked(
        kind=next((one for one in PauseKind if one == form.get("kind")), PauseKind.COMMENTS),
        group=_id(form.get("where")),
        member=_id(form.get("member")),
        until=next((one for one in Until if one == form.get("until")), Until.TOMORROW),
        find=form.get("find", "")[:120],
    )


def read_pause(form: Mapping[str, str], asked: Asked, moment: datetime, zone: ZoneInfo) -> PauseInput:
    """Return what is to be paused. Words that are our own are left empty, so that each reads them in their language.

    Raises Refusal(TOO_LONG), and Refusal(NOTHING_CHOSEN) for a place or an end that is none of the choices.
    """
    if form.get("kind") not in set(PauseKind):
        raise Refusal(Reason.NOTHING_CHOSEN, "kind")
    if form.get("until") not in set(Until):
        raise Refusal(Reason.NOTHING_CHOSEN, "until")
    if form.get("where") and asked.group is None:
        raise Refusal(Reason.NOTHING_CHOSEN, "where")
    return PauseInput(
        kind=asked.kind,
        group=asked.group,
        member=asked.member,
        until=end_of(asked.until, moment, zone),
        child_words=_words(form, "child_words", WORDS),
        grown_words=_words(form, "grown_words", WORDS),
        reason=_words(form, "reason", REASON),
    )


def end_of(until: Until, moment: datetime, zone: ZoneInfo) -> datetime | None:
    """Return when a pause ends that begins at a moment."""
    if until is Until.OFF:
        return None
    today = moment.astimezone(zone).date()
    days = 1 if until is Until.TOMORROW else 7 - today.weekday()
    return datetime.combine(today + timedelta(days=days), MORNING, zone).astimezone(moment.tzinfo)


def _words(form: Mapping[str, str], name: str, limit: int) -> str:
    try:
        return clean_words(form.get(name, ""), limit)
    except TooLong as long:
        raise Refusal(Reason.TOO_LONG, name, long.limit) from None


def _id(raw: str | None) -> UUID | None:
    try:
        return UUID(raw) if raw else None
    except ValueError:
        return None
