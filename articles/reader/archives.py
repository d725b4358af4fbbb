"""The archive: by year, month and day, with how much was published when."""

from calendar import Calendar
from datetime import date
from itertools import groupby

from django.conf import settings
from django.db.models import Count
from django.db.models.functions import TruncDate, TruncMonth
from django.http import Http404
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models import Article
from articles.reader import frame, heat_map
from articles.reader.list_pages import list_page
from articles.reader.months import bounds, day_bounds, year_bounds


@require_safe
def archive(request):
    months = _months(Article.objects.published())
    years = [(year, list(rows)) for year, rows in groupby(months, lambda row: row["month"].year)]
    heat = _heat(years[0][0]) if years else None
    context = {"years": years, "heat": heat, "heading": _("Archive")}
    return frame.page(request, "archive.html", context)


@require_safe
def year(request, year):
    start, end = year_bounds(year)
    months = _months(Article.objects.published().published_between(start, end))
    if not months:
        raise Http404("Nothing was published in that year.")
    context = {
        "year": year,
        "months": months,
        "count": sum(row["count"] for row in months),
        "heat": _heat(year),
        "heading": _("The year %(year)d") % {"year": year},
    }
    return frame.page(request, "year.html", context)


@require_safe
def month(request, year, month, before=None):
    start, end = bounds(year, month)
    stories = Article.objects.published().published_between(start, end)
    counts = _days(start, end)
    context = {
        "month": start,
        "weekdays": [(WEEKDAYS_ABBR[number], WEEKDAYS[number]) for number in range(7)],
        "weeks": _weeks(start, counts),
        "heading": date_format(start, "YEAR_MONTH_FORMAT"),
    }
    return list_page(request, "month.html", stories, context, before=before, may_be_empty=False)


@require_safe
def day(request, year, month, day, before=None):
    try:
        start, end = day_bounds(date(year, month, day))
    except ValueError as error:
        raise Http404("There is no such day.") from error
    stories = Article.objects.published().published_between(start, end)
    context = {"day": start, "heading": date_format(start, "DATE_FORMAT")}
    return list_page(request, "day.html", stories, context, before=before, may_be_empty=False)


def _months(stories):
    """Each month with some of `stories` and how many, the newest first."""
    in_zone = TruncMonth("published_at", tzinfo=settings.OUTLET_TIME_ZONE)
    months = stories.order_by().values(month=in_zone).annotate(count=Count("pk"))
    return list(months.order_by("-month"))


def _days(start, end):
    """How many stories were published on each day from `start` until before `end`."""
    in_zone = TruncDate("published_at", tzinfo=settings.OUTLET_TIME_ZONE)
    stories = Article.objects.published().published_between(start, end).order_by()
    return dict(stories.values(day=in_zone).annotate(n=Count("pk")).values_list("day", "n"))


def _heat(year):
    return heat_map.draw(year, _days(*year_bounds(year)))


def _weeks(month, counts):
    """The weeks of a month, Monday first: (date, count) of each day, None outside of it."""
    return [
        [(day, counts.get(day, 0)) if day.month == month.month else None for day in week]
        for week in Calendar().monthdatescalendar(month.year, month.month)
    ]
