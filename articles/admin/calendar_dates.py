"""The days a calendar shows: months of whole weeks and single weeks, which begin on Monday."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.desk.outlet_time import FIRST_YEAR, LAST_YEAR

_WEEKS = calendar.Calendar(firstweekday=calendar.MONDAY)


@dataclass(frozen=True)
class Period:
    """A month or a week. `days`: all that are shown, whole weeks; `own`: those it consists of."""

    days: tuple[date, ...]
    own: frozenset[date]
    title: str
    name: str  # of its address
    before: tuple[int, int]
    after: tuple[int, int]
    address: str

    @property
    def start(self) -> datetime:
        """The midnight (aware, by the outlet's clock) it begins with."""
        return _midnight(self.days[0])

    @property
    def end(self) -> datetime:
        """The midnight it ends with."""
        return _midnight(self.days[-1] + timedelta(days=1))

    @property
    def weeks(self) -> list[tuple[date, ...]]:
        return [self.days[at : at + 7] for at in range(0, len(self.days), 7)]

    @property
    def middle(self) -> date:
        """A day that surely belongs to it, to change between month and week."""
        today = timezone.localdate()
        return today if today in self.own else min(self.own)


def month(year: int, number: int) -> Period:
    """Raises ValueError for a month that no calendar shows."""
    first = _within(date(year, number, 1))
    days = tuple(_WEEKS.itermonthdates(year, number))
    last = max(day for day in days if day.month == number)
    before, after = first - timedelta(days=1), last + timedelta(days=1)
    return Period(
        days,
        frozenset(day for day in days if day.month == number),
        date_format(first, "YEAR_MONTH_FORMAT"),
        "desk_calendar_month",
        (before.year, before.month),
        (after.year, after.month),
        reverse("desk_calendar_month", args=[year, number]),
    )


def week(year: int, number: int) -> Period:
    """The week of that ISO 8601 number; raises ValueError if the year has none."""
    first = _within(date.fromisocalendar(year, number, 1))
    days = tuple(first + timedelta(days=n) for n in range(7))
    before, after = first - timedelta(days=7), first + timedelta(days=7)
    facts = {"first": date_format(first, "DATE_FORMAT"), "last": date_format(days[-1])}
    return Period(
        days,
        frozenset(days),
        _("%(first)s to %(last)s") % facts,
        "desk_calendar_week",
        tuple(before.isocalendar())[:2],
        tuple(after.isocalendar())[:2],
        reverse("desk_calendar_week", args=[year, number]),
    )


def _within(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(day)
    return day


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), settings.OUTLET_TIME_ZONE)
