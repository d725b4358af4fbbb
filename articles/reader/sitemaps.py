"""Sitemaps: an index, one map of the lists, one of the stories of each month, one of the news.

A month's map changes only when a story of that month does, and never holds more than the 50,000
addresses of https://www.sitemaps.org/protocol.html; addresses are paths, without a query. A story
names its header picture (https://developers.google.com/search/docs/crawling-indexing/sitemaps/image-sitemaps).
Stories whose original is elsewhere are left to the sitemaps there.
"""

import logging
from collections import defaultdict
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, DateTimeField, F, Max, Value
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import Article, Outlet
from articles.models.listing import PUBLISHED
from articles.reader import scripts
from articles.reader.addresses import absolute
from articles.reader.category_tree import CategoryTree
from articles.reader.months import bounds
from articles.reader.pictures import file_of
from articles.reader.rss import xml_text

#: when a story last changed for its readers; one that went changed its lists as it did
CHANGED = Greatest(
    "published_at",
    Coalesce("modified_at", "published_at"),
    Coalesce("withdrawn_at", "published_at"),
    output_field=DateTimeField(),
)
_MOST = 50_000  # addresses in a map
# https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
_NEWS, _MOST_NEWS = timedelta(hours=48), 1_000
_NEWS_LANGUAGES = {"zh-hans": "zh-cn"}

logger = logging.getLogger("newsroom.sitemaps")


@require_safe
def index(request):
    days = _days(Article.objects.ever_published().preferred_at(settings.SITE_URL))
    months = _newest_of(days, lambda day: day.replace(day=1))
    entries = [
        _entry("sitemap_month", changed, month.year, month.month)
        for month, changed in months.items()
    ]
    newest = max(days.values(), default=None)
    return _render(request, "sitemap_index.xml", [_entry("sitemap_lists", newest), *entries])


@require_safe
def stories(request, year, month):
    start, end = bounds(year, month)
    found = Article.objects.published().preferred_at(settings.SITE_URL)
    found = found.published_between(start, end).newest_first()
    found = found.annotate(changed=CHANGED).select_related("header_image")
    found = found.only("pk", "slug", "published_at", "header_image")
    entries = [
        {
            "address": absolute(story.get_absolute_url()),
            "changed": _in_seconds(story.changed),
            "picture": _picture(story.header_image),
        }
        for story in found
    ]
    if not entries:
        raise Http404("Nothing was published in that month.")
    return _render(request, "sitemap.xml", _in_every_script(entries, Outlet.objects.get()))


@require_safe
def lists(request):
    outlet = Outlet.objects.current()
    days = _days(Article.objects.ever_published())
    newest = max(days.values(), default=None)
    entries = [
        *(_entry(name, newest) for name in ("front", "archive", "tags")),
        *_periods(days),
        *_categories(),
        *_tags_and_authors(),
        *({"address": absolute(page.address)} for page in outlet.pages),
    ]
    return _render(request, "sitemap.xml", _in_every_script(entries, outlet))


@require_safe
def news(request):
    """What was published within two days, of which news search wants to know at once."""
    now = timezone.now()
    found = Article.objects.published().published_between(now - _NEWS, now)
    found = found.preferred_at(settings.SITE_URL).not_sponsored().newest_first()
    found = found.only("pk", "slug", "title", "published_at", "published_time_known")
    context = {
        "entries": [_news_entry(story) for story in found[:_MOST_NEWS]],
        "outlet": Outlet.objects.get(),
        "language": _NEWS_LANGUAGES.get(settings.LANGUAGE_CODE, settings.LANGUAGE_CODE),
    }
    return _render(request, "news_sitemap.xml", **context)


def _news_entry(story):
    moment = timezone.localtime(story.published_at)
    said = moment.isoformat(timespec="seconds")
    return {
        "address": absolute(story.get_absolute_url()),
        "title": xml_text(story.title),
        "published": said if story.published_time_known else moment.date().isoformat(),
    }


def _picture(image):
    """The address of the largest file of a picture, if it can be shown."""
    return absolute(image.url) if file_of(image) else ""


def _days(stories) -> dict[date, datetime]:
    """Each day with stories that readers see, the newest first, and its last change."""
    in_zone = TruncDate("published_at", tzinfo=settings.OUTLET_TIME_ZONE)
    rows = _still_read(stories.order_by().values(day=in_zone))
    return dict(rows.order_by("-day").values_list("day", "changed"))


def _still_read(groups):
    """Those `groups` of stories that readers still see some of, each with its last `changed`."""
    counted = groups.annotate(changed=Max(CHANGED), live=Count("pk", filter=PUBLISHED))
    return counted.filter(live__gt=0)


def _newest_of(days, period):
    """The last change of each period that `period` makes of a day."""
    found = {}
    for day, changed in days.items():
        start = period(day)
        found[start] = max(changed, found.get(start, changed))
    return found


def _periods(days):
    """The pages of the archive: years, months and days."""
    for year, changed in _newest_of(days, lambda day: day.year).items():
        yield _entry("year", changed, year)
    for month, changed in _newest_of(days, lambda day: day.replace(day=1)).items():
        yield _entry("month", changed, month.year, month.month)
    for day, changed in days.items():
        yield _entry("day", changed, day.year, day.month, day.day)


def _categories():
    """The categories with stories; a change below counts for all above it."""
    tree = CategoryTree()
    latest = defaultdict(list)
    first, also = _changes("category", Value("first")), _changes("also_in", Value("also"))
    for _name, category_id, changed in first.union(also, all=True).order_by():
        for category in tree.path(category_id):
            latest[category.slug].append(changed)
    return [_entry("category", max(latest[slug]), slug) for slug in sorted(latest)]


def _tags_and_authors():
    tags = _changes("taggings__tag__slug", Value("tag"))
    authors = _changes("bylines__author__slug", Value("author"))
    rows = sorted(tags.union(authors, all=True).order_by(), reverse=True)
    return [_entry(name, changed, slug) for name, slug, changed in rows]


def _changes(field, name):
    """`name`, value and last change for each value of `field` among the stories."""
    stories = Article.objects.ever_published().order_by().exclude(**{field: None})
    rows = _still_read(stories.values(name=name, key=F(field)))
    return rows.values_list("name", "key", "changed")


def _in_every_script(entries, outlet):
    """The entries, each a second time for its page in Traditional Chinese, if there is one.

    Both name both (https://developers.google.com/search/docs/specialty/international/localized-versions#sitemap).
    """
    if not scripts.offered(outlet):
        return entries
    return [
        entry | {"address": address, "alternates": alternates}
        for entry in entries
        for alternates in [scripts.alternates(urlsplit(entry["address"]).path, outlet)]
        for address in dict.fromkeys(address for _script, address in alternates)
    ]


def _entry(name, changed, *args):
    return {"address": absolute(reverse(name, args=args)), "changed": _in_seconds(changed)}


def _in_seconds(moment):
    return moment and moment.replace(microsecond=0)


def _render(request, template, entries, **context):
    if len(entries) > _MOST:
        logger.error("A sitemap names %d of %d addresses.", _MOST, len(entries))
    context |= {"entries": entries[:_MOST]}
    kind = "application/xml; charset=utf-8"
    return TemplateResponse(request, template, context, content_type=kind)
