"""Helpers of these tests: put a file through the engine, and read what came out byte by byte."""

from collections.abc import Mapping
from pathlib import Path

from PIL import Image

from journal import images

NAMES = {size: f"{size}.jpg" for size in images.SIZES}


def put(folder: Path, data: bytes, name: str = "upload.bin") -> Path:
    """The bytes as a file."""
    path = folder / name
    path.write_bytes(data)
    return path


def rendered(folder: Path, data: bytes, names: Mapping[str, str] = NAMES) -> dict[str, Image.Image]:
    """Every rendition of the bytes, opened."""
    folder.mkdir(exist_ok=True)
    made = images.render(put(folder, data), folder, names)
    return {one.size: Image.open(one.path) for one in made}


def colours(image: Image.Image) -> list[tuple[int, ...]]:
    """The colours in the middle of the four corners: top left, top right, bottom left, bottom right."""
    width, height = image.size
    picture = image.convert("RGB")
    spots = [(x, y) for y in (height // 4, 3 * height // 4) for x in (width // 4, 3 * width // 4)]
    return [picture.getpixel(spot) for spot in spots]  # type: ignore[misc]


def near(one: tuple[int, ...], other: tuple[int, ...], by: int = 6) -> bool:
    """Whether no band differs by more than `by`."""
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


def segments(data: bytes) -> list[tuple[int, bytes]]:
    """The segments of a JPEG as (marker, body), first byte to last; the pixels' own bytes left out."""
    assert data[:2] == b"\xff\xd8"
    found, at = [], 2
    while data[at : at + 2] != b"\xff\xd9":
        assert data[at] == 0xFF, f"stray bytes at {at}"
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        found.append((marker, data[at + 4 : at + 2 + length]))
        at += 2 + length
        if marker == 0xDA:
            while not (data[at] == 0xFF and data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7):
                at += 1
    assert at + 2 == len(data), "something stands behind the end"
    return found
