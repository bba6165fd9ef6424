"""A worry as a file for the school's own case system: a ZIP of JSON, HTML and pictures (docs/concern-format.md)."""

import json
import zipfile
from datetime import date, datetime
from typing import IO, Any
from uuid import UUID

from journal.clock import now
from journal.records import SnapshotPicture
from journal.safeguarding.reading import Told
from journal.safeguarding.shapes import Case
from journal.store.files import Files
from journal.words import About

FORMAT = 1
"""Grows when a reader of the old form would misunderstand the new one."""

FIXED = (1980, 1, 1, 0, 0, 0)
"""The moment on every part of the ZIP: when it was made stands inside."""


def write_file(out: IO[bytes], found: Case, school: str, page: str, style: str, files: Files) -> None:
    """Write the ZIP: ``concern.json``, ``concern.html`` with its style, and the kept pictures.

    A picture whose file is gone is left out; the JSON names it, and says that it is missing.
    """
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        there = {one.id for one in found.pictures if _add(archive, one, files)}
        whole = json.dumps(content(found, school, there), ensure_ascii=False, indent=1)
        for name, text in (("concern.json", whole), ("concern.html", page), ("concern.css", style)):
            archive.writestr(zipfile.ZipInfo(name, FIXED), text, zipfile.ZIP_DEFLATED)


def content(found: Case, school: str, there: set[UUID]) -> dict[str, Any]:
    """Return what stands in ``concern.json``. Moments are ISO 8601 in UTC, days ISO dates, ids UUIDs."""
    return {
        "format": FORMAT,
        "made_at": _at(now()),
        "school": school,
        "id": str(found.concern.id),
        "state": found.case.state,
        "closed_at": _at(found.case.closed_at),
        "taken_care_of_by": found.name(found.case.assigned_id),
        "about": [
            {"name": found.name(member), "how": how}
            for member, (how, _) in found.about.items()
            if how is not About.NEAR
        ],
        "told": [_told(found, one, there) for one in found.told],
        "course": [
            {"at": _at(one.at), "by": found.name(one.by), "what": one.what, "words": one.words,
             "about": found.name(one.about)}
            for one in found.course
        ],
        "steps": [
            {"words": one.words, "who": found.name(one.who), "due_on": _day(one.due), "done_at": _at(one.done),
             "done_by": found.name(one.done_by)}
            for one in found.steps
        ],
        "holds": [
            {"on_since": _at(one.at), "by": found.name(one.by), "reason": one.reason, "review_on": _day(one.review_on),
             "all_things_of": found.name(one.pupil)}
            for one in found.holds
        ],
    }  # fmt: skip


def picture_name(picture: SnapshotPicture) -> str:
    """Return what a picture is called in the ZIP."""
    return f"pictures/{picture.concern_id.hex[-6:]}-{picture.position:02}.jpg"


def _told(found: Case, told: Told, there: set[UUID]) -> dict[str, Any]:
    one = told.concern
    return {
        "id": str(one.id),
        "at": _at(one.created_at),
        "by": one.by_name,
        "kinds": list(one.picks),
        "words": one.words,
        "contact": one.contact,
        "would_like_to_talk_with": found.name(one.talk_with_id),
        "kept": one.snapshot,
        "seal": one.seal,
        "pictures": [
            {"file": picture_name(each), "position": each.position, "sha256": each.sha256, "caption": each.caption,
             "description": each.description, "missing": each.id not in there}
            for each in found.pictures
            if each.concern_id == one.id
        ],
        "read_at": _at(one.read_at),
        "read_by": found.name(one.read_by_id),
        "answer": one.answer,
        "answered_at": _at(one.answered_at),
        "answered_by": told.answerer or "",
    }  # fmt: skip


def _add(archive: zipfile.ZipFile, picture: SnapshotPicture, files: Files) -> bool:
    try:
        body = files.path(picture.file).read_bytes()
    except OSError:
        return False
    archive.writestr(zipfile.ZipInfo(picture_name(picture), FIXED), body)
    return True


def _at(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _day(one: date | None) -> str | None:
    return one.isoformat() if one else None
