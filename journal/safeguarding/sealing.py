"""The seal of what was kept with a worry: one number over all of it, that shows when anything was changed since."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from journal.records import Concern, SnapshotPicture
from journal.store.files import Files


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal, and how it stands: ``broken`` where what is kept is not what was sealed."""

    words: str
    broken: bool
    missing: tuple[int, ...] = ()
    """Pictures whose files are not there any more, by their position."""
    changed: tuple[int, ...] = ()
    """Pictures whose files say something else than when they were kept."""


def seal_of(kept: dict[str, Any], pictures: Iterable[tuple[int, str, str, str]]) -> str:
    """Return SHA-256 over a snapshot and its pictures (position, sum of the file, caption, description), in hex."""
    whole = {"kept": kept, "pictures": [list(one) for one in sorted(pictures)]}
    plain = json.dumps(whole, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def sealed(pictures: Sequence[SnapshotPicture]) -> list[tuple[int, str, str, str]]:
    """Return what of pictures is under the seal."""
    return [(one.position, one.sha256, one.caption, one.description) for one in pictures]


def look_at_seal(concern: Concern, pictures: Sequence[SnapshotPicture], files: Files) -> Seal | None:
    """Work the seal out again, files and all. None where nothing was kept, or before there were seals."""
    if not concern.seal or concern.snapshot is None:
        return None
    missing, changed = [], []
    for one in pictures:
        try:
            with files.path(one.file).open("rb") as kept:
                if hashlib.file_digest(kept, "sha256").hexdigest() != one.sha256:
                    changed.append(one.position)
        except OSError:
            missing.append(one.position)
    broken = seal_of(concern.snapshot, sealed(pictures)) != concern.seal or bool(changed)
    return Seal(concern.seal, broken, tuple(missing), tuple(changed))
