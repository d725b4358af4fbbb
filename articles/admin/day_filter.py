"""A filter from one day to another, both included, by the outlet's clock."""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from unfold.contrib.filters.admin import RangeDateFilter
from unfold.utils import parse_date_str

_EARLIEST, _LATEST = date(1900, 1, 1), date(2999, 12, 31)


class DayFilter(RangeDateFilter):
    """The skin's filter takes the first moment of the last day for all of it."""

    def queryset(self, request, queryset):
        first, last = self._day("from"), self._day("to")
        if first:
            queryset = queryset.filter(**{f"{self.parameter_name}__gte": _start_of(first)})
        if last:
            following = _start_of(last + timedelta(days=1))
            queryset = queryset.filter(**{f"{self.parameter_name}__lt": following})
        return queryset

    def _day(self, end):
        """The day that was said, None if it is none."""
        said = self.used_parameters.get(f"{self.parameter_name}_{end}")
        day = parse_date_str(said) if isinstance(said, str) else None
        return day if day and _EARLIEST <= day <= _LATEST else None


def _start_of(day):
    return datetime.combine(day, time.min, tzinfo=settings.OUTLET_TIME_ZONE)
