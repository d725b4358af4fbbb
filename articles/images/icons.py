"""Icons: how a device shows the outlet among its programs, from its logo or from its first letter.

A maskable icon is cut to any shape; what matters lies within a circle of four fifths of its width
(https://www.w3.org/TR/appmanifest/#icon-masks).
"""

from io import BytesIO

from PIL import Image as Pillow
from PIL import ImageDraw

from articles.images import cards
from articles.images.opening import DAMAGE, open_picture

#: pixels a side
SIZES = (192, 512)
#: a logo wider or higher than this times its other side is no icon
_LONGEST = 1.25
_PAPER, _WHITE, _VERMILION = "#f8f6f1", "#ffffff", "#c8331b"
_OF_ALL, _OF_MASKABLE = 0.62, 0.5  # of the side: the letter; a logo in a maskable icon
_SCALE = 4  # drawn larger and shrunk, so that edges are smooth


def suits(width: int | None, height: int | None) -> bool:
    """Whether a logo of that size in pixels can be an icon."""
    if not (width and height) or min(width, height) < SIZES[0]:
        return False
    return max(width, height) <= _LONGEST * min(width, height)


def of_logo(content: bytes, side: int, *, maskable: bool) -> bytes | None:
    """The logo as a PNG of `side` pixels, on paper; None if its file cannot be read."""
    try:
        with open_picture(content) as picture:
            logo = picture.convert("RGBA")
    except DAMAGE:
        return None
    room = round(side * (_OF_MASKABLE if maskable else 1))
    logo.thumbnail((room, room), Pillow.Resampling.LANCZOS)
    ground = Pillow.new("RGBA", (side, side), _PAPER)
    ground.alpha_composite(logo, ((side - logo.width) // 2, (side - logo.height) // 2))
    return _encoded(ground.convert("RGB"))


def of_name(name: str, side: int) -> bytes:
    """The first letter of the outlet, white on vermilion; a white square if no font has it."""
    ground = Pillow.new("RGB", (side * _SCALE, side * _SCALE), _VERMILION)
    pen, middle = ImageDraw.Draw(ground), side * _SCALE / 2
    letter = name.strip()[:1].upper()
    reach = side * _SCALE * _OF_ALL / 2
    if letter and cards.can_draw():
        font = cards.font_at(round(reach * 2 * 0.9))
        left, top, right, bottom = pen.textbbox((0, 0), letter, font=font)
        place = (middle - (left + right) / 2, middle - (top + bottom) / 2)
        pen.text(place, letter, font=font, fill=_WHITE)
    else:
        pen.rectangle([middle - reach / 2] * 2 + [middle + reach / 2] * 2, fill=_WHITE)
    return _encoded(ground.resize((side, side), Pillow.Resampling.LANCZOS))


def _encoded(picture: Pillow.Image) -> bytes:
    out = BytesIO()
    picture.quantize(64, dither=Pillow.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()
