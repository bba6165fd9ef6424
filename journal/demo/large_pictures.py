"""The large demo's pictures: a few files that very many rows share, or a disk would be full of the same snail."""

from dataclasses import dataclass
from typing import Any

from journal.demo.content import ART, art_path
from journal.images import SIZES, preview, render
from journal.store.files import Files

_LEFT = frozenset({"sunflower.jpg"})
"""Not made here: it shows how a place is taken out of a picture, which the small demo does."""
MOST_FACES = 40


@dataclass(frozen=True, slots=True)
class Shared:
    """One picture in all its sizes; each as a row of ``Rendition`` wants it."""

    width: int
    height: int
    sizes: tuple[tuple[Any, ...], ...]


def shared_pictures(files: Files, most: int) -> list[Shared]:
    """Make some of the demo's pictures in all sizes."""
    arts = [one.name for one in sorted(ART.glob("*.jpg")) if one.name not in _LEFT]
    return [_shared(files, art) for art in arts[:most]]


def shared_faces(files: Files) -> list[str]:
    """Make some of the demo's faces, and return the names under which they are kept."""
    found = []
    for one in sorted((ART / "faces").glob("*.jpg"))[:MOST_FACES]:
        name = files.new_name(".jpg")
        preview(art_path(f"faces/{one.name}"), files.path(name))
        found.append(name)
    return found


def _shared(files: Files, art: str) -> Shared:
    names = {size: files.new_name(".jpg") for size in SIZES}
    for name in names.values():
        files.path(name)
    made = render(art_path(art), files.folder, names)
    sizes = tuple((one.size, names[one.size], one.width, one.height, one.bytes, one.sha256) for one in made)
    return Shared(made[0].width, made[0].height, sizes)
