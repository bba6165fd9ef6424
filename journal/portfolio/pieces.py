"""The pieces of a ZIP: what is known of each, and what adds up its sum while it is written."""

import hashlib
from dataclasses import dataclass
from typing import IO


@dataclass(frozen=True, slots=True)
class Piece:
    """A whole piece: its name, where it begins and ends in the file, its check sum, length and SHA-256."""

    name: str
    begins: int
    ends: int
    crc: int
    length: int
    packed: int
    stored: bool
    sha256: str


class Summed:
    """Writes on, and adds up what it wrote."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._sum = hashlib.sha256()

    def write(self, part: bytes) -> int:
        """Write some bytes."""
        self._sum.update(part)
        return self._out.write(part)

    @property
    def sha256(self) -> str:
        """The sum of all that was written, in hex."""
        return self._sum.hexdigest()
