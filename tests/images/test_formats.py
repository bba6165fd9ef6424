"""What comes in as any of the six types goes out as the right JPEG: sides, way up, colours, first frame."""

import hashlib
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageCms

from journal import images
from journal.images import jpeg, pixels
from tests.fixtures import pictures
from tests.images.reading import NAMES, colours, near, put, rendered

MAKERS = {
    "jpeg": pictures.jpeg,
    "png": pictures.png,
    "webp": pictures.webp,
    "gif": pictures.gif,
    "heic": pictures.heic,
    "avif": pictures.avif,
}
# Where the scene's four corners lie once the picture is turned upright.
RED, GREEN, BLUE, WHITE = pictures.CORNERS
UPRIGHT = {
    1: [RED, GREEN, BLUE, WHITE],
    2: [GREEN, RED, WHITE, BLUE],
    3: [WHITE, BLUE, GREEN, RED],
    4: [BLUE, WHITE, RED, GREEN],
    5: [RED, BLUE, GREEN, WHITE],
    6: [BLUE, RED, WHITE, GREEN],
    7: [WHITE, GREEN, BLUE, RED],
    8: [GREEN, WHITE, RED, BLUE],
}


@pytest.mark.parametrize("kind", MAKERS)
def test_every_type_gives_facts_a_preview_and_every_size(kind: str, tmp_path: Path) -> None:
    path = put(tmp_path, MAKERS[kind](pictures.scene(1200, 900)), "holiday.exe")
    assert images.sniff(path.read_bytes()[:64]) == kind
    assert images.look(path) == images.Facts(kind, 1200, 900)  # type: ignore[arg-type]

    preview = images.preview(path, tmp_path / "preview.jpg")
    assert (preview.size, preview.width, preview.height) == ("small", 320, 240)

    done: list[str] = []
    made = images.render(path, tmp_path, NAMES, done.append)
    assert done == ["master", "large", "medium", "small"] == [one.size for one in made]
    assert [(one.width, one.height) for one in made] == [(1200, 900), (1200, 900), (960, 720), (320, 240)]
    for one in made:
        data = one.path.read_bytes()
        assert (one.bytes, one.sha256) == (len(data), hashlib.sha256(data).hexdigest())
        with Image.open(one.path) as image:
            assert (image.format, image.size) == ("JPEG", (one.width, one.height))
            for seen, meant in zip(colours(image), pictures.CORNERS, strict=True):
                assert near(seen, meant, 12), (one.size, colours(image))


@pytest.mark.parametrize("orientation", UPRIGHT)
def test_a_jpeg_is_turned_upright(orientation: int, tmp_path: Path) -> None:
    data = pictures.jpeg(orientation=orientation)
    sides = (640, 480) if orientation < 5 else (480, 640)
    facts = images.look(put(tmp_path, data))
    assert (facts.width, facts.height) == sides
    for image in rendered(tmp_path, data, {"master": "m", "small": "s"}).values():
        assert all(map(near, colours(image), UPRIGHT[orientation]))
        assert (image.width < image.height) == (orientation >= 5)


@pytest.mark.parametrize("kind", ["png", "webp", "heic", "avif"])
@pytest.mark.parametrize("orientation", [5, 6])
def test_other_types_are_turned_once(kind: str, orientation: int, tmp_path: Path) -> None:
    data = MAKERS[kind](orientation=orientation)  # type: ignore[operator]
    facts = images.look(put(tmp_path, data))
    image = rendered(tmp_path, data, {"medium": "m"})["medium"]
    assert (facts.width, facts.height) == image.size == (480, 640)
    assert all(near(seen, meant, 12) for seen, meant in zip(colours(image), UPRIGHT[orientation], strict=True))


# A flat colour in Display P3, and what CSS Color 4's matrices make of it in sRGB.
P3_AND_SRGB = [((234, 51, 35), (255, 0, 0)), ((117, 251, 76), (0, 255, 0)), ((200, 120, 90), (213, 115, 83))]


@pytest.mark.parametrize(("stored", "meant"), P3_AND_SRGB)
@pytest.mark.parametrize("kind", ["jpeg", "heic"])
def test_display_p3_is_shown_in_its_right_colours(
    kind: str, stored: tuple[int, int, int], meant: tuple[int, int, int], tmp_path: Path
) -> None:
    flat = Image.new("RGB", (400, 300), stored)
    data = MAKERS[kind](flat, icc_profile=pictures.display_p3())  # type: ignore[operator]
    for image in rendered(tmp_path, data, {"master": "m", "small": "s"}).values():
        assert near(image.getpixel((200, 90)), meant, 7), image.getpixel((200, 90))  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["png", "webp", "avif"])
def test_display_p3_in_the_other_types(kind: str, tmp_path: Path) -> None:
    flat = Image.new("RGB", (400, 300), P3_AND_SRGB[2][0])
    data = MAKERS[kind](flat, icc_profile=pictures.display_p3())  # type: ignore[operator]
    image = rendered(tmp_path, data, {"small": "s"})["small"]
    assert near(image.getpixel((9, 9)), P3_AND_SRGB[2][1], 7)  # type: ignore[arg-type]


@pytest.mark.parametrize("profile", [b"", b"no profile at all", pictures.display_p3()[:200]])
def test_a_profile_that_cannot_be_used_is_passed_over(profile: bytes, tmp_path: Path) -> None:
    image = rendered(tmp_path, pictures.jpeg(icc_profile=profile), {"small": "s"})["small"]
    assert all(map(near, colours(image), pictures.CORNERS))


def _sixteen_bits() -> Image.Image:
    ramp = Image.new("I;16", (2, 2))
    for at, value in enumerate((0, 20_000, 40_000, 65_535)):
        ramp.putpixel((at % 2, at // 2), value)
    return ramp.resize((640, 480), Image.Resampling.NEAREST)


GREYS = [(0, 0, 0), (78, 78, 78), (156, 156, 156), (255, 255, 255)]
SEE_THROUGH = [(255, 128, 128), WHITE, BLUE, WHITE]  # half of red, none of green, all of blue and white


def _see_through(mode: str) -> Image.Image:
    image = Image.new("RGBA", (2, 2))
    image.putdata([(255, 0, 0, 127), (0, 255, 0, 0), (0, 0, 255, 255), (255, 255, 255, 255)])
    return image.resize((640, 480), Image.Resampling.NEAREST).convert(mode)


def _palette_with_hole() -> Image.Image:
    image = Image.new("P", (2, 2))
    image.putpalette([0, 255, 0, 255, 0, 0, 0, 0, 255, 255, 255, 255])
    image.putdata([1, 0, 2, 3])
    image.info["transparency"] = 0
    return image.resize((640, 480), Image.Resampling.NEAREST)


MODES = {
    "palette": (lambda: pictures.png(pictures.scene().convert("P")), list(pictures.CORNERS)),
    "palette with a hole": (lambda: pictures.png(_palette_with_hole()), [RED, WHITE, BLUE, WHITE]),
    "gif with a hole": (lambda: pictures.gif(_palette_with_hole()), [RED, WHITE, BLUE, WHITE]),
    "rgba": (lambda: pictures.png(_see_through("RGBA")), SEE_THROUGH),
    "webp with alpha": (lambda: pictures.webp(_see_through("RGBA"), lossless=True), SEE_THROUGH),
    "avif with alpha": (lambda: pictures.avif(_see_through("RGBA"), quality=95), SEE_THROUGH),
    "heic with alpha": (lambda: pictures.heic(_see_through("RGBA"), quality=95), SEE_THROUGH),
    "grey with alpha": (
        lambda: pictures.png(_see_through("LA")),
        [(165, 165, 165), WHITE, (29, 29, 29), WHITE],
    ),
    "16 bits of grey": (lambda: pictures.png(_sixteen_bits()), GREYS),
    "one bit": (
        lambda: pictures.png(pictures.scene().getchannel("R").convert("1")),
        [WHITE, (0, 0, 0), (0, 0, 0), WHITE],
    ),
    "grey jpeg": (
        lambda: pictures.jpeg(pictures.scene().convert("L")),
        [(76,) * 3, (150,) * 3, (29,) * 3, (255,) * 3],
    ),
    "cmyk jpeg": (lambda: pictures.jpeg(pictures.scene().convert("CMYK")), list(pictures.CORNERS)),
    "progressive jpeg": (lambda: pictures.jpeg(progressive=True), list(pictures.CORNERS)),
    "full colour jpeg": (lambda: pictures.jpeg(subsampling=0), list(pictures.CORNERS)),
}


@pytest.mark.parametrize("name", MODES)
def test_every_way_to_store_colours(name: str, tmp_path: Path) -> None:
    make, meant = MODES[name]
    image = rendered(tmp_path, make(), {"medium": "m"})["medium"]
    assert [near(*pair, 14) for pair in zip(colours(image), meant, strict=True)] == [True] * 4, colours(image)


@pytest.mark.parametrize("kind", ["gif", "webp", "png", "avif"])
def test_of_a_moving_picture_the_first_frame_is_taken(kind: str, tmp_path: Path) -> None:
    later = [Image.new("RGB", (640, 480), "black")] * 2
    data = MAKERS[kind](save_all=True, append_images=later, duration=50)  # type: ignore[operator]
    image = rendered(tmp_path, data, {"medium": "m"})["medium"]
    assert [near(*pair, 12) for pair in zip(colours(image), pictures.CORNERS, strict=True)] == [True] * 4


def test_of_a_phone_jpeg_with_several_pictures_the_first_is_taken(tmp_path: Path) -> None:
    second = Image.new("RGB", (640, 480), "black")
    data = pictures.saved(pictures.scene(), "MPO", save_all=True, append_images=[second])
    with Image.open(put(tmp_path, data)) as whole:
        assert (whole.format, whole.n_frames) == ("MPO", 2)  # type: ignore[attr-defined]
    for image in rendered(tmp_path, data).values():
        assert all(map(near, colours(image), pictures.CORNERS))


def test_renditions_shrink_to_their_sizes_and_never_grow(tmp_path: Path) -> None:
    big = rendered(tmp_path / "big", pictures.jpeg(pictures.scene(4000, 1000)))
    assert [image.size for image in big.values()] == [(3840, 960), (1920, 480), (960, 240), (320, 80)]
    little = rendered(tmp_path / "little", pictures.jpeg(pictures.scene(40, 30)))
    assert [image.size for image in little.values()] == [(40, 30)] * 4
    thin = rendered(tmp_path / "thin", pictures.jpeg(pictures.scene(20_000, 2)))
    assert [image.size for image in thin.values()] == [(3840, 1), (1920, 1), (960, 1), (320, 1)]


def test_strips_leave_no_seams() -> None:
    ramp = Image.linear_gradient("L").resize((900, 1300)).convert("RGB")
    whole = ramp.resize((600, 867), Image.Resampling.BICUBIC)
    worst = ImageChops.difference(pixels._shrunk(ramp, 867), whole).getextrema()
    assert max(high for _, high in worst) <= 1  # type: ignore[misc]


@pytest.mark.parametrize("turn", pixels._TURN.values())
def test_turning_strip_by_strip_is_turning(turn: Image.Transpose) -> None:
    noise = Image.effect_noise((450, 650), 90).convert("RGB")
    assert pixels._shrunk(noise, 301, turn).tobytes() == pixels._shrunk(noise, 301).transpose(turn).tobytes()


def test_srgb_under_any_name_is_left_alone_and_nothing_else_is() -> None:
    noise = Image.merge("RGB", [Image.effect_noise((90, 65), 90) for _ in range(3)])
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    renamed = srgb.replace(srgb[4:8], b"abcd", 1)
    assert renamed != srgb
    assert pixels._srgb(noise.copy(), renamed).tobytes() == noise.tobytes()
    assert pixels._srgb(noise.copy(), pictures.display_p3()).tobytes() != noise.tobytes()


def test_only_plain_jpegs_of_bearable_size_stay_in_this_process(tmp_path: Path) -> None:
    def plain(image: Image.Image, **options: object) -> bool:
        return jpeg.is_plain(put(tmp_path, pictures.jpeg(image, **options)))  # type: ignore[arg-type]

    small, middle = pictures.scene(), Image.new("L", (6000, 4000))
    assert plain(small)
    assert plain(small.convert("L"))
    assert plain(small, gps=True, comment="hello", orientation=6, trailing=b"PK")
    assert not plain(small, progressive=True)
    assert not plain(small.convert("CMYK"))
    assert not plain(middle), "24 megapixels cannot be halved without losing sharpness"
    assert plain(Image.new("L", (8660, 5773)))
    assert plain(Image.new("L", (7071, 7071)))
    for cut in range(0, 400, 7):
        assert not jpeg.is_plain(put(tmp_path, pictures.jpeg(small)[:cut]))
