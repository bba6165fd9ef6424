"""One piece of work on one photo, in a process of its own: ``python -m bench.photo_alone WORK PHOTO TIMES``."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from PIL import Image

from journal.images import preview, render

THREE = {"large": 1920, "medium": 960, "small": 320}


def decode(photo: Path, _folder: Path) -> Image.Image:
    """Decode at the scale that the largest of the three sizes needs, and nothing else."""
    with Image.open(photo) as image:
        scale = THREE["large"] / max(image.size)
        image.draft("RGB", (round(image.width * scale), round(image.height * scale)))
        image.load()
        return image.copy() if image.readonly else image


def sized(photo: Path, _folder: Path) -> list[Image.Image]:
    """Decode so and shrink to three sizes, one from the other, without writing them: not turned, no profile."""
    made = [decode(photo, _folder)]
    for longest in THREE.values():
        scale = longest / max(made[-1].size)
        size = round(made[-1].width * scale), round(made[-1].height * scale)
        made.append(made[-1].resize(size, Image.Resampling.BICUBIC, reducing_gap=1.0))
    return made[1:]


def floor(photo: Path, folder: Path) -> None:
    """The same, and save the three in the plainest way."""
    for name, image in zip(THREE, sized(photo, folder), strict=True):
        image.save(folder / f"{name}.jpg", "JPEG", quality=82)


def small(photo: Path, folder: Path) -> None:
    """The picture that is there at once."""
    preview(photo, folder / "small.jpg")


def three(photo: Path, folder: Path) -> None:
    """Three sizes as the house makes them."""
    render(photo, folder, {name: f"{name}.jpg" for name in THREE})


def everything(photo: Path, folder: Path) -> None:
    """All that happens to a photo that somebody brings: the small size at once, the others by the worker."""
    small(photo, folder)
    render(photo, folder, {name: f"{name}.jpg" for name in ("master", "large", "medium")})


WORK: dict[str, Callable[[Path, Path], object]] = {
    "decode": decode,
    "sized": sized,
    "floor": floor,
    "preview": small,
    "three": three,
    "all": everything,
}


def memory() -> dict[str, float]:
    """Return what the kernel says about this process's memory, in MiB. (What ``getrusage`` says begins with the
    memory of whoever started it.)"""
    lines = (line.split() for line in Path("/proc/self/status").read_text().splitlines())
    return {words[0].rstrip(":"): int(words[1]) / 1024 for words in lines if words[-1:] == ["kB"]}


def main(work: str, photo: Path, times: int) -> None:
    """Do it so many times; print the CPU of each in milliseconds, and the peak of memory over the imports in MiB."""
    before = memory()["VmRSS"]
    cpu = []
    with TemporaryDirectory() as folder:
        for _ in range(times):
            began = process_time()
            WORK[work](photo, Path(folder))
            cpu.append((process_time() - began) * 1000)
    print(json.dumps({"cpu": cpu, "peak": memory()["VmHWM"] - before}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
