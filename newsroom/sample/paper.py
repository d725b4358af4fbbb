"""The paper and inks that all illustrations share: one family, one accent."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Point = tuple[float, float]

OVERSAMPLING = 2
GRAIN = 4  # how far a fibre of the paper strays from its colour, out of 255


@dataclass(frozen=True, slots=True)
class Inks:
    """The colours of one picture: `tones` lead from the ground to the ink."""

    ground: str
    ink: str
    accent: str
    tones: tuple[str, str, str]


VERMILION = "#d9381e"
DAY = Inks("#f6f1e7", "#1d1b18", VERMILION, ("#e6dcc8", "#c3b598", "#6b7a80"))
NIGHT = Inks("#1d1b18", "#f3ecdd", VERMILION, ("#33302b", "#5b564c", "#a2977f"))
SAND = Inks("#e3d8c2", "#1d1b18", VERMILION, ("#d3c5a9", "#f6f1e7", "#66757b"))
SLATE = Inks("#59686f", "#f3ecdd", VERMILION, ("#4b5960", "#7d8b90", "#1d1b18"))
FLAME = Inks(VERMILION, "#1d1b18", "#f6f1e7", ("#c52f17", "#a92813", "#f1b5a2"))
INKS = {"day": DAY, "night": NIGHT, "sand": SAND, "slate": SLATE, "flame": FLAME}


class Sheet:
    """A sheet to draw on, measured in units of which its height has 900.

    Shapes are drawn larger than they will be and scaled down at the end, which smooths them.
    """

    height = 900.0

    def __init__(self, size: tuple[int, int], inks: Inks, seed: str) -> None:
        width, height = size
        self.inks = inks
        self.width = self.height * width / height
        self.random = random.Random(seed)  # noqa: S311 - a picture, not a secret
        self._scale = height * OVERSAMPLING / self.height
        big = (width * OVERSAMPLING, height * OVERSAMPLING)
        self._image = Image.new("RGB", big, inks.ground)
        self._draw = ImageDraw.Draw(self._image)

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        """Fill a circle."""
        self._draw.ellipse(self._box(x, y, radius), fill=colour)

    def ring(self, x: float, y: float, radius: float, width: float, colour: str) -> None:
        """Draw a circle with a pen centred on it."""
        self._draw.ellipse(
            self._box(x, y, radius + width / 2), outline=colour, width=self._pen(width)
        )

    def arc(
        self, x: float, y: float, radius: float, turn: Point, width: float, colour: str
    ) -> None:
        """Draw part of a circle; `turn` is its start and end in degrees, clockwise from east."""
        self._draw.arc(
            self._box(x, y, radius + width / 2), *turn, fill=colour, width=self._pen(width)
        )

    def slice(self, x: float, y: float, radius: float, turn: Point, colour: str) -> None:
        """Fill part of a circle down to its centre."""
        self._draw.pieslice(self._box(x, y, radius), *turn, fill=colour)

    def line(self, points: Iterable[Point], width: float, colour: str) -> None:
        """Draw a line with round ends and joints."""
        scaled = self._scaled(points)
        self._draw.line(scaled, fill=colour, width=self._pen(width), joint="curve")
        if width > 3:
            for x, y in (scaled[0], scaled[-1]):
                self.disc(x / self._scale, y / self._scale, width / 2, colour)

    def shape(self, points: Iterable[Point], colour: str) -> None:
        """Fill a polygon."""
        self._draw.polygon(self._scaled(points), fill=colour)

    def box(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Fill a rectangle given by its upper left corner."""
        corners = (x * self._scale, y * self._scale)
        far = ((x + width) * self._scale - 1, (y + height) * self._scale - 1)
        self._draw.rectangle((*corners, *far), fill=colour)

    def finished(self) -> Image.Image:
        """Return the picture at its own size, on paper one can almost feel."""
        image = self._image.reduce(OVERSAMPLING)
        return ImageChops.add(image, _grain(image.size, self.random), 1, -128)

    def _box(self, x: float, y: float, radius: float) -> list[float]:
        return [(c + r) * self._scale for r in (-radius, radius) for c in (x, y)]

    def _pen(self, width: float) -> int:
        return max(1, round(width * self._scale))

    def _scaled(self, points: Iterable[Point]) -> list[Point]:
        return [(x * self._scale, y * self._scale) for x, y in points]


def ellipse(centre: Point, radii: Point, tilt: float, steps: int = 120) -> list[Point]:
    """Return the points of an ellipse turned by `tilt` radians, closed."""
    points = []
    for step in range(steps + 1):
        x = radii[0] * cos(2 * pi * step / steps)
        y = radii[1] * sin(2 * pi * step / steps)
        points.append(turned((x, y), tilt, centre))
    return points


def turned(point: Point, angle: float, centre: Point = (0, 0)) -> Point:
    """Turn a point around the origin by `angle` radians, then move the origin to `centre`."""
    x, y = point
    return (
        centre[0] + x * cos(angle) - y * sin(angle),
        centre[1] + x * sin(angle) + y * cos(angle),
    )


def swell(rng: random.Random, lengths: Sequence[float]) -> "Swell":
    """Return a smooth random curve made of waves of the given lengths, between -1 and 1."""
    return Swell(tuple((2 * pi / length, rng.uniform(0, 2 * pi), length) for length in lengths))


@dataclass(frozen=True, slots=True)
class Swell:
    """A sum of waves, the longer the higher."""

    waves: tuple[tuple[float, float, float], ...]

    def __call__(self, x: float) -> float:
        total = sum(length for _, _, length in self.waves)
        return sum(sin(x * pace + shift) * length for pace, shift, length in self.waves) / total


def _grain(size: tuple[int, int], rng: random.Random) -> Image.Image:
    """Return the fibres of a paper as a picture around middle grey."""
    side = 256
    tile = Image.frombytes("L", (side, side), rng.randbytes(side * side))
    tile = tile.filter(ImageFilter.GaussianBlur(0.8))
    tile = tile.point([128 + round((value - 128) * GRAIN / 40) for value in range(256)])
    grain = Image.new("L", size)
    for top in range(0, size[1], side):
        for left in range(0, size[0], side):
            grain.paste(tile, (left, top))
    return Image.merge("RGB", (grain, grain, grain))
