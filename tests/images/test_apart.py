"""The child is ended when it takes too much, knows nothing of us, and one picture at a time is worked on."""

import os
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest
from PIL import Image

from journal import images
from journal.images import PictureProblem, apart
from tests.fixtures import pictures
from tests.images.reading import NAMES, put


def _pretend(monkeypatch: pytest.MonkeyPatch, folder: Path, program: str, **limits: float) -> Path:
    """Puts another program in the child's place; gives a picture that would go to it."""
    script = folder / "child.py"
    script.write_text(textwrap.dedent(program))
    monkeypatch.setattr(apart, "_CHILD", script)
    monkeypatch.setattr(apart, "LIMITS", apart.Limits(**limits))  # type: ignore[arg-type]
    return put(folder, pictures.png())


def test_a_child_that_eats_memory_is_told_as_too_hard(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = put(tmp_path, pictures.png(Image.new("RGB", (7000, 7000))))
    monkeypatch.setattr(apart, "LIMITS", apart.Limits(memory=150 * 1024**2))
    with pytest.raises(PictureProblem, match="too_hard"):
        images.render(path, tmp_path, NAMES)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("kind", ["webp", "avif", "heic", "gif"])
def test_each_decoder_short_of_memory_ends_in_a_picture_problem(
    kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    data = getattr(pictures, kind)(Image.new("RGB", (3000, 3000)))
    monkeypatch.setattr(apart, "LIMITS", apart.Limits(memory=80 * 1024**2))
    with pytest.raises(PictureProblem) as caught:
        images.preview(put(tmp_path, data), tmp_path / "preview.jpg")
    # libwebp and libheif do not always say that memory was what they lacked.
    assert caught.value.code in ({"too_hard"} if kind in ("avif", "gif") else {"too_hard", "broken"})


def test_a_child_that_hangs_is_ended_by_the_clock(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = _pretend(monkeypatch, tmp_path, "import time; print('{}', flush=True); time.sleep(60)", clock=0.4)
    start = time.monotonic()
    with pytest.raises(PictureProblem, match="too_hard"):
        images.look(path)
    assert time.monotonic() - start < 5


def test_a_child_that_spins_is_ended_by_its_processor_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = f"""
        import json, runpy, sys
        sys.path.insert(0, {str(Path(images.__file__).parents[2])!r})
        job = json.loads(sys.argv[1])
        runpy.run_path({str(apart._CHILD)!r})["_limit"](job["memory"], job["cpu"])
        while True: pass
    """
    path = _pretend(monkeypatch, tmp_path, program, cpu=1)
    with pytest.raises(PictureProblem, match="too_hard"):
        images.look(path)


def test_a_child_that_crashes_is_told_as_too_hard_and_a_wrong_installation_as_our_fault(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = _pretend(monkeypatch, tmp_path, "import os; os.abort()")
    with pytest.raises(PictureProblem, match="too_hard"):
        images.look(path)
    path = _pretend(monkeypatch, tmp_path, "import not_there")
    with pytest.raises(OSError, match="by itself"):
        images.look(path)


def test_a_child_inherits_neither_secrets_nor_open_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = """
        import json, os
        print(json.dumps({"done": [sorted(os.environ), os.listdir("/proc/self/fd"), os.getcwd()]}))
    """
    path = _pretend(monkeypatch, tmp_path, program)
    monkeypatch.setenv("SECRET_KEY", "hunter2")
    seen: list[object] = []
    with (tmp_path / "open").open("w") as file:
        os.set_inheritable(file.fileno(), True)
        with pytest.raises(PictureProblem):
            images.render(path, tmp_path, NAMES, seen.append)
    environment, files, folder = seen[0]  # type: ignore[misc]
    assert set(environment) <= {"LANG", "LC_CTYPE", "MALLOC_ARENA_MAX", "PATH"}
    assert len(files) == 4, "the three standard ones, and the listing itself"
    assert folder == "/"


def test_the_child_does_not_load_the_web_application() -> None:
    program = f"""
        import runpy, sys
        sys.argv = ["child.py", '{{"path": "/", "kind": "png", "targets": {{}}, "memory": 1, "cpu": 1}}']
        import resource; resource.setrlimit = lambda *limits: None
        runpy.run_path({str(apart._CHILD)!r}, run_name="__main__")
        print([name for name in sys.modules if name.split(".")[0] in ("flask", "sqlalchemy", "babel")])
    """
    done = subprocess.run(
        [sys.executable, "-I", "-c", textwrap.dedent(program)], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_one_picture_at_a_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = _pretend(monkeypatch, tmp_path, "import time; time.sleep(0.3)")
    start = time.monotonic()

    def look() -> None:
        with pytest.raises(PictureProblem):
            images.look(path)

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert time.monotonic() - start > 0.9


MEASURE = """
    import resource, sys
    from pathlib import Path
    from journal import images

    def peak():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    path, before = Path(sys.argv[1]), peak()
    images.preview(path, path.with_name("preview.jpg"))
    made = images.render(path, path.parent, {size: size for size in images.SIZES})
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(peak() - before, children, made[0].width, made[0].height)
"""


def _measured(path: Path) -> tuple[float, float, tuple[int, int]]:
    """Growth of this process over its imports and peak of its children, both in MiB, and the master's sides."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(MEASURE), str(path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(images.__file__).parents[2],
    )
    own, children, width, height = done.stdout.split()
    return float(own), float(children), (int(width), int(height))


@pytest.mark.parametrize(
    ("sides", "master"),
    [((8660, 5773), (2560, 3840)), ((7071, 7071), (3536, 3536)), ((4032, 3024), (2880, 3840))],
)
def test_a_very_big_jpeg_within_100_mb(sides: tuple[int, int], master: tuple[int, int], tmp_path: Path) -> None:
    picture = Image.effect_noise((500, 500), 50).convert("RGB").resize(sides, Image.Resampling.NEAREST)
    data = pictures.jpeg(picture, orientation=6, gps=True, icc_profile=pictures.display_p3())
    own, children, made = _measured(put(tmp_path, data))
    assert (made, children) == (master, 0)
    assert own <= 100


def test_a_progressive_jpeg_does_not_burden_this_process(tmp_path: Path) -> None:
    data = pictures.jpeg(Image.new("L", (8660, 5773)), progressive=True)
    own, children, made = _measured(put(tmp_path, data))
    assert made == (3840, 2560)
    assert own <= 10
    assert 0 < children <= 1024


def test_50_megapixels_of_the_hungriest_type_fit_into_the_child(tmp_path: Path) -> None:
    data = pictures.webp(Image.new("RGBA", (8660, 5773)), lossless=True, quality=0, method=0)
    own, children, made = _measured(put(tmp_path, data))
    assert made == (3840, 2560)
    assert own <= 10
    assert 500 < children <= 1024
