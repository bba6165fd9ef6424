"""The picture engine: from an uploaded file that nobody can trust to clean JPEGs that we made ourselves.

Uploaded bytes are never served. `look` reads the header, `preview` makes the small picture at once, `render`
makes the rest. Plain JPEGs are decoded in this process within 100 MB; everything else in a child of its own,
which is ended when it takes too long or too much memory.

Each raises PictureProblem for the file's faults and OSError for ours (a full disk).
"""

import threading
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from pathlib import Path

from journal.images import apart, jpeg, pixels
from journal.images.kinds import (
    HEAD_BYTES,
    MAX_BYTES,
    MAX_PIXELS,
    SIZES,
    Facts,
    Kind,
    PictureProblem,
    Problem,
    Rendition,
    sniff,
)

__all__ = [
    "MAX_BYTES",
    "MAX_PIXELS",
    "SIZES",
    "Facts",
    "Kind",
    "PictureProblem",
    "Problem",
    "Rendition",
    "look",
    "preview",
    "render",
    "sniff",
]

_one_at_a_time = threading.Lock()  # the promised memory is for one picture


def look(path: Path) -> Facts:
    """Type and upright sides in pixels, from the header alone; a file cut off later still passes."""
    kind = _admit(path)
    if kind == "jpeg" and jpeg.is_plain(path):
        return pixels.facts(path, kind)
    with _one_at_a_time:
        return apart.facts(path, kind)


def preview(path: Path, out_path: Path) -> Rendition:
    """Write the small picture to `out_path`. All of the file is read, so a cut-off one is found here."""
    return _make(path, {"small": out_path}, lambda size: None)[0]


def render(
    path: Path, out_dir: Path, names: Mapping[str, str], progress: Callable[[str], None] = lambda size: None
) -> list[Rendition]:
    """Write each size named in `names` (size to file name) into `out_dir`, biggest first.

    `progress` is told each size as its file is ready. A picture smaller than a size keeps its own size there.
    When it fails, none of the files stays.
    """
    return _make(path, {size: out_dir / name for size, name in names.items()}, progress)


def _make(path: Path, targets: Mapping[str, Path], progress: Callable[[str], None]) -> list[Rendition]:
    kind = _admit(path)
    plain = kind == "jpeg" and jpeg.is_plain(path, max(SIZES[size] for size in targets))
    work = pixels.renditions if plain else apart.renditions
    light = plain and targets.keys() == {"small"}  # a few megabytes: a preview need not wait for others
    try:
        with nullcontext() if light else _one_at_a_time:
            return work(path, kind, targets, progress)
    except BaseException:
        for target in targets.values():
            target.unlink(missing_ok=True)
        raise


def _admit(path: Path) -> Kind:
    """The file's type by its first bytes, once its length is right."""
    length = path.stat().st_size
    if length == 0:
        raise PictureProblem("empty")
    if length > MAX_BYTES:
        raise PictureProblem("too_big")
    with path.open("rb") as file:
        kind = sniff(file.read(HEAD_BYTES))
    if kind is None:
        raise PictureProblem("not_a_picture")
    return kind
