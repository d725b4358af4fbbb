"""Renditions as rules: which widths, crops and formats a picture is served in, and their names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

#: widths in pixels, as many as phones, tablets and desks need; a picture is never enlarged
WIDTHS = (320, 480, 640, 960, 1280, 1920)
#: changes the name of every rendition, so that new settings reach readers
EDITION = 1
#: pixels; a WebP can be no higher (RFC 9649, 2.7), so very long pictures are served narrower
TALLEST = 16_383
#: crop -> its shape as (width, height); FULL is the whole picture
FULL, WIDE, CLASSIC, SQUARE, SOCIAL = "full", "16:9", "4:3", "1:1", "social"
SHAPES: Mapping[str, tuple[int, int]] = MappingProxyType(
    {WIDE: (16, 9), CLASSIC: (4, 3), SQUARE: (1, 1), SOCIAL: (1200, 630)}
)
CROPS = (FULL, *SHAPES)
#: what is served, best first; the fallback is PNG where the picture is transparent
AVIF, WEBP, JPEG, PNG = "avif", "webp", "jpg", "png"
MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {AVIF: "image/avif", WEBP: "image/webp", JPEG: "image/jpeg", PNG: "image/png"}
)

Size = tuple[int, int]
Box = tuple[int, int, int, int]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Recipe:
    """One file to make: `crop`, pixel `size`, and the file ending of its format."""

    crop: str
    size: Size
    ending: str


def endings(*, has_alpha: bool) -> tuple[str, str, str]:
    """The formats of a picture, best first; the last is the fallback every browser shows."""
    return (AVIF, WEBP, PNG if has_alpha else JPEG)


def crop_box(size: Size, crop: str, focus: Point) -> Box:
    """The part of a picture of `size` that `crop` shows: (left, top, right, bottom) in pixels.

    As large as fits, and with `focus` (0..1 from the left, 0..1 from the top) as near to its
    middle as the edges allow.
    """
    width, height = size
    if crop == FULL:
        return (0, 0, width, height)
    across, down = SHAPES[crop]
    wide = min(width, round(height * across / down)) or 1
    high = min(height, round(wide * down / across)) or 1
    left = _within(round(focus[0] * width - wide / 2), width - wide)
    top = _within(round(focus[1] * height - high / 2), height - high)
    return (left, top, left + wide, top + high)


def _within(wanted: int, most: int) -> int:
    return max(0, min(wanted, most))


def sizes(size: Size, crop: str) -> tuple[Size, ...]:
    """The pixel sizes a picture of `size` is served in under `crop`, narrowest first.

    The social card has one size (https://ogp.me/ asks for none; 1200x630 is what platforms show
    whole). A whole picture that lies between two widths is served as wide as it is too, so that
    it fills its column; so is any that is narrower than the narrowest.
    """
    left, top, right, bottom = crop_box(size, crop, (0.5, 0.5))
    wide, high = right - left, bottom - top
    if crop == SOCIAL:
        return (_scaled(wide, high, min(wide, SHAPES[SOCIAL][0])),)
    widest = min(wide, max(1, wide * TALLEST // high))
    widths = [width for width in WIDTHS if width <= widest]
    if not widths or (crop == FULL and widths[-1] < widest < WIDTHS[-1]):
        widths.append(widest)
    return tuple(_scaled(wide, high, width) for width in widths)


def _scaled(wide: int, high: int, width: int) -> Size:
    return (width, min(max(1, round(high * width / wide)), TALLEST))


def recipes(size: Size, crop: str, *, has_alpha: bool) -> Iterator[Recipe]:
    """Everything to be made of a picture of `size` under `crop`."""
    for each in sizes(size, crop):
        for ending in endings(has_alpha=has_alpha):
            yield Recipe(crop, each, ending)


def focus_key(crop: str, focus: Point) -> str:
    """What of the focal point enters a name: nothing for the whole picture."""
    if crop == FULL:
        return ""
    return "-".join(f"{round(part * 1000):04d}" for part in focus)


def file_name(stem: str, recipe: Recipe, key: str, edition: int = EDITION) -> str:
    """Where a rendition lies: the original's name and the recipe say all, so it never changes."""
    shape = recipe.crop.replace(":", "x")
    parts = [shape, f"{recipe.size[0]}x{recipe.size[1]}", *([key] if key else []), f"e{edition}"]
    return f"{folder(stem)}/{'_'.join(parts)}.{recipe.ending}"


def folder(stem: str) -> str:
    """Where all renditions of the original of that name lie."""
    return f"renditions/{stem[:2]}/{stem}"
