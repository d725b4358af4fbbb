"""Cards: the picture that stands for a page without one, drawn from its headline and our name.

1200x630 pixels, the shape that social sites show whole (https://ogp.me/).
"""

import logging
import subprocess
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

from django.conf import settings
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from articles.images import recipes, typesetting
from articles.images.typesetting import Setting

#: goes into the address of a card, so that a new drawing reaches those who keep the old one
EDITION = 1
SIZE = recipes.SHAPES[recipes.SOCIAL]

_PAPER, _INK, _VERMILION = (248, 246, 241), (23, 20, 17), (200, 51, 27)
# Drawn in grey, which is then mapped to as many shades between ink and paper.
_SHADES = 32
_BLACK, _GREY, _WHITE = 0, 86, 255
_MARGIN = 84  # pixels, like all below
_FOOT = 120  # below the rule
_SIZES = (196, 170, 148, 132, 118, 106, 96, 86, 78, 70, 63, 57, 51, 46, 42, 38)
_NAME_SIZE, _PLACE_SIZE = 52, 26
_MEASURED_AT = 200
#: where systems keep a heavy Chinese face: Debian, Fedora, Arch, macOS, Windows
_PLACES = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Black.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Bold.ttc",
    "/System/Library/Fonts/Hiragino Sans GB.ttc",
    "C:/Windows/Fonts/msyhbd.ttc",
)
_ASK_SYSTEM = ("fc-match", "--format=%{file}\n%{lang}", "sans:lang=zh-cn:bold")
_SIMPLIFIED = ("SC", "GB")  # how the faces of a collection name themselves
_FACES = 12  # more than any collection has

logger = logging.getLogger("newsroom.pictures")


def can_draw() -> bool:
    """Whether there is a font with Chinese characters; without one no card is better than boxes."""
    return _face(settings.CARD_FONT) is not None


def draw(headline: str, name: str, place: str, *, size: tuple[int, int] = SIZE) -> bytes:
    """A card as PNG. `headline`: 1 to 200 characters; `name`: of the outlet; `place`: its host.

    `size`: in pixels, as wide as `SIZE` and at least as high.
    """
    picture, rule = Pillow.new("L", size, _WHITE), size[1] - _FOOT
    pen = ImageDraw.Draw(picture)
    setting = typesetting.fitted(
        _drawable(headline),
        measure=_width,
        width=SIZE[0] - 2 * _MARGIN,
        height=rule - _MARGIN - 20,
        sizes=_SIZES,
    )
    _write(pen, setting)
    pen.rectangle((_MARGIN, rule, SIZE[0] - _MARGIN, rule + 2), fill=_BLACK)
    square = _sign(pen, _drawable(name), place, rule=rule)
    return _encoded(picture, square)


def _write(pen: ImageDraw.ImageDraw, setting: Setting) -> None:
    """The headline from the top: the ink of the first line meets the margin."""
    size, font = setting.size, font_at(setting.size)
    baseline = _MARGIN + round(size * 0.86)
    for line in setting.lines:
        left = -line[0].hang - line[0].gap
        for piece in line:
            left += piece.gap
            for offset, text in typesetting.runs(piece, _width):
                place = (_MARGIN + (left + offset) * size, baseline)
                pen.text(place, text, font=font, fill=_BLACK, anchor="ls")
            left += piece.width
        baseline += setting.leading


def _sign(pen: ImageDraw.ImageDraw, name: str, place: str, *, rule: int) -> recipes.Box:
    """The wordmark, and where the outlet is found; returns where the mark's square is to stand."""
    baseline = rule + 74
    size = min(_NAME_SIZE, int(660 / _width(name)))
    pen.text((_MARGIN, baseline), name, font=font_at(size), fill=_BLACK, anchor="ls")
    right = (SIZE[0] - _MARGIN, baseline)
    pen.text(right, place, font=font_at(_PLACE_SIZE), fill=_GREY, anchor="rs")
    left = round(_MARGIN + (_width(name) + 0.14) * size)
    side = round(size * 0.27)
    return (left, baseline - side, left + side, baseline)


def _encoded(picture: Pillow.Image, square: recipes.Box) -> bytes:
    """The PNG: shades between ink and paper, and one square of vermilion."""
    shown = picture.point(lambda grey: grey * (_SHADES - 1) // _WHITE)
    shown.putpalette([level for shade in range(_SHADES) for level in _shade(shade)] + [*_VERMILION])
    shown.paste(_SHADES, square)
    out = BytesIO()
    shown.save(out, "PNG", compress_level=6)
    return out.getvalue()


def _shade(number: int) -> list[int]:
    part = number / (_SHADES - 1)
    return [round(dark + (light - dark) * part) for dark, light in zip(_INK, _PAPER, strict=True)]


@lru_cache(2000)
def _width(text: str) -> float:
    """How wide a text is, in ems."""
    return font_at(_MEASURED_AT).getlength(text) / _MEASURED_AT


def _drawable(text: str) -> str:
    """`text` in one line and without what the font cannot draw, an emoji for instance."""
    font = font_at(20)
    nothing = bytes(font.getmask("\U0010ffff"))
    drawn = (c for c in " ".join(text.split()) if c < "\u2000" or bytes(font.getmask(c)) != nothing)
    return "".join(drawn).strip() or "—"


@cache
def font_at(size: int) -> ImageFont.FreeTypeFont:
    """The font at `size` pixels, where `can_draw()`."""
    path, face = _face(settings.CARD_FONT)
    return ImageFont.truetype(path, size, index=face)


@cache
def _face(wanted: str) -> tuple[str, int] | None:
    """File and face number of the font; a line in the log, once, if there is none.

    `wanted`: the file an operator named, instead of any that the system has.
    """
    for path in (wanted,) if wanted else filter(None, (*_PLACES, _system_font())):
        if Path(path).is_file():
            return path, _simplified(path)
    logger.warning("No Chinese font: shared links without a picture have no card (CARD_FONT).")
    return None


def _simplified(path: str) -> int:
    """Which face of a collection has the shapes of Simplified Chinese; the first if none says."""
    for number in range(_FACES):
        try:
            family, _style = ImageFont.truetype(path, 20, index=number).getname()
        except OSError:
            break
        if family and family.split()[-1] in _SIMPLIFIED and "Mono" not in family:
            return number
    return 0


def _system_font() -> str:
    """What fontconfig has for Chinese, if it has anything."""
    try:
        found = subprocess.run(  # noqa: S603 -- a fixed command
            _ASK_SYSTEM, check=True, capture_output=True, text=True, timeout=10
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return ""
    path, _newline, languages = found.partition("\n")
    return path if "zh-cn" in languages.split("|") else ""
