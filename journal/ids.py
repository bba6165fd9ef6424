"""Identifiers: UUID version 7, so that rows of different databases never clash and new rows lie together."""

import secrets
import time
from uuid import UUID


def new_id() -> UUID:
    """Return a new UUIDv7 (RFC 9562, section 5.7; the 12 bits after the version hold the fraction of a
    millisecond, section 6.2 method 3, so that ids made in one process keep their order)."""
    nanoseconds = time.time_ns()
    milliseconds, rest = divmod(nanoseconds, 1_000_000)
    fraction = rest * 4096 // 1_000_000
    value = (milliseconds & (1 << 48) - 1) << 80
    value |= 0x7 << 76 | fraction << 64 | 0b10 << 62 | secrets.randbits(62)
    return UUID(int=value)
