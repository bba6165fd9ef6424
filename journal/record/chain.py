"""The chain: what is hashed of a line, and how each line is tied to the one before."""

import hashlib
import json
from enum import StrEnum
from uuid import UUID

from journal.records import Trail

BEGINNING = hashlib.sha256(b"thirdspace record").hexdigest()
"""What stands before the first line of a school."""

MOST_IN_SEGMENT = 10_000
"""Lines in a segment; a new month begins one too."""


class Fault(StrEnum):
    """What can be wrong with a line, the first of which is named."""

    CHANGED = "changed"
    MISSING = "missing"
    INSERTED = "inserted"
    MOVED = "moved"
    CUT_OFF = "cut_off"


def sum_of(line: Trail) -> str:
    """Return the SHA-256, in hexadecimal, over all that stands in a line."""
    content = [
        line.id.hex,
        line.school_id.hex,
        _hex(line.membership_id),
        line.act,
        line.kind,
        _hex(line.subject_id),
        _hex(line.about_id),
        line.created_at.isoformat(timespec="microseconds"),
        line.place,
        line.details,
    ]
    written = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(written.encode()).hexdigest()


def hash_of(before: str, number: int, own: str) -> str:
    """Return the hash of a line: it ties the line to the one before, and to its place."""
    return hashlib.sha256(f"{before}:{number}:{own}".encode()).hexdigest()


def _hex(one: UUID | None) -> str:
    return one.hex if one is not None else ""
