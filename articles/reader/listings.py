"""Lists of stories, a page at a time, going back by cursor."""

from dataclasses import dataclass

from django.http import Http404

from articles.models import Article
from articles.reader.cursors import Cursor

PAGE_SIZE = 20


_LATEST = 5


@dataclass(frozen=True)
class Page:
    """Some stories of a list, and the cursor of the older ones if there are any."""

    stories: list[Article]
    older: Cursor | None


def page_of(stories, *, before: Cursor | None = None) -> Page:
    """The newest page of `stories` (a queryset of published ones), or the one after `before`.

    Raises `Http404` behind the end of a list; the first page may be empty.
    """
    if before is not None:
        stories = stories.before(before.moment, before.pk)
    found = list(stories.newest_first().for_listing()[: PAGE_SIZE + 1])
    if before is not None and not found:
        raise Http404("Nothing is older than that.")
    shown = found[:PAGE_SIZE]
    last = shown[-1] if len(found) > PAGE_SIZE else None
    return Page(shown, Cursor(last.published_at, last.pk) if last else None)


def latest() -> list[Article]:
    """The newest few stories, with what a line about each needs; one query."""
    stories = Article.objects.published().newest_first()
    labels = ("sponsored", "ai_disclosure")
    facts = ("slug", "title", "short_title", "published_at", "published_time_known")
    return list(stories.only(*facts, *labels)[:_LATEST])
