"""Runs `child.py`: a foreign picture in a process of its own, short of time and of memory."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from journal.images.kinds import Facts, Kind, PictureProblem, Rendition

_CHILD = Path(__file__).with_name("child.py")
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1"}
_LONGEST_LINE = 100_000  # bytes


@dataclass(frozen=True)
class Limits:
    """What a child may use: bytes of address space, seconds of processor time, seconds on the clock."""

    memory: int = 1024**3
    cpu: int = 30
    clock: float = 60.0


LIMITS = Limits()


def facts(path: Path, kind: Kind) -> Facts:
    """Read the header in a child. Raises PictureProblem."""
    with _child(path, kind, {}) as events:
        for event in events:
            if "facts" in event:
                return Facts(**event["facts"])
    raise PictureProblem("too_hard")


def renditions(path: Path, kind: Kind, targets: Mapping[str, Path], progress: Callable[[str], None]) -> list[Rendition]:
    """As `pixels.renditions`, in a child. Raises PictureProblem, and OSError when the child cannot write."""
    with _child(path, kind, targets) as events:
        for event in events:
            if "done" in event:
                progress(event["done"])
            if "made" in event:
                return [Rendition(**{**one, "path": Path(one["path"])}) for one in event["made"]]
    raise PictureProblem("too_hard")


@contextmanager
def _child(path: Path, kind: Kind, targets: Mapping[str, Path]) -> Iterator[Iterator[dict[str, Any]]]:
    """Start a child and give the lines it tells; it never outlives this block."""
    job = {
        "path": str(path.resolve()),
        "kind": kind,
        "targets": {size: str(target.resolve()) for size, target in targets.items()},
        "memory": LIMITS.memory,
        "cpu": LIMITS.cpu,
    }
    process = subprocess.Popen(  # noqa: S603 - our own program, and no shell
        [sys.executable, "-I", str(_CHILD), json.dumps(job)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_ENVIRONMENT,
        cwd="/",
    )
    clock = threading.Timer(LIMITS.clock, process.kill)
    clock.start()
    try:
        yield _events(process)
    finally:
        clock.cancel()
        process.kill()
        process.communicate()


def _events(process: subprocess.Popen[bytes]) -> Iterator[dict[str, Any]]:
    told = cast(IO[bytes], process.stdout)
    while line := told.readline(_LONGEST_LINE):
        event = json.loads(line)
        if "problem" in event:
            raise PictureProblem(event["problem"])
        yield event
    # Below zero a signal ended it: time, memory or a crash, which is the picture's doing.
    if process.wait() > 0:
        raise OSError("the picture's process failed by itself: no room on the disk, or not installed well")
