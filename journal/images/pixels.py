"""What is done to the pixels: decode small, make opaque, shrink, turn upright, make sRGB, save bare."""

import hashlib
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from itertools import chain, product
from pathlib import Path

from PIL import Image, ImageChops, ImageCms

from journal.images.kinds import MAX_PIXELS, SIZES, Facts, Kind, PictureProblem, Rendition

_PILLOW: Mapping[Kind, str] = {
    "jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF", "heic": "HEIF", "avif": "AVIF",
}  # fmt: skip
_ORIENTATION_TAG = 0x0112
_TURN = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_ON_ITS_SIDE = frozenset(_TURN[orientation] for orientation in (5, 6, 7, 8))
_FROM_THE_END = frozenset(_TURN[orientation] for orientation in (3, 4, 6, 7))
"""Turns that bring the first row to the end."""
_SRGB = ImageCms.createProfile("sRGB")
_STEPS = 18
_CUBE = list(product(range(0, 256, 15), repeat=3))
_STRIP_ROWS = 64
_HALVED_PIXELS = 43_000_000

# Pillow by itself only warns between one and two times its limit. (`opened` counts the pixels as well, for a
# program that has put other warning filters in front of this one.)
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


def fit(size: tuple[int, int], longest: int) -> tuple[int, int]:
    """The sides that fit into `longest` by `longest` pixels; never bigger than `size`."""
    scale = min(1.0, longest / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def drafted(size: tuple[int, int], longest: int) -> tuple[int, int]:
    """The least size a JPEG is decoded to on the way to `longest`, as a box for `Image.draft`.

    libjpeg halves while it decodes, nearly for free. For the master of a very big JPEG 15 % below the wished size
    is accepted for that: so all of them are halved, whatever their shape, and stay within their memory.
    """
    width, height = fit(size, longest)
    percent = 85 if longest == SIZES["master"] and size[0] * size[1] > _HALVED_PIXELS else 100
    return max(1, width * percent // 100), max(1, height * percent // 100)


def facts(path: Path, kind: Kind) -> Facts:
    """Read the header alone. Raises PictureProblem."""
    with opened(path, kind) as image:
        width, height = image.size
        if _orientation(image) >= 5:
            width, height = height, width
    return Facts(kind, width, height)


def renditions(path: Path, kind: Kind, targets: Mapping[str, Path], progress: Callable[[str], None]) -> list[Rendition]:
    """Write the JPEG of each size in `targets`, biggest first, and tell `progress` each size done.

    Raises PictureProblem for the file's faults, OSError for the disk's.
    """
    wanted = [size for size in SIZES if size in targets]
    image = _decoded(path, kind, SIZES[wanted[0]])
    made = []
    for size in wanted:
        image = _shrunk(image, SIZES[size])
        made.append(_saved(image, size, targets[size]))
        progress(size)
    return made


@contextmanager
def opened(path: Path, kind: Kind) -> Iterator[Image.Image]:
    """Open as `kind` and nothing else, within the pixel cap; what fails inside is the picture's fault."""
    try:
        with path.open("rb") as file:
            if kind == "webp":
                # Pillow's WebP reader makes room for the canvas before it tells how big it is.
                _check_size(_webp_size(file.read(30)))
                file.seek(0)
            with Image.open(file, formats=(_PILLOW[kind],)) as image:
                _check_size(image.size)
                yield image
    except PictureProblem:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise PictureProblem("too_many_pixels") from error
    except (FileNotFoundError, PermissionError):
        raise
    except Exception as error:
        # Decoders meeting hostile bytes raise nearly anything.
        raise PictureProblem("too_hard" if _out_of_memory(error) else "broken") from error


def _check_size(size: tuple[int, int]) -> None:
    if size[0] * size[1] > MAX_PIXELS:
        raise PictureProblem("too_many_pixels")
    if min(size) < 1:
        raise PictureProblem("broken")


def _webp_size(head: bytes) -> tuple[int, int]:
    """The canvas a WebP's first 30 bytes announce."""
    little = int.from_bytes
    match head[12:16]:
        case b"VP8X":
            return little(head[24:27], "little") + 1, little(head[27:30], "little") + 1
        case b"VP8L":
            sides = little(head[21:25], "little")
            return (sides & 0x3FFF) + 1, (sides >> 14 & 0x3FFF) + 1
        case b"VP8 ":
            return little(head[26:28], "little") & 0x3FFF, little(head[28:30], "little") & 0x3FFF
    raise PictureProblem("broken")


def _out_of_memory(error: Exception) -> bool:
    """libheif and libavif tell of full memory in words only."""
    return isinstance(error, MemoryError) or re.search(r"out of memory|alloc", str(error), re.I) is not None


def _orientation(image: Image.Image) -> int:
    """EXIF orientation 1 to 8; 1 where it is missing or unreadable. HEIC comes turned already."""
    try:
        value = image.getexif().get(_ORIENTATION_TAG, 1)
    except Exception:  # noqa: BLE001 - a photo with broken EXIF is still a photo
        return 1
    return value if value in _TURN else 1


def _decoded(path: Path, kind: Kind, longest: int) -> Image.Image:
    """The first frame in sRGB or grey, upright, opaque, at most `longest` pixels long."""
    small, icc, turn = _decoded_raw(path, kind, longest)
    return _srgb(small if turn is None else _turned(small, turn), icc)


def _decoded_raw(path: Path, kind: Kind, longest: int) -> tuple[Image.Image, bytes | None, Image.Transpose | None]:
    """With its profile and the turn that it still needs. On its own, so that the big image is gone after it."""
    with opened(path, kind) as image:
        if kind == "jpeg":
            image.draft(None, drafted(image.size, longest))
        image.load()
        _check_size(image.size)  # a GIF's first frame may be bigger than its screen
        icc, turn = image.info.get("icc_profile"), _TURN.get(_orientation(image))
        if fit(image.size, longest) == image.size:
            return _opaque(image), icc, turn
        return _shrunk(_opaque(image), longest, turn), icc, None


def _opaque(image: Image.Image) -> Image.Image:
    """In mode L, RGB or CMYK, with what was transparent on white."""
    if image.has_transparency_data:
        page = Image.new("RGB", image.size, "white")
        layer = image if image.mode == "RGBA" else image.convert("RGBA")
        page.paste(layer, mask=layer)
        return page
    if image.mode.startswith("I"):  # 16 bits of grey, which convert("L") would clip
        return image.point(lambda value: value * (1 / 256)).convert("L")
    if image.mode == "1":
        return image.convert("L")
    return image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")


def _shrunk(image: Image.Image, longest: int, turn: Image.Transpose | None = None) -> Image.Image:
    """At most `longest` pixels long, and turned where it is made smaller.

    In strips: resizing in one go would hold a third big image half-way, and a strip is turned while it is at hand.
    """
    (width, height), (from_width, from_height) = fit(image.size, longest), image.size
    if (width, height) == image.size:
        return image
    result = Image.new(image.mode, (height, width) if turn in _ON_ITS_SIDE else (width, height))
    for top in range(0, height, _STRIP_ROWS):
        bottom = min(top + _STRIP_ROWS, height)
        box = (0, top * from_height / height, from_width, bottom * from_height / height)
        strip = image.resize((width, bottom - top), Image.Resampling.BICUBIC, box, reducing_gap=1.0)
        if turn is not None:
            strip = strip.transpose(turn)
        start = height - bottom if turn in _FROM_THE_END else top
        result.paste(strip, (start, 0) if turn in _ON_ITS_SIDE else (0, start))
    return result


def _turned(image: Image.Image, turn: Image.Transpose) -> Image.Image:
    """Upright. Band by band and emptying `image`, since two big images would not fit into the memory."""
    mode, bands = image.mode, image.split()
    image.close()
    bands = tuple(band.transpose(turn) for band in bands)
    return Image.merge(mode, bands)


def _srgb(image: Image.Image, icc: bytes | None) -> Image.Image:
    """Colours through the embedded profile to sRGB; a profile that cannot be used is passed over."""
    if icc and not (image.mode == "RGB" and _changes_nothing(icc)):
        try:
            profile = ImageCms.ImageCmsProfile(BytesIO(icc))
            if profile.profile.xcolor_space == "RGB " and image.mode == "L":
                image = image.convert("RGB")
            in_place = image.mode == "RGB"  # for which no second copy is needed
            image = ImageCms.profileToProfile(image, profile, _SRGB, outputMode="RGB", inPlace=in_place) or image
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    return image if image.mode in ("L", "RGB") else image.convert("RGB")


@lru_cache(maxsize=8)  # most of a school's photos come from a few cameras
def _changes_nothing(icc: bytes) -> bool:
    """Whether a profile is sRGB under whatever name: true where it moves no colour by more than a step in 255.

    Asked of colours all over the cube, which is a thousandth of a photo.
    """
    colours = Image.frombytes("RGB", (_STEPS, _STEPS**2), bytes(chain.from_iterable(_CUBE)))
    try:
        found = ImageCms.profileToProfile(colours, ImageCms.ImageCmsProfile(BytesIO(icc)), _SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return False
    return found is not None and max(ImageChops.difference(colours, found).tobytes()) <= 1


def _saved(image: Image.Image, size: str, path: Path) -> Rendition:
    image.info.clear()  # or the encoder would write comment, profile and EXIF again
    # Tables of its own make a file as small as scan by scan would, in half the time; a master's would not fit into
    # the memory.
    master = size == "master"
    image.save(path, "JPEG", quality=90 if master else 82, optimize=not master, exif=b"")
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Rendition(size, path, image.width, image.height, path.stat().st_size, digest)
