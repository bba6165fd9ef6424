"""How the files of one photo are called: one random stem, so that a second try finds what a first one left."""

from collections.abc import Iterable

from journal.images.kinds import SIZES

SMALL, MASTER = "small", "master"
BIG = tuple(size for size in SIZES if size != SMALL)
"""The sizes that the worker makes, biggest first; the small one is made when the photo comes."""


def file_of(upload: str, size: str) -> str:
    """Return the file of a size, from the name under which the upload is kept."""
    return f"{upload.removesuffix('.upload')}-{size}.jpg"


def all_files(uploads: Iterable[str | None], renditions: Iterable[str]) -> set[str]:
    """Return every file that photos may have on disk, what an unfinished try left behind too."""
    kept = {upload for upload in uploads if upload}
    made = set(renditions)
    stems = kept | {f"{name.removesuffix(f'-{SMALL}.jpg')}.upload" for name in made if name.endswith(f"-{SMALL}.jpg")}
    return made | stems | {file_of(stem, size) for stem in stems for size in SIZES}
