"""The periods beside one of the archive: the nearest before and after it that have stories."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models import Article, Outlet


@dataclass(frozen=True, slots=True)
class Period:
    """A year, month or day with stories: what it is called, and the path of its page."""

    name: str
    address: str


def year_of(moment: datetime) -> Period:
    name = _("The year %(year)d") % {"year": moment.year}
    return Period(name, reverse("year", args=[moment.year]))


def month_of(moment: datetime) -> Period:
    name = date_format(moment, "YEAR_MONTH_FORMAT")
    return Period(name, reverse("month", args=[moment.year, moment.month]))


def day_of(moment: datetime) -> Period:
    place = reverse("day", args=[moment.year, moment.month, moment.day])
    return Period(date_format(moment, "DATE_FORMAT"), place)


def neighbours(start: datetime, end: datetime, period) -> dict[str, Period | None]:
    """`earlier` and `later`: what `period` makes of the last story before `start` and of the first
    from `end` on; None where there is none. One query, which looks at two rows of the index."""
    stories = Article.objects.published().values("published_at")
    before = stories.filter(published_at__lt=start).newest_first()[:1]
    after = stories.filter(published_at__gte=end).order_by("published_at", "pk")[:1]
    moments = Outlet.objects.values_list(Subquery(before), Subquery(after)).get()
    local = (each and timezone.localtime(each, settings.OUTLET_TIME_ZONE) for each in moments)
    found = (each and period(each) for each in local)
    return dict(zip(("earlier", "later"), found, strict=True))
