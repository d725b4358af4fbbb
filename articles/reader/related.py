"""What to read beside a story: earlier ones of the same matter, and others close to it.

One query finds both, however many stories there are: it looks at the few that lie next to the
story under each of its tags and in its category, never at all that carry a tag.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db.models import Case, IntegerField, OuterRef, QuerySet, Subquery, Sum, Value, When

from articles.models import Article
from articles.models.tag import TaggedArticle

SHOWN = 4  # stories in each list
RARE = 30  # stories: a tag on no more of them names a matter, not a subject
_COUNTED = 1000  # stories: how far is counted how many carry a tag
_TAGS = 8  # the latest made ones; what has been a tag for long is on many stories
_BEFORE, _AFTER = 40, 20  # stories looked at on each side, under each tag
_HALF_LIFE = 45  # days
_OLD = 0.2  # what is left of a story's worth however far away in time it is
_FAR = (
    _OLD  # what another category of the channel is worth: the freshest comes behind the oldest here
)
_DAY = 24 * 60 * 60  # seconds
_COLUMNS = (
    *("title", "short_title", "slug", "category", "published_at"),
    *("sponsored", "ai_disclosure"),
)
_NO_KIN: Mapping[int, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Neighbours:
    """`coverage`: earlier stories of the same matter, newest first; `related`: the best others."""

    coverage: tuple[Article, ...] = ()
    related: tuple[Article, ...] = ()


class _Count(Subquery):
    """How many rows a query has; it is limited, so that nobody counts a whole table."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def neighbours_of(story: Article, kin: Mapping[int, float] = _NO_KIN) -> Neighbours:
    """The published stories to name below `story`, which has a row and its tags loaded.

    Previous coverage shares a rare tag or two tags. Of the rest those stand first that share the
    rarer tags, the category and the time; the next ones of the category fill up, then those of the
    channel. `kin`: the ids of its categories, and how close each is to the one of `story` (to 1).
    """
    tags = sorted((tag.pk for tag in story.tags.all()), reverse=True)[:_TAGS]
    found = sorted(
        _near(story, tags, list(kin)), key=lambda one: (one.published_at, one.pk), reverse=True
    )
    weights = _Weights(story, tags, found, kin)
    coverage = [one for one in found if weights.is_earlier_of_the_same(one)][:SHOWN]
    rest = sorted((one for one in found if one not in coverage), key=weights.of, reverse=True)
    return Neighbours(tuple(coverage), tuple(rest[:SHOWN]))


class _Weights:
    """How close each of the stories found is to one."""

    def __init__(
        self, story: Article, tags: list[int], found: list[Article], kin: Mapping[int, float]
    ):
        self.story = story
        self.kin = kin
        self.carriers = {
            bit: getattr(found[0], f"carriers_{bit}") if found else 0 for bit in range(len(tags))
        }

    def is_earlier_of_the_same(self, other: Article) -> bool:
        carriers = [self.carriers[bit] for bit in self._shared(other)]
        is_earlier = other.published_at < self.story.published_at
        return is_earlier and (len(carriers) > 1 or any(many <= RARE for many in carriers))

    def of(self, other: Article) -> float:
        """The rarer the shared tags the more; a shared category counts as a common tag does."""
        closeness = sum(_rarity(self.carriers[bit]) for bit in self._shared(other))
        closeness += self._kinship(other)
        distance = abs((other.published_at - self.story.published_at).total_seconds())
        freshness = 0.5 ** (distance / _DAY / _HALF_LIFE)
        return closeness * (_OLD + (1 - _OLD) * freshness)

    def _kinship(self, other: Article) -> float:
        if other.category_id == self.story.category_id:
            return 1
        return self.kin.get(other.category_id, 0) * _FAR

    def _shared(self, other: Article) -> list[int]:
        return [bit for bit in self.carriers if (other.shared or 0) >> bit & 1]


def _rarity(carriers: int) -> float:
    """From 1 for a tag that very many stories carry to 10 for one that hardly any does."""
    return math.log2(1 + _COUNTED / max(carriers, 1))


def _near(story: Article, tags: list[int], channel: list[int]) -> QuerySet:
    """The candidates: with the tags they share as bits, and how many stories carry each tag."""
    first, *others = [
        *_beside(story, channel),
        *(part for tag in tags for part in _under(story, tag)),
    ]
    stories = Article.objects.published().filter(pk__in=first.union(*others)).exclude(pk=story.pk)
    carriers = {f"carriers_{bit}": _carriers(tag) for bit, tag in enumerate(tags)}
    return stories.order_by().only(*_COLUMNS).annotate(shared=_shared(tags), **carriers)


def _beside(story: Article, channel: list[int]) -> list[QuerySet]:
    """The ids of what was published before `story` in its category, and of the newest there.

    And a few of each in the categories of its `channel`, for where there is hardly any.
    """
    published = Article.objects.published().newest_first()
    there, around = (
        published.filter(category=story.category_id),
        published.filter(category__in=channel),
    )
    parts = [there.before(story.published_at, story.pk)[:_BEFORE], there[: SHOWN + 1]]
    if channel:
        parts += [around.before(story.published_at, story.pk)[:SHOWN], around[: SHOWN + 1]]
    # What is limited may not be united as it is on SQLite.
    return [
        Article.objects.order_by().filter(pk__in=part.values("pk")).values("pk") for part in parts
    ]


def _under(story: Article, tag: int) -> list[QuerySet]:
    """The ids of the stories with `tag` that were made next before and after `story`."""
    taggings = TaggedArticle.objects.filter(tag=tag)
    before = taggings.filter(content_object__lt=story.pk).order_by("-content_object_id")[:_BEFORE]
    after = taggings.filter(content_object__gt=story.pk).order_by("content_object_id")[:_AFTER]
    return [
        TaggedArticle.objects.filter(pk__in=part.values("pk")).values("content_object_id")
        for part in (before, after)
    ]


def _shared(tags: list[int]) -> Subquery | Value:
    """Which of `tags` a story carries: the first as 1, the second as 2, the third as 4 …"""
    if not tags:
        return Value(0)
    bits = Case(*(When(tag=tag, then=1 << bit) for bit, tag in enumerate(tags)))
    carried = TaggedArticle.objects.filter(content_object=OuterRef("pk"), tag__in=tags)
    return Subquery(carried.values("content_object").annotate(bits=Sum(bits)).values("bits"))


def _carriers(tag: int) -> _Count:
    return _Count(TaggedArticle.objects.filter(tag=tag).values("pk")[:_COUNTED])
