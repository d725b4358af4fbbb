"""Draws renditions: a picture is decoded once, cut, shrunk step by step, and encoded small."""

import math
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from PIL import Image as Pillow
from PIL import ImageOps

from articles.images import recipes
from articles.images.cleaning import rights_of
from articles.images.colours import to_srgb
from articles.images.opening import open_picture, orientation_of
from articles.images.recipes import Box, Size
from articles.images.stripping import exif_of

# Chosen by measuring photographs, drawings and screenshots. AVIF at speed 6 takes five times as
# long as at 8, for drawings a tenth smaller and photographs no smaller; at 9 text frays. One
# thread, so that a picture gives the same bytes on every machine and readers keep the other cores.
_SAVED_AS: dict[str, tuple[str, dict[str, Any]]] = {
    recipes.AVIF: ("AVIF", {"quality": 52, "speed": 8, "max_threads": 1, "autotiling": False}),
    recipes.WEBP: ("WEBP", {"quality": 76, "method": 4}),
    recipes.JPEG: ("JPEG", {"quality": 78, "progressive": True, "optimize": True}),
    recipes.PNG: ("PNG", {"compress_level": 6}),  # 9 takes five times as long for a thirtieth less
}
# Larger steps are first averaged to this many times the size wanted: fast, and nobody sees it.
_GAP = 3.0


def decoded(content: bytes, cuts: Iterable[tuple[Box, Size]], *, has_alpha: bool) -> Pillow.Image:
    """The first frame upright and in sRGB, at least as large as all `cuts` of it need.

    A cut is a part of the whole, in its pixels, and the largest size it is wanted in. What is
    transparent is premultiplied (Pillow's RGBa), so that no edge takes on a colour that nobody
    sees. Its `info` holds nothing but whose it is (EXIF). Raises one of `opening.DAMAGE`.
    """
    with open_picture(content) as picture:
        share = max((wanted[0] / (box[2] - box[0]) for box, wanted in cuts), default=1)
        # A JPEG is decoded at a half, a quarter or an eighth where that is enough.
        picture.draft(None, tuple(math.ceil(side * min(share, 1)) for side in picture.size))
        picture.load()
        if orientation_of(picture) != 1:  # what is taken in now is upright already
            ImageOps.exif_transpose(picture, in_place=True)
        rights = exif_of(rights_of(picture))
        shown = to_srgb(picture)
        drawn = _premultiplied(shown) if has_alpha else _opaque(shown)
    drawn.info = {"exif": b"Exif\0\0" + rights} if rights else {}
    return drawn


def _premultiplied(picture: Pillow.Image) -> Pillow.Image:
    return (picture if picture.mode == "RGBA" else picture.convert("RGBA")).convert("RGBa")


def _opaque(picture: Pillow.Image) -> Pillow.Image:
    if picture.has_transparency_data:  # nothing shines through, or the row is older than the rule
        white = Pillow.new("RGBA", picture.size, "white")
        white.alpha_composite(picture.convert("RGBA"))
        return white.convert("RGB")
    mode = "L" if picture.mode in ("1", "L") else "RGB"
    return picture if picture.mode == mode else picture.convert(mode)  # convert() always copies


def shrunk(
    picture: Pillow.Image, size: Size, box: Box, sizes: Iterable[Size]
) -> Iterator[tuple[Size, Pillow.Image]]:
    """Part `box` of a whole of `size` in each of `sizes`, the largest first, each from the last.

    `picture` is the whole, decoded as large or smaller; nothing is ever enlarged.
    """
    across, down = picture.width, picture.height
    part = tuple(side * (down if at % 2 else across) / size[at % 2] for at, side in enumerate(box))
    for wanted in sorted(sizes, reverse=True):
        picture = picture.resize(wanted, Pillow.Resampling.LANCZOS, box=part, reducing_gap=_GAP)
        part = None
        yield wanted, picture


def encoded(picture: Pillow.Image, ending: str) -> bytes:
    """The file of a shrunk picture: nothing in it but its pixels and whose they are."""
    kind, options = _SAVED_AS[ending]
    out = BytesIO()
    plain = picture.convert("RGBA") if picture.mode == "RGBa" else picture
    plain.save(out, kind, exif=picture.info.get("exif", b""), **options)
    return out.getvalue()
