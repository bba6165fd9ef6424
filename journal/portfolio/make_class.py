"""The portfolios of a class in one file, with a list of whose are in it and what was left out."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.clock import now
from journal.house import House
from journal.ids import new_id
from journal.portfolio.archive import Archive
from journal.portfolio.book import Book, Cover, look_files
from journal.portfolio.filenames import folder_name, slug
from journal.portfolio.make import MANIFEST, VERSION, Progress, write_manifest
from journal.portfolio.pieces import Summed
from journal.portfolio.scope import read
from journal.records import Export, Group, Membership, School

FORMAT = "thirdspace-class"


class PartGone(Exception):
    """A pupil's finished portfolio is not there any more: its time was over, or something in it went for good."""


@dataclass(frozen=True, slots=True)
class Line:
    """A pupil on the list: the file, '' where there is nothing in it, its kept file, and what was left out."""

    name: str
    file: str
    kept: str | None
    left_out: dict[str, int]


def write_class(session: Session, house: House, whole: Export, children: Sequence[Export], progress: Progress) -> None:
    """Put the finished portfolios of a class into one file; a pupil with nothing in it stands on the list alone.

    The list has numbers and reasons, and none of the pupils' words. It counts only what the orderer may know of.
    Raises ``PartGone`` where the file of one is not there.
    """
    if whole.file is None:
        whole.file, whole.begun_at = f"exports/{new_id().hex}.zip", now()
        session.commit()
    pupils = [child.pupil_id for child in children]
    names = dict(session.execute(select(Membership.id, Membership.name).where(Membership.id.in_(pupils))).all())
    reader, group, school = session.execute(
        select(Membership.name, Group.name, School.name)
        .select_from(Membership)
        .join(Group, Group.id == whole.group_id)
        .join(School, School.id == Group.school_id)
        .where(Membership.id == whole.ordered_by_id)
    ).one()
    lines = list(_lines([(str(names[child.pupil_id]), child) for child in children if child.pupil_id]))
    moment = whole.begun_at or whole.created_at
    zone = read(whole.scope).here
    cover = Cover(group, school, whole.stand, reader, whole.language, moment, moment, moment, zone)
    archive = Archive(house.files.path(whole.file), moment.astimezone(zone))
    try:
        if not archive.finished:
            _write(archive, house, whole, lines, cover, progress)
        whole.bytes, whole.sha256 = archive.finish()
    finally:
        archive.close()


def part_of(whole: Path, sha256: str) -> str:
    """Return what a pupil's portfolio is called in a class's file, by its sum; '' where it is not there."""
    try:
        with ZipFile(whole) as written:
            folder = PurePosixPath(written.namelist()[0]).parts[0]
            for line in written.read(f"{folder}/{MANIFEST}").decode().splitlines():
                kept, _, name = line.partition("  ")
                if kept == sha256:
                    return f"{folder}/{name}"
    except (OSError, BadZipFile, LookupError):
        pass  # a file that is not there, or not whole, holds nobody's
    return ""


def open_part(whole: Path, name: str) -> IO[bytes]:
    """Open a pupil's portfolio in a class's file, to be closed by who reads it."""
    with ZipFile(whole) as written:
        return written.open(name)


def _lines(children: Sequence[tuple[str, Export]]) -> Iterator[Line]:
    """The list, by name; two pupils of one name get numbers."""
    ordered = sorted(children, key=lambda one: (one[0].casefold(), one[1].id))
    often = Counter(slug(name) for name, _ in ordered)
    seen: Counter[str] = Counter()
    for name, child in ordered:
        words = slug(name)
        seen[words] += 1
        number = f"-{seen[words]}" if often[words] > 1 or not words else ""
        file = f"{folder_name(name)}{number}.zip" if child.bytes else ""
        yield Line(name, file, child.file if child.bytes else None, dict(child.left_out))


def _write(
    archive: Archive, house: House, whole: Export, lines: Sequence[Line], cover: Cover, progress: Progress
) -> None:
    book = Book(cover)
    folder = f"class-{slug(cover.name)}".rstrip("-")
    for done, line in enumerate(lines):
        if line.kept is not None and not archive.add_file(f"{folder}/{line.file}", house.files.path(line.kept)):
            raise PartGone
        progress(done)
    for name, source in look_files():
        data = source.read_bytes()
        archive.add(f"{folder}/{name}", lambda out, data=data: _all(out, data))  # type: ignore[misc]
    listed = [(line.name, line.file, book.why(line.left_out, line.name)) for line in lines]
    archive.add(f"{folder}/index.html", lambda out: _pieces(out, book.page("class.html", lines=listed)))
    archive.add(f"{folder}/class.json", lambda out: _all(out, _json(whole, lines, cover)))
    archive.add(f"{folder}/{MANIFEST}", lambda out: write_manifest(archive, folder, out))


def _json(whole: Export, lines: Sequence[Line], cover: Cover) -> bytes:
    said: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": cover.made.isoformat(),
        "school": cover.school,
        "class": cover.name,
        "made_for": {"as": cover.stand.value, "name": cover.reader},
        "language": cover.language,
        "scope": whole.scope,
        "portfolios": [{"pupil": one.name, "file": one.file or None, "left_out": one.left_out} for one in lines],
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode() + b"\n"


def _all(out: Summed, data: bytes) -> None:
    out.write(data)


def _pieces(out: Summed, pieces: Iterator[bytes]) -> None:
    for piece in pieces:
        out.write(piece)
