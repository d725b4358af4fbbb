"""What a stored file is to a browser: a picture to be kept, or a download that never runs."""

import re
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from types import MappingProxyType

from django.utils.http import content_disposition_header
from PIL import Image, ImageDraw

#: file ending -> the only types ever sent; SVG can carry scripts, so it is not among them
PICTURE_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "avif": "image/avif",
        "gif": "image/gif",
        "jpeg": "image/jpeg",
        "jpg": "image/jpeg",
        "png": "image/png",
        "webp": "image/webp",
    }
)
UNKNOWN_TYPE = "application/octet-stream"
A_YEAR = 31_536_000  # seconds
FOR_EVER = f"public, max-age={A_YEAR}, immutable"  # RFC 8246
ASK_AGAIN = "public, max-age=0, must-revalidate"

_BY_CONTENT = re.compile(r"(?:[a-z0-9_-]+/)*[0-9a-f]{24,64}(?:/[\w-]+)?\.[a-z0-9]+", re.ASCII)
_LONGEST = 1024  # bytes of a key in S3
_LONGEST_PART = 255  # bytes of a name in the usual file systems
_GREY, _LINE = "#e5e7eb", "#9ca3af"


def never_changes(name: str) -> bool:
    """Whether a name follows from the content, so that it can only ever mean one file."""
    return _BY_CONTENT.fullmatch(name) is not None


def is_picture(name: str) -> bool:
    """Whether a name's ending promises a picture that browsers show."""
    return _ending(name) in PICTURE_TYPES


def could_be_ours(name: str) -> bool:
    """Whether a storage of ours could hold `name`: no way out of it, nothing hidden or unprintable.

    Hidden is also what a storage is still writing.
    """
    parts = name.split("/")
    return (
        name.isprintable()
        and "\\" not in name
        and not any(not part or part.startswith(".") for part in parts)
        and len(name.encode()) <= _LONGEST
        and all(len(part.encode()) <= _LONGEST_PART for part in parts)
    )


def media_type(name: str) -> str:
    """The type a file is sent with (RFC 9110, 8.3), from its ending and a fixed table alone."""
    return PICTURE_TYPES.get(_ending(name), UNKNOWN_TYPE)


def disposition(name: str) -> str:
    """Whether browsers may show a file or only save it (RFC 6266)."""
    if is_picture(name):
        return "inline"
    return content_disposition_header(True, name.rpartition("/")[2])  # noqa: FBT003 -- Django's order


def cache_control(name: str) -> str:
    """How long caches may keep a file (RFC 9111, 5.2)."""
    return FOR_EVER if never_changes(name) else ASK_AGAIN


def headers(name: str) -> dict[str, str]:
    """Everything a browser is told about a file, whoever stores it."""
    return {
        "Content-Type": media_type(name),
        "Content-Disposition": disposition(name),
        "Cache-Control": cache_control(name),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }


@cache
def missing_picture() -> bytes:
    """The PNG that stands where a picture cannot be had: a grey frame, struck through."""
    picture = Image.new("P", (320, 180))
    picture.putpalette([*bytes.fromhex(_GREY[1:]), *bytes.fromhex(_LINE[1:])])
    pen = ImageDraw.Draw(picture)
    pen.rectangle((118, 56, 202, 124), outline=1, width=4)
    pen.ellipse((132, 68, 148, 84), fill=1)
    pen.polygon([(126, 116), (152, 92), (166, 104), (180, 86), (194, 116)], fill=1)
    pen.line((108, 134, 212, 46), fill=0, width=14)
    pen.line((108, 134, 212, 46), fill=1, width=4)
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _ending(name: str) -> str:
    _stem, dot, ending = name.rpartition("/")[2].rpartition(".")
    return ending.lower() if dot else ""
