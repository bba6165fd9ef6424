"""The program that opens a foreign picture on its own; `apart.py` starts it as `python -I child.py '{...}'`.

It tells the course of its work as JSON lines. A decoder that eats memory, hangs or crashes ends only itself.
"""

import json
import resource
import sys
from dataclasses import asdict
from pathlib import Path
from types import ModuleType

if __name__ == "__main__":
    # An empty `journal` to import from: the real one would load the whole web application first.
    house = ModuleType("journal")
    house.__path__ = [str(Path(__file__).resolve().parents[1])]
    sys.modules["journal"] = house

from PIL import AvifImagePlugin, Image, WebPImagePlugin  # noqa: F401 - opens WebP by being imported

from journal.images import pixels
from journal.images.kinds import PictureProblem


def main(task: str) -> None:
    """Do one task: write the renditions named in `targets`, or only read the facts where there are none."""
    job = json.loads(task)
    path, kind, targets = Path(job["path"]), job["kind"], job["targets"]
    _load_decoders(kind)
    _limit(job["memory"], job["cpu"])
    try:
        if targets:
            paths = {size: Path(target) for size, target in targets.items()}
            made = pixels.renditions(path, kind, paths, lambda size: _tell(done=size))
            _tell(made=[asdict(one) for one in made])
        else:
            _tell(facts=asdict(pixels.facts(path, kind)))
    except PictureProblem as problem:
        _tell(problem=problem.code)
    except MemoryError:
        _tell(problem="too_hard")


def _load_decoders(kind: str) -> None:
    """Import all that the work needs while there is room."""
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # each thread would claim address space of its own
    if kind == "heic":
        import pillow_heif  # here, so that the web process never loads it

        pillow_heif.register_heif_opener(decode_threads=1, thumbnails=False)
    Image.preinit()


def _limit(memory: int, seconds: int) -> None:
    """From here on at most `memory` bytes of address space, `seconds` of processor time, and no core dump."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _tell(**event: object) -> None:
    sys.stdout.write(json.dumps(event, default=str) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
