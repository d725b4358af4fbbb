"""Opens a picture by what its bytes are, never by its name, and without decoding it.

Pillow's plugins are called directly: its own opening would try formats we do not take, refuse by
a limit that is not ours, and know HEIC only for the whole process at once.
"""

import re
import struct
import warnings
from collections.abc import Callable
from io import BytesIO

from pi_heif import HeifImageFile
from PIL import Image as Pillow
from PIL.AvifImagePlugin import AvifImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

# What Pillow and its decoders raise over a damaged file.
DAMAGE = (OSError, SyntaxError, ValueError, RuntimeError, EOFError, IndexError, KeyError)
DAMAGE += (TypeError, ArithmeticError, AssertionError, MemoryError, struct.error)
DAMAGE += (Pillow.DecompressionBombError,)

# The formats we take, each with the ending of its files and what opens it. An MPO, the stereo
# picture or gain map of a phone, is opened as the JPEG that it begins with.
_OPENERS: dict[str, tuple[str, Callable[[BytesIO], ImageFile]]] = {
    "JPEG": ("jpg", JpegImageFile),
    "PNG": ("png", PngImageFile),
    "WEBP": ("webp", WebPImageFile),
    "AVIF": ("avif", AvifImageFile),
    "GIF": ("gif", GifImageFile),
    "HEIF": ("heic", HeifImageFile),
}
ENDINGS = {kind: ending for kind, (ending, _opener) in _OPENERS.items()}

_MAGIC = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG", b"GIF87a": "GIF", b"GIF89a": "GIF"}
# Brands of ISO/IEC 23008-12 (HEIF) and of the AV1 Image File Format.
_AV1 = {b"avif", b"avis"}
_HEVC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}
_SVG = re.compile(rb"<(?:\w+:)?svg[\s/>]", re.IGNORECASE)


def kind_of(content: bytes) -> str | None:
    """The format by its signature: a key of `ENDINGS`, "SVG", or None."""
    for magic, kind in _MAGIC.items():
        if content.startswith(magic):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP"
    if content[4:8] == b"ftyp":
        return _kind_by_brands(content)
    return "SVG" if _looks_like_svg(content[:4096]) else None


def _kind_by_brands(content: bytes) -> str | None:
    (length,) = struct.unpack(">I", content[:4])
    names = content[8 : max(12, min(length, 256))]
    brands = {names[at : at + 4] for at in range(0, len(names), 4) if at != 4}
    if brands & _AV1:
        return "AVIF"
    return "HEIF" if brands & _HEVC else None


def _looks_like_svg(start: bytes) -> bool:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start.decode("utf-16", "replace").encode()
    start = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    html = start[:14].lower().startswith((b"<html", b"<!doctype html"))
    return start.startswith(b"<") and not html and bool(_SVG.search(start))


def open_picture(content: bytes) -> ImageFile:
    """The picture, its header read and nothing decoded; raises one of `DAMAGE`.

    A WebP must have passed a look at `webp_size`: its decoder lays out the canvas at once.
    """
    kind = kind_of(content)
    if kind not in _OPENERS:
        raise ValueError("not a format we take")
    with warnings.catch_warnings(action="ignore"):  # of metadata that is broken; we drop it
        return _OPENERS[kind][1](BytesIO(content))


def webp_size(content: bytes) -> tuple[int, int]:
    """Width and height of the canvas by the first chunk (RFC 9649); raises one of `DAMAGE`."""
    start = content[12:30]
    if start[:4] == b"VP8X":
        width, height = (int.from_bytes(start[at : at + 3], "little") + 1 for at in (12, 15))
        return width, height
    if start[:4] == b"VP8L":
        bits = int.from_bytes(start[9:13], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack("<HH", start[14:18])
    return width & 0x3FFF, height & 0x3FFF


def orientation_of(picture: ImageFile) -> int:
    """The EXIF orientation, 1 to 8; 1 also where it cannot be read."""
    if picture.format == "HEIF":  # libheif has turned it already
        return 1
    try:
        with warnings.catch_warnings(action="ignore"):
            orientation = picture.getexif().get(0x0112, 1)
    except DAMAGE:
        return 1
    return orientation if orientation in range(1, 9) else 1


def frame_count(picture: ImageFile) -> int:
    """How many pictures follow each other; of a HEIC only the main one counts."""
    return 1 if picture.format == "HEIF" else getattr(picture, "n_frames", 1)
