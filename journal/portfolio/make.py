"""Making one pupil's portfolio: planned as parts, written piece by piece, judged at the end."""

import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from journal.clock import now
from journal.house import House
from journal.ids import new_id
from journal.images.names import MASTER
from journal.net import for_viewer
from journal.portfolio import inside
from journal.portfolio.archive import Archive
from journal.portfolio.as_data import as_data
from journal.portfolio.book import Book, Cover, by_month, look_files
from journal.portfolio.filenames import folder_name, photo_name
from journal.portfolio.gather import Leaf, entries_of, leaves, photo_files
from journal.portfolio.pieces import Summed
from journal.portfolio.shapes import Found, Wanted, Why
from journal.reasons import GatedSession
from journal.records import Export, ExportPart, Rendition
from journal.words import ExportState

FORMAT, VERSION = "thirdspace-portfolio", 1
MANIFEST = "manifest-sha256.txt"
BESIDE_MONTHS = 5
"""Pieces beside photos, months and looks: the whole book, the first page, what is left out, the JSON, the manifest."""

Progress = Callable[[int], None]
"""Told how many pieces there are by now; may raise, to stop."""


def plan(session: Session, eyes: GatedSession, wanted: Wanted, export: Export) -> bool:
    """Write down what is in a portfolio, part by part, in place of what was; return whether there is anything."""
    session.execute(delete(ExportPart).where(ExportPart.export_id == export.id))
    entries = inside.entries_in(eyes, wanted)
    position = photos = 0
    for batch in inside.batches(entries):
        pieces = inside.pieces_of(eyes, wanted, batch)
        rows: list[dict[str, Any]] = []
        for one in batch:
            rows.append(_row(export, position, one.entry, one.entry, one.revision))
            position += 1
            for piece in pieces[one.entry]:
                row = _row(export, position, piece.entry, piece.item, piece.revision)
                if piece.placement is not None:
                    photos += 1
                    file = photo_name(photos, one.title)
                    row |= {"placement_id": piece.placement, "attachment_id": piece.attachment, "file": file}
                rows.append(row)
                position += 1
        session.execute(insert(ExportPart), rows)
        eyes.expunge_all()
    months = sum(1 for _ in by_month(entries, wanted.scope.here))
    left_out = inside.preview(eyes, wanted).left_out
    export.left_out = {why.value: number for why, number in left_out.items()}
    export.total = photos + months + sum(1 for _ in look_files()) + BESIDE_MONTHS
    export.done, export.begun_at = 0, now()
    export.file = f"exports/{new_id().hex}.zip"
    export.state = ExportState.MAKING
    session.flush()
    return bool(entries)


def _row(export: Export, position: int, entry: UUID, item: UUID, revision: UUID) -> dict[str, Any]:
    return {
        "id": new_id(),
        "school_id": export.school_id,
        "created_at": now(),
        "export_id": export.id,
        "position": position,
        "entry_id": entry,
        "item_id": item,
        "revision_id": revision,
        "placement_id": None,
        "attachment_id": None,
        "file": "",
    }


@dataclass
class Making:
    """One portfolio that is being written."""

    house: House
    eyes: GatedSession
    wanted: Wanted
    export: Export
    archive: Archive
    cover: Cover
    progress: Progress

    def write(self) -> None:
        """Write every piece that is not there yet."""
        self.folder = folder_name(self.cover.name)
        self.book = Book(self.cover)
        self.entries = entries_of(self.eyes, self.export.id)
        for name, source in look_files():
            self._file(name, lambda out, path=source: _copy(path.read_bytes(), out))  # type: ignore[misc]
        self._photos()
        self.missing = frozenset(name.removeprefix(f"{self.folder}/") for name in self.archive.missing)
        self._pages()
        self._file("portfolio.json", self._json)
        self._file(MANIFEST, self._manifest)

    def _photos(self) -> None:
        for batch in photo_files(self.eyes, self.export.id):
            wanted = {photo for photo, _ in batch}
            kept: dict[UUID, str] = dict(
                self.eyes.execute(
                    select(Rendition.attachment_id, Rendition.file).where(
                        Rendition.attachment_id.in_(wanted), Rendition.size == MASTER
                    )
                ).all()
            )
            for photo, name in batch:
                # What has no such file is noted as missing; whether it may still be seen is asked at the end.
                source = self.house.files.path(kept.get(photo, f"gone/{photo.hex}"))
                self.archive.add_file(f"{self.folder}/{name}", source)
                self._tell()

    def _pages(self) -> None:
        months = self.book.months(self.entries)
        by_file = {f"{key}.html": many for key, many in by_month(self.entries, self.cover.zone)}
        for number, month in enumerate(months):
            before = months[number - 1] if number else None
            after = months[number + 1] if number + 1 < len(months) else None
            many = by_file[month.file]
            self._page(
                month.file,
                "month.html",
                lambda many=many: {"leaves": self._leaves(many)},  # type: ignore[misc]
                month=month.name,
                before=before,
                after=after,
            )
        chapters = lambda: {  # noqa: E731 - made when the page is, and read once
            "chapters": ((self.book.month_name(many[0].at), self._leaves(many)) for many in by_file.values())
        }
        self._page("whole-book.html", "whole.html", chapters, months=months)
        left_out = dict(self.export.left_out) | ({Why.MISSING: len(self.missing)} if self.missing else {})
        if left_out:
            self._page(
                "left-out.html",
                "left_out.html",
                lambda: {"missing": self._what_is_missing()},
                why=self.book.why(left_out),
            )
        self._page("index.html", "index.html", dict, months=months, left_out=bool(left_out))

    def _page(self, file: str, template: str, late: Callable[[], dict[str, Any]], **given: Any) -> None:
        def write(out: Summed) -> None:
            for piece in self.book.page(template, **given, **late()):
                out.write(piece)

        self._file(file, write)

    def _file(self, name: str, write: Callable[[Summed], None]) -> None:
        self.archive.add(f"{self.folder}/{name}", write)
        self._tell()

    def _tell(self) -> None:
        self.progress(len(self.archive.pieces) + len(self.archive.missing))

    def _leaves(self, entries: Iterable[Found]) -> Iterator[Leaf]:
        for leaf in leaves(self.eyes, self.wanted.viewer, self.export.id, entries, self.missing):
            self._tell()
            yield leaf

    def _what_is_missing(self) -> list[tuple[str, str]]:
        titles = {one.entry: self.book.title_of(one) for one in self.entries}
        rows = self.eyes.execute(
            select(ExportPart.file, ExportPart.entry_id)
            .where(ExportPart.export_id == self.export.id, ExportPart.file.in_(self.missing))
            .order_by(ExportPart.position)
        )
        return [(file, titles.get(entry, "")) for file, entry in rows]

    def _json(self, out: Summed) -> None:
        cover = self.cover
        sums = {name.removeprefix(f"{self.folder}/"): piece.sha256 for name, piece in self.archive.pieces.items()}
        head = {
            "format": FORMAT,
            "version": VERSION,
            "made_at": cover.made.isoformat(),
            "school": cover.school,
            "pupil": {"name": cover.name},
            "made_for": {"as": cover.stand.value, "name": cover.reader},
            "language": cover.language,
            "scope": self.export.scope,
            "left_out": dict(self.export.left_out) | ({Why.MISSING: len(self.missing)} if self.missing else {}),
        }
        out.write(json.dumps(head, ensure_ascii=False, indent=1)[:-2].encode() + b',\n "entries": [')
        between = b"\n"
        for leaf in self._leaves(self.entries):
            out.write(between + json.dumps(as_data(leaf, self.book, sums), ensure_ascii=False).encode())
            between = b",\n"
        out.write(b"\n ]\n}\n")

    def _manifest(self, out: Summed) -> None:
        write_manifest(self.archive, self.folder, out)


def write_manifest(archive: Archive, folder: str, out: Summed) -> None:
    """Write the sums of all that is in the folder so far, as ``sha256sum -c`` reads them."""
    for name, piece in sorted(archive.pieces.items()):
        out.write(f"{piece.sha256}  {name.removeprefix(f'{folder}/')}\n".encode())


def write_one(session: Session, house: House, wanted: Wanted, export: Export, cover: Cover, progress: Progress) -> None:
    """Write a planned portfolio, and finish its file. What was written before an interruption stays."""
    assert export.file is not None  # noqa: S101 - the plan names it
    archive = Archive(house.files.path(export.file), (export.begun_at or export.created_at).astimezone(cover.zone))
    try:
        if not archive.finished:
            with for_viewer(session, wanted.viewer) as eyes:  # type: ignore[arg-type] # the worker's is one
                Making(house, eyes, wanted, export, archive, cover, progress).write()
        export.bytes, export.sha256 = archive.finish()
        if archive.missing:
            export.left_out = export.left_out | {Why.MISSING.value: len(archive.missing)}
    finally:
        archive.close()


class Every:
    """Calls something now and then, at most once in so many seconds of this process's own clock."""

    def __init__(self, seconds: float, call: Progress) -> None:
        self._seconds, self._call, self._last = seconds, call, 0.0

    def __call__(self, done: int) -> None:
        """Call it, if it is time."""
        if time.monotonic() - self._last >= self._seconds:
            self._call(done)
            self._last = time.monotonic()


def _copy(data: bytes, out: Summed) -> None:
    out.write(data)
