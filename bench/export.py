"""Portfolios of a class of thirty, three thousand photos in all, and of a tenth of it: time, memory, and how they grow.

Ordered by the head and made by the product's own worker, in a process of its own, on a copy of the largest school.
"""

import json
import subprocess
import sys
from collections.abc import Iterable

from bench.rows import Row, row
from bench.schools import SIZES, Schools, sizes

PHOTOS = 3_000
_TIME_GROWTH, _MEMORY_GROWTH = 13.0, 1.3
"""For ten times the photos: a third more than ten times the time, and hardly more memory."""


def measure(schools: Schools) -> Iterable[Row]:
    """Return the rows of the whole class and of a tenth of its photos."""
    size = max(one for one in sizes() if one <= max(SIZES))
    with schools.open("SQLite", size, copied="export") as place:
        address, home = place.settings.database_url, place.settings.instance
    where = (address, str(home), str(schools.folder / "media"))
    large = _alone(*where, PHOTOS)
    small = _alone(*where, int(large["photos"]) // 10)
    rows: list[Row] = []
    for one in (small, large):
        name = f"export of a class of 30 with {one['photos']:,.0f} photos"
        note = f"a ZIP of {one['mib']:,.0f} MiB that holds one for each pupil"
        rows.append(row(f"{name}: time", one["seconds"], "s", note))
        rows.append(row(f"{name}: CPU", one["cpu"], "s"))
        rows.append(row(f"{name}: peak memory", one["peak"], "MiB", "over what the process had before"))
    name, times = "export, the whole against a tenth", large["photos"] / small["photos"]
    seconds, peak = large["seconds"] / small["seconds"], large["peak"] / small["peak"]
    rows.append(row(f"{name}: time", seconds, "times", f"{times:.1f} times the photos", most=_TIME_GROWTH))
    rows.append(row(f"{name}: peak memory", peak, "times", most=_MEMORY_GROWTH))
    return rows


def _alone(address: str, instance: str, media: str, photos: int) -> dict[str, float]:
    said = subprocess.run(
        [sys.executable, "-m", "bench.export_alone", address, instance, media, str(photos)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    found: dict[str, float] = json.loads(said.stdout.splitlines()[-1])
    return found
