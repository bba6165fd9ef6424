"""The closed lists, limits and small records of the picture engine."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

MAX_BYTES = 25 * 1024 * 1024
MAX_PIXELS = 50_000_000
SIZES: Mapping[str, int] = MappingProxyType({"master": 3840, "large": 1920, "medium": 960, "small": 320})
"""Longest side in pixels of each kept size, biggest first."""

Kind = Literal["jpeg", "png", "webp", "gif", "heic", "avif"]
Problem = Literal["empty", "too_big", "too_many_pixels", "not_a_picture", "broken", "too_hard"]

_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"})
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
HEAD_BYTES = 64


class PictureProblem(Exception):
    """This file cannot become a picture; `code` says why, others turn it into words.

    empty: no bytes. too_big: over MAX_BYTES. too_many_pixels: over MAX_PIXELS. broken: cut off or damaged.
    not_a_picture: none of our types. too_hard: the child needed too much time or memory.
    """

    def __init__(self, code: Problem) -> None:
        super().__init__(code)
        self.code: Problem = code


@dataclass(frozen=True)
class Facts:
    """What the header tells: type, and sides in pixels as seen when upright."""

    kind: Kind
    width: int
    height: int


@dataclass(frozen=True)
class Rendition:
    """One written JPEG file: sides in pixels, its length in bytes, its SHA-256 in hex."""

    size: str
    path: Path
    width: int
    height: int
    bytes: int
    sha256: str


def sniff(head: bytes) -> Kind | None:
    """The type that a file's first HEAD_BYTES show, None for all that we do not take; names are not asked."""
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp":
        # The main brand may be the neutral "mif1"; then the compatible ones, from byte 16 on, decide.
        box = head[: int.from_bytes(head[:4], "big")]
        for brand in (box[8:12], *(box[at : at + 4] for at in range(16, len(box), 4))):
            if brand in _AVIF_BRANDS:
                return "avif"
            if brand in _HEIC_BRANDS:
                return "heic"
    return None
