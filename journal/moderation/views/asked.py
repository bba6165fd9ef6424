"""What a moderator asked for in the address of the page: a part of what waits, a place in it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import request, url_for

from journal.feeds import Mark, read_mark
from journal.moderation.places import ALL, Only, Part


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of what waits, and from where on."""

    after: Mark | None
    only: Only

    @property
    def group(self) -> str | None:
        """The part as it stands in an address; None for all."""
        if self.only.part is Part.GROUP:
            return str(self.only.group)
        return None if self.only.part is Part.ALL else self.only.part.value

    @property
    def query(self) -> dict[str, Any]:
        """What of it goes along in forms and addresses."""
        found = {"after": str(self.after) if self.after else None, "group": self.group}
        return {name: value for name, value in found.items() if value}

    def url(self, **more: Any) -> str:
        """The page's address, with more or other things in it."""
        return url_for("moderation.to_read", **(self.query | more))


def asked() -> Asked:
    """Return what the request asks for; what makes no sense is passed over."""
    return Asked(read_mark(request.values.get("after")), read_only(request.values.get("group")))


def read_only(raw: str | None) -> Only:
    """Return the part that an address names; all, where it names none."""
    if raw in (Part.DESK.value, Part.INSTEAD.value):
        return Only(Part(raw))
    group = read_id(raw)
    return Only(Part.GROUP, group) if group else ALL


def read_id(raw: str | None) -> UUID | None:
    """Return an id, or None for what is none."""
    try:
        return UUID(raw) if raw else None
    except ValueError:
        return None
