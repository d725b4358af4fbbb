"""Years, months and days as the outlet counts them: their boundaries lie in its own time zone."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.conf import settings


def bounds(year: int, month: int) -> tuple[datetime, datetime]:
    """The first moment of a month and that of the next, in the outlet's zone (year < 9999)."""
    return _midnight(date(year, month, 1)), _midnight(date(year + month // 12, month % 12 + 1, 1))


def year_bounds(year: int) -> tuple[datetime, datetime]:
    """The first moment of a year and that of the next, in the outlet's zone (year < 9999)."""
    return _midnight(date(year, 1, 1)), _midnight(date(year + 1, 1, 1))


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """The first moment of a day and that of the next, in the outlet's zone."""
    return _midnight(day), _midnight(day + timedelta(days=1))


def months_between(first: date, last: date) -> Iterator[date]:
    """The first day of each month from that of `first` to that of `last`."""
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield date(number // 12, number % 12 + 1, 1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=settings.OUTLET_TIME_ZONE)
