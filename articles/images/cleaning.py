"""Makes of a file that was brought the file that readers may get: upright, sRGB, nothing hidden.

What can stay as it is stays byte for byte; what only has too many parts loses them without a pixel
being touched; only what must look different, or carries code, is drawn anew. One picture at a time
is decoded in a process: four threads that take in large ones do not need four times the memory.
"""

import re
import threading
import warnings
from io import BytesIO
from typing import Any

from PIL import Image as Pillow
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import get_sampling

from articles.images import metadata
from articles.images.colours import is_shown_everywhere, is_transparent, profile_of, to_srgb
from articles.images.inspection import (
    Inspected,
    check_pixels,
    damaged,
    describe,
    guarded,
    looked_at,
)
from articles.images.opening import DAMAGE, ENDINGS, frame_count, open_picture, orientation_of
from articles.images.stripping import OddlyBuilt, Rights, exif_of, strip

# EXIF tags that are for the public, by their names in the IPTC Photo Metadata Standard.
_PUBLIC_TAGS = {0x013B: "creator", 0x8298: "copyright"}
_LONGEST_RIGHT = 2000  # bytes; what is longer says something else
# What a browser, an interpreter or an unpacker would find and run, wherever it stands in a file.
_CODE = re.compile(
    rb"<\?php|<script|<html|<!doctype|<svg|<iframe|javascript:|__halt_compiler"
    rb"|pk\x05\x06|rar!\x1a\x07|7z\xbc\xaf\x27\x1c"
)
# How each orientation is put upright (EXIF 2.3, 4.6.4).
_TURNS = {
    2: Pillow.Transpose.FLIP_LEFT_RIGHT,
    3: Pillow.Transpose.ROTATE_180,
    4: Pillow.Transpose.FLIP_TOP_BOTTOM,
    5: Pillow.Transpose.TRANSPOSE,
    6: Pillow.Transpose.ROTATE_270,
    7: Pillow.Transpose.TRANSVERSE,
    8: Pillow.Transpose.ROTATE_90,
}
_HEADERS = 4096  # bytes of a WebP within which its first picture begins
# The longest side, in pixels, that a JPEG can have (ISO/IEC 10918-1, B.2.2).
_JPEG_SIDE = 65_535
# As near to the original as each format gets without growing beyond reason.
_SAVED_AS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 95, "subsampling": 0},
    "PNG": {"compress_level": 6},
    "WEBP": {"quality": 95, "method": 3},
    "GIF": {},
}


_ONE_AT_A_TIME = threading.Lock()


def carries_code(content: bytes) -> bool:
    """Whether a script, a page or an archive is somewhere in the file."""
    return _CODE.search(content.lower()) is not None


def clean(content: bytes) -> tuple[bytes, Inspected]:
    """What is kept of a picture, and what that is; raises `PictureRefused`.

    Waits while another thread is at it.
    """
    with _ONE_AT_A_TIME:
        return _cleaned(content)


def _cleaned(content: bytes) -> tuple[bytes, Inspected]:
    with looked_at(content) as (picture, inspected):
        rights = rights_of(picture)
        if not _must_look_different(picture):
            kept = _without_the_rest(content, picture, rights)
            if kept is not None:
                return kept, inspected
        if picture.format != "JPEG":
            return _draw_anew(content, picture, rights)
    with guarded(), open_picture(content) as picture:
        return _draw_anew(content, picture, rights)


def rights_of(picture: ImageFile) -> Rights:
    """Whose it is: Artist and Copyright of its EXIF to the letter, else what IPTC or XMP says."""
    said = metadata.said_by(picture)
    told = {tag: said.get(name, "").encode() for tag, name in _PUBLIC_TAGS.items()}
    told |= _own(picture)
    return {tag: text for tag, text in told.items() if _is_a_right(text)}


def _is_a_right(text: bytes) -> bool:
    return 0 < len(text) <= _LONGEST_RIGHT and not carries_code(text)


def _own(picture: ImageFile) -> Rights:
    try:
        with warnings.catch_warnings(action="ignore"):
            exif = picture.getexif()
            said = {tag: exif[tag] for tag in _PUBLIC_TAGS if isinstance(exif.get(tag), str)}
    except DAMAGE:
        return {}
    told = {tag: text.encode("latin-1", "replace").strip(b"\0 ") for tag, text in said.items()}
    return {tag: text for tag, text in told.items() if text}


def _must_look_different(picture: ImageFile) -> bool:
    is_upright = orientation_of(picture) == 1
    return picture.format == "HEIF" or not is_upright or not is_shown_everywhere(picture)


def _without_the_rest(content: bytes, picture: ImageFile, rights: Rights) -> bytes | None:
    """The file with what may be in it alone; None if it has to be drawn anew."""
    moves = frame_count(picture) > 1
    try:
        kept = strip(content, picture.format, rights, profile=profile_of(picture) is not None)
    except OddlyBuilt as error:
        if moves:  # only its first picture has been seen whole
            raise damaged() from error
        return None
    # What moves would lose by being drawn anew; a still picture with code in it is not trusted.
    return None if carries_code(kept if moves else content) else kept


def _draw_anew(content: bytes, picture: ImageFile, rights: Rights) -> tuple[bytes, Inspected]:
    moves = frame_count(picture) > 1
    first = _presentable(picture)
    kind = _kind_for(picture, first)
    if kind == "JPEG" and first.mode not in ("L", "RGB"):
        first = first.convert("RGB")
    options = _SAVED_AS[kind] | _as_it_was(content, picture, first)
    if exif := exif_of(rights):
        options["exif"] = b"Exif\0\0" + exif
    if moves:
        options |= _movement(picture, kind)
    out = BytesIO()
    first.save(out, kind, **options)
    return out.getvalue(), describe(first, ENDINGS[kind], is_animated=moves)


def _kind_for(picture: ImageFile, first: Pillow.Image) -> str:
    """The format to keep it in: its own, unless browsers do not show it or it is slow to write."""
    if picture.format not in ("HEIF", "AVIF"):
        return picture.format
    if frame_count(picture) > 1:
        return "WEBP"
    fits = max(first.size) <= _JPEG_SIDE and not is_transparent(first)
    return "JPEG" if fits else "PNG"


def _presentable(picture: ImageFile) -> Pillow.Image:
    """Upright, sRGB and silent: nothing of what the file said beside its pixels."""
    orientation = orientation_of(picture)
    picture.load()
    shown = to_srgb(picture)
    method = _TURNS.get(orientation)
    if method is not None:
        shown = shown.transpose(method)
    elif shown is picture:
        shown = picture.copy()
    shown.info = {name: shown.info[name] for name in ("transparency",) if name in shown.info}
    return shown


def _as_it_was(content: bytes, picture: ImageFile, first: Pillow.Image) -> dict[str, Any]:
    """The settings that the picture was saved with, where they are known and can be trusted."""
    if picture.format == "WEBP" and b"VP8L" in content[:_HEADERS]:
        return {"lossless": True, "quality": 50}
    if picture.format != "JPEG" or picture.mode != first.mode or carries_code(content):
        return {}
    tables = [list(table) for _number, table in sorted(picture.quantization.items())]
    if len(tables) > 2 or max(map(max, tables)) > 255:
        return {}
    if orientation_of(picture) >= 5:
        tables = [[table[at % 8 * 8 + at // 8] for at in range(64)] for table in tables]
    # Pillow takes -1 for the tables as they are.
    halved = 2 if get_sampling(picture) == 2 else 0
    return {"qtables": tables, "quality": -1, "subsampling": halved}


def _movement(picture: ImageFile, kind: str) -> dict[str, Any]:
    """What Pillow needs to save the other frames after the first."""
    count, (width, height) = frame_count(picture), picture.size
    check_pixels((width, height * count))  # all of them are held at once
    durations, others = [picture.info.get("duration", 0)], []
    for number in range(1, count):
        picture.seek(number)
        others.append(_presentable(picture))
        durations.append(picture.info.get("duration", 0))
    movement = {"save_all": True, "append_images": others, "duration": durations}
    if "loop" in picture.info:
        movement["loop"] = picture.info["loop"]
    return movement | ({"disposal": 2} if kind == "GIF" else {})
