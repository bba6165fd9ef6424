"""Which JPEGs may be decoded in the web process: those that libjpeg turns into pixels row by row."""

from pathlib import Path
from typing import BinaryIO

from journal.images.kinds import SIZES
from journal.images.pixels import drafted, fit

_MOST_SEGMENTS = 1000
_ROOM_PIXELS = 23_500_000  # at four bytes each, 94 MB for what is decoded and what is made of it
_BASELINE, _HUFFMAN_12 = 0xC0, 0xC1
_OTHER_FRAMES = frozenset({0xC2, 0xC3, *range(0xC5, 0xC8), *range(0xC9, 0xD0)})
_START_OF_SCAN = 0xDA


def is_plain(path: Path, longest: int = SIZES["master"]) -> bool:
    """True where this JPEG can be decoded within 100 MB of memory on the way to `longest` pixels.

    Progressive, arithmetic and scan-by-scan files need room for every coefficient of the whole picture, and
    middle sizes that cannot be halved need room for every pixel: those, CMYK and odd ones do not pass.
    """
    with path.open("rb") as file:
        size = _one_scan_size(file)
    if size is None:
        return False
    box = drafted(size, longest)
    scale = max(by for by in (1, 2, 4, 8) if by == 1 or min(size[0] // box[0], size[1] // box[1]) >= by)
    decoded = (-(-size[0] // scale), -(-size[1] // scale))
    small = fit(decoded, longest)
    return decoded[0] * decoded[1] + (small[0] * small[1] if small != decoded else 0) <= _ROOM_PIXELS


def _one_scan_size(file: BinaryIO) -> tuple[int, int] | None:
    """Width and height where one baseline scan holds all of one or three components, else None."""
    size, parts = None, 0
    file.seek(2)
    for _ in range(_MOST_SEGMENTS):
        head = file.read(4)
        if len(head) < 4 or head[0] != 0xFF or head[1] in _OTHER_FRAMES:
            return None
        length = int.from_bytes(head[2:], "big") - 2
        if head[1] in (_BASELINE, _HUFFMAN_12):
            body = file.read(length)
            if size is not None or len(body) < 6 or body[0] != 8 or body[5] not in (1, 3):
                return None
            size, parts = (int.from_bytes(body[3:5], "big"), int.from_bytes(body[1:3], "big")), body[5]
        elif head[1] == _START_OF_SCAN:
            whole = file.read(1) == bytes([parts]) and size is not None and min(size) > 0
            return size if whole else None
        else:
            file.seek(length, 1)
    return None
