"""The folder of the embedded index: which of the indexes in it is the one, and whose turn it is to write.

A Whoosh index holds pickles, and who reads a foreign pickle runs foreign code. So only the index is read that a file
here names, sealed with the house's secret, in a folder that nobody else could write into.
"""

import hashlib
import hmac
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from whoosh.util.filelock import FileLock

from journal.store.index.asked import FORMAT, Condition, IndexAway, IndexBusy

POINTER = "current"
LOCK = "one-writer"
Mark = tuple[int, int, int]


class IndexFolder:
    """``instance/index``: a pointer, a lock, and a folder with the index that the pointer names."""

    def __init__(self, folder: Path, secret: str) -> None:
        self.folder = folder
        self._secret = secret.encode()

    def mark(self) -> Mark | None:
        """Return what changes when another index is put in place, None where there is none; cheap."""
        try:
            stat = (self.folder / POINTER).stat()
        except OSError:
            return None
        return stat.st_ino, stat.st_mtime_ns, stat.st_size

    def current(self) -> Path:
        """Return the folder of the index that is in place. Raises ``IndexAway`` for none, a foreign or an old one."""
        condition, path = self.look()
        if path is None:
            raise IndexAway(condition)
        return path

    def look(self) -> tuple[Condition, Path | None]:
        """Return the condition of the index as far as the folder tells, and where it is."""
        try:
            said = json.loads((self.folder / POINTER).read_text())
            name, made, seal = str(said["folder"]), int(said["format"]), str(said["seal"])
        except FileNotFoundError:
            return Condition.MISSING, None
        except (OSError, ValueError, KeyError, TypeError):
            return Condition.BROKEN, None
        if not hmac.compare_digest(seal, self._seal(name, made)):
            return Condition.BROKEN, None
        if made != FORMAT:
            return Condition.OLD, None
        path = self.folder / name
        if not _only_ours(path):
            return (Condition.BROKEN, None) if path.exists() else (Condition.MISSING, None)
        return Condition.GOOD, path

    def new(self) -> Path:
        """Make a folder for another index beside the one in place."""
        path = self.folder / secrets.token_hex(8)
        path.mkdir(mode=0o700)
        return path

    def put_in_place(self, path: Path) -> None:
        """Let this be the index from now on, whole or not at all, and delete the others."""
        said = {"folder": path.name, "format": FORMAT, "seal": self._seal(path.name, FORMAT)}
        beside = self.folder / f"{POINTER}-{secrets.token_hex(4)}"
        with beside.open("w") as file:
            file.write(json.dumps(said))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.folder / POINTER)
        self.tidy(path.name)

    def give_up(self, mark: Mark | None) -> None:
        """Let no index be in place any more: what is there cannot be read. Another one that came meanwhile stays."""
        if self.mark() == mark:
            with suppress(OSError):
                (self.folder / POINTER).unlink()

    def tidy(self, kept: str = "") -> None:
        """Delete what an interrupted build left behind. Only who holds the lock may."""
        kept = kept or getattr(self.look()[1], "name", "")
        for one in self.folder.iterdir():
            if one.name in (kept, POINTER, LOCK):
                continue
            if one.is_dir() and not one.is_symlink():
                shutil.rmtree(one, ignore_errors=True)
            else:
                with suppress(OSError):
                    one.unlink()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the lock of the one writer; the system lets it go if its holder dies. Raises ``IndexBusy``."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(str(self.folder / LOCK))
        if not lock.acquire():
            raise IndexBusy
        try:
            yield
        finally:
            lock.release()

    def _seal(self, name: str, made: int) -> str:
        return hmac.new(self._secret, f"search index {made} {name}".encode(), hashlib.sha256).hexdigest()


def _only_ours(path: Path) -> bool:
    """Whether it is a folder of ours into which no other account can write."""
    try:
        stat = path.stat(follow_symlinks=False)
    except OSError:
        return False
    ours = not hasattr(os, "getuid") or stat.st_uid == os.getuid()
    return ours and path.is_dir() and not path.is_symlink() and not stat.st_mode & 0o022
