"""Nothing but the picture is in any byte that is served: read segment by segment."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from journal import images
from tests.fixtures import pictures
from tests.images.reading import NAMES, put, segments

JFIF, TABLES, FRAMES, SCAN = 0xE0, {0xDB, 0xC4, 0xDD}, {0xC0, 0xC2}, 0xDA


def _archive() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("secret.txt", pictures.PRIVATE)
    return out.getvalue()


def _two_pictures() -> bytes:
    first, second = pictures.scene(), pictures.scene(100, 100)
    return pictures.saved(first, "MPO", save_all=True, append_images=[second], exif=pictures.exif(gps=True))


TELLING = {
    "jpeg": lambda: pictures.jpeg(
        gps=True, orientation=6, comment=pictures.PRIVATE, icc_profile=pictures.display_p3(), dpi=(300, 300)
    ),
    "progressive jpeg": lambda: pictures.jpeg(gps=True, comment=pictures.PRIVATE, progressive=True),
    "jpeg that is also a zip": lambda: pictures.jpeg(gps=True, trailing=_archive()),
    "several pictures": _two_pictures,
    "png": lambda: pictures.png(gps=True, orientation=6, comment=pictures.PRIVATE, icc_profile=pictures.display_p3()),
    "webp": lambda: pictures.webp(gps=True, orientation=6, icc_profile=pictures.display_p3()),
    "gif": lambda: pictures.gif(comment=pictures.PRIVATE) + _archive(),
    "heic": lambda: pictures.heic(gps=True, orientation=6, icc_profile=pictures.display_p3()),
    "avif": lambda: pictures.avif(gps=True, orientation=6, icc_profile=pictures.display_p3()),
}


@pytest.mark.parametrize("name", TELLING)
def test_only_the_picture_is_left(name: str, tmp_path: Path) -> None:
    source = TELLING[name]()
    assert pictures.PRIVATE.encode() in source or b"GPS" in source or b"secret.txt" in source
    path = put(tmp_path, source)
    made = [*images.render(path, tmp_path, NAMES), images.preview(path, tmp_path / "preview.jpg")]
    assert len(made) == 5
    for one in made:
        data = one.path.read_bytes()
        found = segments(data)  # which also shows that nothing stands between segments or behind the end
        assert {marker for marker, _ in found} <= {JFIF, SCAN} | TABLES | FRAMES
        # One JFIF header, of 14 bytes without a thumbnail, and no trace of the camera's resolution.
        assert [body for marker, body in found if marker == JFIF] == [b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"]
        for trace in (
            pictures.PRIVATE.encode(),
            b"Exif",
            b"GPS",
            b"http",
            b"ICC_PROFILE",
            b"Photoshop",
            b"PK\3\4",
        ):
            assert trace not in data
