"""All tags on one page, filed by the letter with which they are read."""

from collections import defaultdict
from typing import NamedTuple

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models import Article, TaggedArticle
from articles.reader import frame
from articles.slugs import spoken

AT_MOST = 2_000  # tags, the most used first; a page of more helps nobody
_NAMED = 10  # tags in the description
_OTHERS = "#"


class UsedTag(NamedTuple):
    """A tag that readers can see on stories."""

    name: str
    slug: str
    count: int


@require_safe
def all_tags(request):
    tags = _most_used()
    context = {
        "letters": _by_letter(tags[:AT_MOST]),
        "is_cut": len(tags) > AT_MOST,
        "at_most": AT_MOST,
        "heading": _("All tags"),
        "description": _description(tags[:_NAMED]),
        "way": [(_("All tags"), reverse("tags"))],
    }
    return frame.page(request, "tags.html", context)


def _description(tags):
    """The tags that most stories carry, by name."""
    if not tags:
        return ""
    names = _(", ").join(tag.name for tag in tags)
    return _("All tags, most often used: %(names)s") % {"names": names}


def _most_used():
    """The tags of published stories with how many carry them, one more than are shown."""
    published = Article.objects.published().order_by().values("pk")
    counts = TaggedArticle.objects.filter(content_object__in=published)
    counts = counts.values("tag__name", "tag__slug").annotate(count=Count("pk"))
    rows = counts.order_by("-count", "tag__name").values_list("tag__name", "tag__slug", "count")
    return [UsedTag(*row) for row in rows[: AT_MOST + 1]]


def _by_letter(tags):
    """(letter, tags with their counts): A to Z, then all that begins with no letter."""
    filed = defaultdict(list)
    for tag in tags:
        reading = spoken(tag.name)
        letter = reading[:1].upper()
        is_letter = letter.isascii() and letter.isalpha()
        filed[letter if is_letter else _OTHERS].append((reading, tag))
    letters = sorted(filed, key=lambda letter: (letter == _OTHERS, letter))
    return [(letter, [entry for _reading, entry in sorted(filed[letter])]) for letter in letters]
