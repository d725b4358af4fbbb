"""Compositions that look grown: land, water, currents, seeds, sound."""

from itertools import product
from math import cos, exp, hypot, pi, sin, sqrt

from PIL import ImageColor

from newsroom.sample.paper import Point, Sheet, swell

GOLDEN_ANGLE = pi * (3 - sqrt(5))


def mixed(one: str, other: str, share: float) -> str:
    """Return the colour that lies `share` (0 to 1) of the way between two others."""
    pairs = zip(ImageColor.getrgb(one), ImageColor.getrgb(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def ridges(
    sheet: Sheet, *, layers: int, horizon: float, rise: float, sun: tuple[float, float, float]
) -> None:
    """Ranges of hills, the nearer the darker, and a sun."""
    inks, rng = sheet.inks, sheet.random
    sheet.disc(sun[0] * sheet.width, sun[1] * sheet.height, sun[2], inks.accent)
    for number in range(layers):
        share = number / (layers - 1)
        line = swell(rng, (900, 610, 240, 130, 57))
        base = sheet.height * (horizon + (1.02 - horizon) * share**1.2)
        high = rise * (1.1 - 0.5 * share)
        top = [(x, base - high * line(x)) for x in range(-10, round(sheet.width) + 20, 6)]
        colour = mixed(inks.tones[0], inks.ink, share**0.9)
        sheet.shape([*top, (sheet.width + 20, 920), (-20, 920)], colour)


def layers(sheet: Sheet, *, bands: int, tilt: float, lit: int) -> None:
    """A cut through the ground: beds of different stuff and one seam."""
    inks, rng = sheet.inks, sheet.random
    step = sheet.height / bands
    shades = (inks.tones[0], inks.ground, inks.tones[1], inks.ground, inks.tones[2], inks.ink)
    for number in range(bands):
        line = swell(rng, (1500, 700, 310))
        edge = [
            (x, number * step + (x / sheet.width - 0.5) * tilt + line(x) * step * 0.55)
            for x in range(-10, round(sheet.width) + 20, 8)
        ]
        colour = inks.accent if number == lit else shades[number % 6]
        below = sheet.height + 400
        sheet.shape([*edge, (sheet.width + 20, below), (-20, below)], colour)
        if number % 3 == 1 and number != lit:
            for x, y in edge[:: 3 + number % 2]:
                for deep in range(3):
                    low = y + step * (0.22 + 0.27 * deep)
                    sheet.disc(x + (deep % 2) * 12, low, 5 - deep, inks.ink)
        else:
            sheet.line(edge, 3, inks.ink)


def halftone_ball(
    sheet: Sheet, *, at: Point, radius: float, pitch: float, light: Point, shadow: Point
) -> None:
    """A ball shaded with dots, before a flat disc."""
    inks = sheet.inks
    cx, cy = at[0] * sheet.width, at[1] * sheet.height
    sheet.disc(cx + shadow[0], cy + shadow[1], radius, inks.accent)
    rows, columns = round(sheet.height / pitch * 1.16) + 1, round(sheet.width / pitch) + 1
    for row, column in product(range(rows), range(columns)):
        x, y = (column + row % 2 / 2) * pitch, row * pitch * 0.866
        u, v = (x - cx) / radius, (y - cy) / radius
        if (far := hypot(u, v)) < 1:
            lit = u * light[0] + v * light[1] + sqrt(1 - far * far) * 0.55
            dark = min(1, max(0.03, 0.82 - lit))
            size = min(pitch * 0.62 * sqrt(dark), (1 - far) * radius + 3)
            sheet.disc(x, y, size, inks.ink)
        elif row % 2 == 0:
            sheet.disc(x, y, 2.2, inks.tones[2])


def halftone_field(sheet: Sheet, *, pitch: float, lengths: Point, lit: float, turn: float) -> None:
    """Dots over the whole sheet, swelling where two waves meet."""
    inks, rng = sheet.inks, sheet.random
    one, other = swell(rng, (lengths[0],)), swell(rng, (lengths[1],))
    for row, column in product(
        range(round(sheet.height / pitch) + 1), range(round(sheet.width / pitch) + 1)
    ):
        x, y = column * pitch, row * pitch
        high = one(x + y * turn) * 0.5 + other(y - x * turn * 0.7) * 0.5
        size = pitch * (0.06 + 0.44 * (high + 1) / 2)
        sheet.disc(x, y, size, inks.accent if high > lit else inks.ink)


def currents(sheet: Sheet, *, lines: int, steps: int, pen: float, lit: float, turns: float) -> None:
    """Threads that follow one invisible current."""
    inks, rng = sheet.inks, sheet.random
    bend, sway = swell(rng, (1500, 730)), swell(rng, (1100, 480))
    for number in range(lines):
        x = rng.uniform(-0.1, 0.9) * sheet.width
        y = (number + rng.random()) / lines * sheet.height * 1.3 - 0.15 * sheet.height
        path = [(x, y)]
        for _ in range(round(steps * rng.uniform(0.5, 1))):
            angle = turns * (bend(x) + sway(y)) * 0.8
            x, y = x + cos(angle) * 16, y + sin(angle) * 16
            path.append((x, y))
        colour = rng.choice([inks.ink, inks.ink, inks.tones[1], inks.tones[2]])
        live = rng.random() < lit
        sheet.line(path, pen * (1.5 if live else 1), inks.accent if live else colour)
        sheet.disc(x, y, pen * (2 if live else 1.4), inks.accent if live else colour)


def waves(sheet: Sheet, *, rows: int, high: float, length: float, lit: int, moon: Point) -> None:
    """Scales of water under a disc."""
    inks = sheet.inks
    sheet.disc(moon[0] * sheet.width, moon[1] * sheet.height, 130, inks.accent)
    radius = length / 2
    for row in range(rows):
        y = sheet.height * 0.42 + row * high
        shift = (row % 2) * radius
        for number in range(-1, round(sheet.width / length) + 2):
            x = number * length + shift
            live = (row * 7 + number * 3) % 23 == lit
            for step in range(4):
                fill = inks.ground if step % 2 else inks.ink
                fill = inks.accent if live and step == 2 else fill
                sheet.disc(x, y + radius, radius * (1 - step * 0.23), fill)


def seeds(sheet: Sheet, *, at: Point, count: int, pitch: float, size: float, lit: int) -> None:
    """Seeds in the order of a sunflower; every `lit`-th one is in the accent."""
    inks = sheet.inks
    for number in range(1, count):
        far, angle = pitch * sqrt(number), number * GOLDEN_ANGLE
        x, y = at[0] * sheet.width + cos(angle) * far, at[1] * sheet.height + sin(angle) * far
        grown = size * (0.45 + 0.55 * number / count)
        colour = inks.accent if number % lit == 0 else inks.ink
        sheet.disc(x, y, grown, colour if number % 5 else inks.tones[2])


def stars(sheet: Sheet, *, count: int, apart: float, reach: float, lit: int) -> None:
    """Points joined to their neighbours, with one figure picked out."""
    inks, rng = sheet.inks, sheet.random
    points: list[Point] = []
    for _ in range(count * 30):
        point = (rng.uniform(60, sheet.width - 60), rng.uniform(60, sheet.height - 60))
        if len(points) < count and all(_apart(point, other) > apart for other in points):
            points.append(point)
    heart = min(points, key=lambda p: _apart(p, (sheet.width * 0.62, sheet.height * 0.48)))
    figure = sorted(points, key=lambda p: _apart(p, heart))[1 : lit + 1]
    figure.sort(key=lambda p: _bearing(p, heart))
    sheet.shape(figure, inks.accent)
    for number, one in enumerate(points):
        for other in points[:number]:
            if _apart(one, other) < reach:
                sheet.line([one, other], 2.5, inks.ink)
    for number, (x, y) in enumerate(points):
        size = (9, 14, 9, 24)[number % 4]
        sheet.disc(x, y, size + 6, inks.ground)
        sheet.disc(x, y, size, inks.tones[2] if number % 6 == 3 else inks.ink)


def contours(sheet: Sheet, *, at: Point, count: int, step: float, wild: float, lit: int) -> None:
    """The lines of a map around a summit."""
    inks, rng = sheet.inks, sheet.random
    shape, drift = swell(rng, (2 * pi, pi, 2 * pi / 3)), swell(rng, (2 * pi, 2 * pi / 5))
    for number in range(count, 0, -1):
        points = []
        for turn in range(181):
            angle = 2 * pi * turn / 180
            warp = wild * (shape(angle) + drift(angle) * number / count)
            far = step * number * (1 + warp)
            x = at[0] * sheet.width + cos(angle) * far * 1.25
            points.append((x, at[1] * sheet.height + sin(angle) * far))
        if number <= lit:
            sheet.shape(points, inks.accent if number == lit else inks.ground)
        elif number % 4 == 0:
            sheet.shape(points, inks.tones[0] if number % 8 else inks.ground)
        sheet.line(points, 5 if number % 4 == 0 else 2.2, inks.ink)


def sound(sheet: Sheet, *, bars: int, pen: float, peaks: tuple[float, ...], lit: Point) -> None:
    """The bars of a recording, mirrored at the middle line."""
    inks, rng = sheet.inks, sheet.random
    for number in range(bars):
        share = (number + 0.5) / bars
        near = max(exp(-(((share - peak) / 0.11) ** 2)) for peak in peaks)
        high = 14 + 360 * (0.12 + 0.88 * near) * rng.uniform(0.35, 1)
        x = 60 + share * (sheet.width - 120)
        live = lit[0] <= share <= lit[1]
        colour = inks.accent if live else inks.ink if rng.random() < 0.8 else inks.tones[2]
        sheet.line([(x, 450 - high), (x, 450 + high * rng.uniform(0.7, 1))], pen, colour)


def branches(sheet: Sheet, *, tracks: int, pen: float, lit: int, leaps: int) -> None:
    """Tracks that leave each other and come together again, with knots on them."""
    inks, rng = sheet.inks, sheet.random
    gap = sheet.height / (tracks + 1)
    shades = (inks.ink, inks.tones[2], inks.ink, inks.tones[1])
    for number in [*(n for n in range(tracks) if n != lit), lit]:
        colour = inks.accent if number == lit else shades[number % 4]
        y, x, path = (number + 1) * gap, -20.0, []
        while x < sheet.width + 20:
            target = y + rng.choice([-1, 0, 0, 1]) * gap
            target = min(max(target, gap), tracks * gap)
            run = sheet.width / leaps
            path += [(x + run * s / 24, y + (target - y) * _eased(s / 24)) for s in range(24)]
            x, y = x + run, target
        sheet.line(path, pen, colour)
        for x, y in path[rng.randrange(9, 20) :: 24]:
            sheet.disc(x, y, pen * 1.7, colour)
            sheet.disc(x, y, pen * 0.8, inks.ground)


def _eased(share: float) -> float:
    """Stay for a third, cross smoothly, stay again."""
    share = min(max((share - 0.33) * 3, 0), 1)
    return share * share * (3 - 2 * share)


def _apart(one: Point, other: Point) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])


def _bearing(point: Point, centre: Point) -> float:
    x, y = point[0] - centre[0], point[1] - centre[1]
    far = hypot(x, y) or 1
    return (1 - x / far) * (1 if y >= 0 else -1)
