"""Draws the demo's one picture that is like a phone's: turned on its side, with a place, a camera and a comment.

It shows that all of that is gone from what is served. The place is open sea. Run it from the checkout:
``python tools/demo_gps_photo.py``; the same bytes come out with the same Pillow.
"""

from __future__ import annotations

import math
import random
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

OUT = Path(__file__).parent.parent / "journal/demo/art/sunflower.jpg"
SIZE = (1200, 1600)
DICE = random.Random(900)  # noqa: S311 - grain in a picture, no secret


def sky() -> Image.Image:
    """A sky with out-of-focus hedges below."""
    band = Image.new("RGB", (1, 3))
    for row, colour in enumerate([(92, 152, 204), (196, 222, 236), (110, 146, 78)]):
        band.putpixel((0, row), colour)
    picture = band.resize(SIZE, Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(picture)
    for _ in range(90):
        x, y, r = DICE.randint(0, 1200), DICE.randint(1180, 1600), DICE.randint(30, 110)
        draw.ellipse((x - r, y - r, x + r, y + r), (60 + DICE.randint(0, 50), 110 + DICE.randint(0, 50), 60))
    return picture.filter(ImageFilter.GaussianBlur(22))


def petals(draw: ImageDraw.ImageDraw, reach: int, colour: tuple[int, int, int], turn: float) -> None:
    """One ring of petals round the middle of the flower."""
    for step in range(22):
        angle = math.tau * step / 22 + turn
        points = [
            (600 + math.cos(angle + lean) * length, 620 + math.sin(angle + lean) * length)
            for lean, length in ((-0.16, 170), (-0.13, reach * 0.72), (0, reach), (0.13, reach * 0.72), (0.16, 170))
        ]
        draw.polygon(points, colour)


def flower() -> Image.Image:
    """The upright picture: one sunflower on its stem, with a little grain."""
    picture = sky()
    draw = ImageDraw.Draw(picture)
    draw.line([(600, 700), (620, 1100), (590, 1600)], (74, 120, 50), 46, joint="curve")
    draw.polygon([(612, 1150), (820, 1010), (980, 1060), (860, 1200)], (86, 140, 58))
    draw.polygon([(600, 1320), (420, 1180), (240, 1230), (380, 1370)], (70, 118, 46))
    petals(draw, 460, (214, 150, 24), 0.14)
    petals(draw, 430, (246, 190, 46), 0)
    draw.ellipse((400, 420, 800, 820), (78, 48, 26))
    for seed in range(420):
        r, angle = 9.4 * math.sqrt(seed), seed * 2.39996
        x, y = 600 + r * math.cos(angle), 620 + r * math.sin(angle)
        draw.ellipse((x - 5, y - 5, x + 5, y + 5), (120, 80, 40) if seed % 3 else (52, 32, 18))
    return Image.blend(picture, picture.filter(ImageFilter.GaussianBlur(3)), 0.6)


def main() -> None:
    """Store the picture on its side, as a phone held upright does."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Invented Phones", "Pocket 3"
    exif[0x0112] = 6
    exif[0x0132] = "2026:09:19 15:04:05"
    exif[0x8825] = {1: "N", 2: (54.0, 30.0, 0.0), 3: "E", 4: (3.0, 0.0, 0.0)}
    turned = flower().transpose(Image.Transpose.ROTATE_90)
    turned.save(OUT, quality=80, exif=exif, comment=b"Taken by an invented phone on an invented day")


if __name__ == "__main__":
    main()
