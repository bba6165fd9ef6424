"""What somebody looks for, as the address says it: kept as it was typed, and read into a question."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from journal.search.asking import Ask, Order, Where
from journal.search.calendar import When, span_of
from journal.search.choices import Choices
from journal.text.plain import tidy

MOST_PAGES = 5
One = TypeVar("One", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Typed:
    """An address as it came. ``words`` stand as they were typed; what names nothing is as if it were not there."""

    words: str = ""
    child: UUID | None = None
    group: UUID | None = None
    where: Where = Where.ANYWHERE
    when: When = When.ANY
    order: Order = Order.BEST
    page: int = 1

    @property
    def asks(self) -> bool:
        """Whether anything was typed at all."""
        return bool(self.words.strip())

    @property
    def narrow(self) -> bool:
        """Whether to look in fewer places than everywhere."""
        return bool(self.child or self.group or self.where is not Where.ANYWHERE or self.when is not When.ANY)


def read_typed(args: MultiDict[str, str], choices: Choices) -> Typed:
    """Return an address as it was typed; of a key that came twice the first counts. Never raises.

    A child or a class that the viewer has no choice of is passed over, the same as one that never was.
    """
    child, group = choices.child(_id(args.get("child"))), choices.group(_id(args.get("group")))
    return Typed(
        words=args.get("q", ""),
        child=child.id if child else None,
        group=group.id if group else None,
        where=_one(Where, args.get("where"), Where.ANYWHERE),
        when=_one(When, args.get("when"), When.ANY),
        order=_one(Order, args.get("order"), Order.BEST),
        page=_page(args.get("page", "")),
    )


def ask_of(typed: Typed, moment: datetime, zone: ZoneInfo) -> Ask:
    """Return the question, asked at a moment in the school's zone.

    Whether there is anything to look for in the words, ``find`` says.
    """
    words = " ".join(tidy(typed.words).split())
    since, until = span_of(typed.when, moment, zone)
    return Ask(words, typed.child, typed.group, typed.where, since, until, typed.order, typed.page)


def _one(kind: type[One], raw: str | None, usual: One) -> One:
    return kind(raw) if raw in set(kind) else usual


def _id(raw: str | None) -> UUID | None:
    try:
        return UUID(raw) if raw else None
    except ValueError:
        return None


def _page(raw: str) -> int:
    return min(int(raw), MOST_PAGES) if raw.isascii() and raw.isdigit() and len(raw) < 4 and int(raw) else 1
