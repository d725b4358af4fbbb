"""A year of the archive as a heat-map: a square for every day, darker for more stories.

A day is as dark as the share of that year's days with stories that had fewer, in quarters: so a
steady outlet shows its days apart, and one flood does not drown the others.

Pure. The squares of a level are one path, so that a year takes a few kilobytes; what it shows is
said in a sentence, and listed day by day on the pages of the months.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

LEVELS = 5  # the first is a day without stories
_PITCH, _SQUARE = 12, 10  # units of the drawing, from one square to the next and of its side
_HEAD = 16  # above the squares, for the months


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
    busy = sorted(filter(None, counted.values()))
    squares = defaultdict(str)
    for day, count in counted.items():
        x, y = _place(day)
        squares[_level(count, busy)] += f"M{x} {y}h{_SQUARE}v{_SQUARE}h-{_SQUARE}z"
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


def _level(count: int, busy: Sequence[int]) -> int:
    """From 1 to 4 by how many of the days with stories (`busy`, sorted) had fewer; 0 for none."""
    if not count:
        return 0
    return 1 + bisect_left(busy, count) * (LEVELS - 1) // len(busy)
