"""What a picture file really is: its format by its content, its size, whether it can be read."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from PIL import Image as Pillow
from PIL.ImageFile import ImageFile

from articles.images.colours import is_transparent, tone_of
from articles.images.opening import (
    DAMAGE,
    ENDINGS,
    frame_count,
    kind_of,
    open_picture,
    orientation_of,
    webp_size,
)

# An animation may have this many frames, and in all so many times the pixels of one picture.
_MOST_FRAMES = 1000
_MOST_PIXELS_MOVING = 4
_MB = 1024 * 1024


class PictureRefused(ValueError):
    """The file cannot be taken; `str()` is the sentence for whoever brought it."""


class NotAPicture(PictureRefused):
    """The file is something else altogether."""


@dataclass(frozen=True, slots=True)
class Inspected:
    """`ending` without a dot; `width` and `height` in pixels, upright.

    `has_alpha`: something shines through; `tone`: the main colour as three hexadecimal digits, or
    "" then.
    """

    ending: str
    width: int
    height: int
    is_animated: bool
    has_alpha: bool
    tone: str


def inspect(content: bytes) -> Inspected:
    """Look at the bytes of a picture, decoding it once; raises `PictureRefused`."""
    with looked_at(content) as (_picture, inspected):
        return inspected


@contextmanager
def looked_at(content: bytes) -> Iterator[tuple[ImageFile, Inspected]]:
    """The picture, decoded (a JPEG only small), and what it is; raises `PictureRefused`.

    Limits are settings: IMAGE_MAX_BYTES, IMAGE_MAX_PIXELS. Nothing over them is decoded.
    """
    kind = _kind_within_limits(content)
    with guarded():
        if kind == "WEBP":
            check_pixels(webp_size(content))
        with open_picture(content) as picture:
            check_pixels(picture.size, frame_count(picture))
            yield picture, _look_at(picture, ENDINGS[kind])


@contextmanager
def guarded() -> Iterator[None]:
    """Whatever a decoder raises over a damaged file becomes one refusal."""
    try:
        yield
    except PictureRefused:
        raise
    except DAMAGE as error:
        raise damaged() from error


def damaged() -> PictureRefused:
    """The refusal of a file that is a picture, but not a whole one."""
    return PictureRefused(_("The picture is damaged or cut off."))


def describe(picture: Pillow.Image, ending: str, *, is_animated: bool) -> Inspected:
    """What a decoded, upright picture is that is kept with this ending."""
    has_alpha = is_transparent(picture)
    tone = "" if has_alpha else tone_of(picture)
    return Inspected(ending, *picture.size, is_animated, has_alpha, tone)


def _kind_within_limits(content: bytes) -> str:
    if not content:
        raise NotAPicture(_("The file is empty."))
    if len(content) > settings.IMAGE_MAX_BYTES:
        facts = {"size": _megabytes(len(content)), "limit": _megabytes(settings.IMAGE_MAX_BYTES)}
        sentence = _("The file is too large: it has %(size)s MB, at most %(limit)s MB are taken.")
        raise PictureRefused(sentence % facts)
    kind = kind_of(content)
    if kind == "SVG":
        raise PictureRefused(_("An SVG may carry scripts and is not taken; save it as a PNG."))
    if kind is None:
        raise NotAPicture(_("The file is not a picture we can read."))
    return kind


def _megabytes(size: int) -> str:
    return f"{size / _MB:.1f}".removesuffix(".0")


def check_pixels(size: tuple[int, int], frames: int = 1) -> None:
    """Refuse what is larger than the limits; `size`: width and height of a frame."""
    width, height = size
    facts = {"width": width, "height": height, "frames": frames}
    facts["limit"] = f"{settings.IMAGE_MAX_PIXELS / 1_000_000:g}"
    if not width * height:
        raise damaged()
    if width * height > settings.IMAGE_MAX_PIXELS:
        sentence = _(
            "The picture has too many pixels: %(width)s × %(height)s, "
            "at most %(limit)s million are taken."
        )
        raise PictureRefused(sentence % facts)
    most = settings.IMAGE_MAX_PIXELS * _MOST_PIXELS_MOVING
    if frames > _MOST_FRAMES or width * height * frames > most:
        sentence = _(
            "The animation is too long: %(frames)s pictures of %(width)s × %(height)s pixels."
        )
        raise PictureRefused(sentence % facts)


def _look_at(picture: ImageFile, ending: str) -> Inspected:
    moves, turned = frame_count(picture) > 1, orientation_of(picture) >= 5
    width, height = picture.size
    # Of a JPEG every byte is read, but only an eighth of its width and height is drawn.
    picture.draft(None, (max(1, width // 8), max(1, height // 8)))
    picture.load()
    if picture.format != "JPEG":  # a HEIC knows its size for sure only now
        width, height = picture.size
    if turned:
        width, height = height, width
    seen = describe(picture, ending, is_animated=moves)
    return Inspected(ending, width, height, moves, seen.has_alpha, seen.tone)
