"""Kept bytes, at random names, below one folder. Nobody reads them but a view that asked the gate."""

import os
import secrets
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

CHUNK = 256 * 1024


class Files:
    """Files below a folder; names are random and say nothing about what they hold."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def new_name(self, ending: str = "") -> str:
        """Return a name that nothing has yet, such as ``4f/4f9c….jpg``."""
        name = secrets.token_hex(16)
        return f"{name[:2]}/{name}{ending}"

    def path(self, name: str) -> Path:
        """Return where a name is kept, its folder made. Raises ValueError for a name that leaves the folder."""
        path = (self.folder / name).resolve()
        if not path.is_relative_to(self.folder.resolve()):
            raise ValueError("a kept file lies outside its folder")
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def take_in(self, stream: BinaryIO, name: str, most: int, too_big: Callable[[], Exception]) -> int:
        """Copy a stream into a name and return its length in bytes.

        Raises ``too_big()`` past ``most`` bytes, with nothing kept.
        """
        path = self.path(name)
        length = 0
        try:
            with path.open("wb") as out:
                while part := stream.read(CHUNK):
                    length += len(part)
                    if length > most:
                        raise too_big()
                    out.write(part)
                out.flush()
                os.fsync(out.fileno())
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return length

    def copy(self, name: str, ending: str = "") -> str:
        """Copy a kept file under a new name and return that."""
        new = self.new_name(ending)
        source, target = self.path(name), self.path(new)
        target.write_bytes(source.read_bytes())
        return new

    def drop_all(self, names: Iterable[str]) -> None:
        """Delete kept files."""
        for name in names:
            self.drop(name)

    def drop(self, name: str) -> None:
        """Delete a kept file; one that is gone already is no error."""
        self.path(name).unlink(missing_ok=True)
