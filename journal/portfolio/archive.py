"""A ZIP that is written piece by piece, straight to the disk, and gone on with after any interruption.

Beside it lies a list with a line for each piece that is whole; it goes once it is known elsewhere that the file is
finished. After a ``kill -9`` the pieces on the list are read
once more (a power cut may have lost what was listed), what stands behind the last whole one is cut off, and the
writing goes on there. The file gets its name when it is finished; until then nobody takes it for one.
"""

import errno
import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from journal.exported import NOTED, UNFINISHED
from journal.portfolio.pieces import Piece, Summed

CHUNK = 1024 * 1024
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What the system says when the disk, or somebody's share of it, is full."""

SPARE = 64 * 1024 * 1024
"""Bytes that stay free on the disk whatever is made: the database and everybody's pictures need room, too."""


class Busy(RuntimeError):
    """Another worker is at it."""


class DiskFull(Exception):
    """There is no room for it. Nothing of it is kept."""


class Archive:
    """One ZIP on its way. ``pieces`` and ``missing`` are what was written, and what could not be, so far.

    Raises ``Busy`` where another has it open, ``DiskFull`` where there is no room, with nothing of it left.
    """

    def __init__(self, path: Path, moment: datetime) -> None:
        self.path = path
        self._part = path.with_name(path.name + UNFINISHED)
        self._list = path.with_name(path.name + NOTED)
        self._moment = moment
        self.pieces: dict[str, Piece] = {}
        self.missing: set[str] = set()
        self._noted = self._list.open("a+", encoding="utf-8")
        try:
            fcntl.flock(self._noted, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._noted.close()
            raise Busy from None
        self.finished = path.is_file() and not self._part.exists()
        self._read_list()
        self._file: BinaryIO | None = None
        self._zip: ZipFile | None = None
        if not self.finished:
            try:
                self._go_on()
            except OSError as problem:
                self._give_up_if_full(problem)
                raise

    def add(self, name: str, write: Callable[[Summed], None], *, length: int = 0, stored: bool = False) -> None:
        """Write one piece, unless it is there; ``length`` is its length in bytes where that is known before."""
        if name in self.pieces or name in self.missing:
            return
        if shutil.disk_usage(self._part.parent).free < SPARE + length:
            self.drop()
            raise DiskFull
        info = self._info(name, stored)
        info.file_size = length
        file, zipped = self._open()
        begins = zipped.start_dir
        try:
            with zipped.open(info, "w") as out:
                summed = Summed(out)
                write(summed)
            file.flush()
        except OSError as problem:
            self._give_up_if_full(problem)
            raise
        self._note(
            Piece(
                name,
                begins,
                zipped.start_dir,
                info.CRC,
                info.file_size,
                info.compress_size,
                stored,
                summed.sha256,
            )
        )

    def add_file(self, name: str, source: Path) -> bool:
        """Copy a file as it is, unless it is there; return False, and note it, where there is no such file."""
        if name in self.missing:
            return False
        if name in self.pieces:
            return True
        try:
            taken = source.open("rb")
        except FileNotFoundError:
            self._line({"missing": name})
            self.missing.add(name)
            return False
        with taken:
            length = os.fstat(taken.fileno()).st_size
            self.add(name, lambda out: shutil.copyfileobj(taken, out, CHUNK), length=length, stored=True)
        return True

    def finish(self) -> tuple[int, str]:
        """Close the file and give it its name; return its length and its SHA-256. Doing it twice does no harm."""
        if not self.finished:
            file, zipped = self._open()
            try:
                zipped.close()
                file.flush()
                os.fsync(file.fileno())
                file.close()
            except OSError as problem:
                self._give_up_if_full(problem)
                raise
            self._part.replace(self.path)
            self.finished = True
        with self.path.open("rb") as file:
            return self.path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()

    def close(self) -> None:
        """Let go of the files. What is not finished stays, to be gone on with."""
        if self._file is not None and not self._file.closed:
            if self._zip is not None:
                self._zip.fp = None  # or it would write its end
            with suppress(OSError):  # what could not be written out is written again, or dropped
                self._file.close()
        self._noted.close()

    def drop(self) -> None:
        """Remove all of it."""
        self.close()
        for one in (self.path, self._part, self._list):
            one.unlink(missing_ok=True)

    def _open(self) -> tuple[BinaryIO, ZipFile]:
        if self._file is None or self._zip is None:
            raise ValueError("this file is finished")
        return self._file, self._zip

    def _info(self, name: str, stored: bool) -> ZipInfo:
        info = ZipInfo(name, self._moment.timetuple()[:6])
        info.compress_type = ZIP_STORED if stored else ZIP_DEFLATED
        info.create_system, info.external_attr = 3, 0o644 << 16
        return info

    def _read_list(self) -> None:
        self._noted.seek(0)
        for line in self._noted:
            try:
                said = json.loads(line)
            except ValueError:
                break  # cut off in the middle; what it was about is done again
            if "missing" in said:
                self.missing.add(said["missing"])
            else:
                self.pieces[said["name"]] = Piece(**said)

    def _go_on(self) -> None:
        """Open the file behind its last whole piece."""
        self._part.touch()
        self._file = self._part.open("r+b")
        length = self._part.stat().st_size
        whole = [one for one in self.pieces.values() if one.ends <= length]
        while whole and (bad := self._bad(self._file, whole)) is not None:
            whole = whole[: [one.name for one in whole].index(bad)]
        self.pieces = {one.name: one for one in whole}
        self._noted.truncate(0)
        for name in sorted(self.missing):
            self._line({"missing": name})
        for one in whole:
            self._line(asdict(one))
        self._zip = self._zip_of(self._file, whole)

    def _bad(self, file: BinaryIO, pieces: list[Piece]) -> str | None:
        """The first of some pieces that is not whole."""
        self._zip_of(file, pieces).close()
        file.flush()
        try:
            with ZipFile(self._part) as written:
                return written.testzip()
        except BadZipFile:
            return pieces[-1].name

    def _zip_of(self, file: BinaryIO, pieces: list[Piece]) -> ZipFile:
        """A ZIP that has these pieces, and takes more behind them."""
        file.truncate(pieces[-1].ends if pieces else 0)
        file.seek(0, os.SEEK_END)
        written = ZipFile(file, "w", ZIP_DEFLATED)
        for one in pieces:
            info = self._info(one.name, one.stored)
            info.header_offset, info.CRC = one.begins, one.crc
            info.file_size, info.compress_size = one.length, one.packed
            written.filelist.append(info)
            written.NameToInfo[one.name] = info
        written._didModify = True  # type: ignore[attr-defined] # so that it writes its end though nothing was added
        return written

    def _note(self, piece: Piece) -> None:
        self.pieces[piece.name] = piece
        self._line(asdict(piece))

    def _line(self, said: dict[str, object]) -> None:
        try:
            self._noted.write(json.dumps(said) + "\n")
            self._noted.flush()
        except OSError as problem:
            self._give_up_if_full(problem)
            raise

    def _give_up_if_full(self, problem: OSError) -> None:
        if problem.errno in FULL:
            self.drop()
            raise DiskFull from None
