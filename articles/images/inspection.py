"""What a picture file really is: its format by its content, its size, whether it can be read."""

import struct
import warnings
from dataclasses import dataclass
from io import BytesIO

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from PIL import Image as Pillow
from PIL import UnidentifiedImageError

# Formats we take, as Pillow names them, with the ending a file of each gets.
FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif", "GIF": "gif"}
# What Pillow raises over a damaged file; of an AVIF it says RuntimeError.
DAMAGE = (OSError, SyntaxError, ValueError, RuntimeError, struct.error)
DAMAGE += (Pillow.DecompressionBombError,)


class PictureRefused(ValueError):
    """The file cannot be taken; `str()` is the sentence for whoever brought it."""


@dataclass(frozen=True, slots=True)
class Inspected:
    """`ending` without a dot; `width` and `height` in pixels."""

    ending: str
    width: int
    height: int


def inspect(content: bytes) -> Inspected:
    """Look at the bytes of a picture, decoding it once; raises `PictureRefused`."""
    if not content:
        raise PictureRefused(_("The file is empty."))
    if len(content) > settings.IMAGE_MAX_BYTES:
        raise PictureRefused(_("The file is too large."))
    try:
        # Pillow warns of pictures it thinks too large; our own limit is checked below.
        with warnings.catch_warnings(action="ignore", category=Pillow.DecompressionBombWarning):
            return _decode(content)
    except PictureRefused:
        raise
    except UnidentifiedImageError as error:
        raise PictureRefused(_("The file is not a picture we can read.")) from error
    except DAMAGE as error:
        raise PictureRefused(_("The picture is damaged or cut off.")) from error


def _decode(content: bytes) -> Inspected:
    with Pillow.open(BytesIO(content), formats=list(FORMATS)) as picture:
        width, height = picture.size
        if width * height > settings.IMAGE_MAX_PIXELS:
            raise PictureRefused(_("The picture has too many pixels."))
        picture.load()
        return Inspected(
            FORMATS["JPEG" if picture.format == "MPO" else picture.format], width, height
        )
