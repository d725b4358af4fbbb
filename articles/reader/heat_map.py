"""A year of the archive as a heat-map: a square for every day, darker for more stories.

Pure. The squares of a level are one path, so that a year takes a few kilobytes; what it shows is
said in a sentence, and listed day by day on the pages of the months.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

LEVELS = 5  # the first is a day without stories
_PITCH, _SQUARE = 12, 10  # units of the drawing, from one square to the next and of its side
_HEAD = 16  # above the squares, for the months
_FEW = LEVELS - 1  # so many stories a day are many, where there are never more


@dataclass(frozen=True, slots=True)
class Level:
    """The squares of all days of a level (0 to 4), as an SVG path (SVG 2, section 9.3)."""

    number: int
    path: str


@dataclass(frozen=True, slots=True)
class HeatMap:
    """A drawing `width` by `height`: squares by level, and (x, first day) of each month.

    `total` stories in the year; `busiest` is the first day with the most of them, `most`.
    """

    year: int
    width: int
    height: int
    levels: list[Level]
    months: list[tuple[int, date]]
    total: int
    busiest: date | None
    most: int


def draw(year: int, counts: Mapping[date, int]) -> HeatMap:
    """The heat-map of `year`, weeks from left to right, Monday on top; `counts`: stories a day."""
    days = [date(year, 1, 1) + timedelta(n) for n in range(366)]
    days = [day for day in days if day.year == year]
    counted = {day: counts.get(day, 0) for day in days}
    many = _many(counted)
    squares = defaultdict(str)
    for day, count in counted.items():
        x, y = _place(day)
        squares[_level(count, many)] += f"M{x} {y}h{_SQUARE}v{_SQUARE}h-{_SQUARE}z"
    busiest = max(days, key=counted.__getitem__) if any(counted.values()) else None
    return HeatMap(
        year=year,
        width=_place(days[-1])[0] + _SQUARE,
        height=_HEAD + 7 * _PITCH,
        levels=[Level(number, squares[number]) for number in sorted(squares)],
        months=[(_place(day)[0], day) for day in days if day.day == 1],
        total=sum(counted.values()),
        busiest=busiest,
        most=counted.get(busiest, 0),
    )


def _place(day: date) -> tuple[int, int]:
    """The left upper corner of a day's square."""
    first = date(day.year, 1, 1)
    week = (day.timetuple().tm_yday - 1 + first.weekday()) // 7
    return week * _PITCH, _HEAD + day.weekday() * _PITCH


def _many(counted: Mapping[date, int]) -> int:
    """How many stories a day are many: what nine of ten days with stories do not exceed."""
    busy = sorted(filter(None, counted.values()))
    return max(_FEW, busy[ceil(len(busy) * 0.9) - 1]) if busy else _FEW


def _level(count: int, many: int) -> int:
    return min(LEVELS - 1, ceil(count * (LEVELS - 1) / many))
