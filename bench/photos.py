"""Photos of 12 and 48 megapixels: the small picture at once, all sizes, time and memory, beside the bare decode.

Each piece of work runs in a process of its own, so that its peak of memory is its own.
"""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from random import Random

from PIL import Image, ImageCms, ImageFilter

from bench.rows import Row, percentile, row
from bench.schools import Schools

PHOTOS = {"12 MP": (4000, 3000), "48 MP": (8000, 6000)}
TIMES = 5
CHAIN = 1.6
_PREVIEW = {"12 MP": 60.0}
_CPU = {"12 MP": 260.0, "48 MP": 450.0}
_MEMORY = {"12 MP": 60.0, "48 MP": 80.0}
_ORIENTATION = 0x0112


def measure(schools: Schools) -> Iterable[Row]:
    """Return the rows of both photos."""
    rows: list[Row] = []
    for name, size in PHOTOS.items():
        path = _photo(schools.folder / f"photo-{size[0]}.jpg", size)
        found = {work: _alone(work, path) for work in ("decode", "sized", "floor", "preview", "three", "all")}
        rows += _rows(name, found)
    return rows


def _rows(name: str, found: dict[str, tuple[float, float]]) -> Iterable[Row]:
    decode, floor = found["decode"], found["floor"]
    three, everything = found["three"], found["all"]
    return [
        row(f"photo of {name}: bare decode at reduced scale, CPU", decode[0], "ms", f"peak {decode[1]:.0f} MiB"),
        row(f"photo of {name}: the same and three bare sizes of it, CPU", floor[0], "ms", f"peak {floor[1]:.0f} MiB"),
        row(f"photo of {name}: preview, CPU", found["preview"][0], "ms", most=_PREVIEW.get(name)),
        row(f"photo of {name}: three sizes, CPU", three[0], "ms", most=_CPU[name]),
        row(f"photo of {name}: three sizes, peak memory", three[1], "MiB", most=_MEMORY[name]),
        row(f"photo of {name}: preview, three sizes and master, CPU", everything[0], "ms"),
        row(f"photo of {name}: preview, three sizes and master, peak memory", everything[1], "MiB"),
        row(
            f"photo of {name}: three sizes against the bare decode",
            three[0] / decode[0],
            "times",
            _why(found),
            most=CHAIN,
        ),
        row(f"photo of {name}: three sizes against the same done barely", three[0] / floor[0], "times", most=CHAIN),
        row(f"photo of {name}: three sizes against the same done barely, memory", three[1] / floor[1], "times"),
    ]


def _why(found: dict[str, tuple[float, float]]) -> str:
    """What the chain cannot do without, as multiples of the bare decode."""
    decode, sized, floor = (found[work][0] for work in ("decode", "sized", "floor"))
    shrinking, writing = (sized - decode) / decode, (floor - sized) / decode
    return f"barely done: {floor / decode:.1f} times, of which shrinking {shrinking:.1f} and writing {writing:.1f}"


def _alone(work: str, path: Path) -> tuple[float, float]:
    """Return the usual CPU in milliseconds and the peak in MiB of a piece of work in a process of its own."""
    said = subprocess.run(
        [sys.executable, "-m", "bench.photo_alone", work, str(path), str(TIMES)],
        check=True,
        capture_output=True,
        text=True,
    )
    found = json.loads(said.stdout)
    return percentile(found["cpu"], 0.5), found["peak"]


def _photo(path: Path, size: tuple[int, int]) -> Path:
    """A photo as a telephone takes it: noise, a profile, lying on its side. Kept from run to run."""
    if path.exists():
        return path
    draw = Random(7)
    small = Image.frombytes("RGB", (500, 375), bytes(draw.getrandbits(8) for _ in range(500 * 375 * 3)))
    large = small.filter(ImageFilter.GaussianBlur(2)).resize(size, Image.Resampling.BICUBIC)
    grain = Image.effect_noise(size, 24).convert("RGB")
    exif = Image.Exif()
    exif[_ORIENTATION] = 6
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.blend(large, grain, 0.25).save(path, "JPEG", quality=88, exif=exif, icc_profile=profile)
    return path
