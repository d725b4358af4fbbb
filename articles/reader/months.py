"""Months as the outlet counts them: their boundaries lie in its own time zone."""

from datetime import datetime

from django.conf import settings


def bounds(year: int, month: int) -> tuple[datetime, datetime]:
    """The first moment of a month and that of the next, in the outlet's zone (year < 9999)."""
    zone = settings.OUTLET_TIME_ZONE
    following = (year + month // 12, month % 12 + 1)
    return datetime(year, month, 1, tzinfo=zone), datetime(*following, 1, tzinfo=zone)
