"""Checking a portfolio that was taken home: nothing is missing, added or changed. Needs nothing but the file."""

import hashlib
import io
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, Protocol
from zipfile import BadZipFile, ZipFile

from journal.portfolio import make, make_class
from journal.portfolio.make import MANIFEST

CHUNK = 1024 * 1024
LONGEST_LIST = 64 * 1024 * 1024
"""Bytes of a manifest or a JSON file that are read at most."""

_UNREADABLE = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What a damaged or strangely packed piece of a ZIP raises."""

_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong: which file it is about ('' for all of it), and what."""

    file: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}: {self.what}" if self.file else self.what


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found. ``kind`` is '' where it is no portfolio at all."""

    kind: str
    files: int
    portfolios: int
    faults: tuple[Fault, ...]


class _Folder(Protocol):
    """The files of a portfolio, wherever they are."""

    def names(self) -> list[str]:
        """All files, below the portfolio's own folder."""

    def open(self, name: str) -> IO[bytes]:
        """One of them."""

    def strange(self) -> list[Fault]:
        """What is wrong with the names."""


class _InZip:
    def __init__(self, zipped: ZipFile) -> None:
        self._zip = zipped
        self._all = [one for one in zipped.namelist() if not one.endswith("/")]
        tops = {one.partition("/")[0] for one in self._all}
        self._top = f"{tops.pop()}/" if len(tops) == 1 and all("/" in one for one in self._all) else ""

    def names(self) -> list[str]:
        return [one.removeprefix(self._top) for one in self._all]

    def open(self, name: str) -> IO[bytes]:
        return self._zip.open(self._top + name)

    def strange(self) -> list[Fault]:
        found = [Fault(one, "this name leads out of the folder") for one in self._all if _leads_out(one)]
        twice = {one for one in self._all if self._all.count(one) > 1} if len(set(self._all)) < len(self._all) else ()
        return found + [Fault(one, "is there twice") for one in sorted(twice)]


class _OnDisk:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> list[str]:
        return [one.relative_to(self._folder).as_posix() for one in sorted(self._folder.rglob("*")) if one.is_file()]

    def open(self, name: str) -> IO[bytes]:
        return (self._folder / name).open("rb")

    def strange(self) -> list[Fault]:
        links = [one for one in sorted(self._folder.rglob("*")) if one.is_symlink()]
        return [Fault(one.relative_to(self._folder).as_posix(), "is a link to somewhere else") for one in links]


def verify(path: Path) -> Checked:
    """Check a portfolio or a class's, as the ZIP that was fetched or as the folder it was unpacked into.

    A folder may be the portfolio's own, or one that holds nothing else. Raises OSError for what cannot be read.
    """
    if path.is_dir():
        return _check(_OnDisk(_own_folder(path)))
    with path.open("rb") as file:
        return _check_zip(file)


def _own_folder(path: Path) -> Path:
    within = list(path.iterdir())
    return within[0] if len(within) == 1 and within[0].is_dir() else path


def _check_zip(file: IO[bytes]) -> Checked:
    try:
        with ZipFile(file) as zipped:
            return _check(_InZip(zipped))
    except BadZipFile:
        return Checked("", 0, 0, (Fault("", "this is no whole ZIP file"),))


def _check(folder: _Folder) -> Checked:
    names = folder.names()
    faults = folder.strange()
    if faults:
        return Checked("", len(names), 0, tuple(faults))
    if MANIFEST not in names:
        return Checked("", len(names), 0, (Fault(MANIFEST, "is missing: this is no portfolio, or not all of it"),))
    sums, faults = _manifest(folder)
    faults += [Fault(one, "is missing") for one in sorted(sums.keys() - set(names))]
    faults += [Fault(one, "is not on the list: it was added") for one in sorted(set(names) - sums.keys() - {MANIFEST})]
    for name in sorted(sums.keys() & set(names)):
        found = _sum(folder, name)
        if found != sums[name]:
            faults.append(Fault(name, "was changed" if found else "cannot be read any more"))
    for kind, json_name, version in (
        (make.FORMAT, "portfolio.json", make.VERSION),
        (make_class.FORMAT, "class.json", make.VERSION),
    ):
        if json_name in names:
            said, wrong = _json(folder, json_name, kind, version)
            return _of_kind(kind, folder, names, said, faults + wrong)
    return Checked("", len(names), 0, (*faults, Fault("portfolio.json", "is missing: this is no portfolio")))


def _of_kind(kind: str, folder: _Folder, names: list[str], said: dict[str, Any], faults: list[Fault]) -> Checked:
    if kind == make.FORMAT:
        wanted = {one for one in _files_in(said) if isinstance(one, str)}
        faults += [Fault(one, "is in portfolio.json, but not there") for one in sorted(wanted - set(names))]
        return Checked(kind, len(names), 1, tuple(faults))
    inside = 0
    for line in _dicts(said.get("portfolios")):
        file = line.get("file")
        if not isinstance(file, str):
            continue
        if file not in names:
            faults.append(Fault(file, "is in class.json, but not there"))
            continue
        with folder.open(file) as opened:
            one = _check_zip(opened)
        inside += 1
        faults += [Fault(f"{file} › {fault.file}".rstrip(" ›"), fault.what) for fault in one.faults]
    return Checked(kind, len(names), inside, tuple(faults))


def _files_in(said: dict[str, Any]) -> Iterator[object]:
    """The photos that a portfolio's JSON names, whatever else stands there."""
    for entry in _dicts(said.get("entries")):
        for thing in (entry, *_dicts(entry.get("comments"))):
            for photo in _dicts(thing.get("photos")):
                yield photo.get("file")


def _dicts(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _manifest(folder: _Folder) -> tuple[dict[str, str], list[Fault]]:
    try:
        with folder.open(MANIFEST) as file:
            lines = file.read(LONGEST_LIST).decode("utf-8", "replace").splitlines()
    except _UNREADABLE:
        return {}, [Fault(MANIFEST, "cannot be read any more")]
    sums: dict[str, str] = {}
    faults = []
    for number, line in enumerate(lines, 1):
        found = _LINE.fullmatch(line)
        if found and not _leads_out(found.group(2)) and found.group(2) not in sums:
            sums[found.group(2)] = found.group(1)
        else:
            faults.append(Fault(MANIFEST, f"line {number} is no sum and name"))
    return sums, faults


def _json(folder: _Folder, name: str, kind: str, version: int) -> tuple[dict[str, Any], list[Fault]]:
    try:
        with folder.open(name) as file:
            said = json.load(io.TextIOWrapper(file, "utf-8"))
    except (ValueError, *_UNREADABLE):
        return {}, [Fault(name, "cannot be read: it is no JSON")]
    if not isinstance(said, dict) or said.get("format") != kind:
        return {}, [Fault(name, "does not say that it is a portfolio")]
    if said.get("version") != version:
        return said, [Fault(name, f"has version {said.get('version')!r}, and only {version} is known here")]
    shaped = said.get("entries" if kind == make.FORMAT else "portfolios")
    return said, [] if isinstance(shaped, list) else [Fault(name, "has no list of what is in it")]


def _sum(folder: _Folder, name: str) -> str:
    """The sum of a file's bytes, '' where they cannot be read."""
    found = hashlib.sha256()
    try:
        with folder.open(name) as file:
            while part := file.read(CHUNK):
                found.update(part)
    except _UNREADABLE:
        return ""
    return found.hexdigest()


def _leads_out(name: str) -> bool:
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or not path.parts
