"""When each public list last changed, for the sitemaps: asked of the rows, never made up.

A list changed when a story in it appeared, changed or went (`Article.public_change_at`), and when a
story left it for another (`SluggedList.left_at`). So what crawlers were told never gets older.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from django.conf import settings
from django.db.models import Count, F, Max, QuerySet, Value
from django.db.models.functions import TruncDate

from articles.models import Article, Category
from articles.models.listing import PUBLISHED
from articles.reader.category_tree import CategoryTree

#: as many tags or authors have their ids in one part of the sitemap: twice as many addresses,
#: in two scripts, are the 50,000 of https://www.sitemaps.org/protocol.html
PART = 25_000


@dataclass(frozen=True, slots=True)
class Standing:
    """Of some stories readers see or saw: the last change, and whether there are some to see."""

    changed: datetime
    is_read: bool


def of_days(stories: QuerySet[Article] | None = None) -> dict[date, Standing]:
    """Of each day with stories (all, if it is not said which), the newest first; one query."""
    found = Article.objects.ever_published() if stories is None else stories
    in_zone = TruncDate("published_at", tzinfo=settings.OUTLET_TIME_ZONE)
    rows = found.order_by().values(day=in_zone).annotate(
        changed=Max("public_change_at"),
        read=Count("pk", filter=PUBLISHED),
    )  # fmt: skip
    rows = rows.order_by("-day").values_list("day", "changed", "read")
    return {day: Standing(changed, read > 0) for day, changed, read in rows}


def by_period[P](days: dict[date, Standing], period: Callable[[date], P]) -> dict[P, Standing]:
    """`days` put together in the periods that `period` makes of them, in their order."""
    found = defaultdict(list)
    for day, standing in days.items():
        found[period(day)].append(standing)
    return {start: _together(of_days) for start, of_days in found.items()}


def month_of(day: date) -> date:
    return day.replace(day=1)


def year_of(day: date) -> int:
    return day.year


def newest(days: dict[date, Standing]) -> datetime | None:
    """When any list of all stories last changed."""
    return max((standing.changed for standing in days.values()), default=None)


def of_categories() -> list[tuple[Category, datetime]]:
    """Those with stories and their last change, which is that of all below; two queries."""
    tree = CategoryTree()
    latest = defaultdict(list)
    rows = _changes("category", Value("first"), F("category"))
    also = _changes("also_in", Value("also"), F("also_in"))
    for _name, category_id, changed, _left, _read in rows.union(also, all=True).order_by():
        for category in tree.path(category_id):
            latest[category].append(changed)
    for category in tree.all():
        for above in tree.path(category.pk):
            latest[above] += [category.left_at] if category.left_at else []
    read = [category for category in latest if category.has_stories]
    return sorted(((c, max(latest[c])) for c in read), key=lambda pair: pair[0].slug)


def of_tags(part: int) -> list[tuple[str, datetime]]:
    """The slugs of a part of the tags, and when their lists last changed; one query."""
    return _of_part("taggings__tag", part)


def of_authors(part: int) -> list[tuple[str, datetime]]:
    """As `of_tags`, for those in bylines."""
    return _of_part("bylines__author", part)


def parts() -> list[tuple[str, int, datetime]]:
    """The parts of tags and authors that name something, and their last change; one query."""
    tags = _changes("taggings__tag", Value("tags"), _part_of("taggings__tag"))
    authors = _changes("bylines__author", Value("authors"), _part_of("bylines__author"))
    rows = tags.union(authors, all=True).order_by()
    found = [(n, part, _later(changed, left)) for n, part, changed, left, read in rows if read]
    return sorted(found, reverse=True)


def _of_part(field: str, part: int) -> list[tuple[str, datetime]]:
    first = (part - 1) * PART
    within = {f"{field}_id__gte": first, f"{field}_id__lt": first + PART}
    rows = _changes(field, Value(field), F(f"{field}__slug"), within=within)
    found = ((slug, _later(changed, left)) for _n, slug, changed, left, read in rows if read)
    return sorted(found)


def _part_of(field: str):
    return F(f"{field}_id") / PART + 1


def _changes(
    field: str, name: Value, key: F, *, within: Mapping[str, int] = MappingProxyType({})
) -> QuerySet:
    """`name`, `key`, last change, last leaving and number of stories of what `field` leads to.

    `within` is asked of the same row of the relation: another filter would join it once more.
    """
    wanted = {f"{field}__isnull": False, **within}
    stories = Article.objects.ever_published().order_by().filter(**wanted)
    rows = stories.values(name=name, key=key).annotate(
        changed=Max("public_change_at"),
        left=Max(f"{field}__left_at"),
        read=Count("pk", filter=PUBLISHED),
    )
    return rows.values_list("name", "key", "changed", "left", "read")


def _together(standings: Iterable[Standing]) -> Standing:
    found = list(standings)
    return Standing(
        max(each.changed for each in found),
        any(each.is_read for each in found),
    )


def _later(changed: datetime, left: datetime | None) -> datetime:
    return max(changed, left) if left else changed
