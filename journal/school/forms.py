"""What the addresses of this room's pages may name. What they cannot name is as if it were not there."""

from dataclasses import dataclass
from uuid import UUID

from werkzeug.datastructures import MultiDict

from journal.feeds import Mark, read_mark


@dataclass(frozen=True, slots=True)
class Query:
    """A place in a list, and a child or a group to look at alone."""

    before: Mark | None
    child: UUID | None
    group: UUID | None


def read_query(args: MultiDict[str, str]) -> Query:
    """Return what an address names; garbage is passed over."""
    return Query(read_mark(args.get("before")), _id(args.get("child")), _id(args.get("group")))


def _id(raw: str | None) -> UUID | None:
    try:
        return UUID(raw) if raw else None
    except ValueError:
        return None
