"""Sitemaps: an index, one map of the lists, and one of the stories of each month.

A month's map changes only when a story of that month does, and never holds more than the 50,000
addresses of https://www.sitemaps.org/protocol.html; addresses are paths, without a query. A story
names its header picture (https://developers.google.com/search/docs/crawling-indexing/sitemaps/image-sitemaps).
"""

from collections import defaultdict

from django.conf import settings
from django.db.models import DateTimeField, Max
from django.db.models.functions import Coalesce, Greatest, TruncMonth
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.models import Article
from articles.reader.addresses import absolute
from articles.reader.category_tree import CategoryTree
from articles.reader.months import bounds
from articles.reader.pictures import file_of

CHANGED = Greatest(
    "published_at", Coalesce("modified_at", "published_at"), output_field=DateTimeField()
)


@require_safe
def index(request):
    months = _months()
    entries = [
        _entry("sitemap_month", changed, month.year, month.month) for month, changed in months
    ]
    newest = max((changed for _month, changed in months), default=None)
    return _render(request, "sitemap_index.xml", [_entry("sitemap_lists", newest), *entries])


@require_safe
def stories(request, year, month):
    start, end = bounds(year, month)
    found = Article.objects.published().published_between(start, end).newest_first()
    found = found.annotate(changed=CHANGED).select_related("header_image")
    found = found.only("pk", "slug", "published_at", "header_image")
    entries = [
        {
            "address": absolute(story.get_absolute_url()),
            "changed": story.changed,
            "picture": _picture(story.header_image),
        }
        for story in found
    ]
    if not entries:
        raise Http404("Nothing was published in that month.")
    return _render(request, "sitemap.xml", entries)


@require_safe
def lists(request):
    months = _months()
    newest = max((changed for _month, changed in months), default=None)
    entries = [
        _entry("front", newest),
        _entry("archive", newest),
        *(_entry("month", changed, month.year, month.month) for month, changed in months),
        *_categories(),
        *_by_slug("tag", "taggings__tag__slug"),
        *_by_slug("author", "bylines__author__slug"),
    ]
    return _render(request, "sitemap.xml", entries)


def _picture(image):
    """The address of the largest file of a picture, if it can be shown."""
    return absolute(image.url) if file_of(image) else ""


def _months():
    """Each month with stories, newest first, and its last change."""
    in_zone = TruncMonth("published_at", tzinfo=settings.OUTLET_TIME_ZONE)
    months = Article.objects.published().order_by().values(month=in_zone)
    months = months.annotate(changed=Max(CHANGED)).order_by("-month")
    return list(months.values_list("month", "changed"))


def _categories():
    """The categories with stories; a change below counts for all above it."""
    tree = CategoryTree()
    latest = defaultdict(list)
    for field in ("category", "also_in"):
        changes = _changes(field)
        for category_id, changed in changes.items():
            for category in tree.path(category_id):
                latest[category.slug].append(changed)
    return [_entry("category", max(latest[slug]), slug) for slug in sorted(latest)]


def _by_slug(name, field):
    return [_entry(name, changed, slug) for slug, changed in sorted(_changes(field).items())]


def _changes(field):
    """The last change among the published stories under each value of `field`."""
    stories = Article.objects.published().order_by().exclude(**{field: None})
    return dict(stories.values(field).annotate(changed=Max(CHANGED)).values_list(field, "changed"))


def _entry(name, changed, *args):
    return {"address": absolute(reverse(name, args=args)), "changed": changed}


def _render(request, template, entries):
    return TemplateResponse(
        request, template, {"entries": entries}, content_type="application/xml; charset=utf-8"
    )
