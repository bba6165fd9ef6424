"""What the pages of portfolios send: kept as it was typed, and read into what acts want."""

import re
from dataclasses import dataclass, replace
from datetime import MAXYEAR, date
from enum import StrEnum
from uuid import UUID

from werkzeug.datastructures import MultiDict

from journal.portfolio.scope import MOST_CHOSEN, Scope, checked
from journal.refusals import Reason, Refusal
from journal.words import Learned

DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
MONTH = re.compile(r"(\d{4})-(\d\d)", re.ASCII)
LETTERS_OF_AN_ID = 32
TICK, LOOK = "tick", "look"


class Part(StrEnum):
    """How much of it: everything, some days or places, or what is chosen one by one."""

    ALL = "all"
    SOME = "some"
    CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class Typed:
    """A form as it came, to be given back on the next page, or on the same one if something is wrong with it."""

    part: str = Part.ALL
    since: str = ""
    until: str = ""
    learned: tuple[str, ...] = ()
    chosen: tuple[UUID, ...] = ()
    """What is ticked, on whatever page of the list."""
    kept_out_too: bool = False
    month: str = ""
    here: str = ""
    """The place in the list of the page that was sent."""
    shown: str = ""
    """The one month that the list shows, if it shows one alone."""
    step: str = ""
    """The page that was sent: "" asks what goes in, ``TICK`` is the list, ``LOOK`` the look at it."""
    do: str = ""

    @property
    def chosen_words(self) -> str:
        """What is ticked, as one hidden field carries it from page to page."""
        return " ".join(one.hex for one in self.chosen)


def read_typed(form: MultiDict[str, str]) -> Typed:
    """Return a form as it was typed. Never raises; ids that are none are passed over."""
    on_page, ticked = _ids(form.get("listed", "")), _ids(" ".join(form.getlist("entry")))
    carried = [one for one in _ids(form.get("chosen", "")) if one not in set(on_page)]
    part = form.get("part", Part.ALL)
    return Typed(
        part=part if part in set(Part) else Part.ALL,
        since=form.get("since", "").strip(),
        until=form.get("until", "").strip(),
        learned=tuple(one for one in dict.fromkeys(form.getlist("learned")) if one in set(Learned)),
        chosen=tuple(dict.fromkeys([*carried, *ticked])),
        kept_out_too=form.get("kept_out_too") == "yes",
        month=form.get("month", ""),
        here=form.get("here", ""),
        shown=form.get("shown", ""),
        step=form.get("step", "") if form.get("step") in (TICK, LOOK) else "",
        do=form.get("do", ""),
    )


def read_scope(typed: Typed, zone: str) -> Scope:
    """Return what is wanted, in the days of a time zone.

    Raises Refusal naming the field: NOT_A_DAY, and what ``checked`` finds wrong (days turned round, nothing chosen).
    """
    if typed.part == Part.CHOSEN:
        return checked(Scope(entries=frozenset(typed.chosen), kept_out_too=typed.kept_out_too, zone=zone))
    if typed.part == Part.ALL:
        return Scope(kept_out_too=typed.kept_out_too, zone=zone)
    since, until = _day("since", typed.since), _day("until", typed.until)
    learned = frozenset(Learned(one) for one in typed.learned)
    if since is None and until is None and not learned:
        raise Refusal(Reason.NOTHING_CHOSEN, "since")
    return checked(Scope(since, until, learned, kept_out_too=typed.kept_out_too, zone=zone))


def read_month(raw: str) -> date | None:
    """Return the first day of a month that a form names, or None for none and for what is no month."""
    found = MONTH.fullmatch(raw)
    try:
        month = date(int(found[1]), int(found[2]), 1) if found else None
    except ValueError:
        return None
    return month if month and month.year < MAXYEAR else None


def with_ticks(typed: Typed, more: frozenset[UUID], on: bool) -> Typed:
    """Return the form with some things ticked, or unticked, besides what is ticked already."""
    if not on:
        return replace(typed, chosen=tuple(one for one in typed.chosen if one not in more))
    return replace(typed, chosen=tuple(dict.fromkeys([*typed.chosen, *sorted(more)])))


def read_id(raw: str | None) -> UUID | None:
    """Return the id that an address or a form names, or None."""
    try:
        return UUID(raw) if raw else None
    except ValueError:
        return None


def _ids(raw: str) -> list[UUID]:
    """Return the ids in a field, each once, and one more than can be chosen at most, so that too many are told."""
    found: dict[UUID, None] = {}
    for word in raw.split(maxsplit=2 * MOST_CHOSEN)[: 2 * MOST_CHOSEN]:
        one = read_id(word) if len(word) >= LETTERS_OF_AN_ID else None
        if one is not None:
            found[one] = None
    return list(found)


def _day(field: str, raw: str) -> date | None:
    if not raw:
        return None
    try:
        day = date.fromisoformat(raw) if DAY.fullmatch(raw) else None
    except ValueError:
        day = None
    if day is None:
        raise Refusal(Reason.NOT_A_DAY, field)
    return day
