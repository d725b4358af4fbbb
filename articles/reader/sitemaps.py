"""Sitemaps: an index, one map of the lists, one of each month, tags and authors, and the news.

A month's map names its stories and the pages of the archive that list them; it changes only when a
story of that month does. Tags and authors go by their ids, so that a part stays what it is. No map
holds more than the 50,000 addresses of https://www.sitemaps.org/protocol.html; addresses are paths,
without a query. A story names its header picture (https://developers.google.com/search/docs/crawling-indexing/sitemaps/image-sitemaps).
Stories whose original is elsewhere are left to the sitemaps there.
"""

import logging
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import Article, FrontPageChange, Outlet
from articles.reader import last_changes, scripts
from articles.reader.addresses import absolute
from articles.reader.last_changes import by_period, month_of, year_of
from articles.reader.months import bounds
from articles.reader.pictures import file_of
from articles.reader.rss import xml_text

_MOST = 50_000  # addresses in a map
# https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
_NEWS, _MOST_NEWS = timedelta(hours=48), 1_000
_NEWS_LANGUAGES = {"zh-hans": "zh-cn"}

logger = logging.getLogger("newsroom.sitemaps")

_MOST_PARTS = 1_000_000  # more ids than any newsroom has tags; a database can hold them


@require_safe
def index(request):
    days = last_changes.of_days()
    months = by_period(days, month_of).items()
    entries = [
        _entry("sitemap_lists", max(_of_lists(days, Outlet.objects.current()), default=None)),
        *(_entry(f"sitemap_{name}", changed, n) for name, n, changed in last_changes.parts()),
        *(_entry("sitemap_month", m.changed, at.year, at.month) for at, m in months if m.is_read),
    ]
    return _render(request, "sitemap_index.xml", entries)


@require_safe
def month(request, year, month):
    """The stories of a month, and the pages of the archive that list them."""
    start, end = bounds(year, month)
    within = Article.objects.ever_published().published_between(start, end)
    days = last_changes.of_days(within)
    if not any(day.is_read for day in days.values()):
        raise Http404("Nothing was published in that month.")
    found = within.published().preferred().newest_first().select_related("header_image")
    found = found.only("pk", "slug", "public_change_at", "header_image")
    entries = [
        *(_story(story) for story in found),
        _entry("month", last_changes.newest(days), year, month),
        *(
            _entry("day", d.changed, at.year, at.month, at.day)
            for at, d in days.items()
            if d.is_read
        ),
    ]
    return _render(request, "sitemap.xml", _in_every_script(entries, Outlet.objects.get()))


@require_safe
def lists(request):
    outlet = Outlet.objects.current()
    days = last_changes.of_days()
    newest = last_changes.newest(days)
    years = by_period(days, year_of).items()
    entries = [
        _entry("front", max(_of_front(days), default=None)),
        *(_entry(name, newest) for name in ("archive", "tags")),
        *(_entry("year", found.changed, year) for year, found in years if found.is_read),
        *(_entry("category", changed, c.slug) for c, changed in last_changes.of_categories()),
        *(_at(page.address, page.edited_at) for page in outlet.pages),
    ]
    return _render(request, "sitemap.xml", _in_every_script(entries, outlet))


@require_safe
def tags(request, part):
    return _part(request, "tag", part, last_changes.of_tags)


@require_safe
def authors(request, part):
    return _part(request, "author", part, last_changes.of_authors)


@require_safe
def news(request):
    """What was published within two days, of which news search wants to know at once."""
    now = timezone.now()
    found = Article.objects.published().published_between(now - _NEWS, now)
    found = found.preferred().not_sponsored().newest_first()
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


def _of_front(days):
    """The moments at which the front page changed: with a story, or by the hand of an editor."""
    moments = (last_changes.newest(days), FrontPageChange.objects.last_moment(timezone.now()))
    return [moment for moment in moments if moment]


def _of_lists(days, outlet):
    """The moments at which something in the map of the lists changed."""
    return [*_of_front(days), *(page.edited_at for page in outlet.pages)]


def _part(request, name, part, found_in):
    found = found_in(part) if part <= _MOST_PARTS else []
    if not found:
        raise Http404("There is no such part.")
    entries = [_entry(name, changed, slug) for slug, changed in found]
    return _render(request, "sitemap.xml", _in_every_script(entries, Outlet.objects.get()))


def _story(story):
    entry = _at(story.get_absolute_url(), story.public_change_at)
    return entry | {"picture": _picture(story.header_image)}


def _picture(image):
    """The address of the largest file of a picture, if it can be shown."""
    return absolute(image.url) if file_of(image) else ""


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
    return _at(reverse(name, args=args), changed)


def _at(path, changed):
    return {"address": absolute(path), "changed": _in_seconds(changed)}


def _in_seconds(moment):
    return moment and moment.replace(microsecond=0)


def _render(request, template, entries, **context):
    if len(entries) > _MOST:
        logger.error("A sitemap names %d of %d addresses.", _MOST, len(entries))
    context |= {"entries": entries[:_MOST]}
    kind = "application/xml; charset=utf-8"
    return TemplateResponse(request, template, context, content_type=kind)
