"""What runs the bench, and how steady it is: a table without this says little."""

import os
import platform
import sqlite3
from collections.abc import Callable
from time import perf_counter, process_time

import psutil

from bench.rows import Row, percentile, row

_LOOPS = 200_000
_TIMES = 25
_seen: list[float] = []


def a_fixed_piece_of_work() -> int:
    """Work that is the same each time."""
    total = 0
    for number in range(_LOOPS):
        total += number * number % 7
    return total


def look() -> None:
    """Do the fixed piece of work a few times, and remember how long it took; called before each subject."""
    for _ in range(_TIMES):
        began = perf_counter()
        a_fixed_piece_of_work()
        _seen.append((perf_counter() - began) * 1000)


def rows() -> list[Row]:
    """Return what the machine is, and how much the same work differed while the bench ran."""
    memory = psutil.virtual_memory().total / 2**30
    load = os.getloadavg()[0]
    usual, slow = percentile(_seen, 0.5), percentile(_seen, 0.95)
    about = (
        f"{platform.system()}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {memory:.0f} GiB"
    )
    return [
        row("machine: cores", os.cpu_count() or 1, "", about),
        row("machine: load over the last minute", load, "", "of the whole machine, the bench included"),
        row("machine: a fixed loop, p50", usual, "ms", f"{len(_seen)} times over the run"),
        row(
            "machine: a fixed loop, p95 against p50",
            slow / usual,
            "times",
            "noise: what differs less than this may be chance",
        ),
    ]


def cpu_of(call: Callable[[], object]) -> float:
    """Return the milliseconds of CPU that this process spends on a call."""
    began = process_time()
    call()
    return (process_time() - began) * 1000
