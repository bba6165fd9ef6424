"""What somebody wants in a portfolio."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from journal.clock import USUAL_ZONE, zone_of
from journal.refusals import Reason, Refusal
from journal.words import Learned

MOST_CHOSEN = 2_000
"""Entries that can be chosen one by one; who wants more takes all, or dates."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which entries. What is not said does not narrow: ``Scope()`` is everything.

    ``since`` and ``until`` are days, both included; ``learned`` any of these places; ``entries`` those chosen one by
    one. ``kept_out_too``: also what the pupil keeps out of the portfolio, which only the pupil can ask for.
    ``zone``: the name of the time zone whose days are meant, as on the page where it was ordered. It is kept with the
    order, so that a book that is made anew has the same days and months.
    """

    since: date | None = None
    until: date | None = None
    learned: frozenset[Learned] = frozenset()
    entries: frozenset[UUID] | None = None
    kept_out_too: bool = False
    zone: str = USUAL_ZONE

    @property
    def here(self) -> ZoneInfo:
        """The time zone whose days are meant."""
        return zone_of(self.zone)

    @property
    def begins(self) -> datetime | None:
        """The first moment that is meant; None also for the first day of all, which begins before time does in UTC."""
        return datetime.combine(self.since, time(), self.here) if self.since and self.since > date.min else None

    @property
    def ends(self) -> datetime | None:
        """The first moment that is not meant any more."""
        return datetime.combine(self.until + timedelta(days=1), time(), self.here) if self.until else None


EVERYTHING = Scope()


def checked(scope: Scope) -> Scope:
    """Return a scope that makes sense. Raises Refusal: DATES_TURNED, NOTHING_CHOSEN, TOO_MANY_CHOSEN."""
    if scope.since and scope.until and scope.since > scope.until:
        raise Refusal(Reason.DATES_TURNED, "until")
    if scope.until == date.max:
        raise Refusal(Reason.NOT_UNDERSTOOD, "until")
    if scope.entries is not None and not scope.entries:
        raise Refusal(Reason.NOTHING_CHOSEN, "entries")
    if scope.entries is not None and len(scope.entries) > MOST_CHOSEN:
        raise Refusal(Reason.TOO_MANY_CHOSEN, "entries", MOST_CHOSEN)
    return scope


def kept(scope: Scope) -> dict[str, Any]:
    """Return a scope as it is kept; the same scope always looks the same."""
    return {
        "since": scope.since.isoformat() if scope.since else None,
        "until": scope.until.isoformat() if scope.until else None,
        "learned": sorted(scope.learned),
        "entries": None if scope.entries is None else sorted(one.hex for one in scope.entries),
        "kept_out_too": scope.kept_out_too,
        "zone": scope.zone,
    }


def read(raw: dict[str, Any]) -> Scope:
    """Return a scope that was kept; one from before zones were kept is of the usual one."""
    chosen = raw["entries"]
    return Scope(
        since=date.fromisoformat(raw["since"]) if raw["since"] else None,
        until=date.fromisoformat(raw["until"]) if raw["until"] else None,
        learned=frozenset(Learned(one) for one in raw["learned"]),
        entries=None if chosen is None else frozenset(UUID(one) for one in chosen),
        kept_out_too=bool(raw["kept_out_too"]),
        zone=raw.get("zone", USUAL_ZONE),
    )


def key_of(*what: object) -> str:
    """Return what makes two orders the same."""
    return sha256(json.dumps([str(one) for one in what]).encode()).hexdigest()
