"""Broken, huge, lying and wicked files: each gets its PictureProblem, and nothing of it stays on the disk."""

import random
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from journal import images
from journal.images import PictureProblem, pixels
from tests.fixtures import pictures
from tests.images.reading import NAMES, colours, near, put, rendered, segments


def problem(work: Callable[[], object]) -> str:
    """The code that the work ends with."""
    with pytest.raises(PictureProblem) as caught:
        work()
    return caught.value.code


def refused(folder: Path, data: bytes) -> str:
    """The code that preview and render both end with, leaving no file behind."""
    path = put(folder, data)
    codes = {
        problem(lambda: images.preview(path, folder / "preview.jpg")),
        problem(lambda: images.render(path, folder, NAMES)),
    }
    assert [left.name for left in folder.iterdir()] == [path.name]
    return codes.pop() if len(codes) == 1 else f"not one answer: {codes}"


OTHERS = {
    "text": b"Dear diary, " * 50,
    "html": b"<!doctype html><script>alert(1)</script>" * 5,
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "svg with xml line": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "pdf": b"%PDF-1.7\n1 0 obj\n<< >>\nendobj",
    "zip": b"PK\x03\x04" + bytes(60),
    "program": b"\x7fELF\x02\x01\x01" + bytes(80),
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "bmp": pictures.saved(pictures.scene(20, 20), "BMP"),
    "tiff": pictures.saved(pictures.scene(20, 20), "TIFF"),
    "video": b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(40),
    "wave": b"RIFF\x24\0\0\0WAVEfmt " + bytes(40),
    "one byte": b"\xff",
    "nuls": bytes(2000),
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_no_picture_of_ours_is_refused_by_its_bytes(name: str, tmp_path: Path) -> None:
    assert images.sniff(OTHERS[name][:64]) is None
    assert refused(tmp_path, OTHERS[name]) == "not_a_picture"
    assert problem(lambda: images.look(tmp_path / "upload.bin")) == "not_a_picture"


def test_no_bytes_and_too_many_bytes(tmp_path: Path) -> None:
    assert refused(tmp_path, b"") == "empty"
    longest = pictures.jpeg() + bytes(images.MAX_BYTES)
    assert refused(tmp_path, longest) == "too_big"
    rendered(tmp_path / "fits", longest[: images.MAX_BYTES], {"small": "s"})


def _webp_canvas(side: int) -> bytes:
    canvas = (side - 1).to_bytes(3, "little") * 2
    return b"RIFF\x40\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0" + canvas + bytes(40)


BOMBS = {
    "png of 81 megapixels in 10 KB": lambda: pictures.bomb_png(9000),
    "png of 256 megapixels": lambda: pictures.bomb_png(16_000),
    "gif of a huge screen": lambda: b"GIF89a\xff\xff\xff\xff\x80\0\0" + pictures.gif()[13:],
    "webp of a huge canvas": lambda: _webp_canvas(16_384),
    "plain jpeg": lambda: pictures.jpeg(Image.new("L", (8000, 8000))),
    "progressive jpeg": lambda: pictures.jpeg(Image.new("L", (7200, 7200)), progressive=True),
}


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_told_by_their_pixels(name: str, tmp_path: Path) -> None:
    assert refused(tmp_path, BOMBS[name]()) == "too_many_pixels"
    assert problem(lambda: images.look(tmp_path / "upload.bin")) == "too_many_pixels"


def _noise() -> Image.Image:
    """A picture that hardly shrinks, so that every cut goes through the pixels."""
    return Image.frombytes("RGB", (160, 120), random.Random(7).randbytes(160 * 120 * 3))


CUTTABLE = {
    "jpeg": lambda: pictures.jpeg(_noise(), gps=True),
    "progressive": lambda: pictures.jpeg(_noise(), progressive=True),
    "png": lambda: pictures.png(_noise()),
    "webp": lambda: pictures.webp(_noise()),
    "gif": lambda: pictures.gif(_noise()),
    "heic": lambda: pictures.heic(_noise()),
    "avif": lambda: pictures.avif(_noise()),
}


@pytest.mark.parametrize("name", CUTTABLE)
def test_a_file_that_was_cut_off_is_broken(name: str, tmp_path: Path) -> None:
    data = CUTTABLE[name]()
    cuts = range(2, 100, 2) if name == "jpeg" else (50, 97)
    # The preview must find it: the person is still at the page then.
    for percent in cuts:
        path = put(tmp_path, data[: len(data) * percent // 100])
        code = problem(lambda path=path: images.preview(path, tmp_path / "p.jpg"))  # type: ignore[misc]
        assert code == "broken", percent
    assert refused(tmp_path, data[: len(data) * 9 // 10]) == "broken"


@pytest.mark.parametrize(
    "data",
    [
        b"GIF89a/*" + bytes(6) + b"*/=1;alert(document.cookie)//" + bytes(50),
        b"\xff\xd8\xff\xe0" + b"<script>alert(1)</script>" * 20,
        b"\x89PNG\r\n\x1a\n" + b"<?php system('id') ?>" * 9,
        b"RIFF\xff\0\0\0WEBPVP8 " + b"=1;alert(1)//" * 9,
        b"\0\0\0\x1cftypheic\0\0\0\0mif1heic" + b"</title><script>" * 9,
        b"\0\0\0\x1cftypavif\0\0\0\0mif1avif" + b"</title><script>" * 9,
    ],
)
def test_a_right_beginning_alone_makes_no_picture(data: bytes, tmp_path: Path) -> None:
    assert refused(tmp_path, data) in {"broken", "too_many_pixels"}


def test_a_real_gif_that_is_also_a_script_becomes_a_picture_alone(tmp_path: Path) -> None:
    data = pictures.gif(comment="*/=1;alert(1)//") + b"/*</script><script>alert(1)</script>"
    for image in rendered(tmp_path, data, {"medium": "m", "small": "s"}).values():
        made = Path(image.filename).read_bytes()  # type: ignore[attr-defined]
        segments(made)
        assert b"alert" not in made


def test_exif_that_cannot_be_read_does_not_spoil_the_photo(tmp_path: Path) -> None:
    data = pictures.jpeg(gps=True, orientation=6)
    at = data.index(b"Exif\0\0") + 6
    image = rendered(tmp_path, data[:at] + b"\xff" * 40 + data[at + 40 :], {"small": "s"})["small"]
    assert all(map(near, colours(image), pictures.CORNERS))


@pytest.mark.parametrize("name", ["../../x.jpg", "x.svg", "بچہ.png", "-rf; reboot"])
def test_the_name_plays_no_part(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    path = put(folder, pictures.png(), name)
    assert images.look(path).kind == "png"
    assert images.preview(path, tmp_path / "preview.jpg").width == 320


def test_a_missing_file_and_a_missing_folder_are_our_fault_not_the_pictures(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        images.look(tmp_path / "nothing")
    for data in (pictures.jpeg(), pictures.png()):
        with pytest.raises(OSError):
            images.preview(put(tmp_path, data), tmp_path / "no folder" / "preview.jpg")


def _try(data: bytes, kind: images.Kind | None = None) -> None:
    """Everything the engine does with these bytes; as `kind` in this process, which is quicker than a child."""
    with TemporaryDirectory() as folder:
        path = put(Path(folder), data)
        try:
            if kind is None:
                images.look(path)
                images.preview(path, Path(folder, "preview.jpg"))
            else:
                made = pixels.renditions(path, kind, {"medium": Path(folder, "m")}, lambda size: None)
                segments(made[0].path.read_bytes())
        except PictureProblem:
            pass


SEEDS: dict[images.Kind, bytes] = {
    "jpeg": pictures.jpeg(_noise(), gps=True, orientation=6, icc_profile=pictures.display_p3()),
    "png": pictures.png(_noise().quantize(16), gps=True, orientation=6, icc_profile=pictures.display_p3()),
    "webp": pictures.webp(_noise(), gps=True, orientation=6, icc_profile=pictures.display_p3()),
    "gif": pictures.gif(_noise(), comment="hello"),
    "avif": pictures.avif(_noise(), gps=True, orientation=6),
    "heic": pictures.heic(_noise(), gps=True, orientation=6),
}
EDITS = st.lists(st.tuples(st.integers(0, 20_000), st.binary(max_size=4), st.integers(0, 8)), min_size=1, max_size=6)


def _edited(data: bytes, edits: list[tuple[int, bytes, int]]) -> bytes:
    for at, new, gone in edits:
        at %= len(data) + 1
        data = data[:at] + new + data[at + gone :]
    return data


@given(st.binary(max_size=300))
@example(b"")
def test_random_bytes_are_a_picture_problem(data: bytes) -> None:
    _try(data)


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow's, about EXIF that was spoilt
@given(st.sampled_from(["jpeg", "png", "webp", "gif", "avif"]), EDITS)
@settings(max_examples=300)
def test_mutated_pictures_are_pictures_or_a_picture_problem(
    kind: images.Kind, edits: list[tuple[int, bytes, int]]
) -> None:
    _try(_edited(SEEDS[kind], edits), kind)


@given(st.sampled_from(sorted(SEEDS)), EDITS)
@settings(max_examples=20)
def test_mutated_pictures_through_the_front_door(kind: images.Kind, edits: list[tuple[int, bytes, int]]) -> None:
    _try(_edited(SEEDS[kind], edits))
