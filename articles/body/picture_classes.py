"""Class names that tell the readers' stylesheet of a picture what no style attribute may say."""

from itertools import product

#: the 216 web-safe colours as three hexadecimal digits (CSS Color 4, section 5.2)
TONES = frozenset("".join(digits) for digits in product("0369cf", repeat=3))
#: nobody knows how large it is: room is kept for one of the usual shape
UNMEASURED = "picture--unmeasured"
#: as wide as the text it would be too high for a screen
TALL = "picture--tall"
#: how finely a focal point is told: tenths of the width and of the height
FOCUS_STEPS = 10

_MIDDLE = FOCUS_STEPS // 2  # where picture.css puts it unasked
_TALL_BELOW = 1.25  # width : height


def tone_class(tone: str) -> str:
    """The class of a main colour; empty for none, or for what is no web-safe colour."""
    return f"tone-{tone}" if tone in TONES else ""


def focus_classes(focus: tuple[float, float]) -> str:
    """The classes of a focal point (0..1 from the left, 0..1 from the top); the middle has none."""
    steps = zip("xy", (round(part * FOCUS_STEPS) for part in focus), strict=True)
    return " ".join(f"focus-{axis}-{step}" for axis, step in steps if step != _MIDDLE)


def is_tall(width: int, height: int) -> bool:
    """Whether a picture of this size is shown narrower than the column it stands in."""
    return width < height * _TALL_BELOW


#: what a picture in a rendered body may carry
IN_BODY = frozenset({UNMEASURED, TALL, *map(tone_class, TONES)})


def may_stand_in_body(value: str) -> bool:
    """Whether a `class` attribute names nothing but classes of pictures."""
    return all(name in IN_BODY for name in value.split(" "))
