"""Portraits cut from paper: shoulders, a head and hair, and no face."""

from math import cos, pi, radians, sin

from newsroom.sample.paper import Point, Sheet

#: Shape of the hair: how far it goes around the head (degrees either side of the crown), how much
#: wider than the head it is, and how long it falls, in heads.
HAIR = {"short": (88, 1.1, 0), "curly": (112, 1.3, 0), "long": (96, 1.18, 1.9), "bun": (96, 1.1, 0)}


def bust(
    sheet: Sheet,
    *,
    at: Point,
    head: float,
    hair: str,
    sun: tuple[float, float, float],
    glasses: bool,
) -> None:
    """Somebody in front of a sun; `head` is the radius of the head."""
    inks = sheet.inks
    x, y = at[0] * sheet.width, at[1] * sheet.height
    sheet.disc(sun[0] * sheet.width, sun[1] * sheet.height, sun[2], inks.accent)
    around, wider, falls = HAIR[hair]
    if falls:
        sheet.box(x - head * wider, y, head * wider * 2, head * falls, inks.ink)
    if hair == "bun":
        sheet.disc(x + head * 0.5, y - head * 1.25, head * 0.48, inks.ink)
    _shoulders(sheet, x, y + head * 1.3, head * 2.1)
    sheet.box(x - head * 0.36, y + head * 0.6, head * 0.72, head * 1.15, inks.tones[1])
    sheet.shape(_oval(x, y, head * 0.9, head * 1.12, 180), inks.tones[0])
    _cap(sheet, (x, y - head * 0.1), head * wider, around)
    if glasses:
        for side in (-1, 1):
            sheet.ring(x + side * head * 0.4, y + head * 0.12, head * 0.27, head * 0.07, inks.ink)


def _shoulders(sheet: Sheet, x: float, y: float, broad: float) -> None:
    sheet.shape(_oval(x, y + broad, broad, broad, 180), sheet.inks.tones[2])
    sheet.box(x - broad, y + broad, broad * 2, sheet.height, sheet.inks.tones[2])


def _cap(sheet: Sheet, crown: Point, radius: float, around: float) -> None:
    """Hair from temple to temple; the forehead is where the parting ends."""
    edge = [
        (
            crown[0] + radius * sin(radians(turn)),
            crown[1] - radius * cos(radians(turn)) * (1.05 if abs(turn) < 90 else 1),
        )
        for turn in range(-round(around), round(around) + 1, 4)
    ]
    parting = (crown[0] - radius * 0.35, crown[1] - radius * 0.52)
    sheet.shape([*edge, parting], sheet.inks.ink)


def _oval(x: float, y: float, wide: float, high: float, steps: int) -> list[Point]:
    turns = (2 * pi * step / steps for step in range(steps))
    return [(x + wide * cos(turn), y + high * sin(turn)) for turn in turns]
