"""Compositions made with ruler and compass: circuits, tiles, blocks, cards, letters."""

from itertools import pairwise, product
from math import cos, hypot, pi, radians, sin, sqrt

from PIL import Image, ImageDraw, ImageFont

from newsroom.sample.paper import Point, Sheet, ellipse, turned

SIDES = tuple(quarter * pi / 2 for quarter in range(4))


def orbits(
    sheet: Sheet, *, at: Point, rings: int, first: float, step: float, squash: float, tilt: float
) -> None:
    """Bodies on ellipses around a sun."""
    inks, rng = sheet.inks, sheet.random
    centre = (at[0] * sheet.width, at[1] * sheet.height)
    for number in range(rings):
        radius = first + step * number + number**2 * 4
        path = ellipse(centre, (radius, radius * squash), radians(tilt), 180)
        sheet.line(path, 5 if number % 3 == 1 else 2, inks.ink)
        x, y = path[rng.randrange(180)]
        size = rng.choice([13, 20, 30, 44])
        sheet.disc(x, y, size + 12, inks.ground)
        sheet.disc(x, y, size, inks.tones[2] if number % 2 else inks.ink)
    sheet.disc(*centre, first * 0.62 + 14, inks.ground)
    sheet.disc(*centre, first * 0.62, inks.accent)


def grooves(
    sheet: Sheet, *, at: Point, count: int, first: float, pen: float, gap: float, lit: int
) -> None:
    """Broken rings of one pen around one centre, the one numbered `lit` in the accent."""
    inks, rng = sheet.inks, sheet.random
    x, y = at[0] * sheet.width, at[1] * sheet.height
    sheet.disc(x, y, first * 0.55, inks.ink)
    for number in range(count):
        start, span = rng.uniform(0, 360), rng.choice([90, 150, 200, 250, 300])
        radius = first + number * (pen + gap)
        sheet.ring(x, y, radius, 1.5, inks.tones[1])
        colour = inks.accent if number == lit else rng.choice([inks.ink, inks.ink, inks.tones[2]])
        sheet.arc(x, y, radius, (start, start + span), pen, colour)


def chip(
    sheet: Sheet, *, at: Point, side: float, pins: int, spread: float, lit: tuple[int, ...]
) -> None:
    """A square with traces leaving it on all sides, some of them live."""
    inks, rng = sheet.inks, sheet.random
    centre, pitch = (at[0] * sheet.width, at[1] * sheet.height), side * 0.84 / (pins - 1)
    for quarter, pin in product(range(4), range(pins)):
        off = pin - (pins - 1) / 2
        bend = side / 2 + 40 + (pins / 2 - abs(off)) * pitch * 0.8
        slope = abs(off) * pitch * (spread - 1)
        end = bend + slope + rng.choice([90, 190, 330, 560, 1400])
        route = [(side / 2, off * pitch), (bend, off * pitch)]
        route += [(bend + slope, off * pitch * spread), (end, off * pitch * spread)]
        path = [turned(point, SIDES[quarter], centre) for point in route]
        live = quarter * pins + pin in lit
        colour = inks.accent if live else inks.ink if pin % 3 else inks.tones[2]
        sheet.line(path, 9 if live else 5, colour)
        sheet.disc(*path[-1], 15 if live else 11, colour)
        sheet.disc(*path[-1], 5, inks.ground)
    x, y = centre[0] - side / 2, centre[1] - side / 2
    sheet.box(x, y, side, side, inks.ink)
    sheet.box(x + side * 0.2, y + side * 0.2, side * 0.6, side * 0.6, inks.ground)
    sheet.box(x + side * 0.34, y + side * 0.34, side * 0.32, side * 0.32, inks.accent)


def lanes(sheet: Sheet, *, count: int, pitch: float, pen: float, lit: int, shifts: int) -> None:
    """Lines of a network side by side, which change level together or alone, with stops."""
    inks, rng = sheet.inks, sheet.random
    xs = [sheet.width * (step + 0.5) / shifts for step in range(shifts)]
    middle = [rng.choice([-1.5, -0.5, 0.5, 1.5]) * pitch for _ in xs]
    for number in [*(n for n in range(count) if n != lit), lit]:
        own = (number - (count - 1) / 2) * pitch + sheet.height / 2
        path, y = [(-40.0, own)], own
        for x, shared in zip(xs, middle, strict=True):
            target = own + shared + (rng.choice([-2, 2]) * pitch if rng.random() < 0.25 else 0)
            start = x + (number - count / 2) * (pitch * 0.41) * (1 if target < y else -1)
            path += [(start, y), (start + abs(target - y), target)]
            y = target
        path.append((sheet.width + 40, y))
        colour = inks.accent if number == lit else (inks.ink, *inks.tones[1:])[number % 3]
        sheet.line(path, pen, colour)
        for (x0, y0), (x1, _) in list(pairwise(path))[::2]:
            if x1 - x0 > pitch * 2:
                sheet.disc((x0 + x1) / 2, y0, pen * 0.95, inks.ink)
                sheet.disc((x0 + x1) / 2, y0, pen * 0.55, inks.ground)


def weave(sheet: Sheet, *, columns: int, rows: int, lit: Point, slack: float) -> None:
    """Ribbons going over and under each other."""
    inks = sheet.inks
    wide, high = sheet.width / columns, sheet.height / rows
    shades = (inks.ink, inks.tones[1], inks.tones[2], inks.ink, inks.tones[0])
    across = [inks.accent if row == lit[1] else shades[row * 2 % 5] for row in range(rows)]
    down = [inks.accent if col == lit[0] else shades[(col * 3 + 1) % 5] for col in range(columns)]
    for column, row in product(range(columns), range(rows)):
        x, y = column * wide, row * high
        over = (column + row + column // 3) % 2
        for turn in (over, 1 - over):
            if turn:
                sheet.box(x + wide * slack, y - 2, wide * (1 - 2 * slack), high + 4, down[column])
            else:
                sheet.box(x - 2, y + high * slack, wide + 4, high * (1 - 2 * slack), across[row])


def tiles(sheet: Sheet, *, rows: int, lit: int, plain: float) -> None:
    """Square tiles with quarter, half and whole circles cut from paper."""
    inks, rng = sheet.inks, sheet.random
    side = sheet.height / rows
    columns = round(sheet.width / side + 0.49)
    shades = (inks.ink, inks.tones[0], inks.tones[1], inks.tones[2], inks.ground)
    accents = rng.sample(range(rows * columns), lit)
    for place, (row, column) in enumerate(product(range(rows), range(columns))):
        x, y = column * side, row * side
        ground, colour = rng.sample(shades, 2)
        sheet.box(x, y, side, side, ground)
        if place not in accents and rng.random() < plain:
            continue
        colour = inks.accent if place in accents else colour
        kind, turn = rng.randrange(4), rng.randrange(4)
        corner = (x + side * (turn in (1, 2)), y + side * (turn in (2, 3)))
        if kind <= 1:
            sheet.slice(*corner, side, (turn * 90, turn * 90 + 90), colour)
        elif kind == 2:
            edge = [(x + side / 2, y), (x + side, y + side / 2), (x + side / 2, y + side)]
            middle = [*edge, (x, y + side / 2)][turn]
            sheet.slice(*middle, side / 2, (turn * 90, turn * 90 + 180), colour)
        else:
            sheet.disc(x + side / 2, y + side / 2, side * 0.36, colour)


def truchet(sheet: Sheet, *, rows: int, pens: tuple[float, ...], lit: float) -> None:
    """Quarter arcs that join into wandering loops, lit inside a circle."""
    inks, rng = sheet.inks, sheet.random
    side = sheet.height / rows
    heart = (sheet.width * lit, sheet.height * 0.5)
    for row, column in product(range(rows), range(round(sheet.width / side + 0.49))):
        x, y = column * side, row * side
        near = hypot(x + side / 2 - heart[0], y + side / 2 - heart[1]) < side * 2.2
        colour = inks.accent if near else inks.ink
        corners = [(x, y, 0), (x + side, y + side, 180)]
        if rng.random() < 0.5:
            corners = [(x + side, y, 90), (x, y + side, 270)]
        for cx, cy, turn in corners:
            for share, pen in zip((0.5, 0.26, 0.74), pens, strict=False):
                sheet.arc(cx, cy, side * share, (turn - 1, turn + 91), pen, colour)


def blocks(
    sheet: Sheet, *, across: int, side: float, tallest: float, at: Point, lit: tuple[int, ...]
) -> None:
    """Blocks of different heights, seen from above a corner."""
    inks, rng = sheet.inks, sheet.random
    dx, dy = side * sqrt(3) / 2, side / 2
    left, top = at[0] * sheet.width, at[1] * sheet.height
    for place, (row, column) in enumerate(product(range(across), repeat=2)):
        if rng.random() < 0.12 and place not in lit:
            continue
        live = place in lit
        height = tallest * (1.1 if live else rng.choice([0.12, 0.2, 0.35, 0.5, 0.8]))
        x, y = left + (column - row) * dx, top + (column + row) * dy
        north, east, south, west = (x, y - dy), (x + dx, y), (x, y + dy), (x - dx, y)
        roof = [(px, py - height) for px, py in (north, east, south, west)]
        sheet.shape([west, south, roof[2], roof[3]], inks.tones[2])
        sheet.shape([south, east, roof[1], roof[2]], inks.ink)
        sheet.shape(roof, inks.accent if live else inks.tones[(row + column) % 2])


def letter(sheet: Sheet, *, text: str, pitch: float, at: Point, size: float, lit: Point) -> None:
    """A letter or sign, set from dots that swell inside it."""
    inks = sheet.inks
    columns, rows = round(sheet.width / pitch), round(sheet.height / pitch)
    mask = Image.new("L", (columns * 4, rows * 4))
    font = ImageFont.load_default(size * rows * 4)
    place = (at[0] * columns * 4, at[1] * rows * 4)
    ImageDraw.Draw(mask).text(place, text, 255, font, anchor="mm", stroke_width=rows / 9)
    inside = mask.reduce(4)
    for row, column in product(range(rows), range(columns)):
        x, y = (column + 0.5) * pitch, (row + 0.5) * pitch
        share = inside.getpixel((column, row)) / 255
        near = hypot(x - lit[0] * sheet.width, y - lit[1] * sheet.height) < 120
        colour = inks.accent if near and share > 0.4 else inks.ink
        if share > 0.06:
            sheet.disc(x, y, pitch * (0.13 + 0.35 * share), colour)
        else:
            sheet.disc(x, y, pitch * 0.09, inks.tones[1])


def cards(sheet: Sheet, *, count: int, at: Point, fan: float, drift: Point, lit: int) -> None:
    """Sheets of writing, fanned out."""
    inks, rng = sheet.inks, sheet.random
    half = (215.0, 285.0)
    for number in range(count):
        angle = radians((number - (count - 1) / 2) * fan + rng.uniform(-2, 2))
        centre = (
            at[0] * sheet.width + (number - (count - 1) / 2) * drift[0],
            at[1] * sheet.height + abs(number - (count - 1) / 2) ** 1.4 * drift[1],
        )
        colour = inks.accent if number == lit else (inks.ground, *inks.tones)[number % 4]
        outline = [(-1, -1), (1, -1), (1, 1), (-1, 1)]
        for grown, fill in ((5, inks.ink), (0, colour)):
            corners = [(x * (half[0] + grown), y * (half[1] + grown)) for x, y in outline]
            sheet.shape([turned(corner, angle, centre) for corner in corners], fill)
        for row in range(9):
            end = half[0] - rng.choice([50, 50, 70, 120, 190])
            y = -half[1] + 70 + row * 54
            ends = [turned((x, y), angle, centre) for x in (-half[0] + 50, end)]
            sheet.line(ends, 16 if row == 0 else 7, inks.ink)


def columns(sheet: Sheet, *, count: int, leading: float, lit: float, headline: int) -> None:
    """Columns of a printed page, with what was marked in the accent."""
    inks, rng = sheet.inks, sheet.random
    gutter = 54
    wide = (sheet.width - gutter * (count + 1)) / count
    for column, row in product(range(count), range(round((sheet.height - 120) / leading))):
        x, y = gutter + column * (wide + gutter), 80 + row * leading
        first = column < headline and row < 5
        if first:
            if row == 2:
                sheet.box(
                    x, y - leading * 1.6, wide + gutter * (column + 1 < headline), 96, inks.ink
                )
            continue
        last = rng.random() < 0.14
        marked = rng.random() < lit
        end = x + wide * (rng.uniform(0.25, 0.8) if last else 1)
        sheet.line([(x + 6, y), (end - 6, y)], leading * 0.34, inks.accent if marked else inks.ink)


def keyhole(sheet: Sheet, *, at: Point, size: float, rays: int) -> None:
    """A keyhole in a disc that shines."""
    inks = sheet.inks
    x, y = at[0] * sheet.width, at[1] * sheet.height
    for number in range(rays):
        angle = 2 * pi * (number + 0.5) / rays
        near, far = size * 1.16, size * (1.9 if number % 3 else 3.6)
        ends = [(x + cos(angle) * reach, y + sin(angle) * reach) for reach in (near, far)]
        sheet.line(ends, 5 if number % 3 else 9, inks.tones[2] if number % 3 else inks.ink)
    sheet.disc(x, y, size, inks.ink)
    sheet.disc(x, y - size * 0.2, size * 0.26, inks.accent)
    foot = size * 0.3
    neck = [(x - size * 0.1, y), (x + size * 0.1, y)]
    sheet.shape(
        [*neck, (x + foot * 0.8, y + size * 0.58), (x - foot * 0.8, y + size * 0.58)], inks.accent
    )


def iris(sheet: Sheet, *, at: Point, size: float, blades: int, open_to: float) -> None:
    """The blades of an aperture around what it lets through."""
    inks = sheet.inks
    x, y = at[0] * sheet.width, at[1] * sheet.height
    sheet.disc(x, y, size, inks.ink)
    sheet.disc(x, y, size * open_to * 1.08, inks.accent)
    shades = (inks.tones[0], inks.tones[1], inks.tones[2])
    for number in range(blades):
        angles = [2 * pi * (number + turn) / blades for turn in (0, 1, 1.55)]
        reach = (size * open_to, size * open_to, size * 0.97)
        a, b, c = [
            (x + cos(angle) * r, y + sin(angle) * r) for angle, r in zip(angles, reach, strict=True)
        ]
        rim = [2 * pi * (number + 1.55 - step / 12) / blades for step in range(13)]
        sheet.shape(
            [a, b, c, *((x + cos(t) * size * 0.97, y + sin(t) * size * 0.97) for t in rim)],
            shades[number % 3],
        )
        sheet.line([a, b, c], 4, inks.ink)
