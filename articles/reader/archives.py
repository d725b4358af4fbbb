"""The archive: by year, month and day, with how much was published when."""

from calendar import Calendar
from collections import Counter
from datetime import date
from itertools import groupby

from django.conf import settings
from django.db.models import Count, F, Func, IntegerField, Max, Min, Subquery
from django.db.models.functions import TruncDate, TruncMonth
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from articles.models import Article, Outlet
from articles.reader import describing, frame, heat_map, periods
from articles.reader.list_pages import list_page
from articles.reader.months import bounds, day_bounds, months_between, year_bounds

_MONTHS_COUNTED_APART = 600  # no database takes columns without end


@require_safe
def archive(request):
    months = _months_ever()
    years = [(year, list(rows)) for year, rows in groupby(months, lambda row: row["month"].year)]
    newest = years[0][0] if years else None
    heat = heat_map.draw(newest, _days(*year_bounds(newest))) if newest else None
    context = {"years": years, "heat": heat, "heading": _("Archive"), "way": _way()}
    count = sum(row["count"] for row in months)
    context["description"] = count and describing.counted(_("Archive"), count)
    return frame.page(request, "archive.html", context)


@require_safe
def year(request, year):
    days = _days(*year_bounds(year))
    if not days:
        raise Http404("Nothing was published in that year.")
    context = {
        "year": year,
        "months": _months_of(days),
        "count": sum(days.values()),
        "heat": heat_map.draw(year, days),
        "heading": periods.year_of(date(year, 1, 1)).name,
        "way": _way(periods.year_of(date(year, 1, 1))),
        **periods.neighbours(*year_bounds(year), periods.year_of),
    }
    context["description"] = describing.counted(context["heading"], context["count"])
    return frame.page(request, "year.html", context)


@require_safe
def month(request, year, month, before=None):
    start, end = bounds(year, month)
    stories = Article.objects.published().published_between(start, end)
    counts = _days(start, end)
    context = {
        "month": start,
        "weekdays": [*zip(_weekdays(), WEEKDAYS.values(), strict=True)],
        "weeks": _weeks(start, counts),
        "heading": periods.month_of(start).name,
        "count": sum(counts.values()),
        "way": _way(periods.year_of(start), periods.month_of(start)),
        **periods.neighbours(start, end, periods.month_of),
    }
    return list_page(request, "month.html", stories, context, before=before, may_be_empty=False)


@require_safe
def day(request, year, month, day, before=None):
    try:
        start, end = day_bounds(date(year, month, day))
    except ValueError as error:
        raise Http404("There is no such day.") from error
    stories = Article.objects.published().published_between(start, end)
    context = {
        "day": start,
        "heading": periods.day_of(start).name,
        "way": _way(periods.year_of(start), periods.month_of(start), periods.day_of(start)),
        **periods.neighbours(start, end, periods.day_of),
    }
    return list_page(request, "day.html", stories, context, before=before, may_be_empty=False)


def _way(*steps):
    """From the archive down through the periods `steps`: name and path of each."""
    named = [(step.name, step.address) for step in steps]
    return [(_("Archive"), reverse("archive")), *named]


def _months_ever():
    """Each month with published stories and how many, the newest first; two queries.

    A count for each month walks its part of the index; to ask every story for its month takes a
    second for 100,000 of them on SQLite.
    """
    stories = Article.objects.published().order_by()
    ends = stories.aggregate(first=Min("published_at"), last=Max("published_at"))
    if ends["first"] is None:
        return []
    first, last = (timezone.localtime(end, settings.OUTLET_TIME_ZONE) for end in ends.values())
    months = list(months_between(first.date(), last.date()))
    if len(months) > _MONTHS_COUNTED_APART:
        return _grouped(stories)
    counts = [
        Subquery(_count(stories.published_between(*bounds(month.year, month.month))))
        for month in months
    ]
    row = Outlet.objects.values_list(*counts).get()
    return _filled(reversed(list(zip(months, row, strict=True))))


def _grouped(stories):
    in_zone = TruncMonth("published_at", tzinfo=settings.OUTLET_TIME_ZONE)
    months = stories.values(month=in_zone).annotate(count=Count("pk")).order_by("-month")
    return list(months.values("month", "count"))


def _count(stories):
    counted = Func(F("pk"), function="COUNT", output_field=IntegerField())
    return stories.annotate(counted=counted).values("counted")


def _months_of(days):
    """Each month of a year with how many stories, the newest first, from the counts of its days."""
    months = Counter()
    for day, count in days.items():
        months[day.replace(day=1)] += count
    return _filled(sorted(months.items(), reverse=True))


def _filled(months):
    return [{"month": month, "count": count} for month, count in months if count]


def _days(start, end):
    """How many stories were published on each day from `start` until before `end`."""
    in_zone = TruncDate("published_at", tzinfo=settings.OUTLET_TIME_ZONE)
    stories = Article.objects.published().published_between(start, end).order_by()
    return dict(stories.values(day=in_zone).annotate(n=Count("pk")).values_list("day", "n"))


def _weeks(month, counts):
    """The weeks of a month, Monday first: (date, count) of each day, None outside of it."""
    return [
        [(day, counts.get(day, 0)) if day.month == month.month else None for day in week]
        for week in Calendar().monthdatescalendar(month.year, month.month)
    ]


def _weekdays() -> list[str]:
    """What they are called where there is no room, Monday first."""
    return pgettext("the days of the week, Monday first", "Mo Tu We Th Fr Sa Su").split()
